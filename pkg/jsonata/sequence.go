package jsonata

import "github.com/sfnctl/sfnctl/pkg/value"

// The marks that an evaluation puts on values; see [value.Value.WithTag]. They
// are taken off the result.
const (
	// tagSequence marks an array as the result of a query: with no items it
	// counts as undefined, with one as that item.
	tagSequence uint8 = 1 << iota
	// tagKeep marks a sequence that stays an array when it has one item.
	tagKeep
	// tagConstructed marks an array written at an end of a path: it stays one
	// item of the path's result.
	tagConstructed
	// tagOuter marks the sequence of one item that an input array is wrapped in.
	tagOuter
	// tagTuples marks an extension that holds the tuples of a path.
	tagTuples
	// tagUnbound marks the slot of a variable that nothing was bound to yet.
	tagUnbound
	// tagTail stands for the result of a call in tail position, which the
	// machine holds and the function call underneath carries out.
	tagTail
)

func isSequence(v value.Value) bool { return v.Tag()&tagSequence != 0 }

// newSequence makes a sequence of items as it is, without collapsing it.
func newSequence(items []value.Value) value.Value {
	return value.Array(items...).WithTag(tagSequence)
}

// collapse turns a sequence without items into undefined and one of a single
// item into the item.
func collapse(v value.Value) value.Value {
	if v.Tag()&(tagSequence|tagTuples) != tagSequence {
		return v
	}
	switch items := v.Items(); {
	case len(items) == 0:
		return value.Value{}
	case len(items) == 1 && v.Tag()&tagKeep == 0:
		return items[0]
	}
	return v
}

// collapsed makes the value that a query with these items results in.
func collapsed(items []value.Value) value.Value {
	switch len(items) {
	case 0:
		return value.Value{}
	case 1:
		return items[0]
	}
	return newSequence(items)
}

// itemsOf returns the items of an array, and any other value as the only item.
func itemsOf(v value.Value) []value.Value {
	if v.Kind() == value.KindArray {
		return v.Items()
	}
	return []value.Value{v}
}

// appendValues joins two values into one array, as $append does: undefined
// joined with a value is the value.
func (m *machine) appendValues(a, b value.Value) (value.Value, error) {
	switch {
	case a.IsAbsent():
		return b, nil
	case b.IsAbsent():
		return a, nil
	}
	left, right := itemsOf(a), itemsOf(b)
	if err := m.allocateItems(len(left) + len(right)); err != nil {
		return value.Value{}, err
	}
	items := make([]value.Value, 0, len(left)+len(right))
	items = append(append(items, left...), right...)
	return value.Array(items...), m.spend(len(items)/8 + 1)
}
