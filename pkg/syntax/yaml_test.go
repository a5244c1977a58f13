package syntax

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestYAMLGivesTheTreeOfJSON(t *testing.T) {
	golden(t, "testdata/yaml.txtar", func(name string, data []byte) string {
		tree := ParseYAML(NewFile(name, data))
		checkSpans(t, tree, false)
		return report(tree) + outline(tree.Root) + "\n"
	})
}

func TestYAMLSpansHaveBothEnds(t *testing.T) {
	const src = `# first
plain: some text  # why
double: "a\tb"
single: 'it''s'
literal: |-
  one
  two
flow: [ 1, {k: "é"} ]
list:
  - x
  - y: 1
    z:
tag: !Sub &a "t"
alias: *a
lines: one
  two
`
	for _, start := range []string{"", "\uFEFF", "---\n", "%YAML 1.2\n---\n", "\r\n\r\n"} {
		text := start + src
		if strings.HasPrefix(start, "\r") {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		f := NewFile("x.yaml", []byte(text))
		tree := ParseYAML(f)
		if len(tree.Errors) > 0 {
			t.Fatalf("%q: %s", start, report(tree))
		}
		for pointer, want := range map[string]string{
			"/plain": "some text", "/double": `"a\tb"`, "/single": "'it''s'", "/literal": "|-\n  one\n  two",
			"/flow": `[ 1, {k: "é"} ]`, "/flow/1": `{k: "é"}`, "/flow/1/k": `"é"`,
			"/list": "- x\n  - y: 1\n    z:", "/list/1": "y: 1\n    z:", "/list/1/z": "",
			"/tag": `"t"`, "/alias": `"t"`, "/lines": "one\n  two",
		} {
			node := tree.Find(pointer)
			if node == nil {
				t.Fatalf("%q: %s is absent", start, pointer)
			}
			got := strings.ReplaceAll(f.Text(node.Span()), "\r\n", "\n")
			if got != want {
				t.Errorf("%q: %s is %q, want %q", start, pointer, got, want)
			}
		}
		if got := tree.Tag(tree.Find("/tag")); got != "!Sub" {
			t.Errorf("tag %q", got)
		}
	}
}

func TestYAMLCommentsAreFoundOutsideOfScalars(t *testing.T) {
	const src = `#head
a: "no # comment" # yes
b: x#no
c: |
  # text
  x
## sfnctl:pivot -- why
d: [1, # in a list
  2]
e: 'x' #
`
	var got []string
	f := NewFile("x.yaml", []byte(src))
	for _, c := range ParseYAML(f).Comments {
		got = append(got, fmt.Sprintf("%d %s", f.Position(c.Span.Start, Bytes).Line, c.Text))
	}
	want := []string{"1 head", "2 yes", "7 sfnctl:pivot -- why", "8 in a list", "10 "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAliasBombIsRefused(t *testing.T) {
	var b strings.Builder
	b.WriteString("l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 20; i++ {
		fmt.Fprintf(&b, "l%d: &l%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*l%d, ", i-1), 10), ", "))
	}
	merges := strings.Builder{}
	merges.WriteString("m0: &m0 {")
	for i := range 2000 {
		fmt.Fprintf(&merges, "k%d: 1, ", i)
	}
	merges.WriteString("}\n")
	for i := range 200 {
		fmt.Fprintf(&merges, "n%d: {<<: *m0}\n", i)
	}
	for _, src := range []string{b.String(), merges.String()} {
		tree := ParseYAML(NewFile("x.yaml", []byte(src)))
		if len(tree.Errors) != 1 || tree.Errors[0].Code != AliasBomb {
			t.Fatal(report(tree))
		}
		n := 0
		Walk(tree.Root, func(Node) bool { n++; return true })
		if n > 3*maxAliased {
			t.Errorf("%d nodes", n)
		}
	}
}

func TestYAMLDepthAndSizeAreLimited(t *testing.T) {
	for _, src := range []string{
		strings.Repeat("[", 200_000), strings.Repeat("- ", 50_000), strings.Repeat("[", 2000) + strings.Repeat("]", 2000),
		strings.Repeat("{a: ", 2000) + strings.Repeat("}", 2000), strings.Repeat("? ", 20_000), strings.Repeat("a: b: c\n", 5000),
	} {
		tree := ParseYAML(NewFile("x.yaml", []byte(src)))
		if n := len(tree.Errors); n == 0 || n > maxErrors+1 {
			t.Errorf("%.10q...: %d errors", src, n)
		}
		checkSpans(t, tree, false)
	}
}

func TestYAMLBytesThatAreNoText(t *testing.T) {
	for _, test := range []struct{ src, want, outline string }{
		{"a: x\xffy\nb: 1\n", "1:5 the byte 0xFF is not UTF-8 -> save the file as UTF-8\n", `{"a":"x y","b":1}`},
		{"a: x\x00y\nb: 1\n", "1:5 NUL byte -> remove it; is the file text in UTF-8\n", `{"a":"x y","b":1}`},
		{"a: x\x01y\nb: 1\n", "1:5 control character U+0001 -> remove it, or write it as an escape in double quotes\n", `{"a":"x y","b":1}`},
		{"a: 1\rb: é\r c: 2\r", "3:2 the key \"c\" is indented too far: the line before is a text, and this one goes on with it -> give it the same indentation as the keys next to it\n", `{"a":1,"b":"é"}`},
		{"", "1:1 the file is empty -> write a YAML mapping\n", "<bad>"},
		{"\xfe\xff\x00a", "1:1 the file is in UTF-16 -> save the file as UTF-8\n", "<bad>"},
	} {
		tree := ParseYAML(NewFile("x.yaml", []byte(test.src)))
		if got := report(tree); got != test.want || outline(tree.Root) != test.outline {
			t.Errorf("%q:\n got %s%s\nwant %s%s", test.src, got, outline(tree.Root), test.want, test.outline)
		}
	}
}
