package syntax

import (
	"slices"
	"strings"
)

// verified returns edit if the text still reads after it, and as the same tree
// with want in the place of target. The notation has more corners than the code
// that makes edits; a fix that would break a file is not offered.
func (t *Tree) verified(edit Edit, ok bool, target, want Node) (Edit, bool) {
	if !ok {
		return Edit{}, false
	}
	if t.isLocal(edit, target) {
		return edit, t.readsLocally(edit, target, want)
	}
	result, err := Apply(t.File.Src, []Edit{edit})
	if err != nil {
		return Edit{}, false
	}
	f := NewFile(t.File.Name, result)
	again := ParseJSON
	if t.Format == YAML {
		again = ParseYAML
	}
	tree := again(f)
	if len(tree.Errors) > len(t.Errors) || !sameExcept(t.Root, tree.Root, target, want) {
		return Edit{}, false
	}
	return edit, true
}

// isLocal reports whether an edit can change nothing but target: in JSON that
// reads without errors a value is bounded by its own brackets and quotes.
func (t *Tree) isLocal(edit Edit, target Node) bool {
	return t.Format == JSON && len(t.Errors) == 0 && target.Span().Contains(edit.Span)
}

// insertsMember reports whether an edit puts text after the members of target,
// with the comma that it takes. Such a text, written by [writer.flow] from a
// node, reads as that member and cannot change another one.
func insertsMember(edit Edit, target *Object) bool {
	text := strings.TrimLeft(edit.Text, " \t\r\n")
	if len(target.Members) == 0 {
		return edit.Span.Len() == 0 && edit.Span.Start > target.span.Start && edit.Span.Start < target.span.End && !strings.HasPrefix(text, ",")
	}
	last := target.Members[len(target.Members)-1].Value.Span()
	return edit.Span.Len() == 0 && edit.Span.Start == last.End && strings.HasPrefix(text, ",")
}

// readsLocally reports whether the text of target reads as want after an edit.
func (t *Tree) readsLocally(edit Edit, target, want Node) bool {
	if before, ok := target.(*Object); ok {
		if after, ok := want.(*Object); ok && len(after.Members) == len(before.Members)+1 && insertsMember(edit, before) {
			return true
		}
	}
	span, src := target.Span(), t.File.Src
	text := make([]byte, 0, span.Len()+len(edit.Text))
	text = append(text, src[span.Start:edit.Span.Start]...)
	text = append(text, edit.Text...)
	text = append(text, src[edit.Span.End:span.End]...)
	changed := ParseJSON(NewFile(t.File.Name, text))
	return len(changed.Errors) == 0 && sameExcept(want, changed.Root, nil, nil)
}

// sameExcept reports whether got reads like tree with want in the place of
// target.
func sameExcept(tree, got, target, want Node) bool {
	if tree == target {
		return sameExcept(want, got, nil, nil)
	}
	switch a := tree.(type) {
	case *Object:
		b, ok := got.(*Object)
		return ok && slices.EqualFunc(a.Members, b.Members, func(m, n Member) bool {
			return sameExcept(m.Key, n.Key, target, want) && sameExcept(m.Value, n.Value, target, want)
		})
	case *Array:
		b, ok := got.(*Array)
		return ok && slices.EqualFunc(a.Items, b.Items, func(m, n Node) bool { return sameExcept(m, n, target, want) })
	case *String:
		b, ok := got.(*String)
		return ok && a.Value == b.Value
	case *Number:
		b, ok := got.(*Number)
		return ok && a.Text == b.Text
	case *Bool:
		b, ok := got.(*Bool)
		return ok && a.Value == b.Value
	}
	return Kind(tree) == Kind(got)
}

func (o *Object) with(key string, value Node) *Object {
	return NewObject(o.span, append(slices.Clone(o.Members), Member{NewString(Span{}, key), value})...)
}

func (o *Object) without(i int) *Object {
	return NewObject(o.span, slices.Delete(slices.Clone(o.Members), i, i+1)...)
}

func (a *Array) with(item Node) *Array {
	return NewArray(a.span, append(slices.Clone(a.Items), item)...)
}

func (a *Array) without(i int) *Array {
	return NewArray(a.span, slices.Delete(slices.Clone(a.Items), i, i+1)...)
}
