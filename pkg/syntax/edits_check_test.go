package syntax

import (
	"bytes"
	"testing"
)

// checkEdits makes every edit on the first nodes of a text, one at a time, and
// fails unless the result parses to the same tree with that one change. It
// returns how many edits were made and how many refused.
func checkEdits(t *testing.T, name string, src []byte, limit int) (made, refused int) {
	t.Helper()
	tree := Parse(NewFile(name, src))
	if hasCode(tree, Malformed) || bytes.Contains(src, []byte("<<")) {
		return 0, 0 // merged members would change in several objects
	}
	Walk(tree.Root, func(n Node) bool {
		if limit--; limit < 0 {
			return false
		}
		check := func(what string, edit Edit, ok bool, changed string) {
			t.Helper()
			if !ok {
				refused++
				return
			}
			made++
			checkEdit(t, tree, what, edit, outlineWith(tree.Root, n, changed))
		}
		edit, ok := tree.ReplaceValue(n, `{"new key": "a: b"}`)
		check("replace", edit, ok, `{"new key":"a: b"}`)
		switch n := n.(type) {
		case *Object:
			edit, ok := tree.InsertMember(n, "new", `[{"k": "x\ny"}, 1]`)
			check("insert", edit, ok, join("{", objectParts(n, -1), `"new":[{"k":"x\ny"},1]`, "}"))
			for i := range min(3, len(n.Members)) {
				edit, ok := tree.RemoveMember(n, i)
				check("remove", edit, ok, join("{", objectParts(n, i), "", "}"))
			}
		case *Array:
			edit, ok := tree.InsertItem(n, `{"k": {"l": null}}`)
			check("append", edit, ok, join("[", arrayParts(n, -1), `{"k":{"l":null}}`, "]"))
			for i := range min(3, len(n.Items)) {
				edit, ok := tree.RemoveItem(n, i)
				check("remove", edit, ok, join("[", arrayParts(n, i), "", "]"))
			}
		}
		return true
	})
	return made, refused
}

func checkEdit(t *testing.T, tree *Tree, what string, edit Edit, want string) {
	t.Helper()
	src := tree.File.Src
	result, err := Apply(src, []Edit{edit})
	if err != nil {
		t.Fatal(err)
	}
	again := Parse(NewFile(tree.File.Name, result))
	if got := outline(again.Root); got != want || len(again.Errors) > len(tree.Errors) {
		t.Fatalf("%s: %s at %v %q: %s\n got %s\nwant %s\n%s", tree.File.Name, what, edit.Span, edit.Text, report(again), got, want, result)
	}
}

// outlineWith is outline, with target written as changed.
func outlineWith(n, target Node, changed string) string {
	if n == target {
		return changed
	}
	var parts []string
	switch n := n.(type) {
	case *Object:
		for _, m := range n.Members {
			parts = append(parts, quoteJSON(m.Key.Value)+":"+outlineWith(m.Value, target, changed))
		}
		return join("{", parts, "", "}")
	case *Array:
		for _, item := range n.Items {
			parts = append(parts, outlineWith(item, target, changed))
		}
		return join("[", parts, "", "]")
	}
	return outline(n)
}

func objectParts(o *Object, without int) (parts []string) {
	for i, m := range o.Members {
		if i != without {
			parts = append(parts, quoteJSON(m.Key.Value)+":"+outline(m.Value))
		}
	}
	return parts
}

func arrayParts(a *Array, without int) (parts []string) {
	for i, item := range a.Items {
		if i != without {
			parts = append(parts, outline(item))
		}
	}
	return parts
}

func join(opener string, parts []string, last, closer string) string {
	text := opener
	for i, part := range parts {
		if i > 0 {
			text += ","
		}
		text += part
	}
	if last != "" && len(parts) > 0 {
		text += ","
	}
	return text + last + closer
}
