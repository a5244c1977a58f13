// Package diag holds findings: what is wrong with a user's definition, where,
// and what to do about it. A finding is data; it is never a Go error.
package diag

import "github.com/sfnctl/sfnctl/pkg/syntax"

// Severity says how bad a finding is.
type Severity uint8

// The severities, from the least to the worst. The zero value is none of
// them: a finding without a severity gets that of its rule.
const (
	Info    Severity = iota + 1 // worth knowing; rests on a guess or on taste
	Warning                     // AWS accepts it, but it will hurt
	Error                       // AWS refuses it, or it cannot work
)

// String returns "info", "warning" or "error".
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return "info"
}

// Diagnostic is one finding.
type Diagnostic struct {
	Rule     string // the rule's kebab-case name, such as "uncaught-error"
	Category string // the rule's category, such as "flow"
	Severity Severity
	File     *syntax.File
	Span     syntax.Span
	Pointer  string // RFC 6901 pointer of the smallest node around Span; filled in by the runner
	State    string // the state concerned, empty when none; nested states by their own name
	Message  string // what is wrong, in one sentence, states in double quotes
	Help     string // what to do; may have several lines, such as the JSON to add
	Related  []Related
	Path     []Step // the way an execution takes to what is reported; may be empty
	Fixes    []Fix
	AWS      *AWS // the same fault in the service's words; nil when they are not known

	// Consequence marks what the service answers as well although another
	// finding is its cause. It is told only in the service's words.
	Consequence bool
}

// AWS is what ValidateStateMachineDefinition and CreateStateMachine answer to a
// fault. Codes and texts may change; only the verdict is a promise.
type AWS struct {
	Code    string      // such as "SCHEMA_VALIDATION_FAILED"
	Message string      // without code and location; "" when only the code is known
	Span    syntax.Span // the place the service names as location, often the object around ours; zero when it names none

	// Location is that place in the service's notation; filled in by the runner.
	Location string
}

// Related is another place that explains a finding.
type Related struct {
	File    *syntax.File
	Span    syntax.Span
	Message string
}

// Step is one state on a witness path. Via says how the execution left the
// state before it: "" by its ordinary transition, else the error that was
// caught, such as "States.ALL".
type Step struct {
	State string
	Via   string
}

// Fix is a change of the source that removes a finding.
type Fix struct {
	Message string // what the change does, in the imperative: "add a Default"
	Safe    bool   // applied by --fix without asking: it cannot change a run that succeeds
	Edits   []syntax.Edit
}
