package picture

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// symbols are the characters with a meaning in a number picture.
type symbols struct {
	decimal, grouping, exponent, infinity, minus, nan string
	percent, perMille, zero, digit, pattern           string
}

func newSymbols(overrides map[string]string) symbols {
	s := symbols{".", ",", "e", "Infinity", "-", "NaN", "%", "‰", "0", "#", ";"}
	for name, field := range map[string]*string{
		"decimal-separator": &s.decimal, "grouping-separator": &s.grouping, "exponent-separator": &s.exponent,
		"infinity": &s.infinity, "minus-sign": &s.minus, "NaN": &s.nan, "percent": &s.percent,
		"per-mille": &s.perMille, "zero-digit": &s.zero, "digit": &s.digit, "pattern-separator": &s.pattern,
	} {
		if text, ok := overrides[name]; ok && (text != "" || name == "minus-sign") {
			*field = text
		}
	}
	return s
}

// isDigit reports whether a character is one of the ten that begin with the zero digit.
func (s *symbols) isDigit(r rune) bool {
	zero, _ := utf8.DecodeRuneInString(s.zero)
	return r >= zero && r < zero+10
}

func (s *symbols) isPlace(r rune) bool { return s.isDigit(r) || string(r) == s.digit }

func (s *symbols) isActive(r rune) bool {
	if s.isDigit(r) {
		return true
	}
	switch string(r) {
	case s.decimal, s.exponent, s.grouping, s.digit, s.pattern:
		return true
	}
	return false
}

// FormatNumber formats f by a picture (F&O 3.1, 4.7). Overrides replace the
// symbols of the picture by their names, such as "decimal-separator".
func FormatNumber(f float64, picture string, overrides map[string]string) (string, error) {
	s := newSymbols(overrides)
	subpictures := strings.Split(picture, s.pattern)
	if len(subpictures) > 2 {
		return "", &Error{Code: "D3080"}
	}
	var formats []*numberFormat
	for _, subpicture := range subpictures {
		parts := s.split(subpicture)
		if code := s.validate(&parts); code != "" {
			return "", &Error{Code: code}
		}
		formats = append(formats, s.analyse(&parts))
	}
	format := formats[0]
	if !(f >= 0) {
		format = formats[len(formats)-1]
		if len(formats) == 1 {
			format.prefix = s.minus + format.prefix
		}
	}
	switch {
	case math.IsNaN(f):
		return s.nan, nil
	case math.IsInf(f, 0):
		return format.prefix + s.infinity + format.suffix, nil
	}
	return format.format(f, &s), nil
}

// numberParts are the parts of a sub-picture.
type numberParts struct {
	subpicture             string
	prefix, active, suffix string
	mantissa               string
	integer, fraction      string
	exponent               string
	hasExponent            bool
}

// split cuts a sub-picture into its parts. The exponent separator alone does
// not begin or end the active part.
func (s *symbols) split(subpicture string) numberParts {
	isBound := func(r rune) bool { return s.isActive(r) && string(r) != s.exponent }
	p := numberParts{subpicture: subpicture, active: subpicture}
	if first := strings.IndexFunc(subpicture, isBound); first >= 0 {
		last := strings.LastIndexFunc(subpicture, isBound)
		_, size := utf8.DecodeRuneInString(subpicture[last:])
		p.prefix, p.active, p.suffix = subpicture[:first], subpicture[first:last+size], subpicture[last+size:]
	}
	p.mantissa, p.exponent, p.hasExponent = strings.Cut(p.active, s.exponent)
	if !p.hasExponent && strings.HasPrefix(p.suffix, s.exponent) { // 0e: there must be digits after it
		p.hasExponent = true
	}
	p.integer, p.fraction, _ = strings.Cut(p.mantissa, s.decimal)
	return p
}

