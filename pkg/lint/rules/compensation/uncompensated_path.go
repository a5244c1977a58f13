package compensation

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func uncompensatedPath() *lint.Rule {
	return &lint.Rule{
		Name: "uncompensated-path", Category: lint.Compensation, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "an action stays done on a path to a failure, although a state undoes it elsewhere",
		Run: func(p *lint.Pass) {
			for _, action := range verdict.Of(p).Compensation.Actions {
				for _, cell := range action.Cells {
					if len(action.Pairs) > 0 && cell.Pending != nil {
						reportUncompensated(p, action, cell)
					}
				}
			}
		},
	}
}

func reportUncompensated(p *lint.Pass, action *graph.Action, cell graph.Cell) {
	var undos []*graph.Node
	for _, pair := range action.Pairs {
		undos = append(undos, pair.Undo)
	}
	finding := verdict.On(action.Node.State, "%q stays done when the execution fails: %s", action.Node.Name(), cell.Pending)
	finding.Help = fmt.Sprintf("lead this path through %s, which undoes it (%s)", verdict.List(verdict.Names(undos)), action.Pairs[0].Why)
	finding.Path = cell.Pending.Steps()
	finding.Related = verdict.RelateCatchers(p, cell.Pending)
	if !certain(p, action) {
		finding.Severity = diag.Info
	}
	p.Report(finding)
}

// certain reports whether what is known of an action is more than a guess: one
// of its pairs is, or the machine shows that it is a saga.
func certain(p *lint.Pass, action *graph.Action) bool {
	if verdict.Of(p).Compensation.Saga {
		return true
	}
	for _, pair := range action.Pairs {
		if pair.Basis.Certain() {
			return true
		}
	}
	return false
}
