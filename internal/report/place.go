package report

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// place is a finding with its place in the file that the user edits, which for
// a definition inside a template is the template.
type place struct {
	*diag.Diagnostic
	file *syntax.File
	span syntax.Span
}

func locate(finding *diag.Diagnostic) place {
	file, span, _ := finding.File.Locate(finding.Span)
	return place{finding, file, span}
}

// locateRelated does the same for a related place.
func locateRelated(related diag.Related, around place) (*syntax.File, syntax.Span) {
	file := related.File
	if file == nil {
		file = around.Diagnostic.File
	}
	outer, span, _ := file.Locate(related.Span)
	return outer, span
}

// positions returns both ends; the end is exclusive.
func (p place) positions(unit syntax.Unit) (start, end syntax.Position) {
	return p.file.Position(p.span.Start, unit), p.file.Position(p.span.End, unit)
}

// PathText tells a witness path as a person would:
// `BookHotel → BookFlight ✗ States.ALL → TripFailed`.
func PathText(path []diag.Step) string {
	var b strings.Builder
	for i, step := range path {
		switch {
		case step.Via != "":
			b.WriteString(" ✗ " + step.Via)
			if step.State != "" {
				b.WriteString(" → ")
			}
		case i > 0 && step.State != "":
			b.WriteString(" → ")
		}
		b.WriteString(step.State)
	}
	return strings.TrimSpace(b.String())
}

// fullMessage is the message with its path and help, for formats that have a
// single text.
func (p place) fullMessage() string {
	text := p.Message
	if len(p.Path) > 0 {
		text += "\npath: " + PathText(p.Path)
	}
	if p.Help != "" {
		text += "\nhelp: " + p.Help
	}
	return text
}

// documentationURL is the page of a rule.
func documentationURL(rule string) string {
	return "https://github.com/sfnctl/sfnctl/blob/main/docs/rules/" + rule + ".md"
}
