package simulate

import (
	"slices"
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
)

// Transition is one way out of a state that an execution took, or one more
// attempt of it. The history tells where an execution went; only a Transition
// tells which Choice Rule, Catcher or Retrier sent it there.
type Transition struct {
	Kind    TransitionKind
	Index   int      // of the Choice Rule, Catcher or Retrier; -1 for the other kinds
	Attempt int      // of a Retrier: 1 for the first retry that it grants
	State   string   // the state that was left, failed or is tried again
	To      string   // the state that follows; "" when none does
	Failure *Failure // what a Catcher or Retrier took, or nobody; nil otherwise

	Execution *Identity     // of a nested execution, or child of a distributed Map, its own
	Instance  Instance      // the branch or iteration; empty at the top level
	Visit     int           // id of the event with which the state was entered
	Event     int           // id of the last event of the thread so far
	At        time.Duration // virtual time since the epoch
}

// TransitionKind says why an execution went where it went.
type TransitionKind uint8

// The kinds of transitions.
const (
	TakeNext    TransitionKind = iota // Next of the state
	TakeRule                          // a Choice Rule that holds
	TakeDefault                       // Default of a Choice
	TakeCatcher                       // a Catcher that takes the error
	TakeRetrier                       // a Retrier that grants another attempt
	Exhausted                         // a Retrier that takes the error but has no attempt left; a Catcher or Uncaught follows
	TakeEnd                           // End of the state, or a Succeed
	RaiseError                        // a Fail raised its error
	Uncaught                          // the error of the state leaves its branch, iteration or machine
)

// String returns the kind as output shows it.
func (k TransitionKind) String() string {
	return [...]string{"next", "rule", "default", "catcher", "retrier", "exhausted", "end", "fail", "uncaught"}[k]
}

// Instance says in which branch or iteration something happens, from the
// outermost Parallel or Map inwards; it is empty at the top level.
type Instance []Place

// Place is a branch of one visit of a Parallel, or an iteration of one of a Map.
type Place struct {
	State string // the Parallel or Map
	Visit int    // id of the event with which it was entered
	Index int    // of the branch or iteration
}

// instance returns where the frame runs. The children of a distributed Map are
// iterations of it.
func (f *frame) instance() Instance {
	var places Instance
	for f != nil {
		switch {
		case f.owner != nil:
			places = append(places, Place{State: f.owner.state.name, Visit: f.owner.enteredID, Index: f.index})
			f = f.owner
		case f.x.group != nil:
			places = append(places, Place{State: f.x.parent.state.name, Visit: f.x.parent.enteredID, Index: f.x.itemIndex})
			f = f.x.parent
		default:
			f = nil
		}
	}
	slices.Reverse(places)
	return places
}

// Instance returns in which branch and iteration the call is made, at all
// levels of nesting. It can be asked for until the handler returns.
func (c *TaskCall) Instance() Instance {
	if c.frame == nil {
		return nil
	}
	return c.frame.instance()
}

// route is a way out of a state.
type route struct {
	kind    TransitionKind
	index   int
	to      *state   // nil: the region ends
	failure *Failure // what made the state fail; nil when it did not
}

// observe reports that the frame goes along a route.
func (x *Execution) observe(f *frame, r route) {
	if x.sim.options.Observe == nil || f.state == nil {
		return
	}
	t := Transition{
		Kind: r.kind, Index: r.index, State: f.state.name, Failure: r.failure, Execution: &x.identity,
		Instance: f.instance(), Visit: f.enteredID, Event: f.previous, At: x.sim.clock,
	}
	switch r.kind {
	case TakeRetrier:
		t.Attempt, t.To = f.used[r.index], f.state.name
	case TakeNext, TakeRule, TakeDefault, TakeCatcher:
		if r.to != nil {
			t.To = r.to.name
		}
	}
	x.sim.options.Observe(t)
}

// path names a state and the states of the program around it, outermost first:
// "Both/Refused".
func (p *Program) path(s *state) string {
	names := []string{s.name}
	for r := s.region; r != p.root && r.owner != nil; r = r.owner.region {
		names = append(names, r.owner.name)
	}
	slices.Reverse(names)
	return strings.Join(names, "/")
}

// terminal names the state in which an execution ends that fails in the frame:
// the Fail state that raised the error, even inside a branch or iteration, else
// the state at the top level.
func (f *frame) terminal(failure *Failure) string {
	if failure != nil && failure.raisedBy != nil {
		return f.x.program.path(failure.raisedBy)
	}
	for f.owner != nil && (f.state == nil || f.state.kind != asl.Fail) {
		f = f.owner
	}
	if f.state == nil {
		return ""
	}
	return f.x.program.path(f.state)
}
