package integrations

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// TestFixesRemoveTheirFinding applies the fix of each finding of the archives, by
// itself, and checks again.
func TestFixesRemoveTheirFinding(t *testing.T) {
	fixes := 0
	for _, rule := range All() {
		archive, err := txtar.ParseFile(filepath.Join("testdata", rule.Name+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range archive.Files {
			found := check(t, file.Name, file.Data, asl.Standard, rule.Name)
			for _, finding := range found {
				for _, fix := range finding.Fixes {
					fixes++
					fixed, err := syntax.Apply(file.Data, fix.Edits)
					if err != nil {
						t.Fatalf("%s: %v", finding.Message, err)
					}
					if after := check(t, file.Name, fixed, asl.Standard, rule.Name); len(after) != len(found)-1 {
						t.Errorf("%s: %s leaves %d of %d findings", finding.Message, fix.Message, len(after), len(found))
					}
				}
			}
		}
	}
	if fixes == 0 {
		t.Error("no finding has a fix")
	}
}
