package graph

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl/directive"
)

// Basis says what a pair of action and undo rests on, the strongest first.
type Basis uint8

// What a pair can rest on.
const (
	Declared   Basis = iota // a directive
	Configured              // the configuration
	ByAPI                   // one API is the inverse of the other
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

// findPairs finds which state undoes which, most certain first. What an action
// declares itself, with compensated-by, leaves no room for guesses about it.
func (a *Analysis) findPairs() {
	a.declaredPairs()
	a.configuredPairs()
	a.apiPairs()
	a.namedPairs()
	a.cleanupPairs()
	a.twinPairs()
	slices.SortStableFunc(a.Pairs, func(x, y *Pair) int {
		return cmp.Or(cmp.Compare(x.Action.ID, y.Action.ID), cmp.Compare(x.Undo.ID, y.Undo.ID))
	})
}

func (a *Analysis) addPair(action, undo *Node, basis Basis, why string) {
	if action == undo || len(a.undosOf[action]) >= maxUndos || slices.Contains(a.undosOf[action], undo) {
		return
	}
	a.Pairs = append(a.Pairs, &Pair{action, undo, basis, why})
	a.undosOf[action] = append(a.undosOf[action], undo)
	a.isUndo[undo.ID] = true
	a.Saga = a.Saga || basis <= Configured || a.onFailure[undo.ID]
}

func (a *Analysis) declaredPairs() {
	for _, placed := range a.Options.Directives.All {
		node := a.Graph.Node(placed.State)
		if node == nil || !placed.Direct {
			continue
		}
		why := "declared: " + directive.Prefix + placed.Key
		for _, other := range a.statesNamed(placed.Directive) {
			switch placed.Key {
			case directive.CompensatedBy:
				a.addPair(node, other, Declared, why)
				a.settled[node] = true
			case directive.Compensates:
				a.addPair(other, node, Declared, why)
			}
		}
	}
}

// statesNamed returns the states that the value of a directive names: one whose
// name may have blanks, or several with commas between them.
func (a *Analysis) statesNamed(d directive.Directive) []*Node {
	for _, name := range d.Extended() {
		if node := a.byName[name]; node != nil {
			return []*Node{node}
		}
	}
	var nodes []*Node
	for _, name := range d.List() {
		if node := a.byName[name]; node != nil {
			nodes = append(nodes, node)
		}
	}
	return nodes
}

func (a *Analysis) configuredPairs() {
	for _, pattern := range a.Options.Pairs {
		why := fmt.Sprintf("the configuration pairs %q with %q", pattern.Action, pattern.Undo)
		var actions, undos []*Node
		for _, node := range a.Graph.Nodes {
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
					a.addPair(action, undo, Configured, why)
				}
			}
		}
	}
}
