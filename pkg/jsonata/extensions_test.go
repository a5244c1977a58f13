package jsonata_test

import (
	"regexp"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/value"
)

func TestExtensionsComputeAsDocumented(t *testing.T) {
	checkRows(t, "", jsonata.Extended(), []row{
		{`$partition([1,2,3,4], 2)`, "[[1,2],[3,4]]"},
		{`$partition([1,2,3], 2)`, "[[1,2],[3]]"},
		{`$partition([0], 3)`, "[[0]]"},
		{`$partition([1,2,3], 1.9)`, "[[1],[2],[3]]"},
		{`$partition([], 2)`, "[]"},
		{`$partition([1], 0)`, "!D3150"},
		{`$partition([1], 1e300)`, "[[1]]"},
		{`$partition(missing, 2)`, "undefined"},
		{`$range(1, 9, 9)`, "1"},
		{`$range(0, 6, 2)`, "[0,2,4,6]"},
		{`$range(0, 5, 2)`, "[0,2,4]"},
		{`$range(3, 1, -1)`, "[3,2,1]"},
		{`$range(3, 1, 1)`, "undefined"},
		{`$range(1, 2, 0)`, "!D3151"},
		{`$range(1, 1e9, 1)`, "!D2014"},
		{`$hash("input", "SHA-1")`, `"140f86aae51ab9e1cda9b4254fe98a74eb54c1a1"`},
		{`$hash("", "MD5")`, `"d41d8cd98f00b204e9800998ecf8427e"`},
		{`$length($hash("", "SHA-256"))`, "64"},
		{`$length($hash("", "SHA-384"))`, "96"},
		{`$length($hash("", "SHA-512"))`, "128"},
		{`$hash("", "SHA-0")`, "!D3152"},
		{`$random(42)`, "0.7275636800328681"},
		{`$random() < 1 and $random() >= 0`, "true"},
		{`$random() = $random()`, "false"},
		{`$parse("-0")`, "0"},
		{`$parse("1.1")`, "1.1"},
		{`$parse("true")`, "true"},
		{`$parse('{"a":[1,{"b":null}]}').a[1]`, `{"b":null}`},
		{`$parse("{")`, "!D3153"},
		{`$eval("1")`, "!T1006"},
		{`$uuid() = $uuid()`, "false"},
	})
}

func TestUUIDHasVersionFour(t *testing.T) {
	got := evaluate(t, "$uuid()", "", jsonata.Extended())
	if !regexp.MustCompile(`^"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"$`).MatchString(got) {
		t.Error(got)
	}
}

func TestExtensionsAreNotStandard(t *testing.T) {
	for _, name := range []string{"partition", "range", "hash", "uuid", "parse"} {
		if jsonata.Standard().Has(name) || !jsonata.Extended().Has(name) {
			t.Errorf("$%s is in the wrong library", name)
		}
	}
	if !jsonata.Standard().Has("eval") || jsonata.Extended().Has("eval") {
		t.Error("$eval is in the wrong library")
	}
}

func TestLibraryCanBeChanged(t *testing.T) {
	library := jsonata.Standard().Without("sum").With(jsonata.Function{
		Name: "twice", Signature: "<n-:n>",
		Call: func(c jsonata.Call) (value.Value, error) { return value.Float(2 * c.Arg(0).Float()), nil },
	})
	checkRows(t, `{"a":3}`, library, []row{
		{"$twice(2)", "4"},
		{"a.$twice()", "6"},
		{"$map([1,2], $twice)", "[2,4]"},
		{"$twice('x')", "!T0410"},
		{"$sum([1])", "!T1006"},
	})
	if got := evaluate(t, "$sum([1])", "", nil); got != "1" {
		t.Error("the standard library has changed:", got)
	}
}
