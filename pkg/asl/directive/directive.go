// Package directive reads what a definition tells sfnctl in its comments:
//
//	sfnctl:KEY[=VALUE] sfnctl:KEY[=VALUE] -- reason
//
// The Amazon States Language refuses unknown fields, so a Comment is the place
// where a definition may speak to its tools; in YAML, comments after "#" serve
// too. The package knows the notation and the keys; what a directive stands on
// and whether its value makes sense is for its readers.
package directive

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Prefix begins every directive.
const Prefix = "sfnctl:"

// The keys.
const (
	Terminal      = "terminal"       // the class of a terminal state: success, known-failure, unknown-failure
	Effect        = "effect"         // what a task does to the world: write, none
	CompensatedBy = "compensated-by" // the state that undoes this action
	Compensates   = "compensates"    // the action that this state undoes
	Pivot         = "pivot"          // past this state the workflow goes forward; no value
	Ignore        = "ignore"         // rules whose findings here are meant to be
)

// Keys lists the keys in the order of documentation.
func Keys() []string {
	return []string{Terminal, Effect, CompensatedBy, Compensates, Pivot, Ignore}
}

// Directive is one directive of a comment.
type Directive struct {
	Key      string
	Value    string // "" when there is none; without its quotes
	HasValue bool
	// Rest is the text between the value and the next directive or the reason.
	// It is prose, or the rest of a state name with blanks in it: see [Directive.Extended].
	Rest   string
	Reason string // what follows "--" in the comment

	Span      syntax.Span // the directive from "sfnctl:" to the end of its value
	KeySpan   syntax.Span
	ValueSpan syntax.Span // zero when there is no value
}

// Extended yields the value and then the value with more and more words of
// Rest, longest first, so that a name with blanks needs no quotes:
// "compensated-by=Cancel Hotel" means the state "Cancel Hotel" where there is one.
func (d Directive) Extended() []string {
	words := strings.Fields(d.Rest)
	candidates := make([]string, 0, len(words)+1)
	for n := len(words); n >= 0; n-- {
		candidates = append(candidates, strings.Join(append([]string{d.Value}, words[:n]...), " "))
	}
	return candidates
}

// List returns the parts of a value that lists several names with commas.
func (d Directive) List() []string {
	var parts []string
	for _, part := range strings.Split(d.Value, ",") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}
