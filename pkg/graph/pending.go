package graph

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
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
	over                   // the job that it started has ended
	notDone                // its result says that it was not done
	phases
)

// pendingFact is what has become of the action, and what is known of the flags.
type pendingFact struct {
	phase phase
	facts facts
}

// pendingWalk walks (state, phase) from where an action is done.
type pendingWalk struct {
	*walk[pendingFact]
	a        *Analysis
	action   *Node
	clears   []bool // the undos of the action, and the owners that hold one
	asks     map[*Node]bool
	around   map[*Region]bool
	endings  map[*Terminal]*[phases]int32 // the first visit in each phase; -1 for none
	leaks    []pendingEscape
	seenEdge map[escapeKey]bool
	escaped  [phases]bool
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

func (a *Analysis) newPendingWalk(action *Node, undos []*Node) *pendingWalk {
	w := &pendingWalk{
		a: a, action: action, clears: make([]bool, len(a.Graph.Nodes)), around: map[*Region]bool{},
		endings: map[*Terminal]*[phases]int32{}, seenEdge: map[escapeKey]bool{},
	}
	w.walk = newWalk(a.Reach, tracer[pendingFact](w), a.spent)
	a.spent = w.walk
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
	w.begin(w.action, pendingFact{})
	for _, k := range w.a.flow.at(w.action) {
		w.goOn(w.action, w.leftBehind(w.action, pendingFact{pending, k}), 0)
	}
	w.failBeside()
	if w.a.Options.Strict {
		w.failInDoubt()
	}
	w.run(1)
}

// fromFailed walks from where the undo has failed.
func (w *pendingWalk) fromFailed() {
	w.begin(w.action, pendingFact{})
	for _, k := range w.a.flow.at(w.action) {
		for _, edge := range w.action.Out {
			switch {
			case edge.Kind == Catch && !w.a.Reach.Ordinary(edge):
				w.visit(edge.To, pendingFact{escalated, w.a.flags.behindCatcher(edge, k)}, 0, edge)
			case edge.Kind == Uncaught:
				w.fail(edge, pendingFact{escalated, k}, 0)
			}
		}
	}
	w.run(1)
}

func (w *pendingWalk) enters(*Node, pendingFact) bool { return true }

func (w *pendingWalk) begins(region *Region, f pendingFact) pendingFact {
	f.facts = w.a.flags.forget(f.facts, region)
	return f
}

func (w *pendingWalk) widened(f pendingFact) pendingFact { return pendingFact{phase: f.phase} }

// left returns the phase behind a state that is left by its ordinary transition.
func (w *pendingWalk) left(node *Node, f pendingFact) pendingFact {
	f.facts = w.a.flags.left(node, f.facts)
	switch {
	case w.clears[node.ID] && (f.phase <= exhausted || f.phase == denied):
		f.phase = undone
	case w.a.pivots[node.ID] && f.phase == pending:
		f.phase = committed
	}
	return f
}

// along returns the phase behind an ordinary transition.
func (w *pendingWalk) along(edge *Edge, f pendingFact) (pendingFact, bool) {
	facts, possible := w.a.flags.along(edge, f.facts)
	p := w.skipped(edge, f.phase)
	if p != f.phase && w.a.flags.decide(edge.From, f.facts) {
		p = f.phase // the Choice does not know better than the analysis
	}
	return pendingFact{w.a.outcomes.along(edge, w.action, p), facts}, possible
}

// caught returns the phase behind a Catcher.
func (w *pendingWalk) caught(edge *Edge, f pendingFact, inside bool) (pendingFact, bool) {
	after := pendingFact{f.phase, w.a.flags.behindCatcher(edge, f.facts)}
	if inside && f.phase == pending && w.ownError(edge) {
		return after, false
	}
	switch {
	case inside:
	case w.a.Reach.Ordinary(edge):
		after.phase = w.left(edge.From, f).phase
	case w.a.isUndo[edge.From.ID] || w.a.madeOfUndos(edge.From):
		after.phase = w.undoFailed(edge.From, f.phase)
	}
	return after, true
}

// ownError reports whether a Catcher around the action names errors that are
// those of the action by their names, as CardDeclined is of ChargeCard: when one
// comes, the action was not done.
func (w *pendingWalk) ownError(edge *Edge) bool {
	if spec.HasWildcard(edge.Errors) || !slices.ContainsFunc(edge.From.Inner, func(r *Region) bool { return w.around[r] }) {
		return false
	}
	words := nameWords(w.action.Name())
	for _, name := range edge.Errors {
		if strings.Contains(name, ".") || !slices.ContainsFunc(nameWords(name), func(word string) bool {
			return slices.Contains(words, word) && !slices.Contains(genericNouns, word)
		}) {
			return false
		}
	}
	return true
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

// ends follows the end of a region. Where the action is inside the region, or an
// undo inside it failed and was caught, the owner goes on in that phase; else
// the walk has passed the owner already.
func (w *pendingWalk) ends(node *Node, f pendingFact, index int32) {
	p := f.phase
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
		if w.around[node.Region] || !w.passed(owner, p) {
			w.goOn(owner, w.leftBehind(owner, f), index)
		}
	}
}

// leftBehind is the phase behind the action itself, or behind an owner whose
// region ended in phase p: only a pivot counts there, the undos inside it were
// passed one by one.
func (w *pendingWalk) leftBehind(node *Node, f pendingFact) pendingFact {
	f.facts = w.a.flags.left(node, f.facts)
	switch {
	case f.phase != pending:
	case w.a.pivots[node.ID]:
		f.phase = committed
	case node == w.action && w.a.endsByItself(node):
		f.phase = over
	}
	return f
}

// passed reports whether the walk has come to a state in a phase.
func (w *pendingWalk) passed(node *Node, p phase) bool {
	for i := w.latest[node.ID]; i >= 0; i = w.visits[i].before {
		if w.visits[i].fact.phase == p {
			return true
		}
	}
	return false
}

// fails returns the phase in which an error leaves its state.
func (w *pendingWalk) fails(edge *Edge, f pendingFact) pendingFact {
	if edge.Kind == Uncaught && w.a.isUndo[edge.From.ID] {
		f.phase = w.undoFailed(edge.From, f.phase)
	}
	return f
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
			for _, k := range w.a.flow.at(node) {
				w.fail(edge, pendingFact{pending, k}, w.beside(node))
			}
		}
	}
}

