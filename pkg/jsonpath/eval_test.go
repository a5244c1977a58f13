package jsonpath

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/value"
)

func mustValue(t testing.TB, text string) value.Value {
	t.Helper()
	v, err := value.ParseCompact(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

const store = `{"store":{"book":[
{"category":"reference","author":"Nigel Rees","title":"Sayings","price":8.95},
{"category":"fiction","author":"Waugh","title":"Sword","price":12.99},
{"category":"fiction","author":"Melville","title":"Moby","isbn":"0-553","price":8.99},
{"category":"fiction","author":"Tolkien","title":"Rings","isbn":"0-395","price":22.99}],
"bicycle":{"color":"red","price":19.95}},"expensive":10,"nothing":null,"numbers":[0,1,2,3,4,5],"word":"text","slashed":[{"n":"/a/b/c","v":1},{"n":"a","v":3}],"Test\\\"\"Name\"":2}`

func TestPathsSelectWhatTheLibrarySelects(t *testing.T) {
	tests := []struct{ path, want string }{
		{"$.expensive", `10`}, {"$.nothing", `null`}, {"$.store.book[0].title", `"Sayings"`}, {"$['store']['bicycle']['color']", `"red"`}, {"$.numbers[(@.length-1)]", `5`}, {"$.store.book[( @.length - 4 )].title", `"Sayings"`},
		{"$.numbers[1:3]", `[1,2]`}, {"$.numbers[3:]", `[3,4,5]`}, {"$.numbers[-2:]", `[4,5]`}, {"$.numbers[:2]", `[0,1]`}, {"$.numbers[:-4]", `[0,1]`},
		{"$.numbers[-3:-1]", `[3,4]`}, {"$.numbers[1:-1]", `[]`}, {"$.numbers[4:99]", `[4,5]`}, {"$.numbers[9:]", `[]`}, {"$.numbers[0:4:2]", `[0,1,2,3]`},
		{"$.numbers[0,2,9]", `[0,2]`}, {"$.store.book[*].price", `[8.95,12.99,8.99,22.99]`}, {"$.store.*.color", `["red"]`},
		{"$.store.bicycle['color','none']", `{"color":"red"}`}, {"$.store.book[0,1]['title','price']", `[{"title":"Sayings","price":8.95},{"title":"Sword","price":12.99}]`},
		{"$.store['book','bicycle'].color", `["red"]`}, {"$..isbn", `["0-553","0-395"]`}, {"$..book[2].author", `["Melville"]`}, {"$.store..price", `[8.95,12.99,8.99,22.99,19.95]`},
		{"$..[?(@.color)].price", `[19.95]`}, {"$.none[*]", `[]`}, {"$.none[*].x", `[]`}, {"$.word[*]", `[]`}, {"$.word[1:]", `[]`}, {"$.none..x", `[]`},
		{"$.store.book[?(@.isbn)].title", `["Moby","Rings"]`}, {"$.store.book[?(!@.isbn)].title", `["Sayings","Sword"]`}, {"$.store.book[?(@.price < $.expensive)].title", `["Sayings","Moby"]`},
		{"$.store.book[?(@.price < 10 && @.category == 'fiction')].title", `["Moby"]`}, {"$.store.book[?(@.price>20||@.title=='Sword')].title", `["Sword","Rings"]`},
		{"$.store.book[?(!(@.price > 9))].title", `["Sayings","Moby"]`}, {"$.store.book[?(@.author =~ /.*(ees|kien)/)].title", `["Sayings","Rings"]`}, {"$.store.book[?(@.author =~ /WAUGH/i)].title", `["Sword"]`},
		{"$.store.book[?(@.author =~ /Wau/)].title", `[]`}, {"$.store.book[?(@.title in ['Moby', \"Rings\"])].price", `[8.99,22.99]`}, {"$.store.book[?(@.title nin ['Moby','Rings'])].price", `[8.95,12.99]`},
		{"$.store.book[?(@.title == Moby)].price", `[8.99]`}, {"$.store.book[?(@.title==/a/b/c)]", `[]`}, {"$.slashed[?(@.n==/a/b/c)].v", `[1]`}, {`$['Test\""Name"']`, `2`}, {"$.store.book[?(@.price == '8.95')].title", `["Sayings"]`}, {"$.store.book[?(@.isbn == null)].title", `[]`}, {"$.store.book[?(@.isbn != '0-553')].title", `["Rings"]`},
		{"$.store.bicycle[?(@.color == 'red')].price", `[19.95]`}, {"$.store.bicycle[?(@.color == 'blue')]", `[]`}, {"$.numbers[?(@ > 3)]", `[4,5]`}, {"$.numbers[?(3 < @)]", `[4,5]`}, {"$.nothing[?(@.x)]", `[]`},
	}
	doc := mustValue(t, store)
	for _, test := range tests {
		got, err := mustParse(t, test.path).Eval(doc)
		if err != nil || got.Compact() != test.want {
			t.Errorf("%s: got %s %v, want %s", test.path, got, err, test.want)
		}
	}
}

func TestWordOperators(t *testing.T) {
	items := mustValue(t, `[{"id":1,"tags":["a","b"],"s":"hello"},{"id":2,"tags":[],"s":""},{"id":3,"tags":["c"],"s":"yellow","ok":true}]`)
	tests := []struct{ filter, want string }{
		{"@.tags contains 'a'", "[1]"}, {"@.s contains 'ell'", "[1,3]"}, {"@.tags subsetof ['a','b','c']", "[1,2,3]"}, {"@.tags subsetof ['a','b']", "[1,2]"}, {"@.tags anyof ['b','c']", "[1,3]"},
		{"@.tags noneof ['a']", "[2,3]"}, {"@.tags all ['a','b']", "[1]"}, {"@.tags size 1", "[3]"}, {"@.s size 5", "[1]"}, {"@.tags empty true", "[2]"}, {"@.tags EMPTY false", "[1,3]"},
		{"@.ok == true", "[3]"}, {"@.ok == 'true'", "[3]"}, {"@.id in [1, 3]", "[1,3]"}, {"'a' in @.tags", "[1]"}, {"@.tags == ['c']", "[3]"}, {"@.id == {\"a\":1}", "[]"}, {"@.id > 'x'", "[]"},
		{"@.s >= 'hello'", "[1,3]"}, {"@.none.deep == 1", "[]"}, {"@.tags[*]", "[1,3]"}, {"@.tags.length() > 1", "[]"},
	}
	for _, test := range tests {
		got, err := mustParse(t, "$[?("+test.filter+")].id").Eval(items)
		if err != nil || got.Compact() != test.want {
			t.Errorf("%s: got %s %v, want %s", test.filter, got, err, test.want)
		}
	}
}

func TestAMissingNodeIsExplainedInTheWordsOfTheService(t *testing.T) {
	tests := []struct {
		path, reason string
		pastEnd      bool
	}{
		{"$.NoSuch", "No results for path: $['NoSuch']", false}, {"$.no.such.result.path", "Missing property in path $['no']", false}, {"$.store.none", "No results for path: $['store']['none']", false},
		{"$.numbers.length()", "Property ['length()'] not found in path $['numbers']", false}, {"$.word.x", "Property ['x'] not found in path $['word']", false},
		{"$.expensive[0]", "Filter: [0] can only be applied to arrays. Current context is: 10", false}, {"$.numbers[9]", "Index out of bounds when evaluating path $['numbers'][9]", true},
		{"$.numbers[9].x", "Property ['x'] not found in path $['numbers'][9]", false}, {"$.numbers[9][0]", "The path $['numbers'][9] is null", false}, {"$.word['a','b']", "Property ['a', 'b'] not found in path $['word']", false},
	}
	doc := mustValue(t, store)
	for _, test := range tests {
		_, err := mustParse(t, test.path).Eval(doc)
		var missing *NotFoundError
		if !errors.As(err, &missing) || missing.Reason != test.reason || missing.PastEnd != test.pastEnd {
			t.Errorf("%s: got %v, want %s", test.path, err, test.reason)
			continue
		}
		if want := "Invalid path '" + test.path + "' : " + test.reason; err.Error() != want {
			t.Errorf("got %s want %s", err, want)
		}
	}
	if _, err := mustParse(t, "$").Eval(value.Value{}); err == nil {
		t.Error("an absent root is found")
	}
}

func TestSetMergesAResult(t *testing.T) {
	tests := []struct{ input, path, want string }{
		{`{"a":1}`, "$", `"new"`}, {`{"a":1}`, "$.b", `{"a":1,"b":"new"}`}, {`{"a":1,"b":2}`, "$.a", `{"a":"new","b":2}`}, {`{}`, "$.x.y.z", `{"x":{"y":{"z":"new"}}}`},
		{`{"a":{"b":1}}`, "$.a.c", `{"a":{"b":1,"c":"new"}}`}, {`{"a":[1,2]}`, "$.a[1]", `{"a":[1,"new"]}`}, {`[{"a":1}]`, "$[0].b", `[{"a":1,"b":"new"}]`}, {`{}`, "$['a b']", `{"a b":"new"}`},
		{`"foo"`, "$.x", ""}, {`[]`, "$.x", ""}, {`{"a":1}`, "$.a.b", ""}, {`{"a":[1]}`, "$.a[1]", ""}, {`{}`, "$.a[0]", ""}, {`{"a":null}`, "$.a.b", ""}, {`{}`, "$.a[*]", ""},
	}
	for _, test := range tests {
		input := mustValue(t, test.input)
		got, err := mustParse(t, test.path).Set(input, value.String("new"))
		var failed *AssignError
		switch {
		case test.want == "" && (!errors.As(err, &failed) || err.Error() != fmt.Sprintf("Unable to apply ReferencePath %s to input %s", test.path, test.input)):
			t.Errorf("%s to %s: got %s %v", test.path, test.input, got, err)
		case test.want != "" && got.Compact() != test.want:
			t.Errorf("%s to %s: got %s %v, want %s", test.path, test.input, got, err, test.want)
		}
		if input.Compact() != test.input {
			t.Errorf("%s: the input changed to %s", test.path, input)
		}
	}
}

func TestRunawayPathsAreGivenUp(t *testing.T) {
	deep := mustValue(t, strings.Repeat(`{"a":[`, 2000)+"1"+strings.Repeat(`]}`, 2000))
	var limit *LimitError
	if _, err := mustParse(t, "$..*..*..*..*").Eval(deep); !errors.As(err, &limit) {
		t.Errorf("got %v", err)
	}
	if _, err := mustParse(t, "$..[?(@..a..a == 1)]").Eval(deep); !errors.As(err, &limit) {
		t.Errorf("got %v", err)
	}
}

func TestRegularExpressionsFollowJava(t *testing.T) {
	tests := []struct {
		pattern, text string
		want          bool
	}{
		{"/a+/", "aaa", true}, {"/a+/", "aab", false}, {"/a++b/", "aab", true}, {`/\p{Alpha}\d{2}/`, "x12", true}, {`/\u0041\h?/`, "A ", true}, {"/a.b/s", "a\nb", true}, {"/a.b/", "a\nb", false},
		{`/a\/b/`, "a/b", true}, {`/[^x]*/`, "abc", true}, {"/(?i)ABC/", "abc", true}, {`/x\+y/`, "x+y", true}, {"/(a*)*b/", strings.Repeat("a", 5000), false},
	}
	for _, test := range tests {
		got, err := mustParse(t, "$[?(@ =~ "+test.pattern+")]").Eval(value.Array(value.String(test.text)))
		if err != nil || (got.Len() == 1) != test.want {
			t.Errorf("%s on %.20q: got %s %v", test.pattern, test.text, got, err)
		}
	}
	for _, pattern := range []string{`/(a)\1/`, "/a(?=b)/", "/a(?<!b)/", "/a{1,2000000}/"} {
		_, err := mustParse(t, "$[?(@ =~ "+pattern+")]").Eval(value.Array(value.String("a")))
		var limit *LimitError
		if !errors.As(err, &limit) {
			t.Errorf("%s: got %v", pattern, err)
		}
	}
}

// The service accepts a negative index and finds no element, which a public
// report shows; slices and (@.length-1) count from the end.
func TestANegativeIndexFindsNothing(t *testing.T) {
	for path, reason := range map[string]string{
		"$.numbers[-1]":          "Index out of bounds when evaluating path $['numbers'][-1]",
		"$.store.book[-1].title": "Property ['title'] not found in path $['store']['book'][-1]",
	} {
		_, err := mustParse(t, path).Eval(mustValue(t, store))
		var missing *NotFoundError
		if !errors.As(err, &missing) || missing.Reason != reason {
			t.Errorf("%s: got %v, want %s", path, err, reason)
		}
	}
}
