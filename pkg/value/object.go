package value

import "unsafe"

// indexedFrom is the number of members from which an object gets a hash index:
// below it a scan over the keys is faster.
const indexedFrom = 9

// Member is one member of an object.
type Member struct {
	Key   string
	Value Value
}

type objectNode struct {
	members []Member
	index   map[string]int // nil for small objects
	raw     string
}

// Object is a JSON object with the members in this order. It takes over
// members, which must not change afterwards. Of two members with the same key
// the last one counts, in the place of the first.
func Object(members ...Member) Value {
	node := &objectNode{members: members}
	if len(members) < indexedFrom {
		node.dedupeSmall()
	} else {
		node.buildIndex()
	}
	return Value{kind: KindObject, ref: unsafe.Pointer(node)}
}

func (n *objectNode) dedupeSmall() {
	for i := 1; i < len(n.members); i++ {
		for j := range i {
			if n.members[j].Key == n.members[i].Key {
				n.members[j].Value = n.members[i].Value
				n.members = append(n.members[:i], n.members[i+1:]...)
				i--
				break
			}
		}
	}
}

func (n *objectNode) buildIndex() {
	n.index = make(map[string]int, len(n.members))
	kept := n.members[:0]
	for _, member := range n.members {
		if at, seen := n.index[member.Key]; seen {
			kept[at].Value = member.Value
			continue
		}
		n.index[member.Key] = len(kept)
		kept = append(kept, member)
	}
	n.members = kept
}

func (n *objectNode) find(key string) int {
	if n.index != nil {
		if at, ok := n.index[key]; ok {
			return at
		}
		return -1
	}
	for i := range n.members {
		if n.members[i].Key == key {
			return i
		}
	}
	return -1
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
// its old place when it was there, else at the end. A v that is no object
// counts as an empty one.
func (v Value) With(key string, member Value) Value {
	old := v.Members()
	members := make([]Member, len(old), len(old)+1)
	copy(members, old)
	return Object(append(members, Member{key, member})...)
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
	return Object(members...)
}
