package jsonata_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// fuzzLimits keep a single input quick.
var fuzzLimits = jsonata.Limits{Depth: 200, Steps: 100_000, Memory: 4 << 20, Sequence: 10_000}

func addExpressions(f *testing.F) {
	files, err := filepath.Glob("testdata/reference/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatal("no expressions to start from", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if i%2 == 0 {
				f.Add(line)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	addExpressions(f)
	f.Fuzz(func(t *testing.T, text string) {
		tree, err := jsonata.Parse(text)
		if err != nil {
			var failed *jsonata.Error
			if !errors.As(err, &failed) || failed.Message == "" || failed.Code == "" {
				t.Fatalf("%#v", err)
			}
			checkSpan(t, failed.Span, text)
			return
		}
		ast.Walk(tree, func(n ast.Node) bool {
			checkSpan(t, n.Range(), text)
			return true
		})
		found := jsonata.FindReferences(tree)
		for _, use := range found.Variables {
			checkSpan(t, use.Span, text)
		}
	})
}

func checkSpan(t *testing.T, span ast.Span, text string) {
	if span.Start < 0 || span.End < span.Start || span.End > len(text) {
		t.Fatalf("span %v of a text of %d bytes", span, len(text))
	}
}

func FuzzEvaluate(f *testing.F) {
	addExpressions(f)
	input, err := os.ReadFile("testdata/reference/input.json")
	if err != nil {
		f.Fatal(err)
	}
	document, err := value.Parse(string(input))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		expression, err := jsonata.Compile(text, jsonata.Options{})
		if err != nil {
			return
		}
		first := outcome(expression, document)
		if second := outcome(expression, document); second != first {
			t.Errorf("first %s\nthen  %s", first, second)
		}
		if document.Compact() != compact(string(input)) {
			t.Fatal("the input has changed")
		}
	})
}

func compact(text string) string {
	v, _ := value.ParseCompact(text)
	return v.Compact()
}

func outcome(expression *jsonata.Expression, input value.Value) string {
	v, err := expression.Evaluate(input, &jsonata.Environment{Limits: fuzzLimits})
	if err != nil {
		return err.Error()
	}
	return v.Kind().String() + v.Compact()
}
