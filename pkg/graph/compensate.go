package graph

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// Each walk is linear in the graph. Their number is bounded, so that machines
// of thousands of actions are read in about a second; what is beyond the bounds
// is left out.
const (
	maxWitnesses = 64        // walks from actions that have no undo
	maxVisits    = 5_000_000 // states times walks
	maxCompared  = 16        // actions of one undo whose order is looked at
)

func (a *Analysis) compensate() *Compensation {
	a.pivots = a.findPivots()
	c := &Compensation{Saga: a.Saga}
	for _, t := range a.Terminals.All {
		if t.Failed() {
			c.Failures = append(c.Failures, t)
		}
	}
	undos := a.collectUndos(c)
	witnesses := 0
	for _, node := range a.Graph.Nodes {
		if !a.isAction(node) || a.isUndo[node.ID] && len(a.undosOf[node]) == 0 {
			continue
		}
		action := &Action{Node: node, Effect: a.Effects[node.ID], Pivot: a.pivots[node.ID], Pairs: a.pairsOf[node]}
		if len(action.Pairs) == 0 {
			if witnesses++; witnesses > maxWitnesses {
				continue
			}
		}
		if !a.mayWalk() {
			break
		}
		a.followAction(c, action, undos)
		c.Actions = append(c.Actions, action)
	}
	for _, undo := range c.Undos {
		if a.mayWalk() {
			a.followUndo(undo)
		}
	}
	a.findOrder(c)
	for id, pivot := range a.pivots {
		if pivot {
			c.Pivots = append(c.Pivots, a.Graph.Nodes[id])
		}
	}
	return c
}

// mayWalk counts a walk over the graph, and reports whether it can be afforded.
func (a *Analysis) mayWalk() bool {
	a.visits += len(a.Graph.Nodes)
	return a.visits <= maxVisits
}

func (a *Analysis) collectUndos(c *Compensation) map[*Node]*Undo {
	undos := map[*Node]*Undo{}
	a.pairsOf = map[*Node][]*Pair{}
	for _, pair := range a.All {
		a.pairsOf[pair.Action] = append(a.pairsOf[pair.Action], pair)
		undo := undos[pair.Undo]
		if undo == nil {
			undo = &Undo{Node: pair.Undo}
			undos[pair.Undo] = undo
			c.Undos = append(c.Undos, undo)
		}
		undo.Actions = append(undo.Actions, pair.Action)
		undo.Certain = undo.Certain || pair.Basis.Certain()
	}
	slices.SortFunc(c.Undos, func(x, y *Undo) int { return x.Node.ID - y.Node.ID })
	return undos
}

// followAction fills the row of an action, and what its walk tells of the undos
// it meets.
func (a *Analysis) followAction(c *Compensation, action *Action, undos map[*Node]*Undo) {
	w := a.newPendingWalk(action.Node, a.undosOf[action.Node])
	w.fromDone()
	implicit := Cell{Terminal: a.Terminals.Implicit()}
	for _, escape := range w.leaks {
		// What nothing undoes stays done whether an undo fails or not.
		undo := undos[escape.edge.From]
		if undo != nil && escape.edge.Kind == Uncaught && len(action.Pairs) > 0 {
			if escape.phase <= exhausted {
				undo.leavesDone(action.Node, w, escape)
				if implicit.Outcome < UndoFailed {
					implicit.Outcome, implicit.Way = UndoFailed, w.escapePath(escape)
				}
			}
			continue
		}
		implicit.add(w, escape.phase, func() Path { return w.escapePath(escape) })
	}
	for _, t := range c.Failures {
		cell := implicit
		if t.Node != nil {
			cell = Cell{Terminal: t}
			if found := w.endings[t]; found != nil {
				for p, index := range found {
					if index >= 0 {
						cell.add(w, phase(p), func() Path { return w.path(index) })
					}
				}
			}
		}
		if undo := undos[cell.stopped]; undo != nil && len(action.Pairs) > 0 && !a.undoes(cell.stopped, action.Node) {
			undo.skips(action.Node, cell.Escalated)
		}
		action.Cells = append(action.Cells, cell)
	}
}

// add counts a way that ends here in the phase.
func (c *Cell) add(w *pendingWalk, p phase, path func() Path) {
	outcome := [...]Outcome{pending: StaysDone, escalated: UndoFailed, exhausted: UndoFailed, undone: Compensated, committed: PastPivot, denied: UndoDenied, over: Over, notDone: NotDone}[p]
	if outcome > c.Outcome {
		c.Outcome, c.Way = outcome, path()
	}
	switch {
	case p == pending && c.Pending == nil:
		c.Pending = path()
	case p == escalated && c.Escalated == nil:
		c.Escalated = path()
		c.stopped = w.failedUndo(c.Escalated)
	case p == committed && c.Committed == nil && !w.a.pivotsDeclared:
		c.Committed = path()
	case p == denied && c.Denied == nil:
		c.Denied = path()
		c.denying = w.denyingChoice(c.Denied)
	}
}

// denyingChoice returns the last Choice on the path that asks whether there is
// something to undo.
func (w *pendingWalk) denyingChoice(path Path) *Node {
	for i := len(path) - 1; i >= 0; i-- {
		if node := path[i].Node; node != nil && node.State.Type == asl.Choice && w.asks[node] {
			return node
		}
	}
	return nil
}

