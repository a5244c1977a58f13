package jsonata_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/jsonata"
)

func TestReferencesNameWhatIsReadFromOutside(t *testing.T) {
	tests := []struct{ text, variables, context string }{
		{"$states.input.x", "states.input.x", ""},
		{"$states.input.items[qty > $min].price", "states.input.items.price min", ""},
		{"$states.(input.x)", "states", ""},
		{"$states.input.*.x", "states.input", ""},
		{"$sum($states.input.a)", "sum/1 states.input.a", ""},
		{"$x := 1", "", ""},
		{"($x := $y; $x + $z)", "y z", ""},
		{"($f := function($n){ $n * $k }; $f(2))", "k", ""},
		{"function($x){ $x.y & $states.result }", "states.result", ""},
		{"phone", "", "phone"},
		{"a.b", "", "a"},
		{"$", "", "$"},
		{"$.x", "", "$"},
		{"*", "", "*"},
		{"**.x", "", "**"},
		{"$x.($$.y)", "x", "$$"},
		{"$x[$ > 1]", "x", ""},
		{"$x^(price)", "x", ""},
		{"$x{name: $sum(price)}", "x sum/1", ""},
		{"{'k': phone}", "", "phone"},
		{"[a, $b]", "b", "a"},
		{"$map($xs, function($v){ v })", "map/2 xs", ""},
		{"$x ~> |a|{'b': c}|", "x", ""},
		{"$x.a@$v.b#$i.{ 'k': $v, 'i': $i, 'o': $o }", "x.a.b o", ""},
		{"$string(?, true)", "string/2", ""},
		{"$f(1)(2)", "f/1", ""},
		{"phone ~> $trim", "trim", "phone"},
		{"$c ? a : $d", "c d", "a"},
		{"foo(1)", "", "foo"},
		{"-x", "", "x"},
		{"$", "", "$"},
	}
	for _, test := range tests {
		expression, err := jsonata.Compile(test.text, jsonata.Options{})
		if err != nil {
			t.Fatalf("%s: %v", test.text, err)
		}
		variables, context := describeReferences(expression.References())
		if variables != test.variables || context != test.context {
			t.Errorf("%s\nwant %q, context %q\ngot  %q, context %q", test.text, test.variables, test.context, variables, context)
		}
	}
}

func describeReferences(found *jsonata.References) (variables, context string) {
	var names, places []string
	for _, use := range found.Variables {
		name := strings.Join(append([]string{use.Name}, use.Path...), ".")
		if use.Called {
			name += "/" + strconv.Itoa(use.Arguments)
		}
		names = append(names, name)
	}
	for _, place := range found.Context {
		places = append(places, place.Text)
	}
	return strings.Join(names, " "), strings.Join(places, " ")
}

func TestReferencesHaveTheSpanOfTheirText(t *testing.T) {
	const text = "1 + $states . input.`x y` & phone"
	expression, err := jsonata.Compile(text, jsonata.Options{})
	if err != nil {
		t.Fatal(err)
	}
	found := expression.References()
	if got := found.Variables[0].Span.Of(text); got != "$states . input.`x y`" {
		t.Errorf("variable: %q", got)
	}
	if got := found.Context[0].Span.Of(text); got != "phone" {
		t.Errorf("context: %q", got)
	}
}
