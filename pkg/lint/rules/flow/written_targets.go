package flow

import (
	"iter"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// writtenTargets yields the names that a state leads to as its text says, also
// where its Type is misspelt or does not take the field, which is reported on
// its own.
func writtenTargets(state *asl.State) iter.Seq[string] {
	return func(yield func(string) bool) {
		if state.Node == nil {
			return
		}
		for i := range state.Node.Members {
			member := &state.Node.Members[i]
			switch member.Key.Value {
			case "Next", "Default":
				if text, ok := member.Value.(*syntax.String); ok && !yield(text.Value) {
					return
				}
			case "Choices", "Catch", "Retry":
				if !yieldNexts(member.Value, yield) {
					return
				}
			}
		}
	}
}

// yieldNexts yields the Next of every element of an array.
func yieldNexts(list syntax.Node, yield func(string) bool) bool {
	array, _ := list.(*syntax.Array)
	if array == nil {
		return true
	}
	for _, item := range array.Items {
		object, _ := item.(*syntax.Object)
		if object == nil {
			continue
		}
		if text, ok := object.Get("Next").(*syntax.String); ok && !yield(text.Value) {
			return false
		}
	}
	return true
}

// reachedIn walks a region. A transition to a misspelt name counts as one to
// the state that was meant: the misspelling is reported on its own.
func reachedIn(g *graph.Graph, region *graph.Region) map[*graph.Node]bool {
	if region.Entry == nil {
		return nil
	}
	meant := misspelling{region: region.Source}
	return reachedBy(g, region, func(target string) *asl.State {
		if state := region.Source.State(target); state != nil {
			return state
		}
		return meant.find(target)
	})
}

// reachedBy walks a region from its entry, each written target leading to the state
// that named returns.
func reachedBy(g *graph.Graph, region *graph.Region, named func(string) *asl.State) map[*graph.Node]bool {
	return graph.Closure([]*graph.Node{region.Entry}, func(node *graph.Node, visit func(*graph.Node)) {
		for target := range writtenTargets(node.State) {
			if next := g.Node(named(target)); next != nil {
				visit(next)
			}
		}
	})
}

func leadsToSubstitution(state *asl.State) bool {
	for target := range writtenTargets(state) {
		if asl.HasSubstitution(target) {
			return true
		}
	}
	return false
}

// maxSuggestions bounds how often a region is searched for a misspelt name, and
// among how many states, so that a huge broken definition stays linear.
const maxSuggestions = 1000

// misspelling finds the state of a region that a wrong name was meant to be.
type misspelling struct {
	region   *asl.Region
	names    []string
	searches int
}

func (m *misspelling) find(name string) *asl.State {
	if m.names == nil {
		for _, state := range m.region.States[:min(len(m.region.States), maxSuggestions)] {
			m.names = append(m.names, state.Name)
		}
	}
	if m.searches++; m.searches > maxSuggestions {
		return nil
	}
	return m.region.State(diag.Suggest(name, m.names))
}
