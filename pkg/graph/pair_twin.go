package graph

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
)

// twinPairs pairs actions with states on the ordinary way that make the very
// same call as one of their undos: what success tears down there, failure need not.
func (a *Analysis) twinPairs() {
	if len(a.Pairs) == 0 {
		return
	}
	byCall := map[string][]*Node{}
	for _, node := range a.Graph.Nodes {
		if call := a.callOf(node.State); call != "" && a.Reach.Normal[node.ID] && a.Reach.Succeeds[node.ID] {
			byCall[call] = append(byCall[call], node)
		}
	}
	walks := maxVisits / len(a.Graph.Nodes) // of leadsTo, each linear in the graph
	for _, pair := range slices.Clone(a.Pairs) {
		twins := byCall[a.callOf(pair.Undo.State)]
		for _, twin := range twins[:min(len(twins), maxUndos)] {
			if walks -= 2; walks < 0 {
				return
			}
			if !a.settled[pair.Action] && a.leadsTo(pair.Action, twin) && !a.leadsTo(twin, pair.Action) {
				a.addPair(pair.Action, twin, pair.Basis, fmt.Sprintf("the same call as %q", pair.Undo.Name()))
			}
		}
	}
}

// callOf returns what a task asks of which service, "" for what is no call
// of an integration with parameters.
func (a *Analysis) callOf(state *asl.State) string {
	resource := resourceOf(state)
	if !resource.IsIntegration() || state.Node == nil {
		return ""
	}
	for _, field := range []string{"Parameters", "Arguments"} {
		if parameters := state.Node.Get(field); parameters != nil {
			return resource.Text + " " + strings.Join(strings.Fields(a.Graph.Machine.File().Text(parameters.Span())), " ")
		}
	}
	return ""
}
