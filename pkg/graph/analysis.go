package graph

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// Analysis is everything that is told of a machine's ends and compensations.
type Analysis struct {
	Graph        *Graph
	Options      Options
	Reach        *Reach
	Effects      []TaskEffect // by Node.ID
	Pairs        []*Pair      // by action, then undo, in source order
	Saga         bool         // some action is undone on a failure path, or declared to be
	Terminals    *Terminals
	Compensation *Compensation

	byName    map[string]*Node
	onFailure []bool
	isUndo    []bool
	undosOf   map[*Node][]*Node
	settled   map[*Node]bool // what undoes the action has been said outright
	pairsOf   map[*Node][]*Pair
	pivots    []bool
	visits    int              // of the walks so far
	spent     *walk[phase]     // the last walk from an action: its memory serves the next
	leads     map[*Node][]bool // from an action: where ordinary transitions lead
}

// Analyze runs all analyses. The result depends on nothing but its arguments.
func Analyze(g *Graph, options Options) *Analysis {
	if options.Directives == nil {
		options.Directives = asl.ReadDirectives(g.Machine)
	}
	a := &Analysis{
		Graph: g, Options: options, Reach: NewReach(g),
		byName: map[string]*Node{}, isUndo: make([]bool, len(g.Nodes)),
		undosOf: map[*Node][]*Node{}, settled: map[*Node]bool{}, leads: map[*Node][]bool{},
	}
	for _, node := range g.Nodes {
		a.byName[node.Name()] = node
		a.Effects = append(a.Effects, a.effectOf(node))
	}
	a.onFailure = failurePaths(g, a.Reach)
	a.findPairs()
	a.Terminals = a.classify()
	a.Compensation = a.compensate()
	return a
}

// Classify tells of every terminal of a machine how an execution that ends
// there ended.
func Classify(g *Graph, options Options) *Terminals { return Analyze(g, options).Terminals }

// Compensate tells which actions of a machine are undone when it fails.
func Compensate(g *Graph, options Options) *Compensation { return Analyze(g, options).Compensation }

// IsUndo reports whether some action is undone by the state.
func (a *Analysis) IsUndo(node *Node) bool { return a.isUndo[node.ID] }

// UndosOf returns the states that undo the action, nil when there are none.
func (a *Analysis) UndosOf(action *Node) []*Node { return a.undosOf[action] }

// ActionsOf returns the actions that the state undoes.
func (a *Analysis) ActionsOf(undo *Node) []*Node {
	var actions []*Node
	for _, pair := range a.Pairs {
		if pair.Undo == undo {
			actions = append(actions, pair.Action)
		}
	}
	return actions
}

// isAction reports whether the state changes something outside.
func (a *Analysis) isAction(node *Node) bool {
	return len(a.undosOf[node]) > 0 || a.Effects[node.ID].Effect == spec.Write
}

// leadsTo reports whether ordinary transitions lead from one state to another
// behind it, out of and into regions.
func (a *Analysis) leadsTo(from, to *Node) bool {
	marks, ok := a.leads[from]
	if !ok {
		marks = a.ordinaryReach(from)
		a.leads[from] = marks
	}
	return marks[to.ID]
}

func (a *Analysis) ordinaryReach(from *Node) []bool {
	marks := make([]bool, len(a.Graph.Nodes))
	left := map[*Node]bool{}
	// leave visits what follows a state, and what follows its owner where it ends.
	leave := func(node *Node, visit func(*Node)) {
		for ; node != nil && !left[node]; node = node.Region.Owner {
			left[node] = true
			ends := false
			for _, edge := range node.Out {
				if a.Reach.Ordinary(edge) {
					visit(edge.To)
					ends = ends || edge.Kind == End
				}
			}
			if !ends {
				return
			}
		}
	}
	var seeds []*Node
	leave(from, func(node *Node) { seeds = append(seeds, node) })
	Spread(marks, seeds, func(node *Node, visit func(*Node)) {
		for _, inner := range node.Inner {
			visit(inner.Entry)
		}
		leave(node, visit)
	})
	return marks
}
