package parse

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
)

// shape describes a tree: the type of each node, with the text it covers for leaves.
func shape(text string, node ast.Node) string {
	var inner []string
	ast.Children(node, func(child ast.Node) { inner = append(inner, shape(text, child)) })
	name := strings.TrimPrefix(fmt.Sprintf("%T", node), "*ast.")
	if len(inner) == 0 {
		return name + ":" + node.Range().Of(text)
	}
	return name + "(" + strings.Join(inner, " ") + ")"
}

func TestTreesHaveTheShapeOfTheLanguage(t *testing.T) {
	tests := []struct{ text, want string }{
		{"a", "Path(Name:a)"},
		{"a.b[0].c", "Path(Name:a Name:b Literal:0 Name:c)"},
		{"1 + 2 * 3", "Binary(Literal:1 Binary(Literal:2 Literal:3))"},
		{"1 - 2 - 3", "Binary(Binary(Literal:1 Literal:2) Literal:3)"},
		{"-5", "Literal:-5"},
		{"-a.b", "Negate(Path(Name:a Name:b))"},
		{"$a := $b := 1", "Bind(Variable:$a Bind(Variable:$b Literal:1))"},
		{"a ? b : c ? d : e", "Conditional(Path(Name:a) Path(Name:b) Conditional(Path(Name:c) Path(Name:d) Path(Name:e)))"},
		{"a and b or c", "Binary(Binary(Path(Name:a) Path(Name:b)) Path(Name:c))"},
		{"and", "Path(Name:and)"},
		{"$f(a, ?)", "Partial(Variable:$f Path(Name:a))"},
		{"$f(a)(b)", "Call(Call(Variable:$f Path(Name:a)) Path(Name:b))"},
		{"x ~> $f ~> $g(1)", "Apply(Apply(Path(Name:x) Variable:$f) Call(Variable:$g Literal:1))"},
		{"function($x)<n:n>{$x}", "Lambda(Variable:$x Variable:$x)"},
		{"|a|{'b': 1}, 'c'|", "Transform(Path(Name:a) Object(Literal:'b' Literal:1) Literal:'c')"},
		{"a^(>b, c)", "Path(Name:a Path(Name:b) Path(Name:c))"},
		{"a@$v#$i.%", "Path(Name:a Parent:%)"},
		{"[1..2, 3]", "Array(Range(Literal:1 Literal:2) Literal:3)"},
		{"$x[1]{'k': $}[]", "Filter(Variable:$x Literal:1 Literal:'k' Variable:$)"},
		{"(a; b)", "Block(Path(Name:a) Path(Name:b))"},
		{"'a'.b", "Path(Name:'a' Name:b)"},
		{"a.*.**", "Path(Name:a Wildcard:* Descendants:**)"},
		{"/a/i", "Regex:/a/i"},
		{"a /* x */ . b", "Path(Name:a Name:b)"},
	}
	for _, test := range tests {
		tree, err := Parse(test.text, Options{})
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if got := shape(test.text, tree); got != test.want {
			t.Errorf("%s\nwant %s\ngot  %s", test.text, test.want, got)
		}
	}
}

func TestNodesCoverTheirText(t *testing.T) {
	tests := []struct{ text, want string }{
		{" a . b [ 0 ] ", "a . b [ 0 ]"},
		{" ( 1 ; 2 ) ", "( 1 ; 2 )"},
		{" $f ( 1 ) ", "$f ( 1 )"},
		{" a { 'k' : 1 } ", "a { 'k' : 1 }"},
		{" a ^ ( b ) ", "a ^ ( b )"},
		{" a @ $v ", "a @ $v"},
		{" $x [ ] ", "$x [ ]"},
		{" 1 ? 2 : 3 ", "1 ? 2 : 3"},
		{" function ( ) { 1 } ", "function ( ) { 1 }"},
		{" | a | b | ", "| a | b |"},
		{" [ 1 .. 2 ] ", "[ 1 .. 2 ]"},
		{" - a ", "- a"},
		{" a ~> $b ", "a ~> $b"},
	}
	for _, test := range tests {
		tree, err := Parse(test.text, Options{})
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		if got := tree.Range().Of(test.text); got != test.want {
			t.Errorf("%q covers %q", test.text, got)
		}
	}
}

func TestParentsShareTheLabelOfTheStepTheyName(t *testing.T) {
	tree, err := Parse("a.b.c.{'x': %.d, 'y': %.e, 'z': %.%.f}", Options{})
	if err != nil {
		t.Fatal(err)
	}
	steps := tree.(*ast.Path).Steps
	labels := map[int]int{}
	ast.Walk(tree, func(n ast.Node) bool {
		if parent, ok := n.(*ast.Parent); ok {
			labels[parent.Slot.Label]++
		}
		return true
	})
	if steps[2].Ancestor == nil || steps[1].Ancestor == nil || labels[steps[2].Ancestor.Label] < 2 {
		t.Errorf("labels %v, steps %v %v", labels, steps[1].Ancestor, steps[2].Ancestor)
	}
}
