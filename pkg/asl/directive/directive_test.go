package directive

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func TestParseReadsEveryDirectiveOfAComment(t *testing.T) {
	for _, test := range []struct {
		comment string
		want    []Directive
	}{
		{"nothing here", nil},
		{"not-sfnctl:pivot", nil},
		{"sfnctl:pivot", []Directive{{Key: "pivot"}}},
		{"Books a room. sfnctl:terminal=success", []Directive{{Key: "terminal", Value: "success", HasValue: true}}},
		{"sfnctl:effect=none sfnctl:pivot -- all reads", []Directive{
			{Key: "effect", Value: "none", HasValue: true, Reason: "all reads"},
			{Key: "pivot", Reason: "all reads"},
		}},
		{"sfnctl:ignore=uncaught-error,mixed-terminal -- see sfnctl:pivot below", []Directive{
			{Key: "ignore", Value: "uncaught-error,mixed-terminal", HasValue: true, Reason: "see sfnctl:pivot below"},
		}},
		{"sfnctl:compensated-by=Cancel the Hotel -- x", []Directive{
			{Key: "compensated-by", Value: "Cancel", HasValue: true, Rest: "the Hotel", Reason: "x"},
		}},
		{"sfnctl:compensates='Book Hotel' sfnctl:pivot", []Directive{
			{Key: "compensates", Value: "Book Hotel", HasValue: true}, {Key: "pivot"},
		}},
		{"sfnctl:", []Directive{{}}},
		{"sfnctl:terminal=", []Directive{{Key: "terminal", HasValue: true}}},
		{"sfnctl:effect='open", []Directive{{Key: "effect", Value: "'open", HasValue: true}}},
	} {
		s := syntax.NewString(syntax.Span{Start: 10, End: 12 + len(test.comment)}, test.comment)
		got := Parse(s)
		if diff := cmp.Diff(test.want, got, cmpopts.IgnoreFields(Directive{}, "Span", "KeySpan", "ValueSpan")); diff != "" {
			t.Errorf("%q (-want +got)\n%s", test.comment, diff)
		}
	}
}

func TestSpansPointAtKeyAndValue(t *testing.T) {
	src := `"note sfnctl:terminal=success -- why"`
	file := syntax.NewFile("x", []byte(src))
	for _, d := range [][]Directive{
		Parse(syntax.NewString(syntax.Span{Start: 0, End: len(src)}, src[1:len(src)-1])),
		ParseYAML(syntax.Comment{Span: syntax.Span{Start: 0, End: len(src) - 1}, Text: src[1 : len(src)-1]}),
	} {
		got := []string{file.Text(d[0].Span), file.Text(d[0].KeySpan), file.Text(d[0].ValueSpan)}
		if diff := cmp.Diff([]string{"sfnctl:terminal=success", "terminal", "success"}, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestExtendedOffersTheLongestNameFirst(t *testing.T) {
	d := Directive{Value: "Cancel", Rest: "the Hotel"}
	if diff := cmp.Diff([]string{"Cancel the Hotel", "Cancel the", "Cancel"}, d.Extended()); diff != "" {
		t.Error(diff)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("sfnctl:effect=none sfnctl:pivot -- why")
	f.Add("sfnctl:a='b -- c' sfnctl:")
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range Parse(syntax.NewString(syntax.Span{End: len(text) + 2}, text)) {
			if d.Span.Start < 0 || d.Span.End > len(text)+2 || d.Span.Len() < len(Prefix) {
				t.Errorf("span %v of %q", d.Span, text)
			}
		}
	})
}