// validate returns the code of the last rule that the sub-picture breaks (F&O
// 4.7.3), "" when it keeps all of them.
func (s *symbols) validate(p *numberParts) (code string) {
	rules := []struct {
		broken bool
		code   string
	}{
		{strings.Count(p.subpicture, s.decimal) > 1, "D3081"},
		{strings.Count(p.subpicture, s.percent) > 1, "D3082"},
		{strings.Count(p.subpicture, s.perMille) > 1, "D3083"},
		{strings.Contains(p.subpicture, s.percent) && strings.Contains(p.subpicture, s.perMille), "D3084"},
		{!strings.ContainsFunc(p.mantissa, s.isPlace), "D3085"},
		{strings.ContainsFunc(p.active, func(r rune) bool { return !s.isActive(r) }), "D3086"},
		{strings.Contains(p.subpicture, s.grouping+s.decimal) || strings.Contains(p.subpicture, s.decimal+s.grouping), "D3087"},
		{!strings.Contains(p.subpicture, s.decimal) && strings.HasSuffix(p.integer, s.grouping), "D3088"},
		{strings.Contains(p.subpicture, s.grouping+s.grouping), "D3089"},
		{s.isMixed(p.integer, strings.Index(p.integer, s.digit), true), "D3090"},
		{s.isMixed(p.fraction, strings.LastIndex(p.fraction, s.digit), false), "D3091"},
		{p.hasExponent && p.exponent != "" && (strings.Contains(p.subpicture, s.percent) || strings.Contains(p.subpicture, s.perMille)), "D3092"},
		{p.hasExponent && (p.exponent == "" || strings.ContainsFunc(p.exponent, func(r rune) bool { return !s.isDigit(r) })), "D3093"},
	}
	for _, rule := range rules {
		if rule.broken {
			code = rule.code
		}
	}
	return code
}

// isMixed reports whether a digit stands on the wrong side of the optional
// digit at a position.
func (s *symbols) isMixed(part string, optional int, before bool) bool {
	if optional < 0 {
		return false
	}
	if before {
		return strings.ContainsFunc(part[:optional], s.isDigit)
	}
	return strings.ContainsFunc(part[optional:], s.isDigit)
}

// numberFormat is an analysed sub-picture (F&O 4.7.4).
type numberFormat struct {
	prefix, suffix           string
	hasDecimal               bool
	percent, perMille        bool
	groups                   []int // positions of separators, digits from the right
	regular                  int   // their distance when it repeats
	fractionGroups           []int // positions of separators, digits from the left
	minInteger, scaling      int
	minFraction, maxFraction int
	minExponent              int
}

func (s *symbols) analyse(p *numberParts) *numberFormat {
	f := &numberFormat{prefix: p.prefix, suffix: p.suffix, hasDecimal: strings.Contains(p.subpicture, s.decimal)}
	f.percent = strings.Contains(p.subpicture, s.percent)
	f.perMille = strings.Contains(p.subpicture, s.perMille)
	f.groups = s.groupPositions(p.integer, false)
	f.regular = regularDistance(f.groups)
	f.fractionGroups = s.groupPositions(p.fraction, true)
	f.minInteger = countFunc(p.integer, s.isDigit)
	f.scaling = f.minInteger
	f.minFraction = countFunc(p.fraction, s.isDigit)
	f.maxFraction = countFunc(p.fraction, s.isPlace)
	f.minExponent = countFunc(p.exponent, s.isDigit)
	if f.minInteger == 0 && f.maxFraction == 0 {
		if p.hasExponent {
			f.minFraction, f.maxFraction = 1, 1
		} else {
			f.minInteger = 1
		}
	}
	if p.hasExponent && f.minInteger == 0 && strings.Contains(p.integer, s.digit) {
		f.minInteger = 1
	}
	if f.minInteger == 0 && f.minFraction == 0 {
		f.minFraction = 1
	}
	return f
}

func countFunc(text string, has func(rune) bool) (count int) {
	for _, r := range text {
		if has(r) {
			count++
		}
	}
	return count
}

// groupPositions returns how many places each separator is from the decimal point.
func (s *symbols) groupPositions(part string, fraction bool) (positions []int) {
	for at := 0; ; {
		next := strings.Index(part[at:], s.grouping)
		if next < 0 {
			return positions
		}
		at += next
		side := part[at:]
		if fraction {
			side = part[:at]
		}
		positions = append(positions, countFunc(side, s.isPlace))
		at += len(s.grouping)
	}
}

