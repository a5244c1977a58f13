package render

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// display makes a text from a definition safe and legible: characters that
// steer a terminal or the direction of text, and bytes that are no text, are
// shown as escapes.
func display(text string) string {
	if !strings.ContainsFunc(text, hostile) && utf8.ValidString(text) {
		return text
	}
	var b strings.Builder
	for i, r := range text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD"):
			fmt.Fprintf(&b, `\x%02x`, text[i])
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case hostile(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// hostile reports control characters and those that change the direction of
// the text around them.
func hostile(r rune) bool {
	return unicode.IsControl(r) || r == '\u061c' || r == '\ufeff' ||
		r >= '\u200b' && r <= '\u200f' || r >= '\u2028' && r <= '\u202e' || r >= '\u2060' && r <= '\u2069'
}

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
