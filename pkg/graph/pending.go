package graph

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
)

// phase is what has become of an action on a way through the machine.
type phase uint8

const (
	pending   phase = iota // it is done and not undone
	escalated              // so it is, and the undo of another action failed
	exhausted              // so it is, and its own undo failed
	undone                 // its undo ran
	committed              // the workflow went past its pivot
	denied                 // a Choice passed by its undo
	phases
)

// pendingWalk walks (state, phase) from where an action is done. It is linear
// in the graph: a state is left once in each phase, whatever the number of ways.
type pendingWalk struct {
	trail
	a        *Analysis
	action   *Node
	clears   []bool // the undos of the action, and the owners that hold one
	asks     map[*Node]bool
	around   map[*Region]bool
	visited  []bool
	raised   map[pendingKey]bool
	endings  map[*Terminal]*[phases]int32 // the first visit in each phase; -1 for none
	escapes  []pendingEscape
	seenEdge map[escapeKey]bool
	escaped  [phases]bool
}

type pendingKey struct {
	owner *Node
	phase phase
	error string
}

type escapeKey struct {
	edge  *Edge
	phase phase
}

// pendingEscape is an error that ends the execution while the action is in a phase.
type pendingEscape struct {
	edge  *Edge
	phase phase
	visit int32
}

func (a *Analysis) newWalk(action *Node, undos []*Node) *pendingWalk {
	w := &pendingWalk{
		a: a, action: action, clears: make([]bool, len(a.Graph.Nodes)), around: map[*Region]bool{},
		visited: make([]bool, len(a.Graph.Nodes)*int(phases)), raised: map[pendingKey]bool{},
		endings: map[*Terminal]*[phases]int32{}, seenEdge: map[escapeKey]bool{},
	}
	for region := action.Region; region != nil; region = region.outer() {
		w.around[region] = true
	}
	for _, undo := range undos {
		for node := undo; node != nil; node = node.Region.Owner {
			// An owner that holds the action as well does not undo it by ending.
			if !slices.ContainsFunc(node.Inner, func(r *Region) bool { return w.around[r] }) {
				w.clears[node.ID] = true
			}
		}
	}
	w.asks = w.asksFirst(undos)
	return w
}

// outer returns the region that holds the owner of this one, nil at top level.
func (r *Region) outer() *Region {
	if r.Owner == nil {
		return nil
	}
	return r.Owner.Region
}

// fromDone walks from where the action has been done.
func (w *pendingWalk) fromDone() {
	w.visits = append(w.visits, visit{node: w.action, parent: -1})
	w.goOn(w.action, w.leftBehind(w.action, pending), 0)
	w.failBeside()
	if w.a.Options.Strict {
		w.failInDoubt()
	}
	w.run()
}

// fromFailed walks from where the undo has failed.
func (w *pendingWalk) fromFailed() {
	w.visits = append(w.visits, visit{node: w.action, parent: -1})
	for _, edge := range w.action.Out {
		switch {
		case edge.Kind == Catch && !w.a.Reach.Ordinary(edge):
			w.visit(edge.To, escalated, 0, edge)
		case edge.Kind == Uncaught:
			w.fail(edge, escalated, 0)
		}
	}
	w.run()
}

func (w *pendingWalk) run() {
	for i := 1; i < len(w.visits); i++ {
		if w.visits[i].place != beside {
			w.leave(int32(i))
		}
	}
}

func (w *pendingWalk) visit(node *Node, p phase, parent int32, edge *Edge) {
	place := node.ID*int(phases) + int(p)
	if w.visited[place] {
		return
	}
	w.visited[place] = true
	w.visits = append(w.visits, visit{node: node, parent: parent, edge: edge, place: int32(p)})
}

func (w *pendingWalk) leave(index int32) {
	node, p := w.visits[index].node, phase(w.visits[index].place)
	for _, inner := range node.Inner {
		if inner.Entry != nil {
			w.visit(inner.Entry, p, index, nil)
		}
	}
	w.goOn(node, w.after(node, p), index)
	for _, edge := range node.Out {
		switch {
		case edge.Kind == Catch && !fromInside(edge):
			w.visit(edge.To, w.behind(edge, p), index, edge)
		case edge.Kind == FailEnd || edge.Kind == NoMatch,
			edge.Kind == Uncaught && (len(node.Inner) == 0 || isDistributed(node)):
			w.fail(edge, p, index)
		}
	}
}

// after returns the phase behind a state that is left by its ordinary transition.
func (w *pendingWalk) after(node *Node, p phase) phase {
	switch {
	case w.clears[node.ID] && (p <= exhausted || p == denied):
		return undone
	case w.a.pivots[node.ID] && p == pending:
		return committed
	}
	return p
}

// behind returns the phase behind a Catcher of the state itself.
func (w *pendingWalk) behind(edge *Edge, p phase) phase {
	switch {
	case w.a.Reach.Ordinary(edge):
		return w.after(edge.From, p)
	case w.a.isUndo[edge.From.ID] || w.a.madeOfUndos(edge.From):
		return w.undoFailed(edge.From, p)
	}
	return p
}

// undoFailed returns the phase behind an undo that fails.
func (w *pendingWalk) undoFailed(undo *Node, p phase) phase {
	switch {
	case p <= escalated && w.a.undoes(undo, w.action):
		return exhausted
	case p == pending:
		return escalated
	}
	return p
}

// madeOfUndos reports whether all tasks in the regions of an owner are undos.
func (a *Analysis) madeOfUndos(owner *Node) bool {
	found := false
	for _, region := range owner.Inner {
		for _, node := range region.Nodes {
			if node.State.Type == asl.Task && !a.isUndo[node.ID] {
				return false
			}
			found = found || a.isUndo[node.ID]
		}
	}
	return found
}

