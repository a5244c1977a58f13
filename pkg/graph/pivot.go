package graph

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/directive"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// findPivots marks the states past which the workflow goes forward: those that
// are declared, or, in a machine that undoes something, the last action, when
// nothing but notifications and reads follows it that cannot fail for reasons of
// the business, and no error there leads to an undo.
func (a *Analysis) findPivots() []bool {
	pivots := make([]bool, len(a.Graph.Nodes))
	a.pivotsDeclared = false
	for _, placed := range a.Options.Directives.All {
		if node := a.Graph.Node(placed.State); node != nil && placed.Direct && placed.Key == directive.Pivot {
			pivots[node.ID] = true
			a.pivotsDeclared = true
		}
	}
	if a.pivotsDeclared || len(a.All) == 0 {
		return pivots
	}
	needsMore := make([]bool, len(a.Graph.Nodes))
	a.Reach.flow(a.Graph.Root, needsMore, func(n *Node) bool { return !a.isHarmless(n) }, a.Reach.Ordinary)
	goesBack := make([]bool, len(a.Graph.Nodes))
	a.Reach.flow(a.Graph.Root, goesBack, a.holdsUndo, func(*Edge) bool { return true })
	for _, node := range a.Graph.Root.Nodes {
		if a.Reach.Normal[node.ID] && a.Reach.Succeeds[node.ID] && a.acts(node) {
			pivots[node.ID] = !slices.ContainsFunc(node.Out, func(e *Edge) bool {
				return e.To != nil && a.Reach.Ordinary(e) && (needsMore[e.To.ID] || goesBack[e.To.ID])
			})
		}
	}
	return pivots
}

// holdsUndo reports whether the state, or one inside it, is an undo.
func (a *Analysis) holdsUndo(node *Node) bool {
	if a.isUndo[node.ID] {
		return true
	}
	for _, region := range node.Inner {
		if slices.ContainsFunc(region.Nodes, a.holdsUndo) {
			return true
		}
	}
	return false
}

// isHarmless reports whether a state only reads, tells somebody, or directs the
// flow to success.
func (a *Analysis) isHarmless(node *Node) bool {
	if a.isUndo[node.ID] || len(a.undosOf[node]) > 0 || node.State.Type == asl.Fail {
		return false
	}
	if effect := a.Effects[node.ID].Effect; node.State.Type == asl.Task && effect != spec.Read && effect != spec.Notification {
		return false
	}
	if waitsForAnswer(node) || a.failsOnPurpose(node) {
		return false
	}
	for _, region := range node.Inner {
		for _, inner := range region.Nodes {
			if inner.State.Type != asl.Fail && !a.isHarmless(inner) {
				return false
			}
		}
	}
	return true
}

// waitsForAnswer reports whether a task waits for somebody else, who may say no:
// a callback, an activity, a job.
func waitsForAnswer(node *Node) bool {
	r := resourceOf(node.State)
	return r.Pattern == spec.WaitForTaskToken || r.Pattern.IsJob() || r.Kind == spec.Activity
}

// failsOnPurpose reports whether the workflow fails when the state does: a
// Catcher leads to where no success is reached any more.
func (a *Analysis) failsOnPurpose(node *Node) bool {
	return slices.ContainsFunc(node.Out, func(e *Edge) bool {
		return e.Kind == Catch && !a.Reach.Ordinary(e) && !a.Reach.Succeeds[e.To.ID]
	})
}

// acts reports whether the state, or one inside it, is an action and none is an undo.
func (a *Analysis) acts(node *Node) bool {
	if a.isUndo[node.ID] {
		return false
	}
	acting := a.isAction(node)
	for _, region := range node.Inner {
		for _, inner := range region.Nodes {
			if a.isUndo[inner.ID] {
				return false
			}
			acting = acting || a.acts(inner)
		}
	}
	return acting
}
