package syntax

import (
	"strings"
	"testing"
)

func TestPointerNamesTheSmallestNodeAround(t *testing.T) {
	const src = `{"a/b": [10, {"c~d": "x", "": null}], "e": 1}`
	f := NewFile("x.json", []byte(src))
	tree := ParseJSON(f)
	for _, test := range []struct{ text, want string }{
		{`10`, "/a~1b/0"},
		{`"x"`, "/a~1b/1/c~0d"},
		{`"c~d"`, "/a~1b/1/c~0d"},
		{`"c~d": "x"`, "/a~1b/1/c~0d"},
		{`"x", ""`, "/a~1b/1"},
		{`null`, "/a~1b/1/"},
		{`[10, {"c~d": "x", "": null}]`, "/a~1b"},
		{`"a/b"`, "/a~1b"},
		{`, "e"`, ""},
		{src, ""},
	} {
		at := strings.Index(src, test.text)
		span := Span{at, at + len(test.text)}
		if got := tree.PointerAt(span); got != test.want {
			t.Errorf("%s: got %q, want %q", test.text, got, test.want)
		}
		if node := tree.Find(test.want); node != tree.NodeAt(span) {
			t.Errorf("%s: Find and NodeAt differ", test.text)
		}
	}
	if got := tree.PointerAt(Span{1000, 2000}); got != "" {
		t.Errorf("outside: %q", got)
	}
}

func TestFindRefusesWhatIsNotThere(t *testing.T) {
	tree := ParseJSON(NewFile("x.json", []byte(`{"a": [1, 2], "b": {"b": 1, "b": 2}}`)))
	for _, pointer := range []string{"a", "/x", "/a/2", "/a/-", "/a/01", "/a/-1", "/a/0/x", "/b/c"} {
		if node := tree.Find(pointer); node != nil {
			t.Errorf("%s: %s", pointer, outline(node))
		}
	}
	if got := outline(tree.Find("/b/b")); got != "2" {
		t.Errorf("the last one counts, got %s", got)
	}
}

func TestPointerFindsWhereAnAliasPointsTo(t *testing.T) {
	f := NewFile("x.yaml", []byte("a: &x {k: 1}\nb: *x\nc:\n  <<: *x\n"))
	tree := ParseYAML(f)
	for _, pointer := range []string{"/a/k", "/b/k", "/c/k"} {
		node := tree.Find(pointer)
		if got := tree.PointerAt(node.Span()); got != "/a/k" {
			t.Errorf("%s: got %s", pointer, got)
		}
	}
}

func TestWalkStopsWhereTold(t *testing.T) {
	tree := ParseJSON(NewFile("x.json", []byte(`[1, {"a": 2}, [3]]`)))
	var seen []string
	Walk(tree.Root, func(n Node) bool {
		seen = append(seen, outline(n))
		_, isObject := n.(*Object)
		return !isObject
	})
	if got, want := strings.Join(seen, " "), `[1,{"a":2},[3]] 1 {"a":2} [3] 3`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestParseChoosesTheNotation(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      Format
	}{
		{"a.json", "a: 1", JSON}, {"a.YAML", "{}", YAML}, {"a.yml", "[]", YAML}, {"a.asl.json", "{}", JSON},
		{"a.asl", " \n{}", JSON}, {"a.asl", "StartAt: A", YAML}, {"-", "\uFEFF[1]", JSON}, {"-", "# x\n{}", YAML},
		{"-", "// x\n/* y */{}", JSON}, {"-", "", JSON}, {"-", "---\n{}", YAML}, {"-", "/* open", YAML}, {"dir.yaml/x", "{}", JSON},
	} {
		if got := Parse(NewFile(test.name, []byte(test.src))).Format; got != test.want {
			t.Errorf("%s %q: got %v", test.name, test.src, got)
		}
	}
}

func TestAMappingOfOneMemberIsNotItsMember(t *testing.T) {
	tree := Parse(NewFile("a.yaml", []byte("list:\n  - key: value\n")))
	item := tree.Root.(*Object).Get("list").(*Array).Items[0]
	if got := tree.PointerAt(item.Span()); got != "/list/0" {
		t.Errorf("the mapping is at %s", got)
	}
	if got := tree.PointerAt(item.(*Object).Members[0].Key.Span()); got != "/list/0/key" {
		t.Errorf("its key is at %s", got)
	}
}
