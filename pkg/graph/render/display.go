package render

import (
	"strings"
	"unicode"
)

// wrap breaks text into lines of at most width characters, at blanks and
// between words of a compound name where it can, and cuts what exceeds the
// number of lines with an ellipsis.
func wrap(text string, width, lines int) []string {
	var wrapped []string
	rest := []rune(strings.TrimSpace(text))
	for len(rest) > width && len(wrapped) < lines-1 {
		at := breakPoint(rest, width)
		wrapped = append(wrapped, strings.TrimSpace(string(rest[:at])))
		rest = []rune(strings.TrimSpace(string(rest[at:])))
	}
	if len(rest) > width {
		rest = append(rest[:width-1:width-1], '…')
	}
	return append(wrapped, string(rest))
}

// breakPoint returns how many characters go on the line: up to the last blank
// in its second half, else up to the last punctuation mark or change from lower
// to upper case there.
func breakPoint(text []rune, width int) int {
	for at := width; at > width/2; at-- {
		if unicode.IsSpace(text[at]) || unicode.IsSpace(text[at-1]) {
			return at
		}
	}
	for at := width; at > width/2; at-- {
		before, after := text[at-1], text[at]
		if strings.ContainsRune("-_/.,:", before) || unicode.IsLower(before) && unicode.IsUpper(after) {
			return at
		}
	}
	return width
}