// failOwner follows the errors that a distributed Map has itself, such as too
// many failed items.
func (w *pendingWalk) failOwner(owner *Node) {
	for _, edge := range owner.Out {
		switch edge.Kind {
		case Catch:
			for _, k := range w.a.flow.at(owner) {
				w.visit(edge.To, pendingFact{pending, w.a.flags.behindCatcher(edge, k)}, w.beside(owner), edge)
			}
		case Uncaught:
			w.fail(edge, pendingFact{}, w.beside(owner))
		}
	}
}

// beside notes that another state fails while the action is done.
func (w *pendingWalk) beside(node *Node) int32 {
	return w.note(visit[pendingFact]{node: node, beside: true})
}

// failInDoubt follows the errors of the action itself that do not tell whether
// it was done: a timeout, and those a wildcard takes.
func (w *pendingWalk) failInDoubt() {
	for _, edge := range w.action.Out {
		if edge.Kind == Catch && (spec.HasWildcard(edge.Errors) || slices.Contains(edge.Errors, spec.ErrorTimeout)) {
			for _, k := range w.a.flow.at(w.action) {
				w.visit(edge.To, pendingFact{pending, w.a.flags.behindCatcher(edge, k)}, 0, edge)
			}
		}
	}
}

func (w *pendingWalk) arrives(node *Node, f pendingFact, index int32) {
	w.arrive(w.a.Terminals.Of(node), f.phase, index)
}

func (w *pendingWalk) arrive(t *Terminal, p phase, index int32) {
	if t == nil {
		return
	}
	found := w.endings[t]
	if found == nil {
		found = &[phases]int32{}
		for i := range found {
			found[i] = -1
		}
		w.endings[t] = found
	}
	if found[p] < 0 {
		found[p] = index
	}
}

// escapes notes an error that ends the execution: of each undo its own error,
// else the first in each phase, which is the nearest.
func (w *pendingWalk) escapes(edge *Edge, f pendingFact, index int32) {
	p := f.phase
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
	w.leaks = append(w.leaks, pendingEscape{edge, p, index})
}

func (w *pendingWalk) escapePath(e pendingEscape) Path {
	return append(w.path(e.visit), Step{Via: via(e.edge), Edge: e.edge})
}
