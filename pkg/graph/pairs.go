package graph

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl/directive"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// Pairs tells what the states of a machine do to the world outside, and which
// of them undo what others did.
type Pairs struct {
	Effects []TaskEffect // by Node.ID
	All     []*Pair      // by action, then undo, in source order
	Saga    bool         // some action is undone on a failure path, or declared to be

	graph     *Graph
	options   Options
	reach     *Reach
	byName    map[string]*Node
	onFailure []bool
	isUndo    []bool
	undosOf   map[*Node][]*Node
	settled   map[*Node]bool   // what undoes the action has been said outright
	leads     map[*Node][]bool // from an action: where ordinary transitions lead

	comparisons int // of ways in loops so far
}

func findPairs(g *Graph, options Options, reach *Reach) *Pairs {
	p := &Pairs{
		graph: g, options: options, reach: reach,
		byName: map[string]*Node{}, isUndo: make([]bool, len(g.Nodes)),
		undosOf: map[*Node][]*Node{}, settled: map[*Node]bool{}, leads: map[*Node][]bool{},
	}
	for _, node := range g.Nodes {
		p.byName[node.Name()] = node
		p.Effects = append(p.Effects, p.effectOf(node))
	}
	p.onFailure = failurePaths(g, reach)
	p.find()
	return p
}

// Basis says what a pair of action and undo rests on, the strongest first.
type Basis uint8

// What a pair can rest on.
const (
	Declared   Basis = iota // a directive
	Configured              // the configuration
	ByAPI                   // one API is the inverse of the other
	ByData                  // inverse verbs, and the undo gets what the action returned
	ByName                  // inverse verbs on the same noun, the undo on a failure path
	ByCleanup               // an undo that speaks of nothing in particular, such as "Rollback"
	InPassing               // inverse verbs on the very same noun, the undo on the ordinary way behind the action
)

// Certain reports whether the pair rests on more than names.
func (b Basis) Certain() bool { return b <= ByAPI }

// Pair is an action with a state that undoes it.
type Pair struct {
	Action, Undo *Node
	Basis        Basis
	Why          string // as in `"book" and "cancel" of "hotel"`
}

// maxUndos bounds the undos looked at for one action, so that pairing stays
// linear on machines where every state is named alike.
const maxUndos = 64

// IsUndo reports whether some action is undone by the state.
func (p *Pairs) IsUndo(node *Node) bool { return p.isUndo[node.ID] }

// UndosOf returns the states that undo the action, nil when there are none.
func (p *Pairs) UndosOf(action *Node) []*Node { return p.undosOf[action] }

// ActionsOf returns the actions that the state undoes.
func (p *Pairs) ActionsOf(undo *Node) []*Node {
	var actions []*Node
	for _, pair := range p.All {
		if pair.Undo == undo {
			actions = append(actions, pair.Action)
		}
	}
	return actions
}

// isAction reports whether the state changes something outside.
func (p *Pairs) isAction(node *Node) bool {
	return len(p.undosOf[node]) > 0 || p.Effects[node.ID].Effect == spec.Write
}

// leadsTo reports whether ordinary transitions lead from one state to another
// behind it, out of and into regions.
func (p *Pairs) leadsTo(from, to *Node) bool {
	marks, ok := p.leads[from]
	if !ok {
		marks = p.ordinaryReach(from)
		p.leads[from] = marks
	}
	return marks[to.ID]
}

func (p *Pairs) ordinaryReach(from *Node) []bool {
	marks := make([]bool, len(p.graph.Nodes))
	left := map[*Node]bool{}
	// leave visits what follows a state, and what follows its owner where it ends.
	leave := func(node *Node, visit func(*Node)) {
		for ; node != nil && !left[node]; node = node.Region.Owner {
			left[node] = true
			ends := false
			for _, edge := range node.Out {
				if p.reach.Ordinary(edge) {
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

// onlyOnFailure reports whether the state stands on a failure path and not on an
// ordinary way to success as well.
func (p *Pairs) onlyOnFailure(node *Node) bool {
	return p.onFailure[node.ID] && !(p.reach.Normal[node.ID] && p.reach.Succeeds[node.ID])
}

// find finds which state undoes which, most certain first. What an action
// declares itself, with compensated-by, leaves no room for guesses about it.
func (p *Pairs) find() {
	p.declaredPairs()
	p.configuredPairs()
	p.apiPairs()
	p.dataPairs()
	p.namedPairs()
	p.cleanupPairs()
	p.twinPairs()
	slices.SortStableFunc(p.All, func(x, y *Pair) int {
		return cmp.Or(cmp.Compare(x.Action.ID, y.Action.ID), cmp.Compare(x.Undo.ID, y.Undo.ID))
	})
}

func (p *Pairs) addPair(action, undo *Node, basis Basis, why string) {
	if action == undo || len(p.undosOf[action]) >= maxUndos || slices.Contains(p.undosOf[action], undo) {
		return
	}
	p.All = append(p.All, &Pair{action, undo, basis, why})
	p.undosOf[action] = append(p.undosOf[action], undo)
	p.isUndo[undo.ID] = true
	p.Saga = p.Saga || basis <= Configured || p.onFailure[undo.ID]
}

func (p *Pairs) declaredPairs() {
	for _, placed := range p.options.Directives.All {
		node := p.graph.Node(placed.State)
		if node == nil || !placed.Direct {
			continue
		}
		why := "declared: " + directive.Prefix + placed.Key
		for _, other := range p.statesNamed(placed.Directive) {
			switch placed.Key {
			case directive.CompensatedBy:
				p.addPair(node, other, Declared, why)
				p.settled[node] = true
			case directive.Compensates:
				p.addPair(other, node, Declared, why)
			}
		}
	}
}

// statesNamed returns the states that the value of a directive names: one whose
// name may have blanks, or several with commas between them.
func (p *Pairs) statesNamed(d directive.Directive) []*Node {
	for _, name := range d.Extended() {
		if node := p.byName[name]; node != nil {
			return []*Node{node}
		}
	}
	var nodes []*Node
	for _, name := range d.List() {
		if node := p.byName[name]; node != nil {
			nodes = append(nodes, node)
		}
	}
	return nodes
}

func (p *Pairs) configuredPairs() {
	for _, pattern := range p.options.Pairs {
		why := fmt.Sprintf("the configuration pairs %q with %q", pattern.Action, pattern.Undo)
		var actions, undos []*Node
		for _, node := range p.graph.Nodes {
			if matchOrEmpty(pattern.Action, node.Name()) {
				actions = append(actions, node)
			}
			if matchOrEmpty(pattern.Undo, node.Name()) {
				undos = append(undos, node)
			}
		}
		for _, action := range actions {
			for _, undo := range undos {
				if pattern.matches(action.Name(), undo.Name()) {
					p.addPair(action, undo, Configured, why)
				}
			}
		}
	}
}
