package errors

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// inputUse tells, by Node.ID, whether the state or one behind it uses the input
// of the state. Where none does, nobody misses it.
type inputUse []bool

var inputUses = &lint.Result[inputUse]{
	Name:     "input use",
	Requires: []lint.Prerequisite{lint.Graph},
	Compute: func(p *lint.Pass) inputUse {
		g := p.Graph()
		use := make(inputUse, len(g.Nodes))
		var users []*graph.Node
		for _, node := range g.Nodes {
			if usesInput(node) {
				users = append(users, node)
			}
		}
		graph.Spread(use, users, func(node *graph.Node, visit func(*graph.Node)) {
			if owner := node.Region.Owner; owner != nil && handsIn(owner.State) {
				visit(owner)
			}
			for _, edge := range node.In {
				if edge.Kind == graph.Catch && !readsOnlyError(node, edge) || edge.Kind != graph.Catch && edge.From.State.HandsOn(asl.StateOutput) {
					visit(edge.From)
				}
			}
		})
		return use
	},
}

func inputUseOf(p *lint.Pass) inputUse { return inputUses.Of(p) }

// usesInput reports whether the state itself uses its input. What ends a region
// without a result of its own hands its input to the owner, which may use it.
func usesInput(node *graph.Node) bool {
	state := node.State
	bare := state.Parameters == nil && state.Arguments == nil
	switch {
	case state.Type == asl.Task && bare, state.Type == asl.Map && state.Map != nil && state.Map.ItemsPath == nil && state.Map.Items == nil:
		return true
	case node.Region.Owner != nil && (state.End || state.Type == asl.Succeed) && state.HandsOn(asl.StateOutput):
		return true
	}
	for e := range state.Expressions() {
		if !state.HandsOn(state.ReadsFrom(e.Field)) {
			continue
		}
		for read := range e.Reads() {
			if isInputBesideError(read) {
				return true
			}
		}
	}
	return false
}

// isInputBesideError reports whether something is read that the error of a
// Catcher does not have.
func isInputBesideError(read asl.Read) bool {
	return read.Source == asl.FromInput && (len(read.Path) == 0 || read.Path[0] != "Error" && read.Path[0] != "Cause")
}

// handsIn reports whether the regions of a state get its input as it is. What the
// items of a Map and the arguments of a Parallel are made of, is read there.
func handsIn(state *asl.State) bool {
	return state.Type == asl.Parallel && state.Parameters == nil && state.Arguments == nil
}

// readsOnlyError reports whether a Fail state reads nothing but the error that
// the Catcher puts into its input.
func readsOnlyError(node *graph.Node, edge *graph.Edge) bool {
	written := edge.From.State.Catch[edge.Index].ResultPath
	if node.State.Type != asl.Fail || written == nil || written.Path == nil {
		return false
	}
	for e := range node.State.Expressions() {
		for read := range e.Reads() {
			if isInputBesideError(read) && (len(read.Path) == 0 || "$."+read.Path[0] != written.Source) {
				return false
			}
		}
	}
	return true
}
