package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/printable"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Document is the JSON form of a report, described by schemas/report.schema.json.
// Templates see it too.
type Document struct {
	Findings []Finding `json:"findings"`
	Summary  Summary   `json:"summary"`
}

// Summary counts what was checked and found.
type Summary struct {
	Files    int `json:"files"`
	Machines int `json:"machines"`
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Infos    int `json:"infos"`
}

// Finding is one finding. Lines and columns start at 1, columns count code
// points, and the end is exclusive.
type Finding struct {
	Rule     string     `json:"rule"`
	Category string     `json:"category"`
	Severity string     `json:"severity"`
	Message  string     `json:"message"`
	Help     string     `json:"help"`
	Range               // where it is
	Pointer  string     `json:"pointer"`
	State    string     `json:"state"`
	Path     []PathStep `json:"path,omitempty"`
	Related  []Related  `json:"related,omitempty"`
	Fixes    []Fix      `json:"fixes,omitempty"`
}

// Range is a place in a file.
type Range struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
}

// PathStep is one state on the way to what is reported.
type PathStep struct {
	State string `json:"state"`
	Via   string `json:"via,omitempty"`
}

// Related is another place that explains a finding.
type Related struct {
	Range
	Message string `json:"message"`
}

// Fix is a change that removes a finding.
type Fix struct {
	Message string `json:"message"`
	Safe    bool   `json:"safe"`
	Edits   []Edit `json:"edits"`
}

// Edit replaces a range by a text.
type Edit struct {
	Range
	Text string `json:"text"`
}

// NewDocument converts a report.
func NewDocument(report *Report) Document {
	document := Document{Findings: make([]Finding, 0, len(report.Findings))}
	for i := range report.Findings {
		document.Findings = append(document.Findings, newFinding(locate(&report.Findings[i])))
	}
	document.Summary = Summary{
		Files: len(report.Files), Machines: report.Machines, Errors: report.Count(diag.Error),
		Warnings: report.Count(diag.Warning), Infos: report.Count(diag.Info),
	}
	return document
}

func newFinding(p place) Finding {
	finding := Finding{
		Rule: p.Rule, Category: p.Category, Severity: p.Severity.String(), Message: p.Message, Help: p.Help,
		Range: newRange(p.file, p.span, syntax.CodePoints), Pointer: p.Pointer, State: p.State,
	}
	for _, step := range p.Path {
		finding.Path = append(finding.Path, PathStep(step))
	}
	for _, related := range p.Related {
		file, span := locateRelated(related, p)
		finding.Related = append(finding.Related, Related{newRange(file, span, syntax.CodePoints), related.Message})
	}
	for _, fix := range p.Fixes {
		finding.Fixes = append(finding.Fixes, newFix(p, fix))
	}
	return finding
}

func newFix(p place, fix diag.Fix) Fix {
	converted := Fix{Message: fix.Message, Safe: fix.Safe}
	for _, edit := range fix.Edits {
		file, span, _ := p.Diagnostic.File.Locate(edit.Span)
		converted.Edits = append(converted.Edits, Edit{newRange(file, span, syntax.CodePoints), edit.Text})
	}
	return converted
}

func newRange(file *syntax.File, span syntax.Span, unit syntax.Unit) Range {
	start, end := file.Position(span.Start, unit), file.Position(span.End, unit)
	return Range{file.Name, start.Line, start.Column, end.Line, end.Column}
}

type jsonDocument struct{}

// Write implements [Formatter].
func (jsonDocument) Write(w io.Writer, report *Report) error {
	return writeIndented(w, NewDocument(report))
}

type jsonLines struct{}

// Write implements [Formatter].
func (jsonLines) Write(w io.Writer, report *Report) error {
	return eachLine(w, report, func(p place) any { return newFinding(p) })
}

// eachLine writes one JSON value a line for every finding.
func eachLine(w io.Writer, report *Report, convert func(place) any) error {
	out := bufio.NewWriter(w)
	for i := range report.Findings {
		if err := encode(out, convert(locate(&report.Findings[i])), ""); err != nil {
			return err
		}
	}
	return out.Flush()
}

func writeIndented(w io.Writer, document any) error {
	return encode(w, document, "  ")
}

func encode(w io.Writer, document any, indent string) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	if err := encoder.Encode(document); err != nil {
		return err
	}
	_, err := w.Write(printable.JSON(text.Bytes()))
	return err
}
