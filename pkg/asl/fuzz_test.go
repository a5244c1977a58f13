package asl

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// FuzzParse decodes anything: it must not panic, and no finding may lie outside
// of the file.
func FuzzParse(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, src []byte, yaml bool) {
		name := "x.json"
		if yaml {
			name = "x.yaml"
		}
		machine, findings := ParseFile(name, src)
		whole := syntax.Span{Start: 0, End: len(src)}
		for _, found := range findings {
			if !whole.Contains(found.Span) || found.Span.Start > found.Span.End {
				t.Errorf("%s: span %v outside of %d bytes", found.Message, found.Span, len(src))
			}
			if found.Message == "" || found.Category == "" {
				t.Errorf("a finding of %q without message or category", found.Rule)
			}
			for _, fix := range found.Fixes {
				for _, edit := range fix.Edits {
					if !whole.Contains(edit.Span) {
						t.Errorf("fix %q: span %v outside of %d bytes", fix.Message, edit.Span, len(src))
					}
				}
			}
		}
		for state := range machine.States() {
			_ = state.Path()
			for e := range state.Expressions() {
				for read := range e.Reads() {
					if !whole.Contains(read.Span) {
						t.Errorf("%s reads something at %v, outside of %d bytes", state.Name, read.Span, len(src))
					}
				}
			}
		}
	})
}

func addSeeds(f *testing.F) {
	archives, err := filepath.Glob(filepath.Join("testdata", "decode", "*.txtar"))
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range archives {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			switch filepath.Ext(file.Name) {
			case ".json", ".yaml":
				f.Add(file.Data, filepath.Ext(file.Name) == ".yaml")
			}
		}
	}
	lintset := filepath.Join("..", "..", "..", "shared", "lintset", "valid")
	entries, err := os.ReadDir(lintset)
	if err != nil {
		return // the seeds above do without the optional data
	}
	for i, entry := range entries {
		if src, err := os.ReadFile(filepath.Join(lintset, entry.Name())); err == nil && i%5 == 0 {
			f.Add(src, filepath.Ext(entry.Name()) == ".yaml")
		}
	}
}
