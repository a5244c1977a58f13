package asl

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// The codes of ValidateStateMachineDefinition. Source: API reference, and
// recorded answers for the last four.
const (
	awsSchema        = "SCHEMA_VALIDATION_FAILED"
	awsJSON          = "INVALID_JSON_DESCRIPTION"
	awsTarget        = "MISSING_TRANSITION_TARGET"
	awsDuplicateName = "DUPLICATE_STATE_NAME"
	awsStateName     = "INVALID_STATE_NAME"
	awsDuplicateTag  = "DUPLICATE_LABEL_NAME"
	awsLabel         = "INVALID_LABEL_NAME"
	awsJSONata       = "INVALID_JSONATA_EXPRESSION"
	awsUnsupported   = "UNSUPPORTED_JSONATA_EXPRESSION"
	awsReservedName  = "RESERVED_VARIABLE_NAME"
	awsVariableName  = "INVALID_VARIABLE_NAME"
)

// finding is a reported diagnostic to which its reporter can still add.
type finding struct {
	*diag.Diagnostic
	format syntax.Format // of the text
}

func (d *decoder) report(rule string, span syntax.Span, message, help string) finding {
	state := ""
	if d.state != nil {
		state = d.state.Name
	}
	d.findings = append(d.findings, diag.Diagnostic{
		Rule: rule, Category: categoryOf(rule), Severity: diag.Error,
		File: d.tree.File, Span: span, State: state, Message: message, Help: help,
	})
	return finding{&d.findings[len(d.findings)-1], d.tree.Format}
}

// aws adds what the service says, and where.
func (f finding) aws(at syntax.Span, code, format string, arguments ...any) finding {
	f.AWS = &diag.AWS{Code: code, Message: fmt.Sprintf(format, arguments...), Span: at}
	return f
}

// schema adds a message of the service's own schema check.
func (f finding) schema(at syntax.Span, format string, arguments ...any) finding {
	return f.aws(at, awsSchema, format, arguments...)
}

func (f finding) related(span syntax.Span, message string) finding {
	f.Related = append(f.Related, diag.Related{File: f.File, Span: span, Message: message})
	return f
}

func (f finding) warning() finding {
	f.Severity = diag.Warning
	return f
}

// subject names the object under decoding: `state "Charge"`, `Retry[0] of state
// "Charge"`, or the state machine.
func (d *decoder) subject() string { return d.subjectAt(d.field()) }

// subjectOf names a field of the object under decoding.
func (d *decoder) subjectOf(name string) string {
	defer d.pop(d.push(name))
	return d.subject()
}

func (d *decoder) subjectAt(field string) string {
	switch {
	case d.state == nil && field == "":
		return "the state machine"
	case d.state == nil:
		return quote(field) + " of the state machine"
	case field == "":
		return "state " + quote(d.state.Name)
	}
	return quote(field) + " of state " + quote(d.state.Name)
}

// quote puts a name in double quotes; control characters are shown as escapes,
// so that no name can break a line of output.
func quote(name string) string {
	for _, r := range name {
		if r < ' ' || r == 0x7f {
			return fmt.Sprintf("%q", name)
		}
	}
	return `"` + name + `"`
}

// list joins names as a sentence does: `"A"`, `"A" and "B"`, `"A", "B" and "C"`.
func list(names []string, conjunction string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = quote(name)
	}
	return join(quoted, conjunction)
}

func join(words []string, conjunction string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + conjunction + " " + words[last]
}

// withArticle puts "a" or "an" before a word.
func withArticle(word string) string {
	if word != "" && strings.ContainsRune("aeiou", rune(word[0])) {
		return "an " + word
	}
	return "a " + word
}

func didYouMean(name string) string {
	if name == "" {
		return ""
	}
	return "did you mean " + quote(name) + "?"
}

// suggest is [diag.Suggest] within a budget for the whole machine, so that a
// huge broken definition stays linear.
func (d *decoder) suggest(name string, candidates []string) string {
	if d.budget -= len(candidates); d.budget < 0 {
		return ""
	}
	return diag.Suggest(name, candidates)
}
