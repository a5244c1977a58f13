package syntax

import "strings"

// The methods of this file make the edits that change a tree's text in one place
// and leave every other byte as it is. Each returns ok false where that cannot
// be done safely: in broken text, or where a YAML alias or tag is involved.
// Values are given as JSON text.

// InsertMember adds a member after the last one of o, in the style of the file.
func (t *Tree) InsertMember(o *Object, key, value string) (edit Edit, ok bool) {
	if t, o, ok = editable(t, o); !ok {
		return Edit{}, false
	}
	w := t.writer()
	node, ok := w.parse(value)
	if !ok || t.unsafe(o) {
		return Edit{}, false
	}
	if t.isFlow(o, '{') {
		edit, ok = w.insert(o.span, memberSpans(o), func(indent string, broken bool) string {
			return w.flowKey(key) + w.colon(o) + w.flow(node, indent, broken)
		})
	} else {
		edit, ok = w.insertBlock(o, w.blockMember(key, node, w.columnOf(o.span.Start)))
	}
	return t.verified(edit, ok, o, o.with(key, node))
}

// InsertItem adds an item after the last one of a, in the style of the file.
func (t *Tree) InsertItem(a *Array, value string) (edit Edit, ok bool) {
	if t, a, ok = editable(t, a); !ok {
		return Edit{}, false
	}
	w := t.writer()
	node, ok := w.parse(value)
	if !ok || t.unsafe(a) {
		return Edit{}, false
	}
	if t.isFlow(a, '[') {
		edit, ok = w.insert(a.span, itemSpans(a), func(indent string, broken bool) string {
			return w.flow(node, indent, broken && !w.endsInOneLine(a))
		})
	} else {
		edit, ok = w.insertBlock(a, w.blockItem(node, w.columnOf(a.span.Start)))
	}
	return t.verified(edit, ok, a, a.with(node))
}

// RemoveMember removes the member at index i of o, with its separator and, when
// it stands on lines of its own, with its lines.
func (t *Tree) RemoveMember(o *Object, i int) (edit Edit, ok bool) {
	if t, o, ok = editable(t, o); !ok {
		return Edit{}, false
	}
	if i < 0 || i >= len(o.Members) || t.unsafe(o) {
		return Edit{}, false
	}
	edit, ok = t.writer().remove(o.span, memberSpans(o), i, t.isFlow(o, '{'), "{}")
	return t.verified(edit, ok, o, o.without(i))
}

// RemoveItem removes the item at index i of a, like RemoveMember.
func (t *Tree) RemoveItem(a *Array, i int) (edit Edit, ok bool) {
	if t, a, ok = editable(t, a); !ok {
		return Edit{}, false
	}
	if i < 0 || i >= len(a.Items) || t.unsafe(a) {
		return Edit{}, false
	}
	w := t.writer()
	spans := itemSpans(a)
	flow := t.isFlow(a, '[')
	if !flow {
		w.extendToDashes(a, spans)
	}
	edit, ok = w.remove(a.span, spans, i, flow, "[]")
	return t.verified(edit, ok, a, a.without(i))
}

// ReplaceValue replaces n, which is not a key, by another value.
func (t *Tree) ReplaceValue(n Node, value string) (edit Edit, ok bool) {
	if t, n, ok = editable(t, n); !ok {
		return Edit{}, false
	}
	w := t.writer()
	node, ok := w.parse(value)
	if !ok || t.unsafe(n) {
		return Edit{}, false
	}
	text := w.flow(node, w.indentOf(n.Span().Start), t.Format == JSON && w.hasLines)
	if name, ok := node.(*String); ok && t.Format == YAML && !strings.HasPrefix(t.File.Text(n.Span()), `"`) {
		text = w.plain(name.Value)
	}
	if n.Span().Len() == 0 {
		text = " " + text
	}
	return t.verified(Edit{n.Span(), w.indentOfKey(n.Span()) + text}, true, n, node)
}

// RenameKey replaces the text of a key.
func (t *Tree) RenameKey(key *String, name string) (edit Edit, ok bool) {
	if t, key, ok = editable(t, key); !ok {
		return Edit{}, false
	}
	if t.unsafe(key) || key.span.Len() == 0 {
		return Edit{}, false
	}
	text := quoteJSON(name)
	if t.Format == YAML && t.File.Src[key.span.Start] != '"' {
		text = t.writer().plain(name)
	}
	return t.verified(Edit{key.span, text}, true, key, NewString(key.span, name))
}

// endsInOneLine reports whether the last item of a is an object on one line, so
// that the next one should be, too.
func (w *writer) endsInOneLine(a *Array) bool {
	if len(a.Items) == 0 {
		return false
	}
	last, ok := a.Items[len(a.Items)-1].(*Object)
	return ok && len(last.Members) > 0 && !hasLineBreak(w.src[last.span.Start:last.span.End])
}

// unsafe reports whether n must not be edited in place.
func (t *Tree) unsafe(n Node) bool {
	if _, bad := n.(*Bad); bad || t.tags[n] != "" {
		return true
	}
	span := n.Span()
	if span.Start < 0 || span.End > len(t.File.Src) || span.End < span.Start {
		return true
	}
	for _, e := range t.Errors {
		if e.Code != DuplicateKey && e.Code != Substitution && span.Start <= e.Span.End && e.Span.Start <= span.End {
			return true
		}
	}
	return false
}

// isFlow reports whether n stands in brackets.
func (t *Tree) isFlow(n Node, opener byte) bool {
	span := n.Span()
	return span.Len() >= 2 && t.File.Src[span.Start] == opener && t.File.Src[span.End-1] == opener+2
}

// memberSpans returns from where to where the members stand. The value of a
// YAML alias stands elsewhere; then the span is that of the key.
func memberSpans(o *Object) []Span {
	spans := make([]Span, 0, len(o.Members))
	for _, m := range o.Members {
		span := m.Key.span
		if value := m.Value.Span(); value.Start >= span.End {
			span.End = value.End
		}
		spans = append(spans, span)
	}
	return spans
}

func itemSpans(a *Array) []Span {
	spans := make([]Span, 0, len(a.Items))
	for _, item := range a.Items {
		spans = append(spans, item.Span())
	}
	return spans
}

// extendToDashes lets the spans of a block sequence's items begin at the dash,
// which all stand in one column.
func (w *writer) extendToDashes(a *Array, spans []Span) {
	dash := "\n" + w.columnOf(a.span.Start) + "-"
	at := a.span.Start
	for i := range spans {
		if spans[i].Start < at {
			return // an alias
		}
		if i == 0 {
			spans[i].Start = at
		} else if found := strings.Index(strings.ReplaceAll(w.src[at:spans[i].Start], "\r", "\n"), dash); found >= 0 {
			spans[i].Start = at + found + len(dash) - 1
		}
		at = spans[i].End
	}
}
