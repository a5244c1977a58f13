package simulate

import (
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// frame is one thread of control and the visit of the state it is in.
type frame struct {
	x          *Execution
	generation uint32
	scope      *scope
	own        scope // what scope points at

	// previous is the event that the next one of this thread points at.
	previous int

	// Where the frame belongs. A frame of a branch or an iteration has an owner,
	// which is in a Parallel or Map; its siblings form a list.
	owner                 *frame
	index                 int // of the branch or iteration
	item                  value.Value
	sibling, precedingKin *frame // the next and the previous running frame of the owner
	firstKid, lastKid     *frame

	// The visit.
	state                      *state
	input                      value.Value
	open                       bool // the state has been entered and not left
	enteredID, enteredPrevious int
	enteredAt                  time.Duration
	retries                    int   // of this visit, all Retriers together
	used                       []int // retries by Retrier
	token                      string
	task                       taskVisit
	group                      *groupVisit // of a Parallel or Map
}

// newFrame returns a frame at the start of a region.
func (x *Execution) newFrame(r *region, owner *frame, index int, input value.Value) *frame {
	f := x.sim.frames.get()
	f.x, f.owner, f.index = x, owner, index
	f.state, f.input = r.start, input
	f.scope = &f.own
	if owner != nil {
		f.scope.outer = owner.scope
		owner.adopt(f)
	}
	return f
}

// adopt puts a frame at the end of the list of the owner's running frames.
func (f *frame) adopt(kid *frame) {
	kid.precedingKin = f.lastKid
	if f.lastKid == nil {
		f.firstKid = kid
	} else {
		f.lastKid.sibling = kid
	}
	f.lastKid = kid
}

// release takes a frame out of its owner's list and makes it available again.
// Turns it still has are void.
func (x *Execution) release(f *frame) {
	if owner := f.owner; owner != nil {
		if f.precedingKin == nil {
			owner.firstKid = f.sibling
		} else {
			f.precedingKin.sibling = f.sibling
		}
		if f.sibling == nil {
			owner.lastKid = f.precedingKin
		} else {
			f.sibling.precedingKin = f.precedingKin
		}
	}
	x.sim.frames.put(f)
}

// framePool keeps frames for reuse: a Map of a million items needs few.
type framePool struct{ free []*frame }

func (p *framePool) get() *frame {
	if last := len(p.free) - 1; last >= 0 {
		f := p.free[last]
		p.free = p.free[:last]
		return f
	}
	return &frame{}
}

// put makes f available; its generation lives on, which voids old turns.
func (p *framePool) put(f *frame) {
	*f = frame{generation: f.generation + 1, used: f.used[:0]}
	p.free = append(p.free, f)
}

// mapItem returns Map.Item of the context object: that of the innermost Map
// iteration the frame is in.
func (f *frame) mapItem() value.Value {
	for ; f != nil; f = f.owner {
		if !f.item.IsAbsent() {
			return f.item
		}
	}
	return value.Value{}
}

// enter makes the frame enter the state it points at.
func (x *Execution) enter(f *frame) {
	if f.state == nil {
		x.fail(f, failed(spec.ErrorRuntime, "The state machine has no state to start at."))
		return
	}
	f.enteredPrevious, f.enteredAt, f.retries, f.open = f.previous, x.sim.clock, 0, true
	f.used = f.used[:0]
	f.enteredID = x.emit(f, history.Event{Type: f.state.entered, Name: f.state.name, Payload: f.input})
	x.entered++
	x.trace(f, "input", f.input)
	switch f.state.kind {
	case asl.Pass:
		x.pass(f)
	case asl.Choice:
		x.choice(f)
	case asl.Wait:
		x.wait(f)
	case asl.Succeed:
		x.succeed(f)
	case asl.Fail:
		x.failState(f)
	default:
		x.attempt(f)
	}
}

// attempt starts a Task, Parallel or Map, for the first time or again.
func (x *Execution) attempt(f *frame) {
	switch f.state.kind {
	case asl.Task:
		x.task(f)
	case asl.Parallel, asl.Map:
		x.control.group(x, f)
	}
}

// leave takes the frame out of its state, unless what that assigns is too large.
func (x *Execution) leave(f *frame, output value.Value, assigned []history.Variable, to route) {
	if err := x.checkVariables(f, assigned); err != nil {
		x.raise(f, err)
		return
	}
	x.control.leave(x, f, output, assigned, to)
}

// frameSucceeded ends a frame whose last state has been left.
func (x *Execution) frameSucceeded(f *frame, output value.Value) {
	if f.owner == nil {
		x.succeeded(f, output)
		return
	}
	x.groupMemberSucceeded(f.owner, f, output)
}
