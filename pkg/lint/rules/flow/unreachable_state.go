package flow

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func unreachableState() *lint.Rule {
	return &lint.Rule{
		Name: "unreachable-state", Category: lint.Flow, Severity: diag.Error, Preset: lint.Spec,
		Summary: "no transition leads to the state from where its States object begins",
		Run: func(p *lint.Pass) {
			// Without a terminal state the service says only that.
			if g := p.Graph(); hasTerminal(g.Root) {
				reportUnreachable(p, g.Root)
			}
		},
	}
}

// reportUnreachable reports the states of a region and of those inside it. What
// an unreachable Parallel or Map holds is not said again.
func reportUnreachable(p *lint.Pass, region *graph.Region) {
	if region.Entry == nil {
		return
	}
	reached := reachedIn(region)
	for _, node := range region.Nodes {
		state := node.State
		switch {
		case region.Source.State(state.Name) != state: // the first of two states of that name
		case reached[node]:
			for _, inner := range node.Inner {
				reportUnreachable(p, inner)
			}
		default:
			finding := verdict.On(state, "State %q is not reachable", state.Name)
			finding.Help = "lead a transition to it, or remove it"
			if state.Node != nil {
				finding.AWS = &diag.AWS{
					Code: "MISSING_TRANSITION_TARGET", Message: fmt.Sprintf("State %q is not reachable.", state.Name), Span: state.Node.Span(),
				}
			}
			p.Report(finding)
		}
	}
}

// reachedIn walks a region. A transition to a misspelt name counts as one to
// the state that was meant: the misspelling is reported on its own.
func reachedIn(region *graph.Region) map[*graph.Node]bool {
	byName := map[string]*graph.Node{}
	var names []string
	for _, node := range region.Nodes {
		byName[node.Name()] = node
		names = append(names, node.Name())
	}
	reached := map[*graph.Node]bool{region.Entry: true}
	queue := []*graph.Node{region.Entry}
	visit := func(node *graph.Node) {
		if node != nil && !reached[node] {
			reached[node] = true
			queue = append(queue, node)
		}
	}
	for len(queue) > 0 {
		node := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, edge := range node.Out {
			visit(edge.To)
		}
		for _, target := range undefinedTargets(node, byName) {
			visit(byName[diag.Suggest(target, names)])
		}
	}
	return reached
}

func undefinedTargets(node *graph.Node, byName map[string]*graph.Node) []string {
	state := node.State
	transitions := []*asl.Transition{state.Next}
	for _, catcher := range state.Catch {
		transitions = append(transitions, catcher.Next)
	}
	if state.Choice != nil {
		transitions = append(transitions, state.Choice.Default)
		for _, rule := range state.Choice.Rules {
			transitions = append(transitions, rule.Next)
		}
	}
	var undefined []string
	for _, transition := range transitions {
		if transition != nil && byName[transition.Target] == nil {
			undefined = append(undefined, transition.Target)
		}
	}
	return undefined
}
