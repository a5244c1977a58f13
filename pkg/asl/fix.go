package asl

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// replacing offers to write another text in the place of a string, in the
// quotes that it has. Without a text it offers nothing, nor in JSON that lacks its
// quotes, which is to be mended first.
func (f finding) replacing(old *syntax.String, text string) finding {
	source := f.File.Text(old.Span())
	if text == "" || f.format == syntax.JSON && !isQuoted(source) {
		return f
	}
	f.Fixes = append(f.Fixes, diag.Fix{
		Message: "replace " + quote(old.Value) + " by " + quote(text),
		Edits:   []syntax.Edit{{Span: old.Span(), Text: requote(source, text)}},
	})
	return f
}

func isQuoted(source string) bool {
	return len(source) >= 2 && source[0] == '"' && source[len(source)-1] == '"'
}

// requote writes text in the style of quotes of the source it replaces.
func requote(source, text string) string {
	switch {
	case strings.HasPrefix(source, `'`):
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	case strings.HasPrefix(source, `"`) || !isPlainScalar(text):
		return quoteJSON(text)
	}
	return text
}

// isPlainScalar reports whether YAML takes text without quotes for the string
// that it is: letters, digits and single blanks, the first one a letter, and no
// word with a meaning of its own.
func isPlainScalar(text string) bool {
	for i, r := range text {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r != ' ' && r != '_' && r != '-' && (r < '0' || r > '9')) {
			return false
		}
	}
	switch strings.ToLower(text) {
	case "", "true", "false", "yes", "no", "on", "off", "null", "y", "n":
		return false
	}
	return !strings.HasSuffix(text, " ")
}

// quoteJSON writes text as a JSON string.
func quoteJSON(text string) string { return string(value.AppendQuoted(nil, text)) }
