package integrations

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// FuzzRules looks for a definition that makes a rule panic, point outside of the
// file, or offer a fix that cannot be applied.
func FuzzRules(f *testing.F) {
	archives, _ := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	for _, path := range archives {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			f.Add(file.Data, len(file.Name)%2 == 0)
		}
	}
	f.Fuzz(func(t *testing.T, src []byte, express bool) {
		kind := asl.Standard
		if express {
			kind = asl.Express
		}
		for _, finding := range check(t, "fuzz.json", src, kind) {
			if finding.Span.Start < 0 || finding.Span.End > len(src) || finding.Span.Start > finding.Span.End {
				t.Errorf("%s points outside of the file: %v", finding.Rule, finding.Span)
			}
			for _, fix := range finding.Fixes {
				if _, err := syntax.Apply(src, fix.Edits); err != nil {
					t.Errorf("%s: %s: %v", finding.Rule, fix.Message, err)
				}
			}
		}
	})
}
