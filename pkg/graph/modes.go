package graph

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
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

// modeWalk walks (state, mode) from the beginning of the machine. It is
// breadth-first, so every arrival comes by a shortest way.
type modeWalk struct {
	trail
	a       *Analysis
	visited []bool            // by Node.ID*modes + mode
	raised  map[raiseKey]bool // whether the error leaves the machine
	redo    []bool

	arrivals map[*Node]*arrival
	escapes  []*Escape
	escaped  map[*Edge]bool
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

// raiseKey is an error on its way out of the regions of an owner.
type raiseKey struct {
	owner *Node
	mode  mode
	error string // "" stands for any
}

func (a *Analysis) walkModes() *modeWalk {
	w := &modeWalk{
		a: a, visited: make([]bool, len(a.Graph.Nodes)*int(modes)), raised: map[raiseKey]bool{},
		redo: a.redoable(), arrivals: map[*Node]*arrival{}, escaped: map[*Edge]bool{},
	}
	w.visit(a.Graph.Root.Entry, normal, -1, nil)
	for i := 0; i < len(w.visits); i++ {
		w.leave(int32(i))
	}
	return w
}

func (w *modeWalk) visit(node *Node, m mode, parent int32, edge *Edge) {
	if node == nil || m != normal && w.recovered(node, m) {
		return
	}
	place := node.ID*int(modes) + int(m)
	if w.visited[place] {
		return
	}
	w.visited[place] = true
	w.visits = append(w.visits, visit{node: node, parent: parent, edge: edge, place: int32(m)})
}

// recovered reports whether a failure that comes to this state is over: the
// state lies on the ordinary way and leads to success. What an undo has run for
// is not over when the rest is only the common ending of success and failure:
// no action is tried again and no Choice can tell the two apart.
func (w *modeWalk) recovered(node *Node, m mode) bool {
	reach := w.a.Reach
	if !reach.Normal[node.ID] || !reach.Succeeds[node.ID] {
		return false
	}
	gaveUp := m == knownUndone || m == unknownUndone || w.a.isUndo[node.ID]
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

// leave follows the edges out of a visit.
func (w *modeWalk) leave(index int32) {
	v := w.visits[index]
	node, m := v.node, mode(v.place)
	for _, inner := range node.Inner {
		w.visit(inner.Entry, m, index, nil)
	}
	after := m
	if w.a.isUndo[node.ID] {
		after = m.undone()
	}
	for _, edge := range node.Out {
		switch edge.Kind {
		case Next, ChoiceRule, Default:
			if w.a.Reach.completes[node.ID] {
				w.visit(edge.To, after.along(edge), index, nil)
			}
		case Catch:
			if !fromInside(edge) {
				w.visit(edge.To, w.behind(edge, m), index, edge)
			}
		case End:
			if w.a.Reach.completes[node.ID] {
				w.end(node, after, index)
			}
		default:
			w.fail(edge, m, index)
		}
	}
}

// end follows the end of a region. At top level the execution ends there. The
// only branch of a Parallel is a block that catches: a failure that ends it goes
// on behind the Parallel as one. What fails in one of several branches, or in one
// item of a Map, leaves the results of the others, and is taken for handled.
func (w *modeWalk) end(node *Node, m mode, index int32) {
	for from := node; ; from = from.Region.Owner {
		owner := from.Region.Owner
		if owner == nil {
			w.arrive(node, m, index)
			return
		}
		if owner.State.Type != asl.Parallel || len(owner.Inner) != 1 {
			return
		}
		for _, edge := range owner.Out {
			if edge.Kind == Next && m != normal {
				w.visit(edge.To, m, index, nil)
			}
		}
		if !owner.hasEdge(End) {
			return
		}
	}
}

// fromInside reports whether the Catcher takes what is raised in the regions of
// its state. Such errors are followed from where they are raised, with what has
// happened there.
func fromInside(edge *Edge) bool {
	raised := edge.From.raises
	return len(edge.From.Inner) > 0 && !isDistributed(edge.From) &&
		(raised.any || slices.ContainsFunc(raised.names, func(name string) bool { return Catches(edge.Errors, name) }))
}

// behind returns the mode behind a Catcher.
func (w *modeWalk) behind(edge *Edge, m mode) mode {
	switch {
	case w.a.Reach.Ordinary(edge):
		return m
	case w.undoes(edge.From, m):
		return undoFailed
	}
	return m.caught(takesAnything(edge))
}

// undoes reports whether the state is an undo that runs because something failed.
func (w *modeWalk) undoes(node *Node, m mode) bool {
	return w.a.isUndo[node.ID] && (m != normal || w.a.onFailure[node.ID])
}

// takesAnything reports whether a Catcher tells nothing about what failed: it
// has a wildcard, or only States.Timeout beside a wildcard that leads to the same state.
func takesAnything(edge *Edge) bool {
	if hasWildcard(edge.Errors) {
		return true
	}
	if !slices.Equal(edge.Errors, []string{errorTimeout}) {
		return false
	}
	return slices.ContainsFunc(edge.From.Out, func(other *Edge) bool {
		return other.Kind == Catch && other.To == edge.To && hasWildcard(other.Errors)
	})
}

func hasWildcard(names []string) bool {
	return slices.Contains(names, errorAll) || slices.Contains(names, errorTaskFailed)
}

// fail follows an error that leaves the region of its state.
func (w *modeWalk) fail(edge *Edge, m mode, index int32) {
	node := edge.From
	if edge.Kind == Uncaught && len(node.Inner) > 0 && !isDistributed(node) {
		return // what escapes from inside is followed from where it is raised
	}
	if edge.Kind == Uncaught && w.undoes(node, m) {
		m = undoFailed
	}
	for _, name := range raisedNames(edge) {
		switch {
		case !w.raise(node.Region.Owner, name, m, index):
		case edge.Kind == FailEnd:
			w.arrive(node, m, index)
		default:
			w.escape(edge, index)
		}
	}
}

// raisedNames returns the errors that taking a failing edge raises; "" stands
// for any.
func raisedNames(edge *Edge) []string {
	switch {
	case edge.Kind == NoMatch:
		return []string{errorNoChoiceMatched}
	case len(edge.Errors) == 0:
		return []string{""}
	}
	return edge.Errors
}

func isDistributed(node *Node) bool { return node.State.Map != nil && node.State.Map.Distributed }

// raise follows an error outwards, from owner to owner, until Catchers take all
// of it. It reports whether it leaves the machine. A distributed Map counts
// failed items and raises an error of its own, which is followed from there.
func (w *modeWalk) raise(owner *Node, name string, m mode, index int32) bool {
	if owner == nil {
		return true
	}
	if isDistributed(owner) {
		return false
	}
	key := raiseKey{owner, m, name}
	if escapes, ok := w.raised[key]; ok {
		return escapes
	}
	takers, rest := owner.takers(name)
	for _, catcher := range takers {
		w.visit(catcher.To, w.behind(catcher, m), index, catcher)
	}
	escapes := false
	for _, name := range rest {
		escapes = w.raise(owner.Region.Owner, name, m, index) || escapes
	}
	w.raised[key] = escapes
	return escapes
}

// takers returns the Catchers of an owner that an error may meet, and what of
// the error none of them takes.
func (n *Node) takers(name string) (takers []*Edge, rest []string) {
	for _, edge := range n.Out {
		if edge.Kind != Catch {
			continue
		}
		if name == "" || Catches(edge.Errors, name) {
			takers = append(takers, edge)
		}
		if name != "" && Catches(edge.Errors, name) || slices.Contains(edge.Errors, errorAll) {
			return takers, nil
		}
	}
	switch {
	case name != "":
		return takers, []string{name}
	case CatchesAll(n.State):
		return takers, nil
	case catchesTaskFailed(n):
		return takers, []string{errorTimeout}
	}
	return takers, []string{""}
}

func catchesTaskFailed(owner *Node) bool {
	return slices.ContainsFunc(owner.Out, func(e *Edge) bool { return e.Kind == Catch && slices.Contains(e.Errors, errorTaskFailed) })
}

func (w *modeWalk) arrive(node *Node, m mode, index int32) {
	found := w.arrivals[node]
	if found == nil {
		found = &arrival{-1, -1, -1, -1, -1, -1}
		w.arrivals[node] = found
	}
	if found[m] < 0 {
		found[m] = index
	}
}

func (w *modeWalk) escape(edge *Edge, index int32) {
	if !w.escaped[edge] {
		w.escaped[edge] = true
		w.escapes = append(w.escapes, &Escape{Edge: edge, ways: w, visit: index})
	}
}
