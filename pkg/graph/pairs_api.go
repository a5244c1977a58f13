package graph

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// apiPairs pairs tasks whose APIs are inverse. Such an undo counts on the
// ordinary path too, behind its action: it is a clean-up that a failure skips.
func (p *Pairs) apiPairs() {
	byResource := map[string][]*Node{}
	var resources []spec.Resource
	for _, node := range p.graph.Nodes {
		if r := resourceOf(node.State); r.IsIntegration() {
			if byResource[r.Text] == nil {
				resources = append(resources, r)
			}
			byResource[r.Text] = append(byResource[r.Text], node)
		}
	}
	for _, action := range resources {
		for _, undo := range resources {
			if target, ok := spec.Undoes(undo, action); ok {
				why := fmt.Sprintf("the APIs %s:%s and %s", action.Service, action.Action, undo.Action)
				p.pairTasks(byResource[action.Text], byResource[undo.Text], target, why)
			}
		}
	}
}

func (p *Pairs) pairTasks(actions, undos []*Node, target []spec.TargetField, why string) {
	for _, action := range actions {
		if p.settled[action] {
			continue
		}
		for _, undo := range undos[:min(len(undos), maxUndos)] {
			if (p.onFailure[undo.ID] || p.leadsTo(action, undo) && !p.onlyInAnotherRound(action, undo)) && sameTarget(action.State, undo.State, target) {
				p.addPair(action, undo, ByAPI, why)
			}
		}
	}
}

// onlyInAnotherRound reports whether the undo follows its action only in another
// round of a loop. One arm of a Choice enables, the other disables: each state of
// a way from the one to the other leads back to the action without the undo. Or
// the loop starts and stops: nothing stops before something has started.
func (p *Pairs) onlyInAnotherRound(action, undo *Node) bool {
	if !p.leadsTo(undo, action) {
		return false
	}
	if first := p.graph.Root.Entry; first != nil && !p.comesTo(first, action, undo) {
		return true
	}
	reached := false
	Spread(make([]bool, len(p.graph.Nodes)), []*Node{action}, func(node *Node, visit func(*Node)) {
		p.eachFollower(node, func(next *Node) {
			switch {
			case reached || next == action:
			case next == undo:
				reached = true
			case !p.comesTo(next, action, undo):
				visit(next)
			}
		})
	})
	return !reached
}

// comesTo reports whether ordinary transitions lead from one state to another
// without passing a third.
func (p *Pairs) comesTo(from, to, without *Node) bool {
	if from == without {
		return false
	}
	found := false
	if p.comparisons++; p.comparisons > maxVisits/len(p.graph.Nodes) {
		return true
	}
	Spread(make([]bool, len(p.graph.Nodes)), []*Node{from}, func(node *Node, visit func(*Node)) {
		found = found || node == to
		p.eachFollower(node, func(next *Node) {
			if !found && next != without {
				visit(next)
			}
		})
	})
	return found
}

// eachFollower visits the states that ordinary transitions lead to, into and out
// of regions.
func (p *Pairs) eachFollower(node *Node, visit func(*Node)) {
	for _, inner := range node.Inner {
		if inner.Entry != nil {
			visit(inner.Entry)
		}
	}
	for ; node != nil; node = node.Region.Owner {
		ends := false
		for _, edge := range node.Out {
			if !p.reach.Ordinary(edge) {
				continue
			}
			if edge.To != nil {
				visit(edge.To)
			}
			ends = ends || edge.Kind == End
		}
		if !ends {
			return
		}
	}
}

// sameTarget reports whether nothing shows that two tasks work on different
// things. Only parameters that both write out can show it.
func sameTarget(action, undo *asl.State, target []spec.TargetField) bool {
	for _, field := range target {
		did, undid := parameter(action, field.Action), parameter(undo, field.Undo)
		if did.IsAbsent() || undid.IsAbsent() {
			continue
		}
		if !field.Within && did.Text() != undid.Text() {
			return false
		}
		for _, member := range undid.Members() {
			if part := did.Get(member.Key); field.Within && !part.IsAbsent() && part.Text() != member.Value.Text() {
				return false
			}
		}
	}
	return true
}

// twinPairs pairs actions with further states that make the very same call as one
// of their undos: what success tears down failure need not. On a failure path the
// same function is enough: a second attempt undoes as the first does.
func (p *Pairs) twinPairs() {
	if len(p.All) == 0 {
		return
	}
	byCall := map[string][]*Node{}
	for _, node := range p.graph.Nodes {
		if ordinary := p.reach.Normal[node.ID] && p.reach.Succeeds[node.ID]; ordinary || p.onFailure[node.ID] {
			for _, call := range p.callsOf(node.State) {
				byCall[call] = append(byCall[call], node)
			}
		}
	}
	walks := maxVisits / len(p.graph.Nodes) // of leadsTo, each linear in the graph
	for _, pair := range slices.Clone(p.All) {
		done := p.callsOf(pair.Action.State)
		for _, call := range p.callsOf(pair.Undo.State) {
			if slices.Contains(done, call) {
				continue // one function does and undoes: its request tells which
			}
			for _, twin := range byCall[call][:min(len(byCall[call]), maxUndos)] {
				if walks -= 2; walks < 0 {
					return
				}
				if p.isTwin(pair.Action, twin, strings.HasPrefix(call, "function ")) {
					p.addPair(pair.Action, twin, pair.Basis, fmt.Sprintf("the same call as %q", pair.Undo.Name()))
				}
			}
		}
	}
}

// isTwin reports whether a state that makes the call of an undo stands where
// that undoes the action: on a failure path or, for the whole request, past the
// action on the ordinary way.
func (p *Pairs) isTwin(action, twin *Node, functionOnly bool) bool {
	if p.settled[action] || p.leadsTo(twin, action) {
		return false
	}
	return p.onlyOnFailure(twin) || !functionOnly && p.leadsTo(action, twin)
}

// callsOf returns what identifies the call of a task: the whole request, and the
// function that it runs.
func (p *Pairs) callsOf(state *asl.State) []string {
	var calls []string
	if call := p.callOf(state); call != "" {
		calls = append(calls, call)
	}
	if name := functionName(state); name != "" && state.Type == asl.Task {
		calls = append(calls, "function "+name)
	}
	return calls
}

// callOf returns what a task asks of which service, "" for what is no call
// of an integration with parameters.
func (p *Pairs) callOf(state *asl.State) string {
	resource := resourceOf(state)
	if !resource.IsIntegration() || state.Node == nil {
		return ""
	}
	for _, field := range []string{"Parameters", "Arguments"} {
		if parameters := state.Node.Get(field); parameters != nil {
			return resource.Text + " " + strings.Join(strings.Fields(p.graph.Machine.File().Text(parameters.Span())), " ")
		}
	}
	return ""
}
