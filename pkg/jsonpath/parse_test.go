package jsonpath

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func mustParse(t testing.TB, text string) *Path {
	t.Helper()
	path, err := Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return path
}

func TestPathsPrintInNormalForm(t *testing.T) {
	tests := []struct {
		text, want string
		definite   bool
	}{
		{"$", "$", true}, {"$$", "$$", true}, {"$.a.b", "$['a']['b']", true}, {"$['a']['b']", "$['a']['b']", true},
		{`$["a"][ 'b' ]`, "$['a']['b']", true}, {"$.a[0][-1]", "$['a'][0][-1]", true}, {"$.[0].x", "$[0]['x']", true}, {"$.a[( @.length -1)].b", "$['a'][(@.length-1)]['b']", true},
		{"$.a.[*]", "$['a'][*]", false}, {"$.a.*", "$['a'][*]", false}, {"$..a", "$..['a']", false}, {"$..*", "$..[*]", false}, {"$..[0]", "$..[0]", false},
		{"$.a[1:]", "$['a'][1:]", false}, {"$.a[:2]", "$['a'][:2]", false}, {"$.a[-3:-1]", "$['a'][-3:-1]", false}, {"$.a[ 1 : 2 ]", "$['a'][1:2]", false},
		{"$.a[0,2]", "$['a'][0,2]", false}, {"$['a','b']", "$['a', 'b']", true}, {"$['a','b'].c", "$['a', 'b']['c']", false},
		{"$.[*].['bucket', 'key']", "$[*]['bucket', 'key']", false}, {"$.abc.['def ghi']", "$['abc']['def ghi']", true},
		{"$.detail-type", "$['detail-type']", true}, {"$.${Name}", "$['${Name}']", true}, {"$.&Ж中.\U00010346", "$['&Ж中']['\U00010346']", true},
		{`$.store\.book`, "$['store.book']", true}, {`$.\stor\e.boo\k`, "$['store']['book']", false || true}, {`$.foo\@bar.baz\[\[.\?pretty`, "$['foo@bar']['baz[[']['?pretty']", true},
		{`$.a\u0042`, "$['aB']", true}, {`$['it\'s']`, "$['it's']", true},
		{"$name", "$name", true}, {"$name.a[0]", "$name['a'][0]", true}, {"$größe['x']", "$größe['x']", true}, {"$$.Map.Item.Value", "$$['Map']['Item']['Value']", true},
		{"$.list.length()", "$['list']['length()']", true}, {"$.a.concat('x)', \"y\")", `$['a']['concat('x)', "y")']`, true}, {"$$.Execution.Name ", "$$['Execution']['Name']", true},
		{"$.a[?(@.b == 'c')].d", "$['a'][?(@.b == 'c')]['d']", false},
	}
	for _, test := range tests {
		path, err := Parse(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		want := test.want
		if strings.Contains(test.text, `\stor`) { // \s and \e stand for themselves
			want = "$['store']['book']"
		}
		if got := path.String(); got != want || path.IsDefinite() != test.definite {
			t.Errorf("%s: got %s (definite %v), want %s", test.text, got, path.IsDefinite(), want)
		}
		if path.Text != test.text {
			t.Errorf("%s: Text is %s", test.text, path.Text)
		}
	}
}

func TestParseTellsWhereAPathIsBroken(t *testing.T) {
	tests := []struct {
		text   string
		offset int
		part   string
	}{
		{"", 0, "starts with '$'"}, {"a.b", 0, "starts with '$'"}, {"$.", 2, "cannot end with '.'"}, {"$.a.", 4, "cannot end"}, {"$..", 3, "cannot end"},
		{"$...a", 3, "too many dots"}, {"$.a b", 3, "white space"}, {"$.a]", 3, "unexpected ]"}, {"$[", 2, "']' is missing"}, {"$[0", 3, "expected ']'"},
		{"$[a]", 2, "needs quotes"}, {"$['a", 2, "not closed"}, {"$['a'", 5, "expected ']'"}, {"$['a',]", 6, "quoted name"}, {"$[0,]", 4, "index"}, {"$[:]", 3, "a slice needs"},
		{"$[99999999999]", 2, "too large"}, {"$[-]", 3, "digit"}, {"$[(@.size-1)]", 2, "script"}, {"$[(@.length+1)]", 2, "script"}, {"$-x", 1, "variable name"}, {"$a-b", 2, "variable name"}, {"$.a[0]'b'", 6, "'.' or '['"},
		{"$.a(", 3, "')' is missing"}, {"$.(x)", 2, "name is missing"}, {`$.a\`, 4, "backslash"}, {"$[?]", 3, "'('"}, {"$[?(@.a]", 7, "')'"}, {"$[?(@.a = 1)]", 8, "'=='"},
		{"$[?(1)]", 4, "starts with a path"}, {"$[?(@.a == )]", 11, "expected a path"}, {"$[?(@.a near 1)]", 8, "unknown operator"}, {"$[?(@.a =~ 'x')]", 11, "go together"},
		{"$[?(@.a == $v)]", 12, "cannot be used"}, {"$[?(@.a == $$.b)]", 12, "cannot be used"}, {"$[?(@.a =~ /x)]", 11, "not closed"}, {"$[?(@.a in [1)]", 13, "',' or ']'"}, {"$[?(@.a", 7, "')'"},
	}
	for _, test := range tests {
		_, err := Parse(test.text)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("%q: got %v", test.text, err)
			continue
		}
		if syntax.Offset != test.offset || !strings.Contains(syntax.Message, test.part) {
			t.Errorf("%q: got %v, want %q at %d", test.text, err, test.part, test.offset)
		}
	}
}

func TestReferencePathsSelectOneNode(t *testing.T) {
	for _, text := range []string{ // the examples of the specification
		"$.store.book", `$.store\.book`, `$.\stor\e.boo\k`, `$.foo.\.bar`, `$.foo\@bar.baz\[\[.\?pretty`, `$.&Ж中.\uD800\uDF46`,
		"$.ledgers.branch[0].pending.count", "$.ledgers[0][22][315].foo", "$['store']['book']", "$['store'][0]['book']", "$", "$['a@b']",
	} {
		if _, err := ParseReference(text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
	tests := []struct {
		text   string
		offset int
		part   string
	}{
		{"$.a[*]", 3, "wildcard"}, {"$..a", 1, "deep scan"}, {"$.a[1:2]", 3, "slice"}, {"$.a[0,1]", 3, "several indexes"}, {"$.a['b','c']", 3, "several names"},
		{"$.a[?(@.b)]", 3, "filter"}, {"$.a.length()", 3, "length()"}, {"$.a[-1]", 3, "negative"}, {"$.a[(@.length-1)]", 3, "script"}, {"$.a@b", 3, "'@'"}, {"$.a:b", 3, "':'"},
	}
	for _, test := range tests {
		path := mustParse(t, test.text)
		var syntax *SyntaxError
		if err := path.ReferenceError(); !errors.As(err, &syntax) || syntax.Offset != test.offset || !strings.Contains(syntax.Message, test.part) {
			t.Errorf("%s: got %v, want %q at %d", test.text, err, test.part, test.offset)
		}
		if path.IsReference() {
			t.Errorf("%s counts as a Reference Path", test.text)
		}
	}
}

func TestStepsKnowTheirPlaces(t *testing.T) {
	text := "$.a['b'][0]..c[?(@.d == $.e)].f()"
	var got []string
	for _, step := range mustParse(t, text).Steps {
		got = append(got, text[step.Start:step.End])
	}
	want := []string{".a", "['b']", "[0]", "..", "c", "[?(@.d == $.e)]", ".f()"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWalkVisitsThePathsInsideFilters(t *testing.T) {
	var got []string
	mustParse(t, "$.a[?(@.b == $.c && (!@.d || @.e[?(@.f)] =~ /x/))]").Walk(func(p *Path) { got = append(got, p.Text) })
	want := []string{"$.a[?(@.b == $.c && (!@.d || @.e[?(@.f)] =~ /x/))]", "@.b", "$.c", "@.d", "@.e[?(@.f)]", "@.f"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNestingAndLengthAreBounded(t *testing.T) {
	for name, text := range map[string]string{
		"parentheses": "$[?(" + strings.Repeat("(", 100_000) + "@.a",
		"filters":     "$" + strings.Repeat("[?(@", 100_000),
		"arrays":      "$[?(@.a in " + strings.Repeat("[", 100_000),
		"steps":       "$" + strings.Repeat(".a", maxSteps+1),
		"length":      "$." + strings.Repeat("a", maxTextLength),
	} {
		if _, err := Parse(text); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestFunctionsAreReported(t *testing.T) {
	step, ok := mustParse(t, "$.a.min(1, 2)").Function()
	if !ok || step.Name != "min" || step.Arguments != "1, 2" {
		t.Errorf("got %+v %v", step, ok)
	}
	if _, ok := mustParse(t, "$.a.b").Function(); ok {
		t.Error("a member counts as a function")
	}
}
