package syntax

// Part returns the tree of a value inside t, such as a definition inside a
// template, with the errors and comments inside it. Root is that value, or what
// stands for it after a deployment tool has filled in its references; original
// is the value in t. Edits are those of t.
func (t *Tree) Part(root, original Node) *Tree {
	part := &Tree{File: t.File, Format: t.Format, Root: root, whole: t}
	span := original.Span()
	for _, e := range t.Errors {
		if span.Contains(e.Span) {
			part.Errors = append(part.Errors, e)
		}
	}
	for _, c := range t.Comments {
		if span.Contains(c.Span) {
			part.Comments = append(part.Comments, c)
		}
	}
	return part
}

// editable returns the tree that edits are made in, and the node there that
// stands at the place of n; false when there is none of that kind.
func editable[N Node](t *Tree, n N) (*Tree, N, bool) {
	if t.whole == nil {
		return t, n, true
	}
	whole, ok := atSpan(t.whole.Root, n.Span()).(N)
	return t.whole, whole, ok
}

// atSpan returns the outermost value, or the key, with exactly that span.
func atSpan(n Node, span Span) Node {
	for n != nil && n.Span() != span {
		var next Node
		switch at := n.(type) {
		case *Object:
			for _, m := range at.Members {
				if m.Key.span == span {
					return m.Key
				}
				if m.Value.Span().Contains(span) {
					next = m.Value
				}
			}
		case *Array:
			for _, item := range at.Items {
				if item.Span().Contains(span) {
					next = item
				}
			}
		}
		n = next
	}
	return n
}
