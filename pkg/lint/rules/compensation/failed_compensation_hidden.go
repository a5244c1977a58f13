package compensation

import (
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func failedCompensationHidden() *lint.Rule {
	return &lint.Rule{
		Name: "failed-compensation-hidden", Category: lint.Compensation, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "when an undo fails, the execution ends in a success or a known failure",
		Run: func(p *lint.Pass) {
			compensation := verdict.Of(p).Compensation
			for _, undo := range compensation.Undos {
				if undo.Hidden == nil {
					continue
				}
				finding := verdict.On(undo.Node.State, "when %q fails, the execution ends in %s, as if it had been undone: %s", undo.Node.Name(), endOf(undo.Hidden), undo.HiddenPath)
				finding.Help = "lead its Catcher to a Fail state for failures of any kind, so that a person looks"
				finding.Path = undo.HiddenPath.Steps()
				finding.Related = verdict.RelateCatchers(p, undo.HiddenPath)
				if !undo.Certain && !compensation.Saga {
					finding.Severity = diag.Info
				}
				p.Report(finding)
			}
		},
	}
}

func endOf(terminal *graph.Terminal) string {
	if terminal.Class == graph.Success {
		return "a success"
	}
	return "a known failure"
}
