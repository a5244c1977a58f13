package graph

import "slices"

// Reach is what can be told of every state from the shape of the graph alone.
// Slices are indexed by Node.ID.
type Reach struct {
	g *Graph

	// Reachable: some way leads to the state from the beginning of the machine.
	Reachable []bool
	// Terminates: from here an execution can end, in a terminal state or by an
	// error that a Fail state raises.
	Terminates []bool
	// Normal: a way leads here on which nothing failed.
	Normal []bool
	// Succeeds: from here ordinary transitions lead to a success of the execution.
	Succeeds []bool

	signals    map[*Edge]bool
	completes  []bool // the state can be left by its ordinary transition: all its regions can end well
	reachesEnd []bool // ordinary transitions lead to where the region ends well
}

// NewReach computes the facts in time linear in the graph.
func NewReach(g *Graph) *Reach {
	n := len(g.Nodes)
	r := &Reach{
		g: g, Reachable: make([]bool, n), Terminates: make([]bool, n), Normal: make([]bool, n),
		Succeeds: make([]bool, n), signals: map[*Edge]bool{}, completes: make([]bool, n), reachesEnd: make([]bool, n),
	}
	for i := n - 1; i >= 0; i-- {
		node := g.Nodes[i]
		r.completes[i] = true
		for _, inner := range node.Inner {
			r.solveRegion(inner)
			if inner.Entry != nil && !r.reachesEnd[inner.Entry.ID] {
				r.completes[i] = false
			}
		}
	}
	r.solveRegion(g.Root)
	for _, node := range g.Nodes {
		owner := node.Region.Owner
		r.Succeeds[node.ID] = r.reachesEnd[node.ID] && (owner == nil || r.Succeeds[owner.ID])
	}
	r.flood(r.Reachable, func(e *Edge) bool { return true })
	r.flood(r.Normal, r.Ordinary)
	return r
}

// Ordinary reports whether taking the edge means that things go as planned: an
// ordinary transition that can be taken, or a Catcher of ordinary control flow.
func (r *Reach) Ordinary(e *Edge) bool {
	switch e.Kind {
	case Next, ChoiceRule, Default, End:
		return r.completes[e.From.ID] && !e.failing
	case Catch:
		return e.ordinary || r.isSignal(e)
	}
	return false
}

// isSignal reports whether the Catcher takes what is no failure but the way out
// of a race: the branches of a Parallel can only end in Fail states, so the one
// that comes first decides, and the Catcher names the error it raises.
func (r *Reach) isSignal(e *Edge) bool {
	if r.completes[e.From.ID] {
		return false
	}
	signal, known := r.signals[e]
	if !known {
		signal = allRaisedInside(e)
		r.signals[e] = signal
	}
	return signal
}

// allRaisedInside reports whether Fail states in the regions of its state raise
// all the errors that a Catcher names.
func allRaisedInside(e *Edge) bool {
	for _, name := range e.Errors {
		if !raisedInside(e.From, name) {
			return false
		}
	}
	return len(e.Errors) > 0
}

// raisedInside reports whether a Fail state in a region of owner raises the error.
func raisedInside(owner *Node, name string) bool {
	for _, region := range owner.Inner {
		for _, node := range region.Nodes {
			if error, ok := FailError(node.State); ok && error == name {
				return true
			}
		}
	}
	return false
}

// solveRegion finds where ordinary transitions lead to the end of the region,
// and from where it can be left at all. Regions inside it are solved before.
func (r *Reach) solveRegion(region *Region) {
	r.flow(region, r.reachesEnd, func(n *Node) bool { return r.completes[n.ID] && n.hasEdge(End) && !n.endsInFailure() }, r.Ordinary)
	r.flow(region, r.Terminates,
		func(n *Node) bool {
			return n.hasEdge(FailEnd) || r.completes[n.ID] && n.hasEdge(End) || r.failsInside(n)
		},
		func(e *Edge) bool { return e.Kind == Catch || r.completes[e.From.ID] })
}

// failsInside reports whether a region of n can end by a Fail state; then n
// fails, or goes on by a Catcher.
func (r *Reach) failsInside(n *Node) bool {
	for _, region := range n.Inner {
		if region.Entry != nil && r.Terminates[region.Entry.ID] && !r.reachesEnd[region.Entry.ID] {
			return true
		}
	}
	return false
}

// flow marks the states of a region from which edges that pass lead to a seed.
func (r *Reach) flow(region *Region, marks []bool, seed func(*Node) bool, pass func(*Edge) bool) {
	var seeds []*Node
	for _, node := range region.Nodes {
		if seed(node) {
			seeds = append(seeds, node)
		}
	}
	Spread(marks, seeds, func(node *Node, visit func(*Node)) {
		for _, edge := range node.In {
			if pass(edge) {
				visit(edge.From)
			}
		}
	})
}

// flood marks the states to which edges that pass lead from the beginning,
// into regions and along them.
func (r *Reach) flood(marks []bool, pass func(*Edge) bool) {
	Spread(marks, []*Node{r.g.Root.Entry}, func(node *Node, visit func(*Node)) {
		for _, inner := range node.Inner {
			visit(inner.Entry)
		}
		for _, edge := range node.Out {
			if edge.To != nil && pass(edge) {
				visit(edge.To)
			}
		}
	})
}

func (n *Node) hasEdge(kind EdgeKind) bool {
	return slices.ContainsFunc(n.Out, func(e *Edge) bool { return e.Kind == kind })
}
