// Package graph is the control-flow graph of a state machine and what can be
// told from it: reachability, terminal classes, compensation. The graph is
// hierarchical: a branch of a Parallel or the processor of a Map is a region
// with its own entry and exits. Edges that a definition does not write, an
// error that no Catcher takes and a Choice that nothing matches, are drawn by
// the builder, so that no analysis can forget them.
package graph

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// Graph is the control-flow graph of one state machine.
type Graph struct {
	Machine *asl.Machine
	Root    *Region
	Nodes   []*Node // all regions, owners before what they hold, source order; Nodes[i].ID == i
	byState map[*asl.State]*Node
}

// Region is the graph of one States object.
type Region struct {
	Source *asl.Region
	Owner  *Node   // the Parallel or Map; nil at top level
	Entry  *Node   // where the region begins; nil when StartAt names no state
	Nodes  []*Node // the states of the region itself, source order
}

// Node is a state in the graph.
type Node struct {
	ID     int
	State  *asl.State
	Region *Region
	Inner  []*Region // regions the state owns
	Out    []*Edge   // in the order the definition gives them, implicit edges last
	In     []*Edge
	raises spec.ErrorSet // the errors a Catcher of the state is to expect
}

// Name returns the name of the state.
func (n *Node) Name() string { return n.State.Name }

// EdgeKind says why an execution takes an edge.
type EdgeKind uint8

// The kinds of edges. The last four leave the region.
const (
	Next       EdgeKind = iota // the state's Next
	ChoiceRule                 // rule Index of a Choice matched
	Default                    // no rule of a Choice matched
	Catch                      // Catcher Index took an error
	End                        // the region ends well here: End: true, or a Succeed
	FailEnd                    // a Fail state raises its error
	Uncaught                   // implicit: an error that no Catcher of the state takes
	NoMatch                    // implicit: no rule of a Choice matches and it has no Default
)

// Edge leads from a state to another one of its region, or out of the region
// when To is nil: to the owner's ordinary transition (End), or to the owner's
// Catchers and beyond them out of the machine (the failing kinds).
type Edge struct {
	From   *Node
	To     *Node
	Kind   EdgeKind
	Index  int      // of the Choice rule or Catcher; else 0
	Errors []string // Catch: ErrorEquals. Uncaught: nil for any error not caught
	Label  string   // readable condition, or the errors; "" for Next and End

	ordinary   bool          // Catch: all its errors are ordinary control flow by their names
	fromInside bool          // Catch: it takes what is raised in the regions of its state
	raises     spec.ErrorSet // FailEnd, Uncaught, NoMatch: the errors that leave
	failing    bool          // End: the state says that the execution failed, although others end well
}

// Leaves reports whether the edge leads out of its region.
func (e *Edge) Leaves() bool { return e.To == nil }

// Failing reports whether taking the edge means that an error was raised.
func (e *Edge) Failing() bool {
	return e.Kind == Catch || e.Kind == FailEnd || e.Kind == Uncaught || e.Kind == NoMatch
}

// Node returns the node of a state of the machine.
func (g *Graph) Node(state *asl.State) *Node { return g.byState[state] }
