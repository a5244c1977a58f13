package simulate

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// control decides what becomes of a state at the points where a test of one
// state parts from an execution: an execution goes on, a test has its answer.
type control interface {
	// group does the work of a Parallel or Map.
	group(x *Execution, f *frame)
	// leave takes the frame out of its state, by a transition or a Catcher.
	leave(x *Execution, f *frame, output value.Value, assigned []history.Variable, to route)
	// fail deals with a failure of the state, which Retriers and Catchers may take.
	fail(x *Execution, f *frame, failure *Failure)
	// giveUp ends the frame with a failure that its state could not handle.
	giveUp(x *Execution, f *frame, failure *Failure)
	// alone reports whether the state is tested by itself: it is then in no
	// execution that a cause or the context object could tell of.
	alone() bool
}

// execution is the control of an ordinary execution.
type execution struct{}

func (execution) alone() bool { return false }

func (execution) group(x *Execution, f *frame) {
	if f.state.kind == asl.Map {
		x.mapping(f)
		return
	}
	x.parallel(f)
}

// leave writes the exit of the frame's state and takes the frame to the next
// one, or to its end.
func (execution) leave(x *Execution, f *frame, output value.Value, assigned []history.Variable, to route) {
	event := history.Event{Type: f.state.exited, Name: f.state.name, Payload: output}
	if len(assigned) > 0 {
		event.Details = &history.Details{Assigned: assigned}
		f.scope.set(assigned)
	}
	x.emit(f, event)
	f.open = false
	x.trace(f, "output", output)
	x.observe(f, to)
	if to.to == nil {
		x.frameSucceeded(f, output)
		return
	}
	f.state, f.input = to.to, output
	x.sim.later(f, 0, stepEnter)
}

func (execution) fail(x *Execution, f *frame, failure *Failure) { x.takeFailure(f, failure) }

func (execution) giveUp(x *Execution, f *frame, failure *Failure) {
	if f.owner == nil {
		x.failed(f, failure)
		return
	}
	x.groupMemberFailed(f.owner, f, failure)
}