// regularDistance returns the distance at which all separators repeat; 0 when
// they do not.
func regularDistance(positions []int) int {
	if len(positions) == 0 {
		return 0
	}
	factor := positions[0]
	for _, position := range positions[1:] {
		factor = gcd(factor, position)
	}
	for i := range positions {
		if factor == 0 || !slices.Contains(positions, (i+1)*factor) {
			return 0
		}
	}
	return factor
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// format writes a finite number (F&O 4.7.5).
func (f *numberFormat) format(number float64, s *symbols) string {
	switch {
	case f.percent:
		number *= 100
	case f.perMille:
		number *= 1000
	}
	exponent := 0
	if f.minExponent > 0 {
		number, exponent = f.scale(number)
	}
	integer, fraction := f.digits(math.Abs(number))
	text := f.groupInteger(s, integer)
	if f.hasDecimal && fraction != "" {
		text += s.decimal + f.groupFraction(s, fraction)
	}
	if f.minExponent > 0 {
		text += s.exponent
		if exponent < 0 {
			text += s.minus
			exponent = -exponent
		}
		text += s.localize(padLeft(strconv.Itoa(exponent), f.minExponent))
	}
	return f.prefix + text + f.suffix
}

// scale brings the number to the size that the picture has digits for.
func (f *numberFormat) scale(number float64) (mantissa float64, exponent int) {
	highest := math.Pow(10, float64(f.scaling))
	lowest := math.Pow(10, float64(f.scaling-1))
	for number != 0 && math.Abs(number) < lowest {
		number *= 10
		exponent--
	}
	for math.Abs(number) > highest {
		number /= 10
		exponent++
	}
	return number, exponent
}

// digits writes the number with as few places as its value and the picture allow.
func (f *numberFormat) digits(number float64) (integer, fraction string) {
	text := strconv.FormatFloat(roundHalfEven(number, f.maxFraction), 'f', f.maxFraction, 64)
	integer, fraction, _ = strings.Cut(text, ".")
	integer = padLeft(strings.TrimLeft(integer, "0"), f.minInteger)
	fraction = strings.TrimRight(fraction, "0")
	return integer, fraction + strings.Repeat("0", max(0, f.minFraction-len(fraction)))
}

// roundHalfEven rounds at a decimal place in the decimal text of the number.
func roundHalfEven(number float64, places int) float64 {
	shifted := math.RoundToEven(shiftPoint(number, places))
	return shiftPoint(shifted, -places)
}

func shiftPoint(number float64, places int) float64 {
	if places == 0 {
		return number
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(number, 'e', -1, 64), "e")
	power, _ := strconv.Atoi(exponent)
	shifted, err := strconv.ParseFloat(mantissa+"e"+strconv.Itoa(power+places), 64)
	if err != nil {
		return number
	}
	return shifted
}

func padLeft(text string, size int) string {
	return strings.Repeat("0", max(0, size-len(text))) + text
}

func (f *numberFormat) groupInteger(s *symbols, digits string) string {
	positions := f.groups
	if f.regular > 0 {
		positions = nil
		for at := f.regular; at < len(digits); at += f.regular {
			positions = append(positions, at)
		}
	}
	var out strings.Builder
	for i := range len(digits) {
		if i > 0 && slices.Contains(positions, len(digits)-i) {
			out.WriteString(s.grouping)
		}
		out.WriteString(s.localize(digits[i : i+1]))
	}
	return out.String()
}

func (f *numberFormat) groupFraction(s *symbols, digits string) string {
	var out strings.Builder
	for i := range len(digits) {
		if i > 0 && slices.Contains(f.fractionGroups, i) {
			out.WriteString(s.grouping)
		}
		out.WriteString(s.localize(digits[i : i+1]))
	}
	return out.String()
}

// localize replaces ASCII digits by those of the picture.
func (s *symbols) localize(digits string) string {
	if s.zero == "0" {
		return digits
	}
	zero, _ := utf8.DecodeRuneInString(s.zero)
	return strings.Map(func(r rune) rune { return r - '0' + zero }, digits)
}
