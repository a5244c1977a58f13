package compensation

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func failedCompensationHidden() *lint.Rule {
	return &lint.Rule{
		Name: "failed-compensation-hidden", Category: lint.Compensation, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "when an undo fails, the execution ends in a success or a known failure",
		Requires: []lint.Prerequisite{verdict.Workshop},
		Run: func(p *lint.Pass) {
			compensation := verdict.Of(p).Compensation
			for _, undo := range compensation.Undos {
				if undo.Hidden == nil {
					continue
				}
				finding := verdict.On(undo.Node.State, "when %q fails, the execution ends in %s, as if all had been undone: %s", undo.Node.Name(), endOf(undo.Hidden), undo.HiddenPath)
				target := verdict.UnknownFailureIn(p, outermost(undo.Node).Region)
				finding.Help = fmt.Sprintf("lead the Catcher of %q to %q, so that a person looks%s", catching(undo), target.Name, target.HelpAfter())
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

// catching names the state whose Catcher takes the failure of the undo.
func catching(undo *graph.Undo) string {
	for _, step := range undo.HiddenPath {
		if step.Edge != nil {
			return step.Edge.From.Name()
		}
	}
	return undo.Node.Name()
}

// outermost returns the state at top level that holds the node.
func outermost(node *graph.Node) *graph.Node {
	for node.Region.Owner != nil {
		node = node.Region.Owner
	}
	return node
}

func endOf(terminal *graph.Terminal) string {
	if terminal.Class == graph.Success {
		return "a success"
	}
	return "a known failure"
}
