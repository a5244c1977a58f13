package picture

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

type primary uint8

const (
	decimalDigits primary = iota
	letters
	roman
	words
	sequence // a numbering that is not supported
)

type letterCase uint8

const (
	lowerCase letterCase = iota
	upperCase
	titleCase
)

// integerFormat is an analysed integer picture (F&O 3.1, 4.6).
type integerFormat struct {
	primary   primary
	letters   letterCase
	ordinal   bool
	mandatory int // digits
	optional  int
	zero      rune
	groups    []groupSeparator // from the right; when regular only the first counts
	regular   int              // the distance at which the separator repeats
	token     string           // of a sequence
	width     int              // for parsing: the exact number of digits; 0 when any
}

type groupSeparator struct {
	position int // digits to the right of it
	text     rune
}

// digitZeros are the zeros of the decimal digit families in the basic plane.
var digitZeros = []rune{0x30, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6,
	0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
	0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10}

// zeroOf returns the zero of the family that a digit belongs to; 0 for what is
// no digit.
func zeroOf(r rune) rune {
	for _, zero := range digitZeros {
		if r >= zero && r <= zero+9 {
			return zero
		}
	}
	return 0
}

// FormatInteger formats f, rounded down, by an integer picture.
func FormatInteger(f float64, picture string) (string, error) {
	format, err := analyseInteger(picture)
	if err != nil {
		return "", err
	}
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return "", &Error{Code: "D1001"}
	}
	return format.format(math.Floor(f))
}

// ParseInteger reads a text that an integer picture produced. A text that does
// not match yields NaN or a number of no meaning.
func ParseInteger(text, picture string) (float64, error) {
	format, err := analyseInteger(picture)
	if err != nil {
		return 0, err
	}
	if format.primary == sequence {
		return 0, format.unsupported()
	}
	return format.parse(text), nil
}

func analyseInteger(picture string) (*integerFormat, error) {
	f := &integerFormat{}
	body := picture
	if at := strings.LastIndexByte(picture, ';'); at >= 0 {
		body = picture[:at]
		f.ordinal = strings.HasPrefix(picture[at+1:], "o")
	}
	switch body {
	case "A", "a":
		f.primary = letters
	case "I", "i":
		f.primary = roman
	case "W", "w", "Ww":
		f.primary = words
	default:
		return f, f.analyseDigits(body)
	}
	switch body {
	case "A", "I", "W":
		f.letters = upperCase
	case "Ww":
		f.letters = titleCase
	}
	return f, nil
}

// analyseDigits reads a decimal digit pattern from its right end.
func (f *integerFormat) analyseDigits(body string) error {
	runes := []rune(body)
	slices.Reverse(runes)
	places := 0
	for _, r := range runes {
		switch zero := zeroOf(r); {
		case zero != 0 && f.zero != 0 && zero != f.zero:
			return &Error{Code: "D3131"}
		case zero != 0:
			f.zero = zero
			f.mandatory++
			places++
		case r == '#':
			f.optional++
			places++
		default:
			f.groups = append(f.groups, groupSeparator{places, r})
		}
	}
	if f.mandatory == 0 {
		f.primary, f.token = sequence, body
	}
	f.regular = f.regularGroups()
	return nil
}

func (f *integerFormat) regularGroups() int {
	var positions []int
	for _, group := range f.groups {
		if group.text != f.groups[0].text {
			return 0
		}
		positions = append(positions, group.position)
	}
	return regularDistance(positions)
}

func (f *integerFormat) unsupported() error { return &Error{Code: "D3130", Text: f.token} }

// format writes an integer.
func (f *integerFormat) format(number float64) (string, error) {
	magnitude := math.Abs(number)
	var text string
	switch f.primary {
	case letters:
		text = f.formatLetters(magnitude)
	case roman:
		if magnitude > maxRoman {
			return "", &Error{Code: "D3130", Text: "I"}
		}
		text = toRoman(magnitude)
	case words:
		text = toWords(magnitude, f.ordinal)
	case sequence:
		return "", f.unsupported()
	default:
		text = f.formatDigits(magnitude)
	}
	if f.primary == roman || f.primary == words {
		text = f.letters.apply(text)
	}
	if number < 0 {
		text = "-" + text
	}
	return text, nil
}

// apply changes the case of a text that has capitals as a title has.
func (c letterCase) apply(text string) string {
	switch c {
	case upperCase:
		return strings.ToUpper(text)
	case lowerCase:
		return strings.ToLower(text)
	}
	return text
}

func (f *integerFormat) formatLetters(number float64) string {
	first := byte('a')
	if f.letters == upperCase {
		first = 'A'
	}
	var reversed []byte
	for number > 0 && len(reversed) < 300 {
		reversed = append(reversed, first+byte(math.Mod(number-1, 26)))
		number = math.Floor((number - 1) / 26)
	}
	slices.Reverse(reversed)
	return string(reversed)
}

func (f *integerFormat) formatDigits(number float64) string {
	digits := padLeft(strconv.FormatFloat(number, 'f', -1, 64), f.mandatory)
	var out []rune
	for i := range len(digits) {
		if separator, ok := f.separatorAt(len(digits) - i); ok && i > 0 {
			out = append(out, separator)
		}
		out = append(out, rune(digits[i])-'0'+f.zero)
	}
	text := string(out)
	if f.ordinal {
		text += ordinalSuffix(digits)
	}
	return text
}

// separatorAt returns the separator with so many digits to the right of it.
func (f *integerFormat) separatorAt(position int) (rune, bool) {
	if f.regular > 0 {
		return f.groups[0].text, position%f.regular == 0
	}
	for _, group := range f.groups {
		if group.position == position {
			return group.text, true
		}
	}
	return 0, false
}

func ordinalSuffix(digits string) string {
	last := len(digits) - 1
	if last > 0 && digits[last-1] == '1' {
		return "th"
	}
	switch digits[last] {
	case '1':
		return "st"
	case '2':
		return "nd"
	case '3':
		return "rd"
	}
	return "th"
}

// parse reads a text by the format.
func (f *integerFormat) parse(text string) float64 {
	switch f.primary {
	case letters:
		first := rune('a')
		if f.letters == upperCase {
			first = 'A'
		}
		number := 0.0
		for _, r := range text {
			number = number*26 + float64(r-first+1)
		}
		return number
	case roman:
		if f.letters != upperCase {
			text = strings.ToUpper(text)
		}
		return fromRoman(text)
	case words:
		return fromWords(strings.ToLower(text))
	}
	return f.parseDigits(text)
}

func (f *integerFormat) parseDigits(text string) float64 {
	if f.ordinal {
		text = text[:max(0, len(text)-2)]
	}
	var digits strings.Builder
	for _, r := range text {
		if f.isSeparator(r) {
			continue
		}
		digits.WriteRune(r - f.zero + '0')
	}
	return leadingInteger(digits.String())
}

func (f *integerFormat) isSeparator(r rune) bool {
	if f.regular > 0 {
		return r == ','
	}
	return slices.ContainsFunc(f.groups, func(group groupSeparator) bool { return group.text == r })
}

// leadingInteger reads the integer at the start of a text, as JavaScript's
// parseInt does; NaN when there is none.
func leadingInteger(text string) float64 {
	text = strings.TrimLeft(text, " \t\n\r")
	end := 0
	if end < len(text) && (text[end] == '-' || text[end] == '+') {
		end++
	}
	start := end
	for end < len(text) && text[end] >= '0' && text[end] <= '9' {
		end++
	}
	if end == start {
		return math.NaN()
	}
	number, _ := strconv.ParseFloat(text[:end], 64)
	return number
}
