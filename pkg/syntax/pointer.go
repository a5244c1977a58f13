package syntax

import (
	"sort"
	"strconv"
	"strings"
)

// Walk calls visit for n and, as long as it returns true, for the values in it,
// in source order. Keys are not visited; a YAML alias is visited where it
// stands, so that a node can come more than once.
func Walk(n Node, visit func(Node) bool) {
	if !visit(n) {
		return
	}
	switch n := n.(type) {
	case *Object:
		for _, m := range n.Members {
			Walk(m.Value, visit)
		}
	case *Array:
		for _, item := range n.Items {
			Walk(item, visit)
		}
	}
}

// PointerAt returns the JSON Pointer (RFC 6901) of the smallest node around
// span. A span on a key, or from a key to its value, means the member.
func (t *Tree) PointerAt(span Span) string {
	pointer, _ := t.around(span)
	return pointer
}

// NodeAt returns the smallest node around span, the root when span lies outside
// of it.
func (t *Tree) NodeAt(span Span) Node {
	_, node := t.around(span)
	return node
}

func (t *Tree) around(span Span) (pointer string, node Node) {
	var path strings.Builder
	node = t.Root
	for {
		token, child := childAround(node, span)
		if child == nil || node.Span() == span { // a YAML mapping of one member begins and ends with it
			return path.String(), node
		}
		path.WriteByte('/')
		path.WriteString(escapePointer(token))
		node = child
	}
}

func childAround(n Node, span Span) (token string, child Node) {
	switch n := n.(type) {
	case *Object:
		if len(n.Members) == 0 {
			return "", nil
		}
		if i := likelyMember(n, span); memberAround(&n.Members[i], span) {
			return n.Members[i].Key.Value, n.Members[i].Value
		}
		for i := range n.Members {
			if m := &n.Members[i]; memberAround(m, span) {
				return m.Key.Value, m.Value
			}
		}
	case *Array:
		for i, item := range n.Items {
			if item.Span().Contains(span) {
				return strconv.Itoa(i), item
			}
		}
	}
	return "", nil
}

// likelyMember returns the index of the last member whose key begins no later than
// span. Members stand in source order, so that it is the one around span if
// any is; but YAML's aliases and merge keys have their members elsewhere.
func likelyMember(o *Object, span Span) int {
	after := sort.Search(len(o.Members), func(i int) bool { return o.Members[i].Key.span.Start > span.Start })
	return max(0, after-1)
}

func memberAround(m *Member, span Span) bool {
	key, value := m.Key.span, m.Value.Span()
	if key.Contains(span) || value.Contains(span) {
		return true
	}
	return value.Start >= key.End && key.Cover(value).Contains(span)
}

// Find returns the node that a JSON Pointer names, nil when there is none. Of
// members with the same key it takes the last.
func (t *Tree) Find(pointer string) Node {
	node := t.Root
	if pointer == "" {
		return node
	}
	if pointer[0] != '/' {
		return nil
	}
	for token := range strings.SplitSeq(pointer[1:], "/") {
		token = strings.NewReplacer("~1", "/", "~0", "~").Replace(token)
		switch n := node.(type) {
		case *Object:
			node = n.Get(token)
		case *Array:
			node = n.at(token)
		default:
			return nil
		}
		if node == nil {
			return nil
		}
	}
	return node
}

func (a *Array) at(token string) Node {
	i, err := strconv.Atoi(token)
	if err != nil || i < 0 || i >= len(a.Items) || strconv.Itoa(i) != token {
		return nil
	}
	return a.Items[i]
}

func escapePointer(token string) string {
	if !strings.ContainsAny(token, "~/") {
		return token
	}
	return strings.ReplaceAll(strings.ReplaceAll(token, "~", "~0"), "/", "~1")
}
