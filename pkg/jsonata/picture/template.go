package picture

import (
	"strings"
)

// isoPicture is the picture of a time stamp when none is given.
const isoPicture = "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]"

// maxWidth is the largest width of a component.
const maxWidth = 1000

// part is one part of a date picture (F&O 3.1, 9.8.4.1): literal text, or a
// component with the way in which it is presented.
type part struct {
	literal   string
	component byte // 0 for literal text
	named     bool // written as a name
	letters   letterCase
	integer   *integerFormat // of a component written as a number, and of a zone
	maxWidth  int            // 0 when there is none
	zuluZero  bool           // the modifier t: offset zero is Z
	years     int            // digits that a year is cut to; 0 when it is not
}

// presentations are the ways in which components are written by default.
var presentations = map[byte]string{
	'Y': "1", 'M': "1", 'D': "1", 'd': "1", 'F': "n", 'W': "1", 'w': "1", 'X': "1", 'x': "1", 'H': "1", 'h': "1",
	'P': "n", 'm': "01", 's': "01", 'f': "1", 'Z': "01:01", 'z': "01:01", 'C': "n", 'E': "n",
}

// numericComponents are those that can be written as numbers.
const numericComponents = "YMDdFWwXxHhmsf"

// analyseTemplate cuts a date picture into its parts.
func analyseTemplate(picture string) ([]part, error) {
	var parts []part
	literal := func(text string) {
		if text != "" {
			parts = append(parts, part{literal: strings.ReplaceAll(text, "]]", "]")})
		}
	}
	for {
		open := strings.IndexByte(picture, '[')
		if open < 0 {
			literal(picture)
			return parts, nil
		}
		literal(picture[:open])
		picture = picture[open+1:]
		if strings.HasPrefix(picture, "[") {
			parts = append(parts, part{literal: "["})
			picture = picture[1:]
			continue
		}
		marker, rest, closed := strings.Cut(picture, "]")
		if !closed {
			return nil, &Error{Code: "D3135"}
		}
		next, err := analyseMarker(strings.Join(strings.Fields(marker), ""))
		if err != nil {
			return nil, err
		}
		fixWidth(parts, next)
		parts = append(parts, next)
		picture = rest
	}
}

// fixWidth gives the number in front of another number a fixed width for
// parsing: nothing else tells where it ends.
func fixWidth(parts []part, next part) {
	if len(parts) == 0 || next.integer == nil {
		return
	}
	if before := parts[len(parts)-1].integer; before != nil && before.width == 0 {
		before.width = before.mandatory
	}
}

// analyseMarker reads what stands between brackets: the component, how it is
// presented and its width.
func analyseMarker(marker string) (part, error) {
	if marker == "" {
		return part{}, &Error{Code: "D3132"}
	}
	p := part{component: marker[0]}
	presentation, minWidth := marker[1:], 0
	if comma := strings.LastIndexByte(presentation, ','); comma >= 0 {
		low, high, _ := strings.Cut(presentation[comma+1:], "-")
		minWidth, p.maxWidth = parseWidth(low), parseWidth(high)
		presentation = presentation[:comma]
	}
	var modifier byte
	if last := len(presentation) - 1; last > 0 && strings.IndexByte("atco", presentation[last]) >= 0 {
		presentation, modifier = presentation[:last], presentation[last]
	}
	if presentation == "" {
		presentation = presentations[p.component]
	}
	if presentation == "" {
		return part{}, &Error{Code: "D3132", Text: marker[:1]}
	}
	p.zuluZero = modifier == 't'
	return p, p.present(presentation, modifier == 'o', minWidth)
}

// parseWidth reads a width; 0 when there is none.
func parseWidth(text string) int {
	width := leadingInteger(text)
	if !(width > 0) {
		return 0
	}
	return int(min(width, maxWidth))
}

// present notes how a component is presented.
func (p *part) present(presentation string, ordinal bool, minWidth int) (err error) {
	isZone := p.component == 'Z' || p.component == 'z'
	switch {
	case presentation[0] == 'n':
		p.named = true
	case presentation[0] == 'N':
		p.named, p.letters = true, upperCase
		if strings.HasPrefix(presentation, "Nn") {
			p.letters = titleCase
		}
	case strings.IndexByte(numericComponents, p.component) >= 0:
		return p.presentNumber(presentation, ordinal, minWidth)
	}
	if isZone {
		p.integer, err = analyseInteger(presentation)
	}
	return err
}

func (p *part) presentNumber(presentation string, ordinal bool, minWidth int) (err error) {
	if p.integer, err = analyseInteger(presentation); err != nil {
		return err
	}
	p.integer.ordinal = p.integer.ordinal || ordinal
	isDigits := p.integer.primary == decimalDigits
	if isDigits {
		p.integer.mandatory = max(p.integer.mandatory, minWidth)
	}
	if strings.IndexByte("YMD", p.component) < 0 {
		return nil
	}
	digits := p.integer.mandatory + p.integer.optional
	switch {
	case p.maxWidth > 0: // the maximum is the width
		digits = p.maxWidth
		p.integer.mandatory = digits
	case digits < 2 || !isDigits:
		return nil
	}
	if p.component == 'Y' {
		p.years = digits
	}
	if p.integer.optional == 0 {
		p.integer.width = digits
	}
	return nil
}