// failedUndo returns the first undo on the path that is left by an error.
func (w *pendingWalk) failedUndo(path Path) *Node {
	for i := 1; i < len(path); i++ {
		if previous := path[i-1].Node; path[i].Via != "" && previous != nil && w.a.isUndo[previous.ID] {
			return previous
		}
	}
	return nil
}

func (u *Undo) leavesDone(action *Node, w *pendingWalk, escape pendingEscape) {
	if !slices.Contains(u.LeavesDone, action) {
		u.LeavesDone = append(u.LeavesDone, action)
	}
	if u.Uncaught == nil {
		u.Uncaught = w.escapePath(escape)
	}
}

// skips notes an action that other undos would have undone, had the chain gone on.
func (u *Undo) skips(action *Node, path Path) {
	if slices.Contains(u.Skipped, action) {
		return
	}
	u.Skipped = append(u.Skipped, action)
	if u.SkippedPath == nil {
		u.SkippedPath = path
	}
}

// undoes reports whether the state, or an owner of it, undoes the action.
func (a *Analysis) undoes(undo, action *Node) bool {
	for ; undo != nil; undo = undo.Region.Owner {
		if slices.Contains(a.undosOf[action], undo) {
			return true
		}
	}
	return false
}

// followUndo looks where an execution ends when the undo fails.
func (a *Analysis) followUndo(undo *Undo) {
	w := a.newPendingWalk(undo.Node, nil)
	w.fromFailed()
	for _, t := range a.Terminals.All {
		found := w.endings[t]
		if found == nil || t.Class == UnknownFailure || found[escalated] < 0 {
			continue
		}
		if path := w.path(found[escalated]); undo.Hidden == nil || len(path) < len(undo.HiddenPath) {
			undo.Hidden, undo.HiddenPath = t, path
		}
	}
}

// findOrder finds undos that run before the undo of something done earlier.
func (a *Analysis) findOrder(c *Compensation) {
	byNode := map[*Node]*Undo{}
	for _, undo := range c.Undos {
		byNode[undo.Node] = undo
	}
	for _, undo := range c.Undos {
		if !a.mayWalk() {
			return
		}
		for _, next := range a.nextUndos(undo.Node) {
			after := byNode[next]
			if early, later := a.wrongOrder(undo, after); early != nil && undo.TooEarlyFor == nil {
				undo.TooEarlyFor, undo.EarlyAction, undo.LaterAction = after, early, later
			}
		}
	}
}

// wrongOrder returns an action of the first undo and one of the second, when
// all of the first were done before all of the second.
func (a *Analysis) wrongOrder(first, second *Undo) (early, later *Node) {
	if len(first.Actions) > maxCompared || len(second.Actions) > maxCompared {
		return nil, nil
	}
	for _, x := range first.Actions {
		for _, y := range second.Actions {
			if x == y || !a.leadsTo(x, y) || a.leadsTo(y, x) {
				return nil, nil
			}
			early, later = x, y
		}
	}
	return early, later
}

// nextUndos returns the undos that ordinary transitions lead to from an undo,
// with no other undo between.
func (a *Analysis) nextUndos(from *Node) []*Node {
	var found []*Node
	Closure([]*Node{from}, func(node *Node, visit func(*Node)) {
		if node != from && a.isUndo[node.ID] {
			found = append(found, node)
			return
		}
		if node != from && a.isAction(node) {
			return
		}
		for _, edge := range node.Out {
			if edge.To != nil && edge.Kind != Catch {
				visit(edge.To)
			}
		}
	})
	slices.SortFunc(found, func(x, y *Node) int { return x.ID - y.ID })
	return found
}

// IsKnownWrite reports whether the action is known to change something, not
// only guessed to by its name.
func (a *Action) IsKnownWrite() bool {
	return a.Effect.Effect == spec.Write && a.Effect.Certain
}

// CanBeUndone reports whether an undo can be asked of an action: it does not
// remove or undo something itself, and makes no backup.
func (a *Analysis) CanBeUndone(node *Node) bool {
	return !a.isUndo[node.ID] && !isDestructive(node) && !isKept(node)
}

// Overwrites reports whether an action only changes what is there before and
// after it, such as a status: few workflows keep what was there to undo that.
func (a *Action) Overwrites() bool { return isOverwriting(a.Node) }

// committingVerbs and committedNouns name what takes money from somebody or keeps
// something for them: a payment, a reservation.
var (
	committingVerbs = []string{"charge", "debit", "pay", "purchase", "buy", "book", "reserve", "withdraw", "capture", "deduct", "bill"}
	committedNouns  = []string{"payment", "reservation", "booking", "charge"}
)

// Commits reports whether the action is a payment or a reservation by its name.
func (a *Action) Commits() bool {
	for _, r := range readings(a.Node.Name()) {
		if slices.Contains(committingVerbs, r.verb) || slices.ContainsFunc(r.nouns, func(noun string) bool { return slices.Contains(committedNouns, noun) }) {
			return true
		}
	}
	return slices.ContainsFunc(nameWords(a.Node.Name()), func(word string) bool { return slices.Contains(committedNouns, word) })
}
