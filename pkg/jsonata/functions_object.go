package jsonata

import (
	"github.com/sfnctl/sfnctl/pkg/value"
)

func objectFunctions() []Function {
	return []Function{
		{"keys", "<x-:a<s>>", keys},
		{"lookup", "<x-s:x>", lookup},
		{"spread", "<x-:a<o>>", spread},
		{"merge", "<a<o>:o>", mergeFunction},
		{"each", "<o-f:a>", each},
		{"sift", "<o-f?:o>", sift},
		{"clone", "<(oa)-:o>", clone},
	}
}

func keys(c Call) (value.Value, error) {
	seen := map[string]bool{}
	names, err := c.collectKeys(nil, c.Arg(0), seen, 0)
	return newSequence(names), err
}

// collectKeys appends the names of the fields of an object, or of the objects
// of an array, each once.
func (c Call) collectKeys(names []value.Value, v value.Value, seen map[string]bool, depth int) ([]value.Value, error) {
	if err := c.machine.descend(v.Len(), depth); err != nil {
		return nil, err
	}
	var err error
	for _, item := range v.Items() {
		if names, err = c.collectKeys(names, item, seen, depth+1); err != nil {
			return nil, err
		}
	}
	for _, member := range v.Members() {
		if seen[member.Key] {
			continue
		}
		seen[member.Key] = true
		if names, err = c.machine.add(names, value.String(member.Key)); err != nil {
			return nil, err
		}
	}
	return names, nil
}

func lookup(c Call) (value.Value, error) {
	v, name := c.Arg(0), searched(c.Arg(1))
	if v.Kind() == value.KindArray {
		items, err := c.machine.fieldOfItems(nil, v.Items(), name, 0)
		return newSequence(items), err
	}
	return c.machine.field(v, name)
}

func spread(c Call) (value.Value, error) { return c.spreadValue(c.Arg(0), 0) }

// spreadValue makes an object of each field of an object, and joins those of
// the items of an array. Anything else is left as it is.
func (c Call) spreadValue(v value.Value, depth int) (value.Value, error) {
	if err := c.machine.descend(v.Len(), depth); err != nil {
		return value.Value{}, err
	}
	var parts []value.Value
	var err error
	switch v.Kind() {
	case value.KindObject:
		for _, member := range v.Members() {
			if parts, err = c.machine.add(parts, value.Object(member)); err != nil {
				return value.Value{}, err
			}
		}
		return newSequence(parts), nil
	case value.KindArray:
		return c.spreadItems(v, depth)
	}
	return v, nil
}

// spreadItems joins what the items of an array spread into: a plain array, as
// joining makes it, unless there was nothing to join.
func (c Call) spreadItems(array value.Value, depth int) (value.Value, error) {
	var parts []value.Value
	joined := false
	for _, item := range array.Items() {
		v, err := c.spreadValue(item, depth+1)
		if err != nil {
			return value.Value{}, err
		}
		if v.IsAbsent() {
			continue
		}
		joined = true
		if parts, err = c.machine.extend(parts, itemsOf(v)); err != nil {
			return value.Value{}, err
		}
	}
	if !joined {
		return newSequence(nil), nil
	}
	return value.Array(parts...), nil
}

func mergeFunction(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	size := 0
	for _, object := range c.Arg(0).Items() {
		size += object.Len()
	}
	if size > c.machine.limits.Sequence {
		return value.Value{}, errMemory()
	}
	if err := c.Allocate(size * memberSize); err != nil {
		return value.Value{}, err
	}
	members := make([]value.Member, 0, size)
	for _, object := range c.Arg(0).Items() {
		members = append(members, object.Members()...)
	}
	return value.Object(members...), c.Spend(size)
}

func each(c Call) (value.Value, error) {
	object, function := c.Arg(0), c.Arg(1)
	var results []value.Value
	for _, member := range object.Members() {
		v, err := c.call3(function, member.Value, value.String(member.Key), object)
		if err != nil {
			return value.Value{}, err
		}
		if v.IsAbsent() {
			continue
		}
		if results, err = c.machine.add(results, v); err != nil {
			return value.Value{}, err
		}
	}
	return newSequence(results), nil
}

func sift(c Call) (value.Value, error) {
	object, function := c.Arg(0), c.Arg(1)
	var kept []value.Member
	for _, member := range object.Members() {
		v, err := c.call3(function, member.Value, value.String(member.Key), object)
		if err != nil {
			return value.Value{}, err
		}
		ok, err := truthy(v)
		if err != nil {
			return value.Value{}, err
		}
		if !ok {
			continue
		}
		if kept, err = c.machine.addMember(kept, member.Key, member.Value); err != nil {
			return value.Value{}, err
		}
	}
	if len(kept) == 0 {
		return value.Value{}, nil
	}
	return value.Object(kept...), nil
}

// clone copies through the JSON text in effect: numbers are rounded to 15
// digits and functions become empty strings.
func clone(c Call) (value.Value, error) {
	v := c.Arg(0)
	if v.IsAbsent() {
		return v, nil
	}
	if v.Tag()&tagOuter != 0 {
		v = v.Index(0)
	}
	return c.machine.copyValue(v, 0)
}

func (m *machine) copyValue(v value.Value, depth int) (value.Value, error) {
	switch v.Kind() {
	case value.KindAbsent:
		return value.Null(), nil
	case value.KindExtension:
		return value.String(""), nil
	case value.KindNumber:
		return m.copyNumber(v)
	case value.KindArray:
		return m.copyArray(v, depth)
	case value.KindObject:
		return m.copyObject(v, depth)
	}
	return v, nil
}

func (m *machine) copyNumber(v value.Value) (value.Value, error) {
	if ok, err := isNumeric(v); err != nil || !ok {
		return value.Null(), err
	}
	if rounded := round15(v.Float()); !isInteger(v) && rounded != v.Float() {
		return value.Float(rounded), nil
	}
	return v, nil
}

func (m *machine) copyArray(v value.Value, depth int) (value.Value, error) {
	if err := m.descend(v.Len(), depth); err != nil {
		return v, err
	}
	if err := m.allocateItems(v.Len()); err != nil {
		return v, err
	}
	items := make([]value.Value, v.Len())
	for i, item := range v.Items() {
		var err error
		if items[i], err = m.copyValue(item, depth+1); err != nil {
			return v, err
		}
	}
	return value.Array(items...), nil
}

func (m *machine) copyObject(v value.Value, depth int) (value.Value, error) {
	if err := m.descend(v.Len(), depth); err != nil {
		return v, err
	}
	if err := m.allocate(v.Len() * memberSize); err != nil {
		return v, err
	}
	members := make([]value.Member, v.Len())
	for i, member := range v.Members() {
		copied, err := m.copyValue(member.Value, depth+1)
		if err != nil {
			return v, err
		}
		members[i] = value.Member{Key: member.Key, Value: copied}
	}
	return value.Object(members...), nil
}
