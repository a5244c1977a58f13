package syntax

import (
	"bytes"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// seed adds the texts of a golden archive.
func seed(f *testing.F, path string) {
	f.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range archive.Files {
		f.Add(file.Data)
	}
}

// FuzzJSON holds the parser to encoding/json: it finds no error in what that
// takes and gives the same value, and an error in what that refuses.
func FuzzJSON(f *testing.F) {
	seed(f, "testdata/json.txtar")
	for _, src := range []string{"\uFEFF{}", `"\ud83d\ude00\ud800"`, "[1,\r\n2]", "{\"a\x00\":\"\xff\"}", `{"a":1e5,"b":[{}]}`} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		tree := ParseJSON(NewFile("x.json", src))
		faults := 0
		for _, e := range tree.Errors {
			if e.Code != DuplicateKey && e.Code != TooDeep {
				faults++
			}
			if e.Message == "" || e.Help == "" {
				t.Fatalf("an error without words: %+v", e)
			}
		}
		checkSpans(t, tree, faults == 0)
		if !utf8.Valid(src) || hasCode(tree, TooDeep) || len(src) > 2 && string(src[:3]) == byteOrderMark {
			return
		}
		want, ok := standard(src)
		if ok != (faults == 0) {
			t.Fatalf("encoding/json takes %q: %v; here\n%s", src, ok, report(tree))
		}
		if ok {
			if diff := cmp.Diff(want, value(tree.Root)); diff != "" {
				t.Fatalf("%q: %s", src, diff)
			}
		}
	})
}

// FuzzYAML looks for panics, and for spans that lie outside of the text.
func FuzzYAML(f *testing.F) {
	seed(f, "testdata/yaml.txtar")
	seed(f, "testdata/json.txtar")
	f.Fuzz(func(t *testing.T, src []byte) {
		tree := ParseYAML(NewFile("x.yaml", src))
		checkSpans(t, tree, false)
		for _, e := range tree.Errors {
			if e.Message == "" || !utf8.ValidString(e.Message) {
				t.Fatalf("an error without words: %+v", e)
			}
			tree.PointerAt(e.Span)
		}
	})
}

// FuzzEdits makes every edit on a text and holds the result to the tree.
func FuzzEdits(f *testing.F) {
	seed(f, "testdata/yaml.txtar")
	archive, err := txtar.ParseFile("testdata/rewrite.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range archive.Files {
		_, text, _ := bytes.Cut(file.Data, []byte("\n")) // without the operation
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) < 2000 && utf8.Valid(src) {
			checkEdits(t, "x.json", src, 20)
			checkEdits(t, "x.yaml", src, 20)
		}
	})
}
