package report

import (
	"io"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// gitlab writes the array that GitLab's code quality widget reads.
type gitlab struct{}

type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

// Write implements [Formatter].
func (gitlab) Write(w io.Writer, report *Report) error {
	severities := map[diag.Severity]string{diag.Error: "critical", diag.Warning: "major", diag.Info: "info"}
	prints := newFingerprints()
	issues := make([]gitlabIssue, 0, len(report.Findings))
	for i := range report.Findings {
		p := locate(&report.Findings[i])
		start, end := p.positions(syntax.CodePoints)
		issues = append(issues, gitlabIssue{
			Description: p.Message, CheckName: p.Rule, Fingerprint: prints.of(p), Severity: severities[p.Severity],
			Location: gitlabLocation{p.file.Name, gitlabLines{start.Line, end.Line}},
		})
	}
	return writeIndented(w, issues)
}
