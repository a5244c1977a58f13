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
		Summary:  "no transition leads to the state from where its States object begins",
		Requires: []lint.Prerequisite{lint.Graph},
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
	reached := reachedIn(p.Graph(), region)
	isExplained := isExplained(region, reached)
	refused := refusedIn(p.Graph(), region)
	for _, node := range region.Nodes {
		state := node.State
		switch {
		case region.Source.State(state.Name) != state: // the first of two states of that name
			continue
		case state.Node == nil: // no state at all, which is reported
			continue
		case !reached[node] && !isExplained:
			p.Report(unreachable(state))
		case refused[node]:
			finding := unreachable(state)
			finding.Consequence = true
			p.Report(finding)
		}
		if reached[node] {
			for _, inner := range node.Inner {
				reportUnreachable(p, inner)
			}
		}
	}
}

func unreachable(state *asl.State) diag.Diagnostic {
	finding := verdict.On(state, "State %q is not reachable", state.Name)
	finding.Help = "lead a transition to it, or remove it"
	finding.AWS = &diag.AWS{
		Code: "MISSING_TRANSITION_TARGET", Message: fmt.Sprintf("State %q is not reachable.", state.Name), Span: state.Node.Span(),
	}
	return finding
}

// refusedIn returns the states that the service calls unreachable, whatever a
// wrong name was meant to be. Where transitions are missing altogether, it is not
// known whether it looks at all.
func refusedIn(g *graph.Graph, region *graph.Region) map[*graph.Node]bool {
	reached := reachedBy(g, region, region.Source.State)
	refused := map[*graph.Node]bool{}
	for _, node := range region.Nodes {
		if !reached[node] {
			refused[node] = true
			continue
		}
		if missingEnds(node.State) > 0 || leadsToSubstitution(node.State) {
			return nil
		}
	}
	return refused
}

// isExplained reports whether transitions that lead nowhere, which are reported
// on their own, can be the reason for all that is not reached: one cause, one
// finding.
func isExplained(region *graph.Region, reached map[*graph.Node]bool) bool {
	loose := looseEnds(region, reached)
	return loose > 0 && loose >= entrances(region, reached)
}
