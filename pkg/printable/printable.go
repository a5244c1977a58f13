// Package printable makes text that comes from a file safe to print: whatever
// steers a terminal, changes the direction of writing, breaks a line, or gives
// commands to the log of a build is shown as an escape instead of acted upon.
package printable

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line returns a text as it may stand within a line: on the line itself, line
// breaks and tabs are shown as escapes, too.
func Line(text string) string {
	if !isPlain(text, isHostile) {
		text = escape(text, isHostile)
	}
	return disarm(text)
}

// Text returns a text of several lines, whose breaks and tabs stay. Every break
// becomes a line feed.
func Text(text string) string {
	if isPlain(text, isHostileInText) && !strings.Contains(text, "::") && !strings.Contains(text, "##") {
		return text
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		body, ended := strings.CutSuffix(line, "\n")
		b.WriteString(disarm(escape(strings.TrimSuffix(body, "\r"), isHostileInText)))
		if ended {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// JSON returns the text of a JSON document with what a terminal or the log of a
// build would act upon escaped, as JSON lets any character be: its meaning stays
// the same.
func JSON(document []byte) []byte {
	text := string(document)
	if isPlain(text, isHostileInText) && !strings.Contains(text, "##") {
		return document
	}
	var b strings.Builder
	for _, r := range azureCommand.ReplaceAllStringFunc(text, func(command string) string { return `\u0023` + command[1:] }) {
		switch {
		case !isHostileInText(r):
			b.WriteRune(r)
		case r > 0xFFFF:
			high, low := (r-0x10000)>>10+0xD800, (r-0x10000)&0x3FF+0xDC00
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return []byte(b.String())
}

func isPlain(text string, hostile func(rune) bool) bool {
	return !strings.ContainsFunc(text, hostile) && utf8.ValidString(text)
}

func escape(text string, hostile func(rune) bool) string {
	var b strings.Builder
	for i, r := range text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD"):
			fmt.Fprintf(&b, `\x%02x`, text[i])
		case !hostile(r):
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// isHostile reports control characters, those that change the direction of the
// text around them or take no room at all, separators of lines, and what is not
// a character. The joiners of emoji and of many scripts are not among them.
func isHostile(r rune) bool {
	const joiner, nonJoiner = '\u200d', '\u200c'
	switch {
	case r == joiner || r == nonJoiner:
		return false
	case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\ufeff':
		return true
	case r >= '\u200b' && r <= '\u200f', r >= '\u2028' && r <= '\u202e', r >= '\u2060' && r <= '\u2069':
		return true
	}
	return unicode.Is(unicode.Noncharacter_Code_Point, r)
}

func isHostileInText(r rune) bool { return r != '\n' && r != '\t' && isHostile(r) }

// azureCommand is what Azure Pipelines and older runners of GitHub Actions take
// for a command, wherever it stands on a line.
var azureCommand = regexp.MustCompile(`##(?:vso)?\[`)

// IsCommand reports whether a text begins with what the log of a build takes for
// a command wherever it stands.
func IsCommand(text []byte) bool {
	at := azureCommand.FindIndex(text[:min(len(text), len("##vso["))])
	return at != nil && at[0] == 0
}

// disarm breaks what the log of a build takes for a command: "::" at the start
// of a line, after blanks, and "##vso[" anywhere.
func disarm(line string) string {
	if strings.Contains(line, "##") {
		line = azureCommand.ReplaceAllStringFunc(line, func(command string) string { return `\u0023` + command[1:] })
	}
	if rest := strings.TrimLeftFunc(line, unicode.IsSpace); strings.HasPrefix(rest, "::") {
		line = line[:len(line)-len(rest)] + `\u003a` + rest[1:]
	}
	return line
}
