package syntax

import (
	"fmt"
	"strings"
	"testing"
)

// rewrite performs an operation written as a line: "insert /pointer key value",
// "append /pointer value", "remove /pointer", "replace /pointer value" or
// "rename /pointer key".
func rewrite(tree *Tree, line string) (Edit, bool) {
	words := strings.SplitN(line, " ", 4)
	node := tree.Find(words[1])
	rest := strings.TrimSpace(strings.TrimPrefix(line, words[0]+" "+words[1]))
	switch words[0] {
	case "insert":
		return tree.InsertMember(node.(*Object), words[2], words[3])
	case "append":
		return tree.InsertItem(node.(*Array), rest)
	case "replace":
		return tree.ReplaceValue(node, rest)
	}
	i := strings.LastIndexByte(words[1], '/')
	name := words[1][i+1:]
	switch parent := tree.Find(words[1][:i]).(type) {
	case *Array:
		for i := range parent.Items {
			if fmt.Sprint(i) == name {
				return tree.RemoveItem(parent, i)
			}
		}
	case *Object:
		for i, m := range parent.Members {
			if m.Key.Value == name && words[0] == "rename" {
				return tree.RenameKey(m.Key, rest)
			}
			if m.Key.Value == name {
				return tree.RemoveMember(parent, i)
			}
		}
	}
	return Edit{}, false
}

func TestEditsKeepTheStyleOfTheFile(t *testing.T) {
	golden(t, "testdata/rewrite.txtar", func(name string, data []byte) string {
		operation, src, _ := strings.Cut(string(data), "\n")
		tree := Parse(NewFile(name, []byte(src)))
		edit, ok := rewrite(tree, operation)
		if !ok {
			return "refused\n"
		}
		result, err := Apply([]byte(src), []Edit{edit})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		again := Parse(NewFile(name, result))
		if len(again.Errors) > len(tree.Errors) {
			t.Errorf("%s: %s\n%s", name, report(again), result)
		}
		return string(result)
	})
}

func TestEditsKeepLineBreaksAndTabs(t *testing.T) {
	for _, test := range []struct{ name, src, operation, want string }{
		{"x.json", "{\r\n\t\"a\": {\r\n\t\t\"b\": 1\r\n\t}\r\n}\r\n", `insert /a c {"d":1}`,
			"{\r\n\t\"a\": {\r\n\t\t\"b\": 1,\r\n\t\t\"c\": {\r\n\t\t\t\"d\": 1\r\n\t\t}\r\n\t}\r\n}\r\n"},
		{"x.json", "{\r\n\t\"a\": {}\r\n}", `insert /a c 1`, "{\r\n\t\"a\": {\r\n\t\t\"c\": 1\r\n\t}\r\n}"},
		{"x.yaml", "a:\r\n  b: 1\r\nc: 2\r\n", `insert /a c {"d":[{"e":1}]}`, "a:\r\n  b: 1\r\n  c:\r\n    d:\r\n      - e: 1\r\nc: 2\r\n"},
		{"x.yaml", "a: 1\r\nb: 2", `remove /b`, "a: 1\r\n"},
		{"x.yaml", "\uFEFFa: 1\nb: 2", `insert  c 3`, "\uFEFFa: 1\nb: 2\nc: 3"},
	} {
		tree := Parse(NewFile(test.name, []byte(test.src)))
		edit, ok := rewrite(tree, test.operation)
		got, err := Apply([]byte(test.src), []Edit{edit})
		if !ok || err != nil || string(got) != test.want {
			t.Errorf("%s of %q:\n got %q\nwant %q", test.operation, test.src, got, test.want)
		}
	}
}

func TestApplyRefusesEditsThatMeet(t *testing.T) {
	src := []byte("0123456789")
	for _, test := range []struct {
		edits []Edit
		want  string // empty when refused
	}{
		{nil, "0123456789"},
		{[]Edit{{Span{8, 9}, "x"}, {Span{0, 2}, ""}, {Span{5, 5}, "yy"}}, "234yy567x9"},
		{[]Edit{{Span{2, 4}, "a"}, {Span{4, 6}, "b"}}, "01ab6789"},
		{[]Edit{{Span{2, 4}, "a"}, {Span{2, 4}, "a"}}, "01a456789"},
		{[]Edit{{Span{2, 4}, "a"}, {Span{3, 6}, "b"}}, ""},
		{[]Edit{{Span{2, 2}, "a"}, {Span{2, 2}, "b"}}, ""},
		{[]Edit{{Span{2, 2}, "a"}, {Span{2, 4}, "b"}}, ""},
		{[]Edit{{Span{2, 11}, "a"}}, ""},
		{[]Edit{{Span{-1, 1}, "a"}}, ""},
		{[]Edit{{Span{3, 2}, "a"}}, ""},
		{[]Edit{{Span{10, 10}, "a"}}, "0123456789a"},
	} {
		got, err := Apply(src, test.edits)
		if string(got) != test.want || (err != nil) != (test.want == "") {
			t.Errorf("%v: got %q, %v, want %q", test.edits, got, err, test.want)
		}
	}
}
