package picture

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/pkg/jsonata/regex"
)

// ParseTime reads a time stamp by a date picture and returns milliseconds since
// 1970; ok is false when the text does not match. Parts that the picture lacks
// come from now when they are more significant than those it has. A text that
// takes too long to match is an error.
func ParseTime(text, picture string, now time.Time) (millis float64, ok bool, err error) {
	parts, err := analyseTemplate(picture)
	if err != nil {
		return 0, false, err
	}
	found := components{}
	if ok, err = found.read(text, parts); !ok || err != nil {
		return 0, false, err
	}
	if !slices.ContainsFunc(parts, func(p part) bool { return p.component != 0 }) {
		return 0, false, nil
	}
	millis, err = found.millis(now)
	return millis, true, err
}

// components are the parts of a date that a text gives, by their letters.
type components map[byte]float64

// matchSteps is how many steps the matching of one time stamp may take.
const matchSteps = 1_000_000

// read matches the text against the parts.
func (c components) read(text string, parts []part) (bool, error) {
	var pattern strings.Builder
	pattern.WriteByte('^')
	for i := range parts {
		expression, err := parts[i].pattern()
		if err != nil {
			return false, err
		}
		pattern.WriteString("(" + expression + ")")
	}
	pattern.WriteByte('$')
	matcher, err := regex.Compile(pattern.String(), "i")
	if err != nil {
		return false, nil
	}
	budget := matchSteps
	groups, err := matcher.Find(text, 0, &budget)
	if groups == nil || err != nil {
		return false, err
	}
	for i := range parts {
		if parts[i].component == 0 {
			continue
		}
		if number, ok := parts[i].parse(text[groups[2*i+2]:groups[2*i+3]]); ok {
			c[parts[i].component] = number
		}
	}
	return true, nil
}

// pattern returns a regular expression for a part.
func (p *part) pattern() (string, error) {
	switch {
	case p.component == 0:
		return quote(p.literal), nil
	case p.component == 'Z' || p.component == 'z':
		return p.zonePattern(), nil
	case p.integer != nil:
		return p.integer.pattern()
	case p.names() != nil || p.component == 'P':
		return "[a-zA-Z]+", nil
	}
	return "", &Error{Code: "D3133", Text: string(rune(p.component))}
}

