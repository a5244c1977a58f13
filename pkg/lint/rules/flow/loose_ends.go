package flow

import (
	"math"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
)

// anyNumber is a loose end that may stand for any number of transitions.
const anyNumber = math.MaxInt32

// looseEnds counts the transitions of reached states of which it is not known
// where they were meant to lead: a name that does not exist, or a field that is
// missing or broken. Each of them has a finding or is a ${...}, and each can be
// the one cause why another state is not reached, or why there is no end.
func looseEnds(region *graph.Region, reached map[*graph.Node]bool) int {
	count := 0
	undefined := map[string]bool{}
	for _, node := range region.Nodes {
		if !reached[node] {
			continue
		}
		count += missingEnds(node.State)
		for target := range writtenTargets(node.State) {
			if asl.HasSubstitution(target) {
				return anyNumber
			}
			if region.Source.State(target) == nil {
				undefined[target] = true
			}
		}
	}
	return min(count+len(undefined), anyNumber)
}

// missingEnds counts the transitions that a state should have and lacks.
func missingEnds(state *asl.State) int {
	if state.Node == nil {
		return anyNumber
	}
	count := 0
	switch state.Type {
	case asl.Unknown:
		return anyNumber
	case asl.Choice:
		if len(state.Choice.Rules) == 0 {
			return anyNumber
		}
		for _, rule := range state.Choice.Rules {
			if rule.Next == nil {
				count++
			}
		}
	case asl.Succeed, asl.Fail:
	default:
		if state.Next == nil && !state.End {
			count++
		}
	}
	for _, catcher := range state.Catch {
		if catcher.Next == nil {
			count++
		}
	}
	return count
}

// entrances counts the transitions that it takes at least to reach every state
// that is not reached: one for each group of them that no other one leads to.
func entrances(region *graph.Region, reached map[*graph.Node]bool) int {
	// Of the starts of walks that together cover all, those that a second pass
	// backwards still needs are the fewest.
	var starts []*graph.Node
	covered := map[*graph.Node]bool{}
	for _, node := range region.Nodes {
		if !reached[node] && !covered[node] {
			starts = append(starts, node)
			cover(node, covered)
		}
	}
	count := 0
	clear(covered)
	for i := len(starts) - 1; i >= 0; i-- {
		if !covered[starts[i]] {
			count++
			cover(starts[i], covered)
		}
	}
	return count
}

func cover(start *graph.Node, covered map[*graph.Node]bool) {
	for node := range graph.Closure([]*graph.Node{start}, func(node *graph.Node, visit func(*graph.Node)) {
		for _, edge := range node.Out {
			if edge.To != nil && !covered[edge.To] {
				visit(edge.To)
			}
		}
	}) {
		covered[node] = true
	}
}
