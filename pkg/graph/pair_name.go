package graph

import (
	"fmt"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
)

// namedPairs pairs states by inverse verbs on the same noun. The verb alone is
// no evidence: the undo must stand on a failure path, or, for an action that
// has none there, speak of the very same thing on every ordinary way behind it:
// "Acquire Lock" and "Release Lock". That is a clean-up that a failure skips.
func (a *Analysis) namedPairs() {
	read := a.readNames()
	undos := a.indexUndos(read)
	if len(undos) == 0 {
		return
	}
	for _, action := range a.Graph.Nodes {
		if a.settled[action] {
			continue
		}
		for _, did := range read[action.ID] {
			a.pairByName(action, did, undos, ByName)
		}
		for _, did := range read[action.ID] {
			if len(a.undosOf[action]) == 0 {
				a.pairByName(action, did, undos, InPassing)
			}
		}
	}
}

// canAct reports whether the state can change something outside: it is a task,
// or holds regions that may have some.
func canAct(node *Node) bool { return node.State.Type == asl.Task || len(node.Inner) > 0 }

type undoReading struct {
	node *Node
	reading
}

// readNames reads the names of the states that can act, by Node.ID.
func (a *Analysis) readNames() [][]reading {
	read := make([][]reading, len(a.Graph.Nodes))
	for _, node := range a.Graph.Nodes {
		if canAct(node) {
			read[node.ID] = readings(node.Name())
		}
	}
	return read
}

func (a *Analysis) indexUndos(read [][]reading) map[string][]undoReading {
	index := map[string][]undoReading{}
	for _, node := range a.Graph.Nodes {
		for _, undid := range read[node.ID] {
			if !isUndoVerb(undid.verb) {
				continue
			}
			for _, noun := range undid.nouns {
				index[noun] = append(index[noun], undoReading{node, undid})
			}
		}
	}
	return index
}

func (a *Analysis) pairByName(action *Node, did reading, undos map[string][]undoReading, basis Basis) {
	var found []undoReading
	best := 0
	for _, noun := range did.nouns {
		candidates := undos[noun]
		for _, undid := range candidates[:min(len(candidates), 4*maxUndos)] {
			match := nounMatch(did.nouns, undid.nouns)
			if match == 0 || !undoesVerb(undid.verb, did.verb) || !a.isBelieved(action, undid.node, did, undid.reading, basis) {
				continue
			}
			if match > best {
				best, found = match, found[:0]
			}
			if match == best {
				found = append(found, undid)
			}
		}
	}
	for _, undid := range found {
		a.addPair(action, undid.node, basis, fmt.Sprintf("%q and %q of %q", did.verb, undid.verb, commonNoun(did.nouns, undid.nouns)))
	}
}

// isBelieved reports whether an undo stands where undos of that basis stand.
func (a *Analysis) isBelieved(action, undo *Node, did, undid reading, basis Basis) bool {
	if basis == ByName {
		return a.onFailure[undo.ID]
	}
	return nounMatch(did.nouns, undid.nouns) == 2 && slices.Contains(holdingVerbs, did.verb) &&
		a.leadsTo(action, undo) && !a.leadsTo(undo, action) && a.alwaysPasses(action, undo)
}

// alwaysPasses reports whether every ordinary way from the action to the end of
// the region of the undo leads through the undo.
func (a *Analysis) alwaysPasses(action, undo *Node) bool {
	from := action
	for from.Region != undo.Region {
		if from = from.Region.Owner; from == nil {
			return false
		}
	}
	seen := map[*Node]bool{undo: true}
	queue := []*Node{from}
	for len(queue) > 0 {
		node := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, edge := range node.Out {
			switch {
			case !a.Reach.Ordinary(edge) || seen[edge.To]:
			case edge.To == nil:
				return false
			default:
				seen[edge.To] = true
				queue = append(queue, edge.To)
			}
		}
	}
	return true
}

func commonNoun(a, b []string) string {
	for _, noun := range a {
		if slices.Contains(b, noun) {
			return noun
		}
	}
	return ""
}
