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
			if (p.onFailure[undo.ID] || p.leadsTo(action, undo)) && sameTarget(action.State, undo.State, target) {
				p.addPair(action, undo, ByAPI, why)
			}
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

// twinPairs pairs actions with states on the ordinary way that make the very
// same call as one of their undos: what success tears down there, failure need not.
func (p *Pairs) twinPairs() {
	if len(p.All) == 0 {
		return
	}
	byCall := map[string][]*Node{}
	for _, node := range p.graph.Nodes {
		if call := p.callOf(node.State); call != "" && p.reach.Normal[node.ID] && p.reach.Succeeds[node.ID] {
			byCall[call] = append(byCall[call], node)
		}
	}
	walks := maxVisits / len(p.graph.Nodes) // of leadsTo, each linear in the graph
	for _, pair := range slices.Clone(p.All) {
		twins := byCall[p.callOf(pair.Undo.State)]
		for _, twin := range twins[:min(len(twins), maxUndos)] {
			if walks -= 2; walks < 0 {
				return
			}
			if !p.settled[pair.Action] && p.leadsTo(pair.Action, twin) && !p.leadsTo(twin, pair.Action) {
				p.addPair(pair.Action, twin, pair.Basis, fmt.Sprintf("the same call as %q", pair.Undo.Name()))
			}
		}
	}
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
