package errors

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func uncaughtError() *lint.Rule {
	return &lint.Rule{
		Name: "uncaught-error", Category: lint.Errors, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "an error can leave the state machine with no terminal state to tell what happened",
		Requires: []lint.Prerequisite{verdict.Workshop},
		Run: func(p *lint.Pass) {
			escapes := uncaught(p)
			switch {
			case len(escapes) > 1 && !catchesAnything(p.Machine):
				reportAll(p, escapes)
			default:
				for _, escape := range escapes {
					reportEscape(p, escape)
				}
			}
		},
	}
}

// uncaught returns the ways for an error of a task, Parallel or Map to leave
// the machine.
func uncaught(p *lint.Pass) []*graph.Escape {
	implicit := verdict.Of(p).Terminals.Implicit()
	if implicit == nil {
		return nil
	}
	var escapes []*graph.Escape
	for _, escape := range implicit.Escapes {
		if escape.Edge.Kind == graph.Uncaught {
			escapes = append(escapes, escape)
		}
	}
	return escapes
}

func catchesAnything(machine *asl.Machine) bool {
	for state := range machine.States() {
		if len(state.Catch) > 0 {
			return true
		}
	}
	return false
}

// maxRelated is how many places one finding points at.
const maxRelated = 50

// reportAll reports a machine that catches nothing, once.
func reportAll(p *lint.Pass, escapes []*graph.Escape) {
	var nodes []*graph.Node
	for _, escape := range escapes {
		nodes = append(nodes, escape.Edge.From)
	}
	first := nodes[0]
	finding := verdict.On(first.State, "this workflow catches no errors: any error of %s ends the execution in no state", verdict.List(verdict.Names(nodes)))
	finding.Help = "let every task end in a state that tells what happened; for a start, " + escapeHelp(p, first)
	for _, node := range nodes[1:min(len(nodes), maxRelated)] {
		finding.Related = append(finding.Related, verdict.Related(p, node.State.NameNode.Span(), "nor is an error caught here"))
	}
	p.Fix(&finding, func() []diag.Fix { return catchAllOf(p, nodes) })
	p.Report(finding)
}

// catchAllOf is one fix that lets all the states catch what they do not catch.
func catchAllOf(p *lint.Pass, nodes []*graph.Node) []diag.Fix {
	var states []*asl.State
	done := map[*asl.State]bool{}
	for _, node := range nodes {
		if top := outermost(node).State; !done[top] {
			done[top] = true
			states = append(states, top)
		}
	}
	return verdict.AddCatchAll(p, states, verdict.UnknownFailureIn(p, outermost(nodes[0]).Region))
}

func reportEscape(p *lint.Pass, escape *graph.Escape) {
	node := escape.Edge.From
	analysis := verdict.Of(p)
	finding := verdict.On(node.State, "%s of %q ends the execution in no state%s", escapingErrors(escape), node.Name(), becauseOf(node))
	finding.Help = escapeHelp(p, node)
	finding.Path = escape.Path().Steps()
	p.Fix(&finding, func() []diag.Fix { return catchAllOf(p, []*graph.Node{node}) })
	if analysis.Effects[node.ID].Effect == spec.Notification {
		finding.Severity = diag.Info
	}
	if undo := undoOf(analysis, node); undo != nil && len(undo.LeavesDone) > 0 {
		finding.Message += fmt.Sprintf(", and %s stays done", verdict.List(verdict.Names(undo.LeavesDone)))
		if len(undo.LeavesDone) > 1 {
			finding.Message = finding.Message[:len(finding.Message)-len("stays done")] + "stay done"
		}
	}
	p.Report(finding)
}

func undoOf(analysis *graph.Analysis, node *graph.Node) *graph.Undo {
	if !analysis.IsUndo(node) {
		return nil
	}
	for _, undo := range analysis.Compensation.Undos {
		if undo.Node == node {
			return undo
		}
	}
	return nil
}

func escapingErrors(escape *graph.Escape) string {
	switch {
	case len(escape.Edge.Errors) > 0:
		return "the error " + escape.Edge.Label
	case len(escape.Edge.From.State.Catch) > 0:
		return "any other error"
	}
	return "any error"
}

// becauseOf names the owners that do not catch it either.
func becauseOf(node *graph.Node) string {
	if node.Region.Owner == nil {
		return ""
	}
	return fmt.Sprintf(": neither it nor %q catches all errors", outermost(node).Name())
}

// outermost returns the state at top level that holds the node.
func outermost(node *graph.Node) *graph.Node {
	for node.Region.Owner != nil {
		node = node.Region.Owner
	}
	return node
}

func escapeHelp(p *lint.Pass, node *graph.Node) string {
	top := outermost(node)
	return verdict.CatchAllHelp(p, top.State, verdict.UnknownFailureIn(p, top.Region))
}
