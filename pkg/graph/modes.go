package graph

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// mode is what has happened on a way through the machine.
type mode uint8

const (
	normal        mode = iota // nothing failed
	known                     // a failure that a Catcher names
	unknown                   // any failure
	knownUndone               // and an undo has run since
	unknownUndone             //
	undoFailed                // an undo has failed
	modes
)

// caught returns the mode behind a Catcher that takes named errors, or any.
// An unknown failure stays unknown.
func (m mode) caught(any bool) mode {
	switch {
	case m == normal && any:
		return unknown
	case m == normal:
		return known
	case m == knownUndone && any:
		return unknownUndone
	case m == known && any:
		return unknown
	}
	return m
}

// undone returns the mode behind an undo.
func (m mode) undone() mode {
	switch m {
	case known:
		return knownUndone
	case unknown:
		return unknownUndone
	}
	return m
}

// along returns the mode behind an ordinary transition: a Choice that knows the
// error by its name makes a known failure of an unknown one.
func (m mode) along(edge *Edge) mode {
	switch {
	case m == unknown && namesError(edge):
		return known
	case m == unknownUndone && namesError(edge):
		return knownUndone
	}
	return m
}

// modeFact is what has happened on a way, and what is known of the flags.
type modeFact struct {
	mode  mode
	facts facts
}

// modeWalk walks (state, mode) from the beginning of the machine.
type modeWalk struct {
	*walk[modeFact]
	a    *Analysis
	redo []bool

	arrivals map[*Node]*arrival
	leaks    []*Escape
	leaking  map[*Edge]bool
}

func (a *Analysis) walkModes() *modeWalk {
	w := &modeWalk{a: a, redo: a.redoable(), arrivals: map[*Node]*arrival{}, leaking: map[*Edge]bool{}}
	w.walk = newWalk(a.Reach, tracer[modeFact](w), nil)
	w.visit(a.Graph.Root.Entry, modeFact{normal, a.flags.start()}, -1, nil)
	w.run(0)
	return w
}

func (w *modeWalk) enters(node *Node, f modeFact) bool {
	return f.mode == normal || !w.recovered(node, f)
}

func (w *modeWalk) begins(region *Region, f modeFact) modeFact {
	f.facts = w.a.flags.forget(f.facts, region)
	return f
}

func (w *modeWalk) widened(f modeFact) modeFact { return modeFact{mode: f.mode} }

func (w *modeWalk) left(node *Node, f modeFact) modeFact {
	f.facts = w.a.flags.left(node, f.facts)
	if w.a.isUndo[node.ID] {
		f.mode = f.mode.undone()
	}
	return f
}

func (w *modeWalk) along(edge *Edge, f modeFact) (modeFact, bool) {
	facts, ok := w.a.flags.along(edge, f.facts)
	return modeFact{f.mode.along(edge), facts}, ok
}

// arrival holds the first visit in which a terminal was reached, by mode; -1
// when it was not.
type arrival [modes]int32

// failed reports whether it was reached when something had failed.
func (v *arrival) failed() bool {
	return slices.ContainsFunc(v[known:], func(index int32) bool { return index >= 0 })
}

func (v *arrival) give(w *modeWalk, t *Terminal) {
	first := func(m ...mode) Path {
		best := int32(-1)
		for _, candidate := range m {
			if index := v[candidate]; index >= 0 && (best < 0 || index < best) {
				best = index
			}
		}
		if best < 0 {
			return nil
		}
		return w.path(best)
	}
	t.Normal, t.Known = first(normal), first(known, knownUndone)
	t.Unknown, t.UndoFailed = first(unknown, unknownUndone), first(undoFailed)
}

// recovered reports whether a failure that comes to this state is over: the
// state lies on the ordinary way and leads to success. What an undo has run for
// is not over when the rest is only the common ending of success and failure:
// no action is tried again and no Choice can tell the two apart.
func (w *modeWalk) recovered(node *Node, f modeFact) bool {
	if !w.a.flow.goesWell(node, f.facts) {
		return false
	}
	gaveUp := f.mode == knownUndone || f.mode == unknownUndone || w.a.isUndo[node.ID]
	return !gaveUp || w.redo[node.ID]
}

