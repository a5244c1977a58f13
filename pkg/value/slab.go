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

// Arena makes objects out of a few larger allocations: for values that are made
// together and forgotten together, such as those of one execution. The zero
// Arena is ready to use; it is not for several goroutines at once.
type Arena struct {
	slabs            slabs
	members, objects int // handed out so far
}

// Used returns how many members and objects were handed out.
func (a *Arena) Used() (members, objects int) { return a.members, a.objects }

// Reserve makes room for members and objects in one go, as far as that is
// sensible.
func (a *Arena) Reserve(members, objects int) {
	a.slabs.members = make([]Member, 0, min(members, maxSlab))
	a.slabs.objects = make([]objectNode, 0, min(objects, maxSlab))
}

// Members returns n members for the caller to fill in and hand to
// [Arena.Object]. They may instead be forgotten.
func (a *Arena) Members(n int) []Member {
	s := &a.slabs
	a.members += n
	s.members = room(s.members, n)
	start := len(s.members)
	s.members = s.members[:start+n]
	return s.members[start : start+n : start+n]
}

// Object is [Object] for members with different keys. It takes the members over.
func (a *Arena) Object(members []Member) Value {
	if len(members) >= indexedFrom {
		return Object(members...)
	}
	s := &a.slabs
	a.objects++
	s.objects = room(s.objects, 1)
	s.objects = s.objects[:len(s.objects)+1]
	node := &s.objects[len(s.objects)-1]
	node.members = members
	return Value{kind: KindObject, ref: unsafe.Pointer(node)}
}
