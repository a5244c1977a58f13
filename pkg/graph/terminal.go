package graph

// Class says how an execution ended, as on-call needs to know it.
type Class string

// The classes.
const (
	Success        Class = "success"         // all went as planned: 2xx
	KnownFailure   Class = "known-failure"   // a failure that the workflow foresaw: 4xx
	UnknownFailure Class = "unknown-failure" // anything else: 5xx, a person must look
)

// Classes lists the classes in the order of documentation.
func Classes() []Class { return []Class{Success, KnownFailure, UnknownFailure} }

// ParseClass reads the name of a class.
func ParseClass(name string) (Class, bool) {
	for _, class := range Classes() {
		if name == string(class) {
			return class, true
		}
	}
	return "", false
}

// Terminal is a place where an execution can end: a Succeed state, a state with
// End: true or a Fail state at top level; a Fail state in a region whose error
// no owner takes; or, with Node nil, no state at all.
type Terminal struct {
	Node  *Node
	Class Class
	// Basis is Declared or Configured, or ByName for what is inferred.
	Basis Basis
	Why   string // the evidence

	// The shortest ways here by mode: nothing had failed, a known failure had
	// happened, an unknown one had, an undo had failed. Nil when there is no such way.
	Normal, Known, Unknown, UndoFailed Path

	// Mixed: known and unknown failures share this Fail state.
	Mixed bool
	// EndsAsSuccess: the execution reports SUCCEEDED although it failed.
	EndsAsSuccess bool
	// Shared: so it does after failures that were undone, and after success too.
	Shared bool

	Escapes []*Escape // for the terminal that is no state
}

// Escape is a way for an error to leave the machine with nobody to take it.
type Escape struct {
	Edge *Edge // of the innermost state that raises it

	ways  *modeWalk
	visit int32
}

// Path returns the shortest way.
func (e *Escape) Path() Path {
	return append(e.ways.path(e.visit), Step{Via: via(e.Edge), Edge: e.Edge})
}

// Name returns the name of the terminal state; of the one that is no state, what happens there.
func (t *Terminal) Name() string {
	if t.Node == nil {
		return "(no state)"
	}
	return t.Node.QualifiedName()
}

// Failed reports whether an execution that ends here has failed.
func (t *Terminal) Failed() bool { return t.Class != Success }

// Path returns the shortest way here, the failing ways first.
func (t *Terminal) Path() Path {
	for _, path := range []Path{t.Unknown, t.Known, t.UndoFailed, t.Normal} {
		if path != nil {
			return path
		}
	}
	return nil
}

// Terminals are the terminals of a machine in source order, the one that is no
// state last.
type Terminals struct {
	All    []*Terminal
	byNode map[*Node]*Terminal
}

// Of returns the terminal that the state is, nil when it is none.
func (t *Terminals) Of(node *Node) *Terminal { return t.byNode[node] }

// Implicit returns the terminal that is no state, nil when no error can leave
// the machine without one.
func (t *Terminals) Implicit() *Terminal { return t.byNode[nil] }
