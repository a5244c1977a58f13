package compensation

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func compensationStopsEarly() *lint.Rule {
	return &lint.Rule{
		Name: "compensation-stops-early", Category: lint.Compensation, Severity: diag.Info, Preset: lint.Recommended,
		Summary:  "when an undo fails, the undos behind it are never attempted",
		Requires: []lint.Prerequisite{verdict.Flow},
		Run: func(p *lint.Pass) {
			for _, undo := range verdict.Of(p).Compensation.Undos {
				if len(undo.Skipped) == 0 {
					continue
				}
				verb := "is"
				if len(undo.Skipped) > 1 {
					verb = "are"
				}
				finding := verdict.On(undo.Node.State, "when %q fails, %s %s not undone either: %s", undo.Node.Name(), verdict.List(verdict.Names(undo.Skipped)), verb, undo.SkippedPath)
				finding.Help = fmt.Sprintf("let the failure of %q lead on to what undoes %s, and fail at the end", undo.Node.Name(), verdict.List(verdict.Names(undo.Skipped)))
				finding.Path = undo.SkippedPath.Steps()
				p.Report(finding)
			}
		},
	}
}