// goOn follows the ordinary transitions of a state in the phase behind it.
func (w *pendingWalk) goOn(node *Node, p phase, index int32) {
	if !w.a.Reach.completes[node.ID] {
		return
	}
	for _, edge := range node.Out {
		switch edge.Kind {
		case Next, ChoiceRule, Default:
			w.visit(edge.To, w.skipped(edge, p), index, nil)
		case End:
			w.end(node, p, index)
		}
	}
}

// end follows the end of a region. Where the action is inside the region, or an
// undo inside it failed and was caught, the owner goes on in that phase; else
// the walk has passed the owner already.
func (w *pendingWalk) end(node *Node, p phase, index int32) {
	owner := node.Region.Owner
	if owner == nil {
		w.arrive(w.a.Terminals.Of(node), p, index)
		return
	}
	if t := w.a.Terminals.Of(node); t != nil {
		w.arrive(t, p, index) // the only branch of a Parallel that ends the execution
		if t.Normal == nil {
			return
		}
	}
	failed := p == escalated || p == exhausted
	if w.around[node.Region] || failed && (!w.clears[owner.ID] || p == exhausted) {
		place := owner.ID*int(phases) + int(p)
		if w.around[node.Region] || !w.visited[place] {
			w.goOn(owner, w.leftBehind(owner, p), index)
		}
	}
}

// leftBehind is the phase behind the action itself, or behind an owner whose
// region ended in phase p: only a pivot counts there, the undos inside it were
// passed one by one.
func (w *pendingWalk) leftBehind(node *Node, p phase) phase {
	if w.a.pivots[node.ID] && p == pending {
		return committed
	}
	return p
}

// fail follows an error that the state's own Catchers do not take.
func (w *pendingWalk) fail(edge *Edge, p phase, index int32) {
	node := edge.From
	if edge.Kind == Uncaught && w.a.isUndo[node.ID] {
		p = w.undoFailed(node, p)
	}
	for _, name := range raisedNames(edge) {
		if !w.raise(node.Region.Owner, name, p, index) {
			continue
		}
		if edge.Kind == FailEnd {
			w.arrive(w.a.Terminals.Of(node), p, index)
		} else {
			w.escape(edge, p, index)
		}
	}
}

func (w *pendingWalk) raise(owner *Node, name string, p phase, index int32) bool {
	if owner == nil {
		return true
	}
	if isDistributed(owner) {
		return false // see modeWalk.raise
	}
	key := pendingKey{owner, p, name}
	if escapes, ok := w.raised[key]; ok {
		return escapes
	}
	takers, rest := owner.takers(name)
	for _, catcher := range takers {
		w.visit(catcher.To, p, index, catcher)
	}
	escapes := false
	for _, name := range rest {
		escapes = w.raise(owner.Region.Owner, name, p, index) || escapes
	}
	w.raised[key] = escapes
	return escapes
}

// failBeside follows the failures of what runs at the same time as the action:
// the other branches of a Parallel around it, the other iterations of a Map.
func (w *pendingWalk) failBeside() {
	for owner := w.action.Region.Owner; owner != nil; owner = owner.Region.Owner {
		for _, region := range owner.Inner {
			if owner.State.Type == asl.Parallel && w.around[region] {
				continue
			}
			for _, node := range region.Nodes {
				w.failAt(node)
			}
		}
		if isDistributed(owner) {
			w.failOwner(owner)
		}
	}
}

func (w *pendingWalk) failAt(node *Node) {
	for _, edge := range node.Out {
		if edge.Kind == Uncaught || edge.Kind == FailEnd {
			w.fail(edge, pending, w.beside(node))
		}
	}
}

// failOwner follows the errors that a distributed Map has itself, such as too
// many failed items.
func (w *pendingWalk) failOwner(owner *Node) {
	for _, edge := range owner.Out {
		switch edge.Kind {
		case Catch:
			w.visit(edge.To, pending, w.beside(owner), edge)
		case Uncaught:
			w.fail(edge, pending, w.beside(owner))
		}
	}
}

// beside notes that another state fails while the action is done.
func (w *pendingWalk) beside(node *Node) int32 {
	w.visits = append(w.visits, visit{node: node, parent: 0, place: beside})
	return int32(len(w.visits) - 1)
}

// failInDoubt follows the errors of the action itself that do not tell whether
// it was done: a timeout, and those a wildcard takes.
func (w *pendingWalk) failInDoubt() {
	for _, edge := range w.action.Out {
		if edge.Kind == Catch && (hasWildcard(edge.Errors) || slices.Contains(edge.Errors, errorTimeout)) {
			w.visit(edge.To, pending, 0, edge)
		}
	}
}

func (w *pendingWalk) arrive(t *Terminal, p phase, index int32) {
	if t == nil {
		return
	}
	found := w.endings[t]
	if found == nil {
		found = &[phases]int32{-1, -1, -1, -1, -1, -1}
		w.endings[t] = found
	}
	if found[p] < 0 {
		found[p] = index
	}
}

// escape notes an error that ends the execution: of each undo its own error,
// else the first in each phase, which is the nearest.
func (w *pendingWalk) escape(edge *Edge, p phase, index int32) {
	if w.a.isUndo[edge.From.ID] && edge.Kind == Uncaught {
		key := escapeKey{edge, p}
		if w.seenEdge[key] {
			return
		}
		w.seenEdge[key] = true
	} else {
		if w.escaped[p] {
			return
		}
		w.escaped[p] = true
	}
	w.escapes = append(w.escapes, pendingEscape{edge, p, index})
}

func (w *pendingWalk) escapePath(e pendingEscape) Path {
	return append(w.path(e.visit), Step{Via: via(e.edge), Edge: e.edge})
}
