package simulate

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// groupVisit is an attempt of a Parallel or Map: frames (or, in a distributed
// Map, child executions) that run on the state's behalf.
type groupVisit struct {
	results []value.Value
	size    int // bytes of the results so far
	done    int // members that succeeded
	last    int // id of the event that the exit of the state points at

	// Of a Map.
	items   itemSource
	next    int // index of the iteration to start next
	limit   int // how many may run at once
	wanted  int // MaxConcurrency as it was evaluated
	input   value.Value
	mapping *distributedVisit // nil for an inline Map
}

// itemSource yields the items of a Map one after the other.
type itemSource interface {
	// item returns the next item, its key when it is a member of an object, and
	// false at the end.
	item() (v value.Value, key string, any bool, err *evalError)
}

// groupMemberSucceeded takes the output of a branch or iteration.
func (x *Execution) groupMemberSucceeded(owner, member *frame, output value.Value) {
	group, index, previous := owner.group, member.index, member.previous
	x.release(member)
	group.results[index] = output
	group.done++
	if owner.state.kind == asl.Parallel {
		if group.done == len(group.results) {
			x.parallelEnd(owner, previous)
		}
		return
	}
	group.last = x.aside(previous, history.Event{Type: history.MapIterationSucceeded, Name: owner.state.name, Index: index})
	x.startIterations(owner, previous)
}

// groupMemberFailed fails the Parallel or Map because one member failed. The
// others are aborted, and everything points at what failed first.
func (x *Execution) groupMemberFailed(owner, member *frame, failure *Failure) {
	previous := member.previous
	if owner.state.kind == asl.Map {
		x.aside(previous, history.Event{Type: history.MapIterationFailed, Name: owner.state.name, Index: member.index})
	}
	if owner.state.kind == asl.Parallel || owner.group.limit != 1 {
		x.abortState(member, previous)
	}
	x.release(member)
	x.abortMembers(owner, previous)
	owner.group = nil
	owner.previous = previous
	x.fail(owner, failure)
}

// abortMembers ends all frames that run for the owner.
func (x *Execution) abortMembers(owner *frame, previous int) {
	for owner.firstKid != nil {
		member := owner.firstKid
		if owner.state.kind == asl.Map {
			x.aside(previous, history.Event{Type: history.MapIterationAborted, Name: owner.state.name, Index: member.index})
		}
		x.abortState(member, previous)
		x.release(member)
	}
}

// abortState writes that the state a frame is in was aborted. Only states that
// take time are ever found open.
func (x *Execution) abortState(f *frame, previous int) {
	if !f.open {
		return
	}
	x.abortChildren(f)
	event := history.None
	switch f.state.kind {
	case asl.Task:
		event = history.TaskStateAborted
	case asl.Wait:
		event = history.WaitStateAborted
	case asl.Parallel:
		if f.group != nil {
			x.abortMembers(f, previous)
			event = history.ParallelStateAborted
		}
	case asl.Map:
		if f.group != nil {
			x.abortMembers(f, previous)
			event = history.MapStateAborted
		}
	}
	if event != history.None {
		x.aside(previous, history.Event{Type: event})
	}
}
