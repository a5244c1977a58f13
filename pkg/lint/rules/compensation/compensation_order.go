package compensation

import (
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func compensationOrder() *lint.Rule {
	return &lint.Rule{
		Name: "compensation-order", Category: lint.Compensation, Severity: diag.Info, Preset: lint.Recommended,
		Summary:  "a chain undoes actions in the order in which they were done",
		Requires: []lint.Prerequisite{verdict.Flow},
		Run: func(p *lint.Pass) {
			for _, undo := range verdict.Of(p).Compensation.Undos {
				if undo.TooEarlyFor == nil {
					continue
				}
				later := undo.TooEarlyFor.Node.State
				finding := verdict.On(undo.Node.State, "%q is undone before %q, which was done after it", undo.EarlyAction.Name(), undo.LaterAction.Name())
				finding.Help = "undo in the reverse order: what was done last may rest on what was done before"
				finding.Related = []diag.Related{verdict.Related(p, later.NameNode.Span(), "%q undoes %q", later.Name, undo.LaterAction.Name())}
				p.Report(finding)
			}
		},
	}
}
