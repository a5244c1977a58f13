package jsonata

import (
	"github.com/sfnctl/sfnctl/pkg/value"
)

// nameNode is a field name, looked up in the context.
type nameNode struct{ name string }

func (n *nameNode) eval(m *machine, _ *frame, in value.Value) (value.Value, error) {
	return m.field(in, n.name)
}

// field looks a name up in an object, or in the objects of an array, however
// deep arrays nest.
func (m *machine) field(in value.Value, name string) (value.Value, error) {
	switch in.Kind() {
	case value.KindObject:
		return in.Get(name), nil
	case value.KindArray:
		items, err := m.fieldOfItems(nil, in.Items(), name, 0)
		return collapsed(items), err
	}
	return value.Value{}, nil
}

func (m *machine) fieldOfItems(found, items []value.Value, name string, depth int) ([]value.Value, error) {
	if err := m.descend(len(items), depth); err != nil {
		return nil, err
	}
	var err error
	for i := range items {
		switch items[i].Kind() {
		case value.KindObject:
			switch v := items[i].Get(name); v.Kind() {
			case value.KindAbsent:
			case value.KindArray:
				found, err = m.extend(found, v.Items())
			default:
				if found == nil {
					found = make([]value.Value, 0, len(items)-i)
				}
				found, err = m.add(found, v)
			}
		case value.KindArray:
			found, err = m.fieldOfItems(found, items[i].Items(), name, depth+1)
		}
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// fieldsNode is a path of names, after a variable or from the context. As long
// as the values are objects it is a walk down.
type fieldsNode struct {
	start node // nil: the context
	names []string
}

func (n *fieldsNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	v := in
	if n.start != nil {
		var err error
		if v, err = n.start.eval(m, f, in); err != nil {
			return value.Value{}, err
		}
	}
	for i, name := range n.names {
		switch v.Kind() {
		case value.KindObject:
			v = v.Get(name)
		case value.KindArray:
			return m.fieldsOfItems(v.Items(), n.names[i:])
		default:
			return value.Value{}, nil
		}
	}
	if isSequence(v) && v.Kind() == value.KindArray && len(n.names) > 0 {
		// a stored sequence is spread into a new one
		return collapsed(v.Items()), nil
	}
	return v, nil
}

// fieldsOfItems walks on from the items of an array.
func (m *machine) fieldsOfItems(items []value.Value, names []string) (value.Value, error) {
	for i, name := range names {
		found, whole, err := m.fieldStep(items, name)
		if err != nil {
			return value.Value{}, err
		}
		if whole.Kind() == value.KindArray && i == len(names)-1 && !isSequence(whole) {
			return whole, nil
		}
		if items = found; len(items) == 0 {
			return value.Value{}, nil
		}
	}
	return collapsed(items), nil
}

// fieldStep looks a name up in each item. When only one item has it, whole is
// what that one holds.
func (m *machine) fieldStep(items []value.Value, name string) (found []value.Value, whole value.Value, err error) {
	if err := m.spend(len(items)/4 + 1); err != nil {
		return nil, whole, err
	}
	hits := 0
	for i := range items {
		v := items[i]
		if v.Kind() == value.KindObject {
			v = v.Get(name)
		} else if v, err = m.field(v, name); err != nil {
			return nil, whole, err
		}
		if v.IsAbsent() {
			continue
		}
		hits++
		whole = v
		if v.Kind() == value.KindArray && v.Tag()&tagConstructed == 0 {
			found, err = m.extend(found, v.Items())
		} else {
			if found == nil {
				found = make([]value.Value, 0, len(items)-i)
			}
			found, err = m.add(found, v)
		}
		if err != nil {
			return nil, whole, err
		}
	}
	if hits != 1 {
		whole = value.Value{}
	}
	return found, whole, nil
}

// pathNode is a location path without tuples.
type pathNode struct {
	steps    []*stepNode
	absolute bool // begins with a variable: does not map over the context
	// partial says that tuple steps follow: no step here is the last one
	partial                  bool
	keepSingleton, keepArray bool
	group                    *objectNode
}

// stepNode is one step of a path: an expression or a sorting.
type stepNode struct {
	node   node
	sort   *sortNode
	stages []stage
	whole  bool // an array constructor in front: evaluated once for all items
}

// stage is a predicate after a step, or the numbering of what is left.
type stage struct {
	predicate
	slot      int
	numbering bool
}

// stream is what a step yields: items that the next step maps over, or a plain
// array that is the result as it stands.
type stream struct {
	items []value.Value
	one   value.Value // the only item, when items is nil
	whole bool        // one is a plain array: the result itself
}

func (s *stream) isEmpty() bool {
	return s.items != nil && len(s.items) == 0 || s.whole && s.one.Len() == 0
}

// list returns the items.
func (s *stream) list() []value.Value {
	switch {
	case s.whole:
		return s.one.Items()
	case s.items == nil:
		return []value.Value{s.one}
	}
	return s.items
}

var noItems = []value.Value{}

func (n *pathNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	s, err := n.run(m, f, in)
	if err != nil {
		return value.Value{}, err
	}
	if n.group != nil {
		return n.group.group(m, f, n.grouped(s))
	}
	return n.result(s), nil
}

// result turns the items of the last step into the value of the path.
func (n *pathNode) result(s stream) value.Value {
	kept := n.keepSingleton || n.keepArray
	switch {
	case s.whole:
		if n.keepSingleton && s.one.Tag()&tagConstructed != 0 {
			return value.Array(s.one).WithTag(tagSequence | tagKeep)
		}
		return s.one
	case s.items == nil && !kept:
		return s.one
	case !kept:
		return collapsed(s.items)
	case s.isEmpty():
		return value.Value{}
	}
	return value.Array(s.list()...).WithTag(tagSequence | tagKeep)
}

// grouped returns the items that a grouping at the end of the path sees.
func (n *pathNode) grouped(s stream) []value.Value {
	if s.whole && n.keepSingleton && s.one.Tag()&tagConstructed != 0 {
		return []value.Value{s.one}
	}
	return s.list()
}

// run evaluates the steps one after another.
func (n *pathNode) run(m *machine, f *frame, in value.Value) (stream, error) {
	s := stream{one: in}
	if in.Kind() == value.KindArray && !n.absolute {
		s = stream{items: in.Items()}
		if s.items == nil {
			s.items = noItems
		}
	}
	for i, step := range n.steps {
		last := i == len(n.steps)-1 && !n.partial
		var err error
		if i == 0 && step.whole {
			s, err = step.once(m, f, in)
		} else {
			s, err = step.each(m, f, s, last)
		}
		if err != nil || s.isEmpty() {
			return s, err
		}
	}
	return s, nil
}

// once evaluates an array constructor that begins a path, with all items as the
// context. When a predicate left something else than an array, the path goes on
// with the characters of a string and stops at any other value, as the
// reference does.
func (s *stepNode) once(m *machine, f *frame, in value.Value) (stream, error) {
	if in.Kind() != value.KindArray {
		in = newSequence([]value.Value{in})
	}
	v, err := s.node.eval(m, f, in)
	if err != nil {
		return stream{}, err
	}
	switch v.Kind() {
	case value.KindArray:
		return stream{one: v, whole: true}, nil
	case value.KindString:
		return stream{items: characters(v.Str()), one: v}, nil
	}
	return stream{items: noItems}, nil
}

// each evaluates the step for every item.
func (s *stepNode) each(m *machine, f *frame, in stream, last bool) (stream, error) {
	if s.sort != nil {
		return s.sorted(m, f, in)
	}
	if in.items == nil && !in.whole {
		return s.single(m, f, in.one, last)
	}
	var found []value.Value
	var only value.Value
	hits := 0
	for _, item := range in.list() {
		v, err := s.item(m, f, item)
		if err != nil {
			return stream{}, err
		}
		if v.IsAbsent() {
			continue
		}
		hits++
		only = v
		if v.Kind() == value.KindArray && v.Tag()&tagConstructed == 0 {
			found, err = m.extend(found, v.Items())
		} else {
			found, err = m.add(found, v)
		}
		if err != nil {
			return stream{}, err
		}
	}
	if last && hits == 1 && only.Kind() == value.KindArray && !isSequence(only) {
		return stream{one: only, whole: true}, nil
	}
	if found == nil {
		found = noItems
	}
	return stream{items: found}, nil
}

// single evaluates the step for the only item there is.
func (s *stepNode) single(m *machine, f *frame, item value.Value, last bool) (stream, error) {
	v, err := s.item(m, f, item)
	switch {
	case err != nil:
		return stream{}, err
	case v.IsAbsent():
		return stream{items: noItems}, nil
	case v.Kind() != value.KindArray:
		return stream{one: v}, nil
	case last && !isSequence(v):
		return stream{one: v, whole: true}, nil
	case v.Tag()&tagConstructed != 0:
		return stream{items: []value.Value{v}}, nil
	case v.Len() == 0:
		return stream{items: noItems}, nil
	}
	return stream{items: v.Items()}, nil
}

// item evaluates the step and its predicates for one item. An array that is the
// result of a predicate is a sequence as it is.
func (s *stepNode) item(m *machine, f *frame, item value.Value) (value.Value, error) {
	if err := m.spend(1); err != nil {
		return value.Value{}, err
	}
	v, err := s.node.eval(m, f, item)
	if err != nil || len(s.stages) == 0 {
		return v, err
	}
	for i := range s.stages {
		var none bool
		if v, none, err = s.stages[i].filter(m, f, v); none || err != nil {
			return value.Value{}, err
		}
	}
	return v, nil
}

// sorted sorts the items. The result is a plain array when there is something
// to sort.
func (s *stepNode) sorted(m *machine, f *frame, in stream) (stream, error) {
	items, err := s.sort.sort(m, f, in.list())
	if err != nil {
		return stream{}, err
	}
	out := stream{items: items}
	if len(items) > 1 || in.whole {
		out = stream{one: value.Array(items...), whole: true}
	}
	if len(s.stages) == 0 {
		return out, nil
	}
	v := value.Array(out.list()...)
	for i := range s.stages {
		var none bool
		if v, none, err = s.stages[i].filter(m, f, v); err != nil {
			return stream{}, err
		}
		if none {
			return stream{items: noItems}, nil
		}
	}
	if v.Kind() == value.KindArray {
		if isSequence(v) {
			return stream{items: v.Items()}, nil
		}
		return stream{one: v, whole: true}, nil
	}
	return stream{items: []value.Value{v}}, nil
}
