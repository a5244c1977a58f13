package graph

// Compensation tells of every action of a machine whether it is undone when
// the execution fails.
type Compensation struct {
	Saga     bool        // some action is undone on a failure path, or declared to be
	Failures []*Terminal // where an execution can fail: the columns of the matrix
	Actions  []*Action   // in source order: the rows
	Undos    []*Undo     // in source order
	Pivots   []*Node
}

// Action is a state that changes something outside.
type Action struct {
	Node   *Node
	Effect TaskEffect
	Pairs  []*Pair // its undos
	Pivot  bool
	Cells  []Cell // one for each of Compensation.Failures
}

// Outcome says what becomes of an action when the execution fails.
type Outcome uint8

// The outcomes, from the best to the worst.
const (
	NotReached  Outcome = iota // no way leads from the action to this failure
	NotDone                    // its result says that it was not done
	Over                       // the job that it started had ended
	Compensated                // it has been undone on every way
	PastPivot                  // the workflow had gone past its pivot
	UndoDenied                 // a Choice on the failure path passes by its undo
	UndoFailed                 // an undo failed on the way: a person must look
	StaysDone                  // it is still done, and nothing was attempted
)

// String returns the word of the matrix: "compensated", "pending" and so on.
func (o Outcome) String() string {
	return [...]string{"not reached", "not done", "over", "compensated", "past the pivot", "up to a Choice", "undo failed", "pending"}[o]
}

// Cell is what becomes of one action at one failure.
type Cell struct {
	Terminal  *Terminal
	Outcome   Outcome // the worst of all ways
	Way       Path    // a shortest way with that outcome; nil when there is no way
	Pending   Path    // from the action to the failure while it stays done; nil when there is no such way
	Escalated Path    // so, after an undo has failed
	Denied    Path    // so, after a Choice that leads to its undo has passed it by
	Committed Path    // so, past a pivot that is not declared
	stopped   *Node   // the undo that failed on the way Escalated
	denying   *Node   // the Choice on the way Denied
}

// Undo is a state that undoes actions.
type Undo struct {
	Node    *Node
	Actions []*Node // those it undoes
	Certain bool    // a pair with it rests on more than names

	// LeavesDone are the actions that stay done when its own error, which
	// nothing catches, ends the execution; Uncaught is a way there.
	LeavesDone []*Node
	Uncaught   Path

	// Hidden is where an execution ends, in a success or a known failure,
	// although this undo failed; HiddenPath begins at the undo.
	Hidden     *Terminal
	HiddenPath Path

	// Skipped are the actions behind it that stay done because the chain stops
	// when this undo fails; SkippedPath begins at the first of them.
	Skipped     []*Node
	SkippedPath Path

	// TooEarlyFor is an undo that runs after this one, although its action was done
	// after those of this one. Nil when the order is the reverse of doing.
	TooEarlyFor *Undo
	EarlyAction *Node // the action that this state undoes too early
	LaterAction *Node // the action done after it
}
