package simulate

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

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
