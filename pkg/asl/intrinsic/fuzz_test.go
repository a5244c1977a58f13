package intrinsic

import (
	"errors"
	"testing"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/value"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`States.Format('\{{}\} ${x}', $.a['b'], $$.c)`, "States.Array(1, -2.5e3, null, true, 'x')", "States.JsonMerge(States.StringToJson('{}'), $v, false)", "States.ArrayRange(0, 10, 3)", "States.UUID()", "States.Hash($.a, 'sha1')",
		"States.MathRandom(1, 10, 42)", "States.StringSplit('a,b', ',')", "States.ArrayGetItem($.a[?(@.x == 'y)')], 0)",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		call, err := Parse(text)
		if err != nil {
			var syntax *SyntaxError
			if !errors.As(err, &syntax) || syntax.Start < 0 || syntax.End < syntax.Start || syntax.End > len(text) {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		call.Walk(func(c *Call) {
			if text[c.Start:c.End] != c.Text {
				t.Fatalf("%q: the call %q is not at %d", text, c.Text, c.Start)
			}
		})
		for _, p := range call.Check() {
			if p.Start < 0 || p.End < p.Start || p.End > len(text) {
				t.Fatalf("%q: %+v", text, p)
			}
		}
	})
}

func FuzzEval(f *testing.F) {
	names := Names()
	for i, name := range names {
		f.Add(uint8(i), `[[1,2,"x",null,{"a":1}],2,3]`)
		f.Add(uint8(i), `["a,b",",",{"a":[true]}]`)
		f.Add(uint8(i), `[{"a":1},{"b":2},false]`)
		_ = name
	}
	f.Fuzz(func(t *testing.T, which uint8, input string) {
		args, err := value.Parse(input)
		if err != nil || !utf8.ValidString(input) || args.Kind() != value.KindArray || args.Len() > 5 {
			return
		}
		text := names[int(which)%len(names)] + "("
		for i := range args.Items() {
			if i > 0 {
				text += ","
			}
			text += "$[" + string(rune('0'+i)) + "]"
		}
		call, err := Parse(text + ")")
		if err != nil {
			t.Fatal(err)
		}
		got, err := call.Eval(&testEnv{input: args})
		var failure *Failure
		if err != nil && !errors.As(err, &failure) {
			t.Fatalf("%s on %s: %v", call.Text, input, err)
		}
		if err == nil {
			if _, err := value.Parse(got.Compact()); err != nil {
				t.Fatalf("%s on %s: %s is not JSON: %v", call.Text, input, got, err)
			}
		}
	})
}
