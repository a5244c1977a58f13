package syntax

import (
	"strings"
	"testing"
)

// Each mark in the value must be found at the mark in the source.
func TestPlacesInsideStringsAreExact(t *testing.T) {
	for _, test := range []struct{ name, src string }{
		{"plain.json", `{"a": "one @two@"}`},
		{"escapes.json", `{"a": "\t\"\u00e9\ud83d\ude00 é @two@ \\"}`},
		{"single-quoted.json", `{"a": 'it\'s @two@'}`},
		{"wrong-escape.json", `{"a": "\q\x @two@"}`},
		{"unclosed.json", "{\"a\": \"\\u00e9one @two@,\n\"b\": 1}"},
		{"inner-quotes.json", `{"a": "say "hello" @two@ now"}`},
		{"several-lines.json", "{\"a\": \"one\n  @two@\"}"},
		{"invalid-utf8.json", "{\"a\": \"\xff\xfe @two@\"}"},
		{"plain.yaml", "a: one @two@ # why\n"},
		{"plain-lines.yaml", "a: one\n   three   \n\n    four @two@\nb: 1\n"},
		{"single.yaml", "a: 'it''s\n\n  é @two@'\n"},
		{"double.yaml", "a: \"\\x41\\u00e9\\U0001F600\\N \\\n    one\n   @two@\"\n"},
		{"literal.yaml", "a: |\n   é one\n\n     @two@\nb: 1\n"},
		{"literal-strip.yaml", "a: |2-\n    one\n   @two@\n"},
		{"literal-blank-first.yaml", "a: |\n\n\n  @two@\n"},
		{"folded.yaml", "a: >-\n  one\n  three\n\n\n  four\n   more\n  @two@\n"},
		{"folded-blank-first.yaml", "a: >\n\n  one\n\n    more\n\n  four @two@\n\n"},
		{"crlf.yaml", "a: |\r\n  one\r\n  @two@\r\nb: 'x'\r\n"},
		{"crlf-folded.yaml", "a: >\r\n  one\r\n\r\n  @two@\r\n"},
		{"tagged.yaml", "a: !Sub &x >\n  one\n  @two@\n"},
		{"flow.yaml", "a: [x, {a: 'é', y: one @two@}]\n"},
	} {
		f := NewFile(test.name, []byte(test.src))
		tree := Parse(f)
		found := false
		Walk(tree.Root, func(n Node) bool {
			s, ok := n.(*String)
			if !ok || !strings.Contains(s.Value, "@two@") {
				return true
			}
			found = true
			at := strings.Index(s.Value, "@two@")
			if got := f.Text(s.SpanOf(at, at+5)); got != "@two@" {
				t.Errorf("%s: got %q", test.name, got)
			}
			return true
		})
		if !found {
			t.Errorf("%s: no mark in %s, errors %s", test.name, outline(tree.Root), report(tree))
		}
	}
}

func TestEscapeIsSpannedAsAWhole(t *testing.T) {
	f := NewFile("x.json", []byte(`"a\u00e9b\nc"`))
	s := ParseJSON(f).Root.(*String)
	for _, test := range []struct {
		start, end int
		want       string
	}{
		{0, 1, "a"}, {1, 3, `\u00e9`}, {3, 4, "b"}, {4, 5, `\n`}, {5, 6, "c"}, {0, 6, `a\u00e9b\nc`},
		{6, 6, ""}, {-5, 99, `a\u00e9b\nc`}, {5, 2, ""},
	} {
		if got := f.Text(s.SpanOf(test.start, test.end)); got != test.want {
			t.Errorf("%d to %d: got %q, want %q", test.start, test.end, got, test.want)
		}
	}
}

func TestStringMadeByHandHasPlaces(t *testing.T) {
	s := NewStringAt(Span{10, 30}, "abcd", []int{11, 12, 20, 21, 25})
	for i, want := range []int{11, 12, 20, 21, 25} {
		if got := s.Offset(i); got != want {
			t.Errorf("byte %d at %d, want %d", i, got, want)
		}
	}
	if got := NewString(Span{10, 16}, "abcd").Offset(1); got != 12 {
		t.Errorf("quoted: %d", got)
	}
	if got := NewString(Span{10, 14}, "abcd").Offset(1); got != 11 {
		t.Errorf("plain: %d", got)
	}
}
