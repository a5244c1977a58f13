package value

import (
	"sync/atomic"
	"unsafe"
)

// indexedFrom is the number of members from which an object gets a hash index:
// below it a scan over the keys is faster than building and asking a map.
const indexedFrom = 32

// Member is one member of an object.
type Member struct {
	Key   string
	Value Value
}

type objectNode struct {
	members []Member
	index   atomic.Pointer[map[string]int] // built on the first look-up in a large object
	raw     string
}

// Object is a JSON object with the members in this order. It takes over
// members, which must not change afterwards. Of two members with the same key
// the last one counts, in the place of the first.
func Object(members ...Member) Value {
	node := new(objectNode)
	node.init(members)
	return Value{kind: KindObject, ref: unsafe.Pointer(node)}
}

// objectOfUnique is [Object] for members whose keys are known to differ.
func objectOfUnique(members []Member) Value {
	return Value{kind: KindObject, ref: unsafe.Pointer(&objectNode{members: members})}
}

func (n *objectNode) init(members []Member) {
	if len(members) < indexedFrom {
		n.members = dedupe(members)
		return
	}
	index := make(map[string]int, len(members))
	n.members = dedupeInto(index, members)
	n.index.Store(&index)
}

func dedupe(members []Member) []Member {
	for i := 1; i < len(members); i++ {
		if at := scan(members[:i], members[i].Key); at >= 0 {
			return dedupeInto(make(map[string]int, len(members)), members)
		}
	}
	return members
}

// dedupeInto moves the members that count to the front and enters their places
// into index.
func dedupeInto(index map[string]int, members []Member) []Member {
	kept := members[:0]
	for _, member := range members {
		if at, seen := index[member.Key]; seen {
			kept[at].Value = member.Value
			continue
		}
		index[member.Key] = len(kept)
		kept = append(kept, member)
	}
	return kept
}

func scan(members []Member, key string) int {
	for i := range members {
		if members[i].Key == key {
			return i
		}
	}
	return -1
}

func (n *objectNode) find(key string) int {
	if len(n.members) < indexedFrom {
		return scan(n.members, key)
	}
	index := n.index.Load()
	if index == nil {
		index = n.buildIndex()
	}
	if at, ok := (*index)[key]; ok {
		return at
	}
	return -1
}

func (n *objectNode) buildIndex() *map[string]int {
	index := make(map[string]int, len(n.members))
	for i := range n.members {
		index[n.members[i].Key] = i
	}
	n.index.Store(&index)
	return &index
}

// Members returns the members of an object in their order, nil for any other
// kind. The slice is shared and must not be changed.
func (v Value) Members() []Member {
	if v.kind != KindObject {
		return nil
	}
	return v.object().members
}

// Get returns the member of an object named key; absent when there is none.
func (v Value) Get(key string) Value {
	if v.kind != KindObject {
		return Value{}
	}
	node := v.object()
	if at := node.find(key); at >= 0 {
		return node.members[at].Value
	}
	return Value{}
}

// Has reports whether v is an object with a member named key.
func (v Value) Has(key string) bool {
	return v.kind == KindObject && v.object().find(key) >= 0
}

// With returns a copy of the object v in which key has the value member: in
// its old place when it was there, else at the end. A v that is not an object
// counts as an empty one.
func (v Value) With(key string, member Value) Value {
	if v.kind != KindObject {
		return objectOfUnique([]Member{{key, member}})
	}
	old := v.object()
	at := scan(old.members, key)
	if at < 0 {
		members := make([]Member, len(old.members)+1)
		copy(members, old.members)
		members[len(old.members)] = Member{key, member}
		return objectOfUnique(members)
	}
	members := make([]Member, len(old.members))
	copy(members, old.members)
	members[at].Value = member
	fresh := &objectNode{members: members}
	fresh.index.Store(old.index.Load()) // the places are the same
	return Value{kind: KindObject, ref: unsafe.Pointer(fresh)}
}

// Without returns a copy of the object v that lacks key.
func (v Value) Without(key string) Value {
	if !v.Has(key) {
		return v
	}
	members := make([]Member, 0, v.Len()-1)
	for _, member := range v.Members() {
		if member.Key != key {
			members = append(members, member)
		}
	}
	return objectOfUnique(members)
}
