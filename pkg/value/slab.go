package value

import "unsafe"

// slabs hands out the nodes and slices of one document from a few larger
// allocations. They live and die with the document's text, which its strings
// share anyway.
type slabs struct {
	values  []Value
	members []Member
	objects []objectNode
	arrays  []arrayNode
}

const (
	firstSlab = 4
	maxSlab   = 512
)

// room returns a slab with space for n more, and grows with the document.
func room[T any](slab []T, n int) []T {
	if cap(slab)-len(slab) >= n {
		return slab
	}
	return make([]T, 0, max(n, firstSlab, min(2*cap(slab), maxSlab)))
}

func (s *slabs) array(items []Value) Value {
	s.values = room(s.values, len(items))
	start := len(s.values)
	s.values = append(s.values, items...)
	end := len(s.values)
	s.arrays = append(room(s.arrays, 1), arrayNode{items: s.values[start:end:end]})
	return Value{kind: KindArray, ref: unsafe.Pointer(&s.arrays[len(s.arrays)-1])}
}

func (s *slabs) object(members []Member) Value {
	s.members = room(s.members, len(members))
	start := len(s.members)
	s.members = append(s.members, members...)
	end := len(s.members)
	s.objects = room(s.objects, 1)
	s.objects = s.objects[:len(s.objects)+1]
	node := &s.objects[len(s.objects)-1]
	node.init(s.members[start:end:end])
	return Value{kind: KindObject, ref: unsafe.Pointer(node)}
}
