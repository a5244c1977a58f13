package compensation

import (
	"fmt"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func uncompensatedPath() *lint.Rule {
	return &lint.Rule{
		Name: "uncompensated-path", Category: lint.Compensation, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "an action stays done on a path to a failure, although a state undoes it elsewhere",
		Requires: []lint.Prerequisite{verdict.Flow},
		Run: func(p *lint.Pass) {
			for _, action := range verdict.Of(p).Compensation.Actions {
				if len(action.Pairs) == 0 {
					continue
				}
				for _, cell := range leaks(action) {
					reportUncompensated(p, action, cell)
				}
				reportDenied(p, action)
			}
			reportPastPivots(p)
		},
	}
}

// leaks returns the failures at which the action stays done, the nearest first:
// one for each error that takes a wrong turn, however many states it may end in
// afterwards.
func leaks(action *graph.Action) []graph.Cell {
	cells := slices.Clone(action.Cells)
	slices.SortStableFunc(cells, func(x, y graph.Cell) int { return len(x.Pending) - len(y.Pending) })
	seen := map[*graph.Edge]bool{}
	return slices.DeleteFunc(cells, func(cell graph.Cell) bool {
		turn := firstTurn(cell.Pending)
		known := turn != nil && seen[turn]
		seen[turn] = true
		return cell.Pending == nil || known
	})
}

// firstTurn returns the first error on a path, nil when a Choice leads to the failure.
func firstTurn(path graph.Path) *graph.Edge {
	for _, step := range path {
		if step.Via != "" {
			return step.Edge
		}
	}
	return nil
}

func reportUncompensated(p *lint.Pass, action *graph.Action, cell graph.Cell) {
	finding := verdict.On(action.Node.State, "%q stays done when the execution fails: %s", action.Node.Name(), cell.Pending)
	finding.Help = fmt.Sprintf("lead this path through %s, which undoes it (%s)", verdict.Either(verdict.Names(undosOf(action))), action.Pairs[0].Why)
	finding.Path = cell.Pending.Steps()
	finding.Related = verdict.RelateCatchers(p, cell.Pending)
	if !certain(p, action) {
		finding.Severity = diag.Info
	}
	p.Report(finding)
}

// reportDenied reports a Choice of the failure path that can pass by the undo. It
// may well know that there is nothing to undo, so it is information, once.
func reportDenied(p *lint.Pass, action *graph.Action) {
	for _, cell := range action.Cells {
		choice := cell.DenyingChoice()
		if choice == nil {
			continue
		}
		finding := verdict.On(action.Node.State, "whether %q is undone is up to the Choice %q: %s", action.Node.Name(), choice.Name(), cell.Denied)
		finding.Help = fmt.Sprintf("see that %q leads to %s whenever %q was done, and in doubt", choice.Name(), verdict.Either(verdict.Names(undosOf(action))), action.Node.Name())
		finding.Severity = diag.Info
		finding.Path = cell.Denied.Steps()
		finding.Related = []diag.Related{verdict.Related(p, choice.State.NameNode.Span(), "this Choice decides")}
		p.Report(finding)
		return
	}
}

// reportPastPivots tells what an inferred pivot hides: a failure that follows the
// last action, after which the workflow is taken to go forward. Once for a machine. An
// error that nobody catches there is a finding of its own.
func reportPastPivots(p *lint.Pass) {
	var stay []*graph.Node
	var shortest graph.Path
	for _, action := range verdict.Of(p).Compensation.Actions {
		for _, cell := range action.Cells {
			if cell.Committed == nil || cell.Pending != nil || cell.Terminal.Node == nil || len(action.Pairs) == 0 {
				continue
			}
			if !slices.Contains(stay, action.Node) {
				stay = append(stay, action.Node)
			}
			if shortest == nil || len(cell.Committed) < len(shortest) {
				shortest = cell.Committed
			}
		}
	}
	if len(stay) == 0 {
		return
	}
	pivot := stay[len(stay)-1]
	for _, step := range shortest {
		if step.Node != nil && slices.Contains(verdict.Of(p).Compensation.Pivots, step.Node) {
			pivot = step.Node
		}
	}
	finding := verdict.On(pivot.State, "a failure after %q is taken for one past the pivot, so %s may stay done: %s", pivot.Name(), verdict.List(verdict.Names(stay)), shortest)
	finding.Help = fmt.Sprintf("when %q is where the workflow can no longer turn back, say so in its Comment: sfnctl:pivot; else undo what was done", pivot.Name())
	finding.Severity = diag.Info
	finding.Path = shortest.Steps()
	p.Report(finding)
}

func undosOf(action *graph.Action) []*graph.Node {
	var undos []*graph.Node
	for _, pair := range action.Pairs {
		undos = append(undos, pair.Undo)
	}
	return undos
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
