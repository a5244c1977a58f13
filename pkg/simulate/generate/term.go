package generate

import "github.com/sfnctl/sfnctl/pkg/value"

// term is what the walk knows of a piece of data: a constant, an unknown, or an
// object or array that holds other terms. The zero term is a constant that is
// absent.
type term struct {
	constant value.Value
	unknown  *unknown
	items    []term // of an array; not nil
	object   *object
}

// object is members on top of what was there before, as ResultPath lays them.
type object struct {
	members []member
	below   term
	lazy    *lazy // takes the place of below
}

type member struct {
	name string
	term term
}

// lazy is a member that need not be there: ResultPath creates the objects on
// its way.
type lazy struct {
	of   term
	name string
}

func constant(v value.Value) term { return term{constant: v} }

func text(s string) term { return constant(value.String(s)) }

func array(items ...term) term {
	if items == nil {
		items = []term{}
	}
	return term{items: items}
}

func objectOf(members ...member) term {
	return term{object: &object{members: members, below: constant(value.Object())}}
}

// value chooses the values of all unknowns in a term.
func (t term) value() value.Value {
	switch {
	case t.unknown != nil:
		return t.unknown.value()
	case t.items != nil:
		items := make([]value.Value, len(t.items))
		for i, item := range t.items {
			items[i] = item.value()
		}
		return value.Array(items...)
	case t.object != nil:
		return t.object.value()
	}
	return t.constant
}

func (o *object) value() value.Value {
	v := o.below.value()
	if o.lazy != nil {
		v = o.lazy.of.value().Get(o.lazy.name)
	}
	if v.Kind() != value.KindObject {
		v = value.Object()
	}
	for _, member := range o.members {
		v = v.With(member.name, member.term.value())
	}
	return v
}

// isConstant reports whether there is nothing to choose in a term.
func (t term) isConstant() bool { return t.unknown == nil && t.items == nil && t.object == nil }

// get reads a member; false when the data cannot have it.
func (s *solver) get(t term, name string) (term, bool) {
	switch {
	case t.unknown != nil:
		u, ok := s.member(t.unknown, name)
		return term{unknown: u}, ok
	case t.object != nil:
		for _, member := range t.object.members {
			if member.name == name {
				return member.term, true
			}
		}
		if t.object.lazy == nil {
			return s.get(t.object.below, name)
		}
		below, ok := s.get(t.object.lazy.of, t.object.lazy.name)
		if !ok {
			return term{}, false
		}
		return s.get(below, name)
	case t.items != nil:
		return term{}, false
	}
	v := t.constant.Get(name)
	return constant(v), !v.IsAbsent()
}

// without requires that the data has no member of that name.
func (s *solver) without(t term, name string) bool {
	switch {
	case t.unknown != nil:
		return s.withoutMember(t.unknown, name)
	case t.object != nil:
		for _, member := range t.object.members {
			if member.name == name {
				return false
			}
		}
		if t.object.lazy == nil {
			return s.without(t.object.below, name)
		}
		return !t.object.value().Has(name)
	}
	return !t.constant.Has(name)
}

// index reads an element.
func (s *solver) index(t term, i int) (term, bool) {
	switch {
	case t.unknown != nil && i >= 0:
		u, ok := s.elementOf(t.unknown, i+1)
		return term{unknown: u}, ok
	case t.unknown != nil:
		u, ok := s.elementOf(t.unknown, -i)
		return term{unknown: u}, ok
	case t.items != nil:
		if i < 0 {
			i += len(t.items)
		}
		if i < 0 || i >= len(t.items) {
			return term{}, false
		}
		return t.items[i], true
	}
	v := t.value()
	if i < 0 {
		i += v.Len()
	}
	v = v.Index(i)
	return constant(v), !v.IsAbsent()
}

// elements returns the elements of an array; an unknown one has one element
// that stands for all.
func (s *solver) elements(t term) ([]term, bool) {
	switch {
	case t.unknown != nil:
		u, ok := s.elementOf(t.unknown, 1)
		return []term{{unknown: u}}, ok
	case t.items != nil:
		return t.items, true
	}
	v := t.value()
	if v.Kind() != value.KindArray {
		return nil, false
	}
	items := make([]term, v.Len())
	for i, item := range v.Items() {
		items[i] = constant(item)
	}
	return items, true
}

// set returns the data with a term at a place; the objects on the way are
// created.
func (s *solver) set(data term, path []string, what term) (term, bool) {
	if len(path) == 0 {
		return what, true
	}
	if !s.kind(data, value.KindObject) {
		return term{}, false
	}
	inner := what
	if len(path) > 1 {
		below := term{object: &object{lazy: &lazy{data, path[0]}}}
		if data.object != nil {
			for _, member := range data.object.members {
				if member.name == path[0] {
					below = member.term
				}
			}
		}
		if below.isConstant() && below.constant.Kind() != value.KindObject {
			below = constant(value.Object())
		}
		var ok bool
		if inner, ok = s.set(below, path[1:], what); !ok {
			return term{}, false
		}
	}
	return with(data, path[0], inner), true
}

func with(data term, name string, inner term) term {
	if data.object == nil {
		return term{object: &object{members: []member{{name, inner}}, below: data}}
	}
	copied := &object{below: data.object.below, lazy: data.object.lazy}
	replaced := false
	for _, m := range data.object.members {
		if m.name == name {
			m.term, replaced = inner, true
		}
		copied.members = append(copied.members, m)
	}
	if !replaced {
		copied.members = append(copied.members, member{name, inner})
	}
	return term{object: copied}
}

// kind requires that the data is of a kind.
func (s *solver) kind(t term, kind value.Kind) bool {
	switch {
	case t.unknown != nil:
		return s.ofKind(t.unknown, kind)
	case t.items != nil:
		return kind == value.KindArray
	case t.object != nil:
		return kind == value.KindObject
	}
	return t.constant.Kind() == kind
}

// meet requires that the data meets a test.
func (s *solver) meet(t term, wanted test) bool {
	if t.unknown != nil {
		return s.require(t.unknown, wanted)
	}
	return wanted.holds(t.value())
}
