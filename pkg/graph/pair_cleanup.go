package graph

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// cleanupPairs lets an undo that speaks of nothing in particular, such as
// "Rollback" or "CleanUpOnError", serve the actions that nothing else undoes.
func (a *Analysis) cleanupPairs() {
	var cleanups []*Node
	for _, node := range a.Graph.Nodes {
		if a.onFailure[node.ID] && canAct(node) && isGeneralCleanup(node.Name()) {
			cleanups = append(cleanups, node)
		}
	}
	if len(cleanups) == 0 {
		return
	}
	for _, action := range a.Graph.Nodes {
		if a.isUndo[action.ID] || len(a.undosOf[action]) > 0 || isDestructive(action) {
			continue
		}
		for _, undo := range cleanups {
			if isInside(action, undo.Region) && a.needsCleanup(action, undo) {
				a.addPair(action, undo, ByCleanup, "a general clean-up")
			}
		}
	}
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
