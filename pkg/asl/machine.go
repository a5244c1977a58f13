package asl

import (
	"iter"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// QueryLanguage is the language of a state's expressions.
type QueryLanguage uint8

// The query languages; JSONPath is the default.
const (
	JSONPath QueryLanguage = iota
	JSONata
)

// String returns the name as definitions spell it.
func (l QueryLanguage) String() string {
	if l == JSONata {
		return "JSONata"
	}
	return "JSONPath"
}

// WorkflowType is the type of a state machine, which the definition itself
// does not say.
type WorkflowType uint8

// The workflow types; Standard is the default.
const (
	Standard WorkflowType = iota
	Express
)

// String returns the name as the API spells it.
func (t WorkflowType) String() string {
	if t == Express {
		return "EXPRESS"
	}
	return "STANDARD"
}

// Machine is a state machine: the top level of a definition.
type Machine struct {
	Tree           *syntax.Tree
	Region         *Region // the top-level states; never nil
	QueryLanguage  QueryLanguage
	Comment        *syntax.String
	TimeoutSeconds *Number  // of the execution; nil when absent
	all            []*State // what States yields; nil until decoding is done
}

// File is the source of the definition.
func (m *Machine) File() *syntax.File { return m.Tree.File }

// States yields every state of the machine, nested ones included, each owner
// before what it holds, in source order.
func (m *Machine) States() iter.Seq[*State] {
	if m.all == nil {
		return m.Region.All()
	}
	return slices.Values(m.all)
}

// Region is one States object with its StartAt: the top level, a branch of a
// Parallel or the item processor of a Map. Transitions never leave it.
type Region struct {
	Node    syntax.Node    // the object that holds StartAt and States
	Owner   *State         // the Parallel or Map; nil at top level
	Index   int            // which branch of a Parallel; else 0
	StartAt *Transition    // nil when absent or broken
	Comment *syntax.String // nil when absent
	States  []*State       // source order; of duplicate names all are kept
	byName  map[string]*State
}

// State returns the state named name of this region itself, nil when there is
// none. Of duplicate names the last counts.
func (r *Region) State(name string) *State { return r.byName[name] }

// Start returns the state at which the region begins, nil when StartAt is
// absent or names none.
func (r *Region) Start() *State {
	if r.StartAt == nil {
		return nil
	}
	return r.State(r.StartAt.Target)
}

// All yields the states of the region and of the regions nested in it.
func (r *Region) All() iter.Seq[*State] {
	return func(yield func(*State) bool) { r.yieldAll(yield) }
}

func (r *Region) yieldAll(yield func(*State) bool) bool {
	for _, state := range r.States {
		if !yield(state) {
			return false
		}
		for _, inner := range state.Regions() {
			if !inner.yieldAll(yield) {
				return false
			}
		}
	}
	return true
}

// Transition is a field that names the state to go to: Next, Default, StartAt.
type Transition struct {
	Node   *syntax.String
	Target string
}

// Number is a field that holds a number.
type Number struct {
	Node  *syntax.Number
	Value float64
}
