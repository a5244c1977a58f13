package graph

// flow is what is known of the flags at every state, on all ways that lead there.
type flow struct {
	reach    *Reach
	flags    *flags
	all      [][]facts // by Node.ID; nil without flags
	succeeds map[flowKey]bool
	budget   int
}

type flowKey struct {
	node  *Node
	facts facts
}

// maxSuccessVisits bounds what is spent on the question whether a way leads on to success.
const maxSuccessVisits = 200_000

// nothingKnown is what holds at every state of a machine without flags.
var nothingKnown = []facts{{}}

func newFlow(g *Graph, reach *Reach, flags *flags) *flow {
	f := &flow{reach: reach, flags: flags, succeeds: map[flowKey]bool{}, budget: maxSuccessVisits}
	if flags != nil {
		f.all = f.explore(g)
	}
	return f
}

func (f *flow) explore(g *Graph) [][]facts {
	e := &explorer{flow: f}
	e.walk = newWalk(f.reach, tracer[facts](e), nil)
	e.visit(g.Root.Entry, f.flags.start(), -1, nil)
	e.run(0)
	found := make([][]facts, len(g.Nodes))
	for _, v := range e.visits {
		found[v.node.ID] = append(found[v.node.ID], v.fact)
	}
	return found
}

// at returns what can be known of the flags when a state is entered.
func (f *flow) at(node *Node) []facts {
	switch {
	case f.all == nil:
		return nothingKnown
	case len(f.all[node.ID]) == 0:
		return nothingKnown // no way leads there
	}
	return f.all[node.ID]
}

// goesWell reports whether executions come to the state when nothing has failed,
// and ordinary transitions lead on to success from what is known there.
func (f *flow) goesWell(node *Node, k facts) bool {
	if !f.reach.Normal[node.ID] || !f.reach.Succeeds[node.ID] {
		return false
	}
	return f.flags == nil || f.leadsToSuccess(node, k)
}

// leadsToSuccess reports whether ordinary transitions lead to the end of the
// region from a state, for what is known there.
func (f *flow) leadsToSuccess(node *Node, k facts) bool {
	start := flowKey{node, k}
	if answer, ok := f.succeeds[start]; ok || f.budget < 0 {
		return answer || !ok
	}
	answer := false
	Closure([]flowKey{start}, func(key flowKey, visit func(flowKey)) {
		f.budget--
		if answer || f.budget < 0 || !f.reach.completes[key.node.ID] {
			return
		}
		left := f.flags.left(key.node, key.facts)
		for _, edge := range key.node.Out {
			if !f.reach.Ordinary(edge) {
				continue
			}
			after, possible := f.flags.behind(edge, key.facts, left)
			switch {
			case !possible:
			case edge.To == nil:
				answer = true
			default:
				visit(flowKey{edge.To, after})
			}
		}
	})
	f.succeeds[start] = answer
	return answer || f.budget < 0
}

// explorer is the walk that collects what is known of the flags.
type explorer struct {
	*walk[facts]
	flow *flow
}

func (e *explorer) enters(*Node, facts) bool                { return true }
func (e *explorer) begins(region *Region, k facts) facts    { return e.flow.flags.forget(k, region) }
func (e *explorer) widened(facts) facts                     { return facts{} }
func (e *explorer) left(node *Node, k facts) facts          { return e.flow.flags.left(node, k) }
func (e *explorer) along(edge *Edge, k facts) (facts, bool) { return e.flow.flags.along(edge, k) }
func (e *explorer) fails(_ *Edge, k facts) facts            { return k }
func (e *explorer) arrives(*Node, facts, int32)             {}
func (e *explorer) escapes(*Edge, facts, int32)             {}
func (e *explorer) ends(*Node, facts, int32)                {}
func (e *explorer) caught(edge *Edge, k facts, _ bool) (facts, bool) {
	return e.flow.flags.behindCatcher(edge, k), true
}