// redoable marks the states from which ordinary transitions lead to an action
// that has an undo, or to a Fail state.
func (a *Analysis) redoable() []bool {
	marks := make([]bool, len(a.Graph.Nodes))
	var solve func(region *Region)
	solve = func(region *Region) {
		for _, node := range region.Nodes {
			for _, inner := range node.Inner {
				solve(inner)
			}
		}
		a.Reach.flow(region, marks, func(n *Node) bool {
			holds := slices.ContainsFunc(n.Inner, func(r *Region) bool { return r.Entry != nil && marks[r.Entry.ID] })
			return holds || len(a.undosOf[n]) > 0 || n.hasEdge(FailEnd)
		}, a.Reach.Ordinary)
	}
	solve(a.Graph.Root)
	for _, node := range a.Graph.Nodes {
		if owner := node.Region.Owner; owner != nil && marks[owner.ID] {
			marks[node.ID] = true
		}
	}
	return marks
}

// ends follows the end of a region. At top level the execution ends there. The
// only branch of a Parallel is a block that catches: a failure that ends it goes
// on behind the Parallel as one. What fails in one of several branches, or in one
// item of a Map, leaves the results of the others, and is taken for handled.
func (w *modeWalk) ends(node *Node, f modeFact, index int32) {
	for from := node; ; from = from.Region.Owner {
		owner := from.Region.Owner
		if owner == nil {
			w.arrives(node, f, index)
			return
		}
		if owner.State.Type != asl.Parallel || len(owner.Inner) != 1 {
			return
		}
		for _, edge := range owner.Out {
			if edge.Kind == Next && f.mode != normal {
				w.visit(edge.To, w.after(owner, f), index, nil)
			}
		}
		if !owner.hasEdge(End) {
			return
		}
	}
}

// caught returns the mode behind a Catcher.
func (w *modeWalk) caught(edge *Edge, f modeFact, _ bool) (modeFact, bool) {
	f.facts = w.a.flags.behindCatcher(edge, f.facts)
	switch {
	case w.a.Reach.Ordinary(edge):
	case w.undoes(edge.From, f.mode):
		f.mode = undoFailed
	default:
		f.mode = f.mode.caught(takesAnything(edge))
	}
	return f, true
}

// undoes reports whether the state is an undo that runs because something failed.
func (w *modeWalk) undoes(node *Node, m mode) bool {
	return w.a.isUndo[node.ID] && (m != normal || w.a.onFailure[node.ID])
}

// takesAnything reports whether a Catcher tells nothing about what failed: it
// has a wildcard, or only States.Timeout beside a wildcard that leads to the same state.
func takesAnything(edge *Edge) bool {
	if spec.HasWildcard(edge.Errors) {
		return true
	}
	if !slices.Equal(edge.Errors, []string{spec.ErrorTimeout}) {
		return false
	}
	return slices.ContainsFunc(edge.From.Out, func(other *Edge) bool {
		return other.Kind == Catch && other.To == edge.To && spec.HasWildcard(other.Errors)
	})
}

// after is what holds behind an owner whose region has ended.
func (w *modeWalk) after(owner *Node, f modeFact) modeFact {
	f.facts = w.a.flags.left(owner, f.facts)
	return f
}

// fails returns the mode in which an error leaves its state.
func (w *modeWalk) fails(edge *Edge, f modeFact) modeFact {
	if edge.Kind == Uncaught && w.undoes(edge.From, f.mode) {
		f.mode = undoFailed
	}
	return f
}

func (w *modeWalk) arrives(node *Node, f modeFact, index int32) {
	found := w.arrivals[node]
	if found == nil {
		found = &arrival{-1, -1, -1, -1, -1, -1}
		w.arrivals[node] = found
	}
	if found[f.mode] < 0 {
		found[f.mode] = index
	}
}

func (w *modeWalk) escapes(edge *Edge, _ modeFact, index int32) {
	if !w.leaking[edge] {
		w.leaking[edge] = true
		w.leaks = append(w.leaks, &Escape{Edge: edge, ways: w, visit: index})
	}
}
