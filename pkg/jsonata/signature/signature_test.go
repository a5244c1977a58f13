package signature

import (
	"errors"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// arguments makes arguments of a text in JSON, an array; "f" stands for a
// function and "m" for undefined.
func arguments(t *testing.T, text string) []value.Value {
	t.Helper()
	v, err := value.ParseCompact(text)
	if err != nil {
		t.Fatal(text, err)
	}
	items := append([]value.Value(nil), v.Items()...)
	for i, item := range items {
		switch item.Str() {
		case "f":
			items[i] = value.Extension(1)
		case "m":
			items[i] = value.Value{}
		}
	}
	return items
}

func TestArgumentsAreCheckedAndArranged(t *testing.T) {
	tests := []struct{ signature, args, context, want string }{
		{"<s>", `["a"]`, `1`, `["a"]`},
		{"<s>", `[1]`, `1`, "T0410 1"},
		{"<s>", `[]`, `"c"`, "T0410 1"},
		{"<s>", `["a","b"]`, `1`, "T0410 2"},
		{"<s>", `["m"]`, `1`, `[null]`},
		{"<s-:n>", `[]`, `"c"`, `["c"]`},
		{"<s-:n>", `[]`, `1`, "T0411 1"},
		{"<s-n>", `[1]`, `"c"`, `["c",1]`},
		{"<s-nn?>", `[1,2]`, `"c"`, `["c",1,2]`},
		{"<s-nn?>", `["a",1]`, `"c"`, `["a",1]`},
		{"<s-(sf)(sf)n?>", `["a","f",1]`, `true`, "T0411 1"},
		{"<a>", `[1]`, `1`, `[[1]]`},
		{"<a<n>>", `[5]`, `1`, `[[5]]`},
		{"<a<n>>", `[[1,2]]`, `1`, `[[1,2]]`},
		{"<a<n>>", `[[1,"a"]]`, `1`, "T0412 1 numbers"},
		{"<a<n>>", `["a"]`, `1`, "T0412 1 numbers"},
		{"<a<s>>", `[[]]`, `1`, `[[]]`},
		{"<a<a<n>>>", `[[[1]]]`, `1`, `[[[1]]]`},
		{"<af>", `[[1],"f"]`, `1`, `[[1],null]`},
		{"<af>", `[[1],"m"]`, `1`, "T0410 2"},
		{"<n+>", `[1,2,3]`, `1`, `[1,2,3]`},
		{"<a+>", `[1,[2]]`, `1`, `[[1],[2]]`},
		{"<n+s>", `[1,2,"a"]`, `1`, `[1,2,"a"]`},
		{"<n+s>", `[1,2]`, `1`, "T0410 3"},
		{"<x?>", `[]`, `1`, `[]`},
		{"<j>", `["f"]`, `1`, "T0410 1"},
		{"<(ns)l>", `["a",null]`, `1`, `["a",null]`},
		{"<bo>", `[true,{}]`, `1`, `[true,{}]`},
		{"<>", `[1]`, `1`, "T0410 1"},
	}
	for _, test := range tests {
		s, err := Parse(test.signature)
		if err != nil {
			t.Fatal(test.signature, err)
		}
		context, _ := value.ParseCompact(test.context)
		if got := outcome(s.Check(arguments(t, test.args), context)); got != test.want {
			t.Errorf("%s with %s: want %s, got %s", test.signature, test.args, test.want, got)
		}
	}
}

func outcome(args []value.Value, err error) string {
	var failed *Error
	if errors.As(err, &failed) {
		return strings.TrimSpace(failed.Code + " " + value.Int(int64(failed.Index)).Compact() + " " + failed.Expected)
	}
	return value.Array(args...).Compact()
}

func TestSignaturesThatCannotBeRead(t *testing.T) {
	for text, code := range map[string]string{"<s<n>>": "S0401", "<n<n>>": "S0401", "<(a<n>)>": "S0402", "<<n>>": "S0401"} {
		_, err := Parse(text)
		var failed *Error
		if !errors.As(err, &failed) || failed.Code != code {
			t.Errorf("%s: want %s, got %v", text, code, err)
		}
	}
}

func TestAmbiguousSignaturesAreMatchedQuickly(t *testing.T) {
	s, err := Parse("<" + strings.Repeat("s?n+", 50) + "b>")
	if err != nil {
		t.Fatal(err)
	}
	args := make([]value.Value, 150)
	for i := range args {
		args[i] = value.Float(1)
	}
	if _, err := s.Check(args, value.Value{}); err == nil {
		t.Error("there is no boolean")
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("<s-(nf)a<n>x+j?:o>", 4)
	f.Fuzz(func(t *testing.T, text string, count int) {
		s, err := Parse(text)
		if err != nil || count < 0 || count > 20 || len(text) > 200 {
			return
		}
		args := make([]value.Value, count)
		for i := range args {
			args[i] = []value.Value{value.String("a"), value.Float(1), {}, value.Array(), value.Extension(1)}[i%5]
		}
		first := outcome(s.Check(args, value.Null()))
		if second := outcome(s.Check(args, value.Null())); first != second {
			t.Error(first, second)
		}
	})
}
