package graph

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
)

// dataPairs pairs an action with a state on a failure path whose verb takes back
// what the action does and which gets, among what it is given, what the action
// returned: "Refund" with $.payment.id. That says more than nouns can.
func (p *Pairs) dataPairs() {
	holders := p.holders()
	if len(holders) == 0 {
		return
	}
	for _, undo := range p.graph.Nodes {
		if undo.State.Type != asl.Task || !p.onFailure[undo.ID] {
			continue
		}
		undone := readings(undo.Name())
		undone = slices.DeleteFunc(undone, func(r reading) bool { return !isUndoVerb(r.verb) || p.contradicted(undo, r) })
		if len(undone) == 0 {
			continue
		}
		for _, place := range placesRead(undo.State) {
			for _, action := range holders[place] {
				p.pairByData(action, undo, undone, place)
			}
		}
	}
}

func (p *Pairs) pairByData(action, undo *Node, undone []reading, place string) {
	if action == undo || p.settled[action] {
		return
	}
	for _, did := range readings(action.Name()) {
		for _, undid := range undone {
			if undoesVerb(undid.verb, did.verb) {
				p.addPair(action, undo, ByData, fmt.Sprintf("%q and %q, and it gets %s", did.verb, undid.verb, place))
				return
			}
		}
	}
}

// holders are the tasks that put what they return in a place of their own, by
// that place: "$.payment", or "$payment" for a variable.
func (p *Pairs) holders() map[string][]*Node {
	found := map[string][]*Node{}
	for _, node := range p.graph.Nodes {
		if node.State.Type != asl.Task {
			continue
		}
		for _, place := range placesOfResult(node.State) {
			if len(found[place]) < maxUndos {
				found[place] = append(found[place], node)
			}
		}
	}
	return found
}

// placesOfResult are the members and variables that hold the result of a state.
func placesOfResult(state *asl.State) []string {
	var places []string
	if state.ResultPath != nil && state.ResultPath.Path != nil {
		if steps := state.ResultPath.Path.Steps; len(steps) > 0 && steps[0].Kind == jsonpath.StepMember {
			places = append(places, "$."+steps[0].Name)
		}
	}
	if state.Assign != nil {
		for _, variable := range state.Assign.Variables {
			for read := range variable.Value.Reads() {
				if read.Source == asl.FromResult || read.Source == asl.FromInput && state.QueryLanguage == asl.JSONPath {
					places = append(places, "$"+variable.Name)
					break
				}
			}
		}
	}
	if state.QueryLanguage == asl.JSONata && state.Output != nil {
		for _, member := range state.Output.Members {
			for read := range member.Value.Reads() {
				if read.Source == asl.FromResult {
					places = append(places, "$."+member.Key)
					break
				}
			}
		}
	}
	return places
}

// placesRead are the members and variables that the request of a task is made of.
func placesRead(state *asl.State) []string {
	var places []string
	for _, e := range []*asl.Expression{state.InputPath, state.Parameters, state.Arguments} {
		if e == nil {
			continue
		}
		for read := range e.Reads() {
			place := ""
			switch {
			case read.Source == asl.FromVariable:
				place = "$" + read.Variable
			case read.Source == asl.FromInput && len(read.Path) > 0:
				place = "$." + read.Path[0]
			}
			if place != "" && !slices.Contains(places, place) && !strings.EqualFold(place, "$.error") {
				places = append(places, place)
			}
		}
	}
	return places
}
