package report

import (
	"io"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// The Reviewdog Diagnostic Format. Its columns count bytes of UTF-8 and its
// ends are exclusive.
type (
	rdDiagnostic struct {
		Message     string         `json:"message"`
		Location    rdLocation     `json:"location"`
		Severity    string         `json:"severity"`
		Source      *rdSource      `json:"source,omitempty"`
		Code        rdCode         `json:"code"`
		Suggestions []rdSuggestion `json:"suggestions,omitempty"`
		Related     []rdRelated    `json:"relatedLocations,omitempty"`
	}
	rdLocation struct {
		Path  string  `json:"path"`
		Range rdRange `json:"range"`
	}
	rdRange struct {
		Start rdPosition `json:"start"`
		End   rdPosition `json:"end"`
	}
	rdPosition struct {
		Line   int `json:"line"`
		Column int `json:"column"`
	}
	rdSource struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	rdCode struct {
		Value string `json:"value"`
		URL   string `json:"url"`
	}
	rdSuggestion struct {
		Range rdRange `json:"range"`
		Text  string  `json:"text"`
	}
	rdRelated struct {
		Message  string     `json:"message"`
		Location rdLocation `json:"location"`
	}
	rdResult struct {
		Source      rdSource       `json:"source"`
		Diagnostics []rdDiagnostic `json:"diagnostics"`
	}
)

type rdjson struct{}

// Write implements [Formatter].
func (rdjson) Write(w io.Writer, report *Report) error {
	result := rdResult{Source: rdTool(), Diagnostics: make([]rdDiagnostic, 0, len(report.Findings))}
	for i := range report.Findings {
		result.Diagnostics = append(result.Diagnostics, newRD(locate(&report.Findings[i])))
	}
	return writeIndented(w, result)
}

type rdjsonl struct{}

// Write implements [Formatter].
func (rdjsonl) Write(w io.Writer, report *Report) error {
	return eachLine(w, report, func(p place) any {
		diagnostic := newRD(p)
		tool := rdTool()
		diagnostic.Source = &tool
		return diagnostic
	})
}

func rdTool() rdSource { return rdSource{"sfnctl", "https://github.com/sfnctl/sfnctl"} }

func newRD(p place) rdDiagnostic {
	diagnostic := rdDiagnostic{
		Message: p.fullMessage(), Location: newRDLocation(p.file, p.span),
		Severity: strings.ToUpper(p.Severity.String()), Code: rdCode{p.Rule, documentationURL(p.Rule)},
	}
	for _, related := range p.Related {
		file, span := locateRelated(related, p)
		diagnostic.Related = append(diagnostic.Related, rdRelated{related.Message, newRDLocation(file, span)})
	}
	for _, fix := range p.Fixes {
		if suggestion, ok := newRDSuggestion(p, fix); ok {
			diagnostic.Suggestions = append(diagnostic.Suggestions, suggestion)
		}
	}
	return diagnostic
}

// newRDSuggestion converts a fix, if it is one edit: each suggestion of the
// format stands by itself.
func newRDSuggestion(p place, fix diag.Fix) (rdSuggestion, bool) {
	if len(fix.Edits) != 1 {
		return rdSuggestion{}, false
	}
	file, span, exact := p.Diagnostic.File.Locate(fix.Edits[0].Span)
	if !exact || file != p.file {
		return rdSuggestion{}, false
	}
	return rdSuggestion{newRDLocation(file, span).Range, fix.Edits[0].Text}, true
}

func newRDLocation(file *syntax.File, span syntax.Span) rdLocation {
	r := newRange(file, span, syntax.Bytes)
	return rdLocation{file.Name, rdRange{rdPosition{r.Line, r.Column}, rdPosition{r.EndLine, r.EndColumn}}}
}
