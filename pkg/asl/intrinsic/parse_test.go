package intrinsic

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func mustParse(t testing.TB, text string) *Call {
	t.Helper()
	call, err := Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return call
}

func TestACallKnowsItsPartsAndTheirPlaces(t *testing.T) {
	text := ` States.Format( 'it\'s {}', $.a['x, y)'] , States.MathAdd(-1.5e1,$$.n[?(@.b == 'c')][0]), null,true, $v.w )`
	var got []string
	mustParse(t, text).Walk(func(call *Call) {
		got = append(got, "call "+text[call.Start:call.End])
		for _, a := range call.Args {
			if a.Text != text[a.Start:a.End] {
				t.Errorf("%q does not stand at %d", a.Text, a.Start)
			}
			got = append(got, fmt.Sprint(a.Kind, " ", a.Text))
		}
	})
	want := []string{
		"call " + strings.TrimSpace(text), `0 'it\'s {}'`, `1 $.a['x, y)']`, `2 States.MathAdd(-1.5e1,$$.n[?(@.b == 'c')][0])`, "0 null", "0 true", "1 $v.w",
		`call States.MathAdd(-1.5e1,$$.n[?(@.b == 'c')][0])`, "0 -1.5e1", `1 $$.n[?(@.b == 'c')][0]`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEscapesStandForTheirCharacter(t *testing.T) {
	call := mustParse(t, `States.Array('\'\{\}\\')`)
	if got := call.Args[0].Literal.Str(); got != `'{}\` {
		t.Errorf("got %s", got)
	}
}

func TestParseTellsWhereACallIsBroken(t *testing.T) {
	tests := []struct {
		text             string
		start, end       int
		part, suggestion string
	}{
		{"", 0, 0, "expected a path", ""}, {"literal", 0, 7, "'literal' is neither", ""}, {"prod-v1", 0, 7, "'prod-v1' is neither", ""}, {"States.Array", 0, 12, "neither", ""},
		{"States.format('{}', 1)", 0, 13, "no function 'States.format'", "States.Format"}, {"JsonToString($)", 0, 12, "did you mean", "States.JsonToString"},
		{"States.ArrayLenght($.a)", 0, 18, "did you mean", "States.ArrayLength"}, {"States.Xyzzy($)", 0, 12, "no function", ""}, {"States.Array(States.ArrayLen($.a))", 13, 28, "no function", "States.ArrayLength"},
		{"States.Array(", 13, 13, "expected a path", ""}, {"States.Array(1", 14, 14, "',' or ')'", ""}, {"States.Array(1,)", 15, 15, "expected a path", ""}, {"States.Array(1)[0]", 15, 15, "cannot be indexed", ""},
		{"States.Array('a", 13, 13, "not closed", ""}, {`States.Array("a")`, 13, 13, "single quotes", ""}, {`States.Array('a\n')`, 15, 15, "backslash", ""}, {`States.Array('\`, 14, 14, "backslash", ""},
		{"States.Array(01)", 13, 15, "not a number", ""}, {"States.Array(-)", 13, 14, "not a number", ""}, {"States.Array($.)", 15, 15, "cannot end", ""}, {"States.Array($.a b)", 17, 17, "',' or ')'", ""}, {"States.Array($.a[b])", 17, 17, "needs quotes", ""},
		{"States.Array(yes)", 13, 16, "'yes' is neither", ""}, {"States.Array(nullx)", 13, 18, "neither", ""},
	}
	for _, test := range tests {
		_, err := Parse(test.text)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("%q: got %v", test.text, err)
			continue
		}
		if syntax.Start != test.start || syntax.End != test.end || !strings.Contains(syntax.Message, test.part) || syntax.Suggestion != test.suggestion {
			t.Errorf("%q: got %+v, want %q at %d..%d", test.text, syntax, test.part, test.start, test.end)
		}
	}
}

func TestCallsNestTenDeep(t *testing.T) {
	nested := func(depth int) string {
		return strings.Repeat("States.Array(", depth) + strings.Repeat(")", depth)
	}
	mustParse(t, nested(MaxNesting))
	for _, depth := range []int{MaxNesting + 1, 50_000} {
		if _, err := Parse(nested(depth)); err == nil || !strings.Contains(err.Error(), "deeper than 10") {
			t.Errorf("%d: got %v", depth, err)
		}
	}
	wide := "States.Array(" + strings.Repeat("States.Array(),", 50) + "1)"
	mustParse(t, wide)
}

func TestThereAreEighteenFunctions(t *testing.T) {
	if got := len(Names()); got != 18 {
		t.Errorf("got %d", got)
	}
	if f, ok := Lookup("States.Hash"); !ok || f.MinArgs != 2 || f.MaxArgs != 2 || !f.ReturnsString {
		t.Errorf("got %+v %v", f, ok)
	}
}

func TestCheckFindsWhatCanOnlyFail(t *testing.T) {
	long := strings.Repeat("x", 10_001)
	tests := []struct{ text, part, at, suggestion string }{
		{"States.ArrayLength()", "takes 1 argument, not 0", "States.ArrayLength()", ""}, {"States.MathRandom(1)", "takes 2 to 3 arguments", "States.MathRandom(1)", ""}, {"States.UUID(1)", "takes no arguments", "States.UUID(1)", ""},
		{"States.Format()", "at least 1 argument", "States.Format()", ""}, {"States.ArrayLength('x')", "must be an array, not a string", "'x'", ""}, {"States.MathAdd(1, null)", "not null", "null", ""},
		{"States.MathAdd(1, 3000000000)", "2147483647", "3000000000", ""}, {"States.MathAdd(2147483647, 1)", "always fail", "States.MathAdd(2147483647, 1)", ""}, {"States.ArrayRange(1, 5, 0.5)", "must not be 0", "0.5", ""},
		{"States.ArrayRange(1, 2000, 1)", "always fail", "States.ArrayRange(1, 2000, 1)", ""}, {"States.ArrayPartition($.a, 0)", "at least 1", "0", ""}, {"States.ArrayGetItem($.a, -1)", "negative", "-1", ""},
		{"States.Hash($.a, 'sha256')", "unknown algorithm", "'sha256'", "'SHA-256'"}, {"States.Hash($.a, 'CRC')", "unknown algorithm", "'CRC'", ""}, {"States.JsonMerge($.a, $.b, true)", "deep merge", "true", ""},
		{"States.Format('{} {}', $.a)", "number of arguments", "States.Format('{} {}', $.a)", ""}, {"States.Format('{', $.a)", "'}' not found", "States.Format('{', $.a)", ""}, {"States.Format('a}')", "'{' not found", "States.Format('a}')", ""},
		{"States.MathRandom(5, 5)", "smaller", "States.MathRandom(5, 5)", ""}, {"States.StringToJson('{')", "always fail", "States.StringToJson('{')", ""}, {"States.Base64Encode('" + long + "')", "10001 characters", "'" + long + "'", ""},
		{"States.Array(States.ArrayLength(States.UUID()))", "States.UUID returns a string", "States.UUID()", ""},
	}
	for _, test := range tests {
		problems := mustParse(t, test.text).Check()
		if len(problems) != 1 {
			t.Errorf("%.60s: got %v", test.text, problems)
			continue
		}
		p := problems[0]
		if !strings.Contains(p.Message, test.part) || test.text[p.Start:p.End] != test.at || p.Suggestion != test.suggestion {
			t.Errorf("%.60s: got %+v", test.text, p)
		}
	}
	for _, text := range []string{
		"States.Format('s3://${Bucket}/{}', $.key)", `States.Format('\{"{}":1\}', 'a')`, "States.Format($.t, 1)", "States.ArrayLength(States.StringToJson($.a))", "States.MathAdd(1.5, -2)", "States.Hash(12, 'MD5')",
		"States.MathRandom(1, 2, 3)", "States.UUID()", "States.Array()", "States.ArrayContains($.a, null)",
	} {
		if problems := mustParse(t, text).Check(); len(problems) > 0 {
			t.Errorf("%s: got %v", text, problems)
		}
	}
}
