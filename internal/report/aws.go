package report

import (
	"cmp"
	"io"

	"github.com/sfnctl/sfnctl/pkg/diag"
)

// aws writes the answer of ValidateStateMachineDefinition, one object a file:
// what AWS would refuse, in its words and with its codes where they are known.
type aws struct{}

type awsAnswer struct {
	File        string          `json:"file,omitempty"` // several files only; not part of the service's answer
	Result      string          `json:"result"`
	Diagnostics []awsDiagnostic `json:"diagnostics"`
	Truncated   bool            `json:"truncated"`
}

type awsDiagnostic struct {
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Message  string `json:"message"`
	Location string `json:"location,omitempty"`
}

// Write implements [Formatter].
func (aws) Write(w io.Writer, report *Report) error {
	files, findings := byFile(report)
	for _, name := range files {
		answer := awsAnswer{Result: "OK", Diagnostics: []awsDiagnostic{}}
		if len(files) > 1 {
			answer.File = name
		}
		for _, p := range findings[name] {
			if p.Severity == diag.Error {
				answer.Result = "FAIL"
				answer.Diagnostics = append(answer.Diagnostics, newAWS(p))
			}
		}
		if err := writeIndented(w, answer); err != nil {
			return err
		}
	}
	return nil
}

// newAWS takes our own words where those of the service are not known.
func newAWS(p place) awsDiagnostic {
	answer := awsDiagnostic{
		Severity: "ERROR", Code: "SCHEMA_VALIDATION_FAILED", Message: p.Message, Location: cmp.Or(p.Pointer, "/"),
	}
	if p.AWS != nil {
		answer.Code, answer.Message = p.AWS.Code, p.AWS.Message
	}
	return answer
}
