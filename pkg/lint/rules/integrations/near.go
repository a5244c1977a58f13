package integrations

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// nearMiss reports whether name is beyond doubt a misspelling of known: the same
// in another case, or with one or two letters wrong. A name that only goes on
// where the other ends, such as a V2 or a plural, may be a newer one.
func nearMiss(name, known string) bool {
	a, b := strings.ToLower(name), strings.ToLower(known)
	if a == b {
		return true
	}
	if strings.HasPrefix(a, b) || strings.HasPrefix(b, a) {
		return false
	}
	switch {
	case len(a) >= 8:
		return within(a, b, 2)
	case len(a) >= 4:
		return within(a, b, 1)
	}
	return false
}

// within reports whether a becomes b by at most so many insertions, deletions,
// replacements and swaps of neighbours.
func within(a, b string, edits int) bool {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	if a == "" || b == "" {
		return len(a)+len(b) <= edits
	}
	if edits == 0 {
		return false
	}
	swapped := len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0]
	return swapped && within(a[2:], b[2:], edits-1) ||
		within(a[1:], b[1:], edits-1) || within(a[1:], b, edits-1) || within(a, b[1:], edits-1)
}

func nearestMiss(name string, known []string) string {
	for _, candidate := range known {
		if nearMiss(name, candidate) {
			return candidate
		}
	}
	return ""
}

func didYouMean(name string) string { return `did you mean "` + name + `"?` }

// rewriting offers to write what was meant in the place of the beginning of a
// text: a key keeps the ".$" at its end. The message names what was meant.
func rewriting(text *syntax.String, beginning, meant, message string) []diag.Fix {
	return []diag.Fix{{
		Message: fmt.Sprintf(message, meant),
		Edits:   []syntax.Edit{{Span: text.SpanOf(0, len(beginning)), Text: meant}},
	}}
}
