package diag

import (
	"testing"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func TestSyntaxErrorsBecomeFindings(t *testing.T) {
	file := syntax.NewFile("x.json", []byte(`{"a": 1, "b": ${x}, "a": 2,}`))
	tree := syntax.Parse(file)
	want := []struct {
		rule     string
		severity Severity
		related  int
	}{{"invalid-syntax", Warning, 0}, {"duplicate-key", Error, 1}, {"invalid-syntax", Error, 0}}
	if len(tree.Errors) != len(want) {
		t.Fatal(tree.Errors)
	}
	for i, e := range tree.Errors {
		d := FromSyntax(file, e)
		if d.Rule != want[i].rule || d.Severity != want[i].severity || len(d.Related) != want[i].related || d.Category != "syntax" || d.Message == "" {
			t.Errorf("%d: %+v", i, d)
		}
	}
}
