package simulate

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
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

// parallel is an attempt of a Parallel: every branch gets a frame of its own
// and the same input.
func (x *Execution) parallel(f *frame) {
	input, err := x.effectiveInput(f, x.on(f, f.input))
	if err != nil {
		x.raise(f, err)
		return
	}
	if tooLarge(input, spec.MaxPayloadBytes) {
		x.fail(f, dataLimit(f.state.name))
		return
	}
	started := x.emit(f, history.Event{Type: history.ParallelStateStarted})
	f.group = &groupVisit{results: make([]value.Value, len(f.state.branches))}
	for i, branch := range f.state.branches {
		member := x.newFrame(branch, f, i, input)
		member.previous = started
		x.sim.later(member, 0, stepEnter)
	}
	if len(f.state.branches) == 0 {
		x.parallelEnd(f, started)
	}
}

// parallelEnd leaves a Parallel when its last branch has ended. Its exit points
// at the last event of that branch, not at ParallelStateSucceeded.
func (x *Execution) parallelEnd(f *frame, previous int) {
	results := f.group.results
	f.group = nil
	f.previous = previous
	x.aside(previous, history.Event{Type: history.ParallelStateSucceeded})
	x.finishWork(f, value.Array(results...))
}

// mapping is an attempt of a Map: an iteration, or in distributed mode a child
// execution, for every item.
func (x *Execution) mapping(f *frame) {
	s, d := f.state, x.on(f, f.input)
	input, err := x.effectiveInput(f, d)
	if err != nil {
		x.raise(f, err)
		return
	}
	wanted, limit, err := x.concurrency(d, s.mapping)
	if err != nil {
		x.raise(f, err)
		return
	}
	group := &groupVisit{input: input, limit: limit, wanted: wanted}
	if s.mapping.distributed {
		x.distribute(f, d, group)
		return
	}
	items, err := x.mapItems(f, d, input)
	if err != nil {
		x.raise(f, err)
		return
	}
	started := x.emit(f, history.Event{Type: history.MapStateStarted, Index: items.Len()})
	group.last = started
	group.items = &valueItems{items: items}
	group.results = make([]value.Value, items.Len())
	f.group = group
	x.startIterations(f, started)
}

// concurrency evaluates MaxConcurrency: 0 and everything above the ceiling of
// the mode stand for the ceiling.
func (x *Execution) concurrency(d *data, m *mapState) (wanted, limit int, err *evalError) {
	ceiling := spec.MaxInlineConcurrency
	if m.distributed {
		ceiling = spec.MaxChildExecutions
	}
	wanted, err = d.count(m.maxConcurrency, 0)
	switch {
	case err != nil:
		return 0, 0, err
	case wanted < 0:
		return 0, 0, runtimeError("MaxConcurrency cannot be negative.")
	case wanted == 0 || wanted > ceiling:
		return wanted, ceiling, nil
	}
	return wanted, wanted, nil
}

// mapItems evaluates ItemsPath or Items: an array or, in distributed mode, an
// object whose members are the items.
func (x *Execution) mapItems(f *frame, d *data, input value.Value) (value.Value, *evalError) {
	m := f.state.mapping
	if !f.state.jsonata {
		items, err := d.field(m.itemsPath)
		if err == nil && !m.takes(items) {
			path := "$"
			if m.itemsPath != nil {
				path = strings.TrimPrefix(m.itemsPath.text, "$")
				if !strings.HasPrefix(path, "$") {
					path = "$" + path
				}
			}
			err = runtimeError("Reference path \"" + path + "\" must point to array.")
		}
		if err == nil && m.itemsPath != nil {
			x.trace(f, "afterItemsPath", items)
		}
		return items, err
	}
	if m.items == nil {
		if !m.takes(input) {
			return input, &evalError{name: spec.ErrorQueryEvaluation, cause: "Map state input must be an array but was: " + input.Compact()}
		}
		return input, nil
	}
	items, err := m.items.eval(d)
	if err == nil && !m.takes(items) {
		err = m.items.typeError("array", items)
	}
	return items, err
}

// takes reports whether the Map can take its items from v.
func (m *mapState) takes(v value.Value) bool {
	return v.Kind() == value.KindArray || m.distributed && v.Kind() == value.KindObject
}

// valueItems are items that are at hand as a value.
type valueItems struct {
	items value.Value
	next  int
}

func (s *valueItems) item() (value.Value, string, bool, *evalError) {
	i := s.next
	if i >= s.items.Len() {
		return value.Value{}, "", false, nil
	}
	s.next++
	if s.items.Kind() == value.KindObject {
		member := s.items.Members()[i]
		return member.Value, member.Key, true, nil
	}
	return s.items.Index(i), "", true, nil
}

// startIterations starts as many iterations as may run, or ends the Map when
// all have succeeded. The first ones hang on MapStateStarted, each later one on
// the last event of the iteration that made room for it.
func (x *Execution) startIterations(f *frame, previous int) {
	group := f.group
	for running := group.next - group.done; running < group.limit; running++ {
		item, key, any, err := group.items.item()
		if err != nil || !any {
			break
		}
		x.startIteration(f, item, key, previous)
		if x.ended || f.group != group {
			return
		}
	}
	if group.done == group.next {
		x.mapEnd(f)
	}
}

func (x *Execution) startIteration(f *frame, item value.Value, key string, previous int) {
	group := f.group
	member := x.newFrame(f.state.mapping.processor, f, group.next, item)
	group.next++
	member.item = x.sim.contextItem(member.index, item, key, "")
	member.previous = previous
	x.emit(member, history.Event{Type: history.MapIterationStarted, Name: f.state.name, Index: member.index})
	input, err := x.iterationInput(f, group.input, item, key, member.item)
	if err != nil {
		f.previous, f.group = member.previous, nil
		x.release(member)
		x.abortMembers(f, f.previous)
		x.raise(f, err)
		return
	}
	member.input = input
	x.sim.later(member, 0, stepEnter)
}

// contextItem is Map.Item of the context object. Values that are members of an
// object have a key.
func (sim *simulation) contextItem(index int, item value.Value, key, source string) value.Value {
	members := sim.arena.Members(4)[:0]
	members = append(members, value.Member{Key: "Index", Value: value.Int(int64(index))})
	if key != "" {
		members = append(members, value.Member{Key: "Key", Value: value.String(key)})
	}
	members = append(members, value.Member{Key: "Value", Value: item})
	if source != "" {
		members = append(members, value.Member{Key: "Source", Value: value.String(source)})
	}
	return sim.arena.Object(members)
}

// iterationInput applies ItemSelector to an item. Without one, an item of an
// object is the pair of its key and value.
func (x *Execution) iterationInput(f *frame, input, item value.Value, key string, contextItem value.Value) (value.Value, *evalError) {
	selector := f.state.mapping.itemSelector
	if selector == nil {
		if key != "" {
			return value.Object(value.Member{Key: "Key", Value: value.String(key)}, value.Member{Key: "Value", Value: item}), nil
		}
		return item, nil
	}
	d := x.on(f, input)
	if f.state.jsonata {
		d.input = f.input
	}
	d.item = contextItem
	return selector.eval(d)
}

// mapEnd leaves a Map all of whose iterations have succeeded. Both its last
// events hang on the last MapIterationSucceeded.
func (x *Execution) mapEnd(f *frame) {
	results, last := f.group.results, f.group.last
	f.group = nil
	f.previous = last
	x.aside(last, history.Event{Type: history.MapStateSucceeded})
	x.finishWork(f, value.Array(results...))
}