func quote(text string) string {
	var out strings.Builder
	for _, r := range text {
		if strings.ContainsRune(`.*+?^${}()|[]\`, r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

func (p *part) zoneSeparator() string {
	if p.integer == nil || p.integer.regular == 0 {
		return ""
	}
	return string(p.integer.groups[0].text)
}

func (p *part) zonePattern() string {
	pattern := "[-+][0-9]+"
	if p.component == 'z' {
		pattern = "GMT" + pattern
	}
	if separator := p.zoneSeparator(); separator != "" {
		pattern += quote(separator) + "[0-9]+"
	}
	return pattern
}

// wordsPattern matches words of numbers and what joins them.
func wordsPattern() string {
	words := slices.Concat(cardinals, ordinals, tens, []string{"Hundred", "Hundredth", "and", `[\-, ]`})
	for _, word := range tens {
		words = append(words, strings.TrimSuffix(word, "y")+"ieth")
	}
	for _, word := range magnitudes {
		words = append(words, word, word+"th")
	}
	return "(?:" + strings.Join(words, "|") + ")+"
}

func (f *integerFormat) pattern() (string, error) {
	switch f.primary {
	case letters:
		return map[bool]string{true: "[A-Z]+", false: "[a-z]+"}[f.letters == upperCase], nil
	case roman:
		return map[bool]string{true: "[MDCLXVI]+", false: "[mdclxvi]+"}[f.letters == upperCase], nil
	case words:
		return wordsPattern(), nil
	case sequence:
		return "", f.unsupported()
	}
	pattern := "[0-9]"
	if f.width > 0 {
		pattern += "{" + strconv.Itoa(f.width) + "}"
	} else {
		pattern += "+"
	}
	if f.ordinal {
		pattern += "(?:th|st|nd|rd)"
	}
	return pattern, nil
}

// parse reads what a part matched; ok is false for a name that is unknown.
func (p *part) parse(text string) (number float64, ok bool) {
	switch {
	case p.component == 'Z' || p.component == 'z':
		return p.parseZone(text), true
	case p.integer != nil:
		if p.component == 'f' && p.integer.primary == decimalDigits && !p.integer.ordinal {
			text = text[:min(3, len(text))] // milliseconds; further digits are cut off
		}
		return p.integer.parse(text), true
	case p.component == 'P':
		half, ok := map[string]float64{"am": 0, "AM": 0, "pm": 1, "PM": 1}[text]
		return half, ok
	}
	for i, name := range p.names() {
		if p.maxWidth > 0 {
			name = name[:min(p.maxWidth, len(name))]
		}
		if name == text {
			return float64(i + 1), true
		}
	}
	return 0, false
}

// parseZone returns an offset in minutes.
func (p *part) parseZone(text string) float64 {
	text = strings.TrimPrefix(strings.TrimPrefix(text, "GMT"), "gmt")
	hours, minutes := text, "0"
	if separator := p.zoneSeparator(); separator != "" {
		hours, minutes, _ = strings.Cut(text, separator)
	} else if len(text) > 3 {
		hours, minutes = text[:3], text[3:]
	}
	return leadingInteger(hours)*60 + leadingInteger(minutes)
}

// has reports whether a component is there and not zero, which is how the
// reference tells which sort of date it has.
func (c components) has(letter byte) bool { return c[letter] != 0 && !math.IsNaN(c[letter]) }

// only reports whether, of the candidates, some of the wanted components are
// there and none of the others.
func (c components) only(candidates, wanted string) bool {
	some := false
	for i := range len(candidates) {
		if !c.has(candidates[i]) {
			continue
		}
		if strings.IndexByte(wanted, candidates[i]) < 0 {
			return false
		}
		some = true
	}
	return some
}

// millis computes the time stamp.
func (c components) millis(now time.Time) (float64, error) {
	const dates, times = "YXMxWwdD", "PHhmsf"
	dayOfYear := !c.only(dates, "YMD") && c.only(dates, "Yd")
	weekOfMonth := c.only(dates, "Xxw")
	weekOfYear := !weekOfMonth && c.only(dates, "XW")
	half := !c.only(times, "Hmsf") && c.only(times, "Phmsf")

	order := "YMD"
	switch {
	case dayOfYear:
		order = "YD"
	case weekOfMonth:
		order = "XxwF"
	case weekOfYear:
		order = "XWF"
	}
	if half {
		order += "Phmsf"
	} else {
		order += "Hmsf"
	}
	if err := c.complete(order, now); err != nil {
		return 0, err
	}
	if weekOfMonth || weekOfYear { // recognised, but not supported
		return 0, &Error{Code: "D3136"}
	}
	if dayOfYear {
		day := date(fullYear(c['Y']), time.January, 1).AddDate(0, 0, int(c['d'])-1)
		c['M'], c['D'] = float64(day.Month()), float64(day.Day())
	}
	if half {
		c['H'] = math.Mod(c['h'], 12) + 12*c['P']
	}
	return c.compute(), nil
}

// complete fills in what is missing: from now in front of the first component
// that is there, zero or one after the last. There must be no gap between.
func (c components) complete(order string, now time.Time) error {
	started, ended := false, false
	for _, letter := range []byte(order) {
		_, given := c[letter]
		switch {
		case given && ended:
			return &Error{Code: "D3136"}
		case given:
			started = true
		case !started:
			c[letter] = float64(component(now, letter))
		default:
			ended = true
			c[letter] = 0
			if letter == 'M' || letter == 'D' || letter == 'd' {
				c[letter] = 1
			}
		}
	}
	return nil
}

// fullYear adds the century to a year of two digits, as ECMAScript does.
func fullYear(year float64) int {
	if year >= 0 && year <= 99 {
		year += 1900
	}
	return int(year)
}

func (c components) compute() float64 {
	for _, letter := range []byte("YMDHmsf") {
		if math.IsNaN(c[letter]) || math.Abs(c[letter]) > 1e9 {
			return math.NaN()
		}
	}
	month := time.Month(max(1, c['M']))
	midnight := date(fullYear(c['Y']), month, int(c['D']))
	millis := float64(midnight.UnixMilli()) + c['H']*3_600_000 + c['m']*60_000 + c['s']*1000 + c['f']
	zone := c['Z']
	if zone == 0 {
		zone = c['z']
	}
	return millis - zone*60_000
}

// ParseISO reads a time stamp of ISO 8601: a year, month or day, with or without
// a time and a zone. It returns milliseconds since 1970. Days beyond the end of
// a month roll over; a time without zone is UTC.
func ParseISO(text string) (millis float64, ok bool) {
	p := isoParser{text: text, ok: true}
	year, month, day := p.digits(4), 1, 1
	if p.accept('-') {
		month = p.digits(2)
		if p.accept('-') {
			day = p.digits(2)
		}
	}
	hours, minutes, seconds, fraction := 0, 0, 0, 0
	if p.accept('T') {
		hours = p.digits(2)
		p.require(':')
		minutes = p.digits(2)
		p.require(':')
		seconds = p.digits(2)
	}
	if p.accept('.') {
		fraction = p.fraction()
	}
	offset := p.zone()
	inRange := month >= 1 && month <= 12 && day >= 1 && day <= 31 && minutes < 60 && seconds < 60 &&
		(hours < 24 || hours == 24 && minutes == 0 && seconds == 0 && fraction == 0)
	if !p.ok || p.text != "" || !inRange {
		return 0, false
	}
	t := date(year, time.Month(month), day)
	return float64(t.UnixMilli() + int64(((hours*60+minutes-offset)*60+seconds)*1000+fraction)), true
}

// isoParser reads from the start of text; ok turns false at the first mistake.
type isoParser struct {
	text string
	ok   bool
}

func (p *isoParser) accept(c byte) bool {
	if p.text != "" && p.text[0] == c {
		p.text = p.text[1:]
		return true
	}
	return false
}

func (p *isoParser) require(c byte) { p.ok = p.accept(c) && p.ok }

func (p *isoParser) digits(count int) (number int) {
	for range count {
		if p.text == "" || p.text[0] < '0' || p.text[0] > '9' {
			p.ok = false
			return 0
		}
		number = number*10 + int(p.text[0]-'0')
		p.text = p.text[1:]
	}
	return number
}

// fraction reads the digits of a fraction of a second, cut to milliseconds.
func (p *isoParser) fraction() int {
	end := 0
	for end < len(p.text) && p.text[end] >= '0' && p.text[end] <= '9' {
		end++
	}
	p.ok = p.ok && end > 0
	number, _ := strconv.Atoi((p.text[:min(end, 3)] + "000")[:3])
	p.text = p.text[end:]
	return number
}

// zone reads Z or an offset and returns it in minutes.
func (p *isoParser) zone() int {
	sign := 1
	switch {
	case p.accept('Z'):
		return 0
	case p.accept('-'):
		sign = -1
	case !p.accept('+'):
		return 0
	}
	hours := p.digits(2)
	p.accept(':')
	minutes := p.digits(2)
	p.ok = p.ok && hours < 30 && minutes < 60
	return sign * (hours*60 + minutes)
}
