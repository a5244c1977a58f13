package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable replaces what could move the cursor, change colours or reorder a
// line of a terminal: control characters, and the marks that switch the
// direction of writing.
func Printable(text string) string {
	if strings.IndexFunc(text, isUnprintable) < 0 && utf8.ValidString(text) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if isUnprintable(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

func isUnprintable(r rune) bool {
	return r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}
