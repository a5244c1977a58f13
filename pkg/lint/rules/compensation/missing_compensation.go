package compensation

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func missingCompensation() *lint.Rule {
	return &lint.Rule{
		Name: "missing-compensation", Category: lint.Compensation, Severity: diag.Info, Preset: lint.Recommended,
		Summary:  "a failure can follow an action that nothing undoes",
		Requires: []lint.Prerequisite{verdict.Flow},
		Run: func(p *lint.Pass) {
			analysis := verdict.Of(p)
			var open []*graph.Action
			for _, action := range analysis.Compensation.Actions {
				if len(action.Pairs) == 0 && analysis.CanBeUndone(action.Node) && leftDone(action) != nil {
					open = append(open, action)
				}
			}
			if analysis.Compensation.Saga {
				for _, action := range open {
					reportMissing(p, action)
				}
				return
			}
			reportMissingTogether(p, open)
		},
	}
}

// leftDone returns the shortest path from the action to a failure.
func leftDone(action *graph.Action) graph.Path {
	var shortest graph.Path
	for _, cell := range action.Cells {
		if cell.Pending != nil && (shortest == nil || len(cell.Pending) < len(shortest)) {
			shortest = cell.Pending
		}
	}
	return shortest
}

// reportMissing reports one action of a machine that undoes others.
func reportMissing(p *lint.Pass, action *graph.Action) {
	path := leftDone(action)
	finding := verdict.On(action.Node.State, "nothing undoes %q when the execution fails: %s", action.Node.Name(), path)
	finding.Help = fmt.Sprintf("name the state that undoes it in its Comment, sfnctl:compensated-by=STATE, or sfnctl:effect=none when there is nothing to undo; it counts as a write by %s", action.Effect.Why)
	finding.Path = path.Steps()
	if !action.Overwrites() {
		finding.Severity = diag.Warning
	}
	p.Report(finding)
}

// reportMissingTogether reports the known writes of a machine that undoes nothing,
// and the payments and reservations that it makes.
func reportMissingTogether(p *lint.Pass, open []*graph.Action) {
	var known []*graph.Action
	var nodes []*graph.Node
	for _, action := range open {
		if (action.IsKnownWrite() || action.Commits()) && !action.Overwrites() {
			known = append(known, action)
			nodes = append(nodes, action.Node)
		}
	}
	if len(known) == 0 {
		return
	}
	path := leftDone(known[0])
	finding := verdict.On(known[0].Node.State, "nothing undoes %s when the execution fails: %s", verdict.List(verdict.Names(nodes)), path)
	finding.Help = advice(len(known))
	finding.Path = path.Steps()
	for _, action := range known[1:] {
		finding.Related = append(finding.Related, verdict.Related(p, action.Node.State.NameNode.Span(), "nor this: %s", leftDone(action)))
	}
	p.Report(finding)
}

func advice(actions int) string {
	if actions == 1 {
		return "add a state that undoes it and let the Catchers behind it lead there, or write sfnctl:effect=none in its Comment when there is nothing to undo"
	}
	return "add states that undo them and let the Catchers behind them lead there, or write sfnctl:effect=none in the Comment of what needs no undoing"
}
