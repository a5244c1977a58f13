package syntax

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// standard reads src with encoding/json; ok is false when it refuses it.
func standard(src []byte) (v any, ok bool) {
	decoder := json.NewDecoder(bytes.NewReader(src))
	decoder.UseNumber()
	if err := decoder.Decode(&v); err != nil {
		return nil, false
	}
	_, err := decoder.Token()
	return v, errors.Is(err, io.EOF)
}

func TestValidTextGivesTheValueOfEncodingJSON(t *testing.T) {
	for _, src := range []string{
		`{}`, `[]`, `""`, `0`, `-0`, `-1.5e+3`, `true`, `false`, `null`, ` 1 `,
		`{"a":{"b":[1,2,{"c":null}]},"d":"e"}`,
		"{\r\n\t\"a\" : [ ] , \"b\" : { } }\r",
		`"\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00"`,
		`"lone \ud800 and \udc00x"`,
		`["héllo", "日本", "😀"]`,
		`[1E5, 1e-5, 123456789012345678901234567890, 0.1]`,
		`{"": 1, " ": 2}`,
	} {
		tree := ParseJSON(NewFile("x.json", []byte(src)))
		want, ok := standard([]byte(src))
		if !ok {
			t.Fatalf("%s: the test is wrong", src)
		}
		if len(tree.Errors) > 0 {
			t.Errorf("%s: %s", src, report(tree))
		}
		if diff := cmp.Diff(want, value(tree.Root)); diff != "" {
			t.Errorf("%s: %s", src, diff)
		}
		checkSpans(t, tree, true)
	}
}

func TestSpansHaveBothEnds(t *testing.T) {
	const src = ` {"a" : [10, "x\n", true ] }`
	f := NewFile("x.json", []byte(src))
	root := ParseJSON(f).Root.(*Object)
	list := root.Members[0].Value.(*Array)
	for _, test := range []struct {
		node Node
		want string
	}{
		{root, `{"a" : [10, "x\n", true ] }`},
		{root.Members[0].Key, `"a"`},
		{list, `[10, "x\n", true ]`},
		{list.Items[0], `10`},
		{list.Items[1], `"x\n"`},
		{list.Items[2], `true`},
	} {
		if got := f.Text(test.node.Span()); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestBrokenJSONIsReportedWithoutCascades(t *testing.T) {
	golden(t, "testdata/json.txtar", func(name string, data []byte) string {
		tree := ParseJSON(NewFile(name, data))
		checkSpans(t, tree, false)
		return report(tree) + outline(tree.Root) + "\n"
	})
}

// The texts of the archive cannot hold these bytes.
func TestBytesThatAreNoText(t *testing.T) {
	for _, test := range []struct{ name, src, want, outline string }{
		{"byte order mark", "\uFEFF{\"a\":1}", "", `{"a":1}`},
		{"lone carriage returns", "{\r\"a\":1,\r\"b\" 2}", "3:4 expected a colon after the key \"b\" -> add a colon\n", `{"a":1,"b":2}`},
		{"invalid UTF-8", "{\"a\":\"x\xffy\xfe\"}", "1:8 the byte 0xFF is not UTF-8 -> save the file as UTF-8\n", "{\"a\":\"x\uFFFDy\uFFFD\"}"},
		{"NUL in a string", "{\"a\":\"x\x00y\"}", "1:8 NUL byte inside a string -> remove it; is the file text in UTF-8\n", `{"a":"x\u0000y"}`},
		{"NUL outside", "{\x00\x00\"a\":1}", "1:2 NUL byte -> remove it; is the file text in UTF-8\n", `{"a":1}`},
		{"UTF-16", "\xff\xfe{\x00}\x00", "1:1 the file is in UTF-16 -> save the file as UTF-8\n", "<bad>"},
		{"UTF-16 without a mark", "{\x00\"\x00a\x00", "1:1 the file is in UTF-16 -> save the file as UTF-8\n", "<bad>"},
		{"empty", "", "1:1 the file is empty -> write a JSON object, such as {}\n", "<bad>"},
		{"blanks only", " \r\n ", "1:1 the file is empty -> write a JSON object, such as {}\n", "<bad>"},
		{"no-break space", "{\"a\":\u00a01}", "1:6 the invisible character U+00A0 stands outside of a string -> replace it by an ordinary blank\n", `{"a":1}`},
		{"control character", "{\"a\":\"\x01\"}", "1:7 control character U+0001 inside a string -> remove it, or write \\u0001\n", `{"a":"\u0001"}`},
		{"tab", "{\"a\":\"\t\"}", "1:7 tab inside a string -> write \\t\n", `{"a":"\t"}`},
	} {
		tree := ParseJSON(NewFile("x.json", []byte(test.src)))
		if got := report(tree); got != test.want || outline(tree.Root) != test.outline {
			t.Errorf("%s:\n got %s%s\nwant %s%s", test.name, got, outline(tree.Root), test.want, test.outline)
		}
		checkSpans(t, tree, false)
	}
}

func TestDepthIsLimited(t *testing.T) {
	deep := strings.Repeat(`{"a":[`, 300_000)
	for _, src := range []string{deep, deep + strings.Repeat("]}", 300_000)} {
		tree := ParseJSON(NewFile("x.json", []byte(src)))
		if len(tree.Errors) == 0 || !hasCode(tree, TooDeep) || len(tree.Errors) > 2 {
			t.Errorf("%.200s", report(tree))
		}
	}
	fits := strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth)
	if tree := ParseJSON(NewFile("x.json", []byte(fits))); len(tree.Errors) > 0 {
		t.Errorf("%d levels: %s", MaxDepth, report(tree))
	}
}

func hasCode(tree *Tree, code ErrorCode) bool {
	for _, e := range tree.Errors {
		if e.Code == code {
			return true
		}
	}
	return false
}

func TestErrorsAreLimited(t *testing.T) {
	for _, src := range []string{
		strings.Repeat("]", 500_000), strings.Repeat("]1", 300_000), "[" + strings.Repeat("}1", 300_000), strings.Repeat("${", 300_000),
		strings.Repeat("\"a\n", 200_000), "{" + strings.Repeat("a ", 300_000), "[" + strings.Repeat("${\n", 300_000),
		strings.Repeat("/*", 300_000), strings.Repeat("{\n", 990) + strings.Repeat(" ", 500_000) + strings.Repeat("1 ", 200_000),
	} {
		tree := ParseJSON(NewFile("x.json", []byte(src)))
		if n := len(tree.Errors); n == 0 || n > maxErrors+1 {
			t.Errorf("%.10q...: %d errors", src, n)
		}
	}
}

func TestDuplicateKeysAreKept(t *testing.T) {
	for _, many := range []string{"", `"b":0,"c":0,"d":0,"e":0,"f":0,"g":0,"h":0,"i":0,`} {
		f := NewFile("x.json", []byte("{"+many+`"a":1,`+"\n"+`"\u0061":2,"z":3}`))
		tree := ParseJSON(f)
		if len(tree.Errors) != 1 || tree.Errors[0].Code != DuplicateKey {
			t.Fatal(report(tree))
		}
		if e := tree.Errors[0]; f.Text(e.Span) != `"\u0061"` || f.Text(e.Related) != `"a"` {
			t.Errorf("got %q and %q", f.Text(e.Span), f.Text(e.Related))
		}
		if got := tree.Root.(*Object).Get("a").(*Number).Text; got != "2" {
			t.Errorf("the last one counts, got %s", got)
		}
	}
}
