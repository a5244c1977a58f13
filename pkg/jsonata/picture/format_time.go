package picture

import (
	"math"
	"strings"
	"time"
)

// FormatTime formats a time stamp in milliseconds since 1970 by a date picture;
// nil is the picture of ISO 8601. Zone is an offset such as +0530, "" for UTC.
func FormatTime(millis float64, picture *string, zone string) (string, error) {
	template := isoPicture
	if picture != nil {
		template = *picture
	}
	parts, err := analyseTemplate(template)
	if err != nil {
		return "", err
	}
	offset := parseOffset(zone)
	if !(math.Abs(millis) <= maxMillis) || !offset.valid {
		return "", &Error{Code: "D1001"}
	}
	shifted := millis + float64(offset.hours*60+offset.minutes)*60_000
	t := time.UnixMilli(int64(shifted)).UTC()
	var out strings.Builder
	for i := range parts {
		text := parts[i].literal
		if parts[i].component != 0 {
			if text, err = parts[i].format(t, offset); err != nil {
				return "", err
			}
		}
		out.WriteString(text)
	}
	return out.String(), nil
}

// zoneOffset is an offset from UTC. Hours are rounded down, so that -0530 is
// -06 hours and -30 minutes, as in the reference.
type zoneOffset struct {
	hours, minutes int
	valid          bool
}

func parseOffset(zone string) zoneOffset {
	if zone == "" {
		return zoneOffset{valid: true}
	}
	number := leadingInteger(zone)
	if !(math.Abs(number) <= 1e6) {
		return zoneOffset{}
	}
	return zoneOffset{int(math.Floor(number / 100)), int(math.Mod(number, 100)), true}
}

// format writes one component.
func (p *part) format(t time.Time, offset zoneOffset) (string, error) {
	switch p.component {
	case 'Z', 'z':
		return p.formatZone(offset)
	case 'P':
		return p.formatHalf(t), nil
	case 'C', 'E':
		return "ISO", nil
	}
	if strings.IndexByte(numericComponents, p.component) < 0 {
		return "", &Error{Code: "D3132", Text: string(rune(p.component))}
	}
	number := component(t, p.component)
	if p.named {
		return p.formatName(number)
	}
	if p.years > 0 && p.years < 18 {
		number %= int(math.Pow10(p.years))
	}
	return p.integer.format(float64(number))
}

// formatName writes a month or a day of the week by its name.
func (p *part) formatName(number int) (string, error) {
	names := p.names()
	if names == nil {
		return "", &Error{Code: "D3133", Text: string(rune(p.component))}
	}
	name := p.letters.apply(names[number-1])
	if p.maxWidth > 0 && p.maxWidth < len(name) {
		name = name[:p.maxWidth]
	}
	return name, nil
}

func (p *part) names() []string {
	switch p.component {
	case 'M', 'x':
		return monthNames
	case 'F':
		return dayNames
	}
	return nil
}

func (p *part) formatHalf(t time.Time) string {
	half := "am"
	if t.Hour() >= 12 {
		half = "pm"
	}
	if p.letters == upperCase {
		half = strings.ToUpper(half)
	}
	return half
}

func (p *part) formatZone(offset zoneOffset) (string, error) {
	number := offset.hours*100 + offset.minutes
	if number == 0 && p.zuluZero {
		return "Z", nil
	}
	if p.integer == nil {
		return "", &Error{Code: "D3133", Text: string(rune(p.component))}
	}
	text, err := p.formatOffset(offset, number)
	if err != nil {
		return "", err
	}
	if number >= 0 {
		text = "+" + text
	}
	if p.component == 'z' {
		text = "GMT" + text
	}
	return text, nil
}

// formatOffset writes hours and minutes, separated where the picture says so.
func (p *part) formatOffset(offset zoneOffset, number int) (string, error) {
	if p.integer.regular > 0 {
		return p.integer.format(float64(number))
	}
	switch p.integer.mandatory {
	case 1, 2:
		text, err := p.integer.format(float64(offset.hours))
		if err == nil && offset.minutes != 0 {
			minutes, _ := FormatInteger(float64(offset.minutes), "00")
			text += ":" + minutes
		}
		return text, err
	case 3, 4:
		return p.integer.format(float64(number))
	}
	return "", &Error{Code: "D3134"}
}
