package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
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
	_, consequences := byFile(&Report{Findings: report.Consequences})
	for _, name := range files {
		answer := awsAnswer{Result: "OK", Diagnostics: []awsDiagnostic{}}
		if len(files) > 1 {
			answer.File = name
		}
		for _, p := range refused(findings[name], consequences[name]) {
			answer.Result = "FAIL"
			answer.Diagnostics = append(answer.Diagnostics, newAWS(p))
			if answer.Diagnostics[0].Code == invalidJSON {
				break
			}
		}
		if err := writeIndented(w, answer); err != nil {
			return err
		}
	}
	return nil
}

// refused returns what the service answers, in the order of the text: errors, and
// where there are any, what follows from them.
func refused(findings, consequences []place) []place {
	findings = slices.DeleteFunc(findings, func(p place) bool { return p.Severity != diag.Error })
	if len(findings) > 0 {
		findings = append(findings, consequences...)
	}
	slices.SortStableFunc(findings, func(a, b place) int { return cmp.Compare(a.span.Start, b.span.Start) })
	return findings
}

// newAWS takes our own words where those of the service are not known.
func newAWS(p place) awsDiagnostic {
	answer := awsDiagnostic{
		Severity: "ERROR", Code: "SCHEMA_VALIDATION_FAILED", Message: p.Message, Location: cmp.Or(p.Pointer, "/"),
	}
	switch {
	case p.AWS == nil:
	case p.AWS.Code == invalidJSON:
		answer.Code, answer.Location = invalidJSON, sourceLocation(p)
		answer.Message = cmp.Or(p.AWS.Message, unrecognizedToken(p), p.Message) + "\n at " + answer.Location
	default:
		answer.Code, answer.Location = p.AWS.Code, p.AWS.Location
		answer.Message = cmp.Or(p.AWS.Message, p.Message)
	}
	return answer
}

// invalidJSON is the code of the service for a text that is not JSON. It then
// stops at the first fault.
const invalidJSON = "INVALID_JSON_DESCRIPTION"

// maxSourceText is how much of the text the service's JSON parser quotes.
const maxSourceText = 500

// sourceLocation writes a place as the service's JSON parser does: with the
// text, and the position after what it read.
func sourceLocation(p place) string {
	text := string(p.File.Src)
	if len(text) > maxSourceText {
		text = fmt.Sprintf("%s[truncated %d chars]", text[:maxSourceText], len(text)-maxSourceText)
	}
	end := p.Span.Start + len(wordAt(p))
	if end == p.Span.Start {
		end = p.Span.End
	}
	at := p.File.Position(end, syntax.UTF16)
	return fmt.Sprintf("[Source: (String)\"%s\"; line: %d, column: %d]", text, at.Line, at.Column)
}

// unrecognizedToken is what the service says of a bare word; "" when the fault
// is another one.
func unrecognizedToken(p place) string {
	word := wordAt(p)
	if word == "" {
		return ""
	}
	return fmt.Sprintf("Unrecognized token '%s': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", word)
}

// wordAt returns the bare word with which the place begins.
func wordAt(p place) string {
	rest := string(p.File.Src[p.Span.Start:])
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' })
	if end < 0 {
		end = len(rest)
	}
	if first, _ := utf8.DecodeRuneInString(rest); !unicode.IsLetter(first) {
		return ""
	}
	return rest[:end]
}
