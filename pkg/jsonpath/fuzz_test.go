package jsonpath

import (
	"errors"
	"testing"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/value"
)

var fuzzSeeds = []string{
	"$", "$.a.b", "$$.Execution.Id", "$v['x'][0]", "$..a[?(@.b == 'c' && !@.d)]", "$[*]['a','b']", "$.a[-1:]", "$.a[?(@.x =~ /a+b?/i)]", "$.a[?(@ in [1,'2',[3]])]", `$.a\.b['\u0041']`, "$.a.length()",
	`$[?(@.a == {"b":1})]`, "$..*..*", "$[0,1,-1]",
}

func FuzzParse(f *testing.F) {
	for _, seed := range fuzzSeeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		path, err := Parse(text)
		if err != nil {
			var syntax *SyntaxError
			if !errors.As(err, &syntax) || syntax.Offset < 0 || syntax.Offset > len(text) {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		end := -1
		for _, step := range path.Steps {
			if step.Start < end || step.End < step.Start || step.End > len(text) {
				t.Fatalf("%q: step %+v", text, step)
			}
			end = step.End
		}
		path.Walk(func(p *Path) { _ = p.String() + p.Text })
		if reference := path.ReferenceError(); reference == nil && !path.IsDefinite() {
			t.Fatalf("%q is a Reference Path and not definite", text)
		}
	})
}

func FuzzEval(f *testing.F) {
	docs := []string{`{"a":{"b":[1,2,{"c":"x"}]},"d":null}`, `[{"a":1,"b":"c"},{"a":"2"},[],[[1]]]`, `"text"`}
	for i, seed := range fuzzSeeds {
		f.Add(seed, docs[i%len(docs)])
	}
	f.Fuzz(func(t *testing.T, text, document string) {
		path, err := Parse(text)
		if err != nil || !utf8.ValidString(document) {
			return
		}
		root, err := value.Parse(document)
		if err != nil {
			return
		}
		before := root.Compact()
		got, err := path.Eval(root)
		if err == nil && got.IsAbsent() {
			t.Fatalf("%q on %s: absent without an error", text, document)
		}
		if err == nil && !path.IsDefinite() && got.Kind() != value.KindArray {
			t.Fatalf("%q on %s: %s is not an array", text, document, got)
		}
		if set, err := path.Set(root, value.Int(1)); err == nil {
			if back, err := path.Eval(set); err != nil || !value.Equal(back, value.Int(1)) {
				t.Fatalf("%q on %s: set to %s, reads back %s %v", text, document, set, back, err)
			}
		}
		if root.Compact() != before {
			t.Fatalf("%q changed %s", text, document)
		}
	})
}
