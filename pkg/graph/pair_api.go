package graph

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// apiPairs pairs tasks whose APIs are inverse. Such an undo counts on the
// ordinary path too, behind its action: it is a clean-up that a failure skips.
func (a *Analysis) apiPairs() {
	byResource := map[string][]*Node{}
	var resources []spec.Resource
	for _, node := range a.Graph.Nodes {
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
				a.pairTasks(byResource[action.Text], byResource[undo.Text], target, why)
			}
		}
	}
}

func (a *Analysis) pairTasks(actions, undos []*Node, target []spec.TargetField, why string) {
	for _, action := range actions {
		if a.settled[action] {
			continue
		}
		for _, undo := range undos[:min(len(undos), maxUndos)] {
			if (a.onFailure[undo.ID] || a.leadsTo(action, undo)) && sameTarget(action.State, undo.State, target) {
				a.addPair(action, undo, ByAPI, why)
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
