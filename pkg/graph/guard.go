package graph

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
)

// asksFirst marks the Choice and Pass states of the failure paths that lead
// straight to an undo of the action. Such a Choice asks whether there is
// something to undo, as a failure handler that serves every stage must; the
// definition cannot tell whether it is right, so its answer is neither a hole nor a proof.
func (w *pendingWalk) asksFirst(undos []*Node) map[*Node]bool {
	asks := Closure(undos, func(node *Node, visit func(*Node)) {
		for _, edge := range node.In {
			from := edge.From
			asking := from.State.Type == asl.Choice || from.State.Type == asl.Pass
			if asking && edge.Kind != Catch && w.a.onlyOnFailure(from) && !asksForError(edge) {
				visit(from)
			}
		}
	})
	for _, undo := range undos {
		delete(asks, undo)
	}
	return asks
}

// asksForError reports whether a Choice Rule looks at what failed instead of
// what was done.
func asksForError(edge *Edge) bool {
	if edge.Kind != ChoiceRule {
		return false
	}
	condition := strings.ToLower(edge.Label)
	return strings.Contains(condition, "error") || strings.Contains(condition, "cause")
}

// skipped returns the phase behind an edge of a Choice that asks whether there
// is something to undo, when the edge passes by the undo.
func (w *pendingWalk) skipped(edge *Edge, p phase) phase {
	if p != pending || edge.From.State.Type != asl.Choice || !w.asks[edge.From] {
		return p
	}
	if edge.To != nil && (w.clears[edge.To.ID] || w.asks[edge.To]) {
		return p
	}
	return denied
}

// DenyingChoice returns the Choice on whose word the action was not undone on
// the path, nil when there is none.
func (c Cell) DenyingChoice() *Node { return c.denying }
