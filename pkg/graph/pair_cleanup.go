package graph

import (
	"fmt"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// cleanupPairs lets an undo that speaks of nothing in particular, such as
// "Rollback" or "CleanUpOnError", serve the actions that nothing else undoes.
func (a *Analysis) cleanupPairs() {
	cleanups := a.findCleanups()
	if len(cleanups) == 0 {
		return
	}
	for _, action := range a.Graph.Nodes {
		if a.isUndo[action.ID] || len(a.undosOf[action]) > 0 || isDestructive(action) || isKept(action) {
			continue
		}
		for _, cleanup := range cleanups[:min(len(cleanups), maxUndos)] {
			if !isInside(action, cleanup.name.Region) || !a.needsCleanup(action, cleanup.name) {
				continue
			}
			for _, undo := range cleanup.undos {
				a.addPair(action, undo, ByCleanup, cleanup.why)
			}
		}
	}
}

// cleanup is a state with the name of a general clean-up, and those that do it.
type cleanup struct {
	name  *Node
	undos []*Node
	why   string
}

// findCleanups finds the general clean-ups of the failure paths. One that cannot
// act itself, a Choice or a Pass, heads the states that do, unless they are
// known to undo something in particular.
func (a *Analysis) findCleanups() []cleanup {
	var cleanups []cleanup
	headings := 0
	for _, node := range a.Graph.Nodes {
		switch {
		case !a.onFailure[node.ID] || !isGeneralCleanup(node.Name()):
		case canAct(node):
			cleanups = append(cleanups, cleanup{node, []*Node{node}, "a general clean-up"})
		case headings < maxUndos:
			headings++
			if undos := a.headedBy(node); len(undos) > 0 {
				cleanups = append(cleanups, cleanup{node, undos, fmt.Sprintf("%q heads a general clean-up", node.Name())})
			}
		}
	}
	return cleanups
}

// headedBy returns the states behind a heading that change something. There are
// none when one of them undoes something in particular, or when the ordinary way
// to success is joined again: "Clean Up Error" may only tidy the data.
func (a *Analysis) headedBy(heading *Node) []*Node {
	var undos []*Node
	seen := map[*Node]bool{heading: true}
	queue := []*Node{heading}
	for len(queue) > 0 {
		node := queue[0]
		queue = queue[1:]
		if a.isUndo[node.ID] || !a.onlyOnFailure(node) {
			return nil
		}
		if effect := a.Effects[node.ID].Effect; canAct(node) && effect != spec.Read && effect != spec.Notification {
			undos = append(undos, node)
		}
		for _, edge := range node.Out {
			if edge.To != nil && !seen[edge.To] {
				seen[edge.To] = true
				queue = append(queue, edge.To)
			}
		}
	}
	return undos
}

// needsCleanup reports whether an action leaves something for a general
// clean-up: it writes, or nobody knows what it does and its own Catcher leads there.
func (a *Analysis) needsCleanup(action, undo *Node) bool {
	switch a.Effects[action.ID].Effect {
	case spec.Write:
		return true
	case spec.UnknownEffect:
		return action.State.Type == asl.Task && slices.ContainsFunc(action.Out, func(e *Edge) bool {
			return e.Kind == Catch && e.To == undo && !a.Reach.Ordinary(e)
		})
	}
	return false
}

func isGeneralCleanup(name string) bool {
	for _, r := range readings(name) {
		if slices.Contains(generalUndoVerbs, r.verb) && isSubset(r.nouns, failureNouns) {
			return true
		}
	}
	return false
}

// isDestructive reports whether a state removes something: nothing could undo it.
func isDestructive(node *Node) bool { return slices.Contains(destructiveVerbs, leadingVerb(node)) }

// isOverwriting reports whether a state changes something that is there before
// and after. To undo that, the workflow would need the old content.
func isOverwriting(node *Node) bool { return slices.Contains(overwritingVerbs, leadingVerb(node)) }

// leadingVerb returns the word that says what a state does: the first of the
// API it calls, or of its name.
func leadingVerb(node *Node) string {
	words := nameWords(node.Name())
	if r := resourceOf(node.State); r.IsIntegration() && spec.EffectOf(r) != spec.UnknownEffect {
		words = nameWords(r.Action)
	}
	for _, word := range words {
		if !slices.Contains(genericNouns, word) {
			return word
		}
	}
	return ""
}

// isInside reports whether the region holds the node, at any depth.
func isInside(node *Node, region *Region) bool {
	for r := node.Region; ; r = r.Owner.Region {
		if r == region {
			return true
		}
		if r.Owner == nil {
			return false
		}
	}
}

// isKept reports whether a state makes a copy that is to be there when something
// fails: a backup or a snapshot.
func isKept(node *Node) bool {
	words := nameWords(node.Name())
	if r := resourceOf(node.State); r.IsIntegration() {
		words = nameWords(r.Action)
	}
	last := len(words) - 1
	return last > 0 && slices.Contains(keptNouns, singular(words[last])) && slices.Contains(copyingVerbs, leadingVerb(node)) && !slices.Contains(words, "from")
}
