package render

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/graph"
)

// ghostIDs gives the states of a region and those it has lost the identifiers
// that a notation uses, by name; those of lost ones are the prefix and a count.
func ghostIDs(r *graph.Region, removed Removed, prefix string, id func(*graph.Node) string) map[string]string {
	ids := map[string]string{}
	for i, state := range removed.States {
		ids[state.Name] = fmt.Sprintf("%s_%d", prefix, i)
	}
	for _, node := range r.Nodes {
		ids[node.Name()] = id(node)
	}
	return ids
}

func removedLabel(edge RemovedEdge) string {
	if edge.Label == "" {
		return string(Gone)
	}
	return string(Gone) + " " + edge.Label
}

// toneColour is the colour of a tone where a notation has no themes.
func toneColour(tone Tone) string {
	name := visitedColour
	switch tone {
	case Added:
		name = successColour
	case Failed, Faulty, Gone:
		name = unknownColour
	case Warned:
		name = knownColour
	case Changed:
		name = changedColour
	}
	for _, shade := range palette() {
		if shade.name == name {
			return shade.light
		}
	}
	return ""
}

// hasImplicit reports whether an error can leave a state of the region that no
// Catcher takes, or a Choice may match nothing.
func hasImplicit(r *graph.Region) bool {
	for _, node := range r.Nodes {
		for _, edge := range node.Out {
			if edge.Kind == graph.Uncaught || edge.Kind == graph.NoMatch {
				return true
			}
		}
	}
	return false
}
