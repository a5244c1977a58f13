package extract

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
)

// FuzzMachines reads whatever comes as each kind of file: it must end, and every
// finding must have its place inside of a file.
func FuzzMachines(f *testing.F) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	kinds := []string{"template.yaml", "template.json", "serverless.yml", "main.tf", "manifest.json", "main.tf.json", "serverless.ts"}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			for i, kind := range kinds {
				if filepath.Ext(kind) == filepath.Ext(file.Name) {
					f.Add(i, file.Data)
				}
			}
		}
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, kind int, content []byte) {
		if len(content) > 1<<16 {
			return
		}
		name := kinds[max(0, kind)%len(kinds)]
		project := host.NewProject(dir, false)
		file := project.Add(filepath.Join(project.Root, name), name, content)
		result := Machines(&host.Request{Project: project, File: file, Substitutions: map[string]string{"X": "1"}})
		for _, fault := range result.Faults {
			inside(t, diag.FromSyntax(file, fault))
		}
		for _, m := range result.Machines {
			findings := m.Findings
			if m.Tree != nil {
				_, decoded := asl.Parse(m.Tree)
				findings = append(findings, decoded...)
			}
			for _, finding := range findings {
				inside(t, finding)
			}
		}
	})
}

func inside(t *testing.T, finding diag.Diagnostic) {
	t.Helper()
	file, span, _ := finding.File.Locate(finding.Span)
	if span.Start < 0 || span.End < span.Start || span.End > len(file.Src) {
		t.Errorf("%s: %v lies outside of %s of %d bytes", finding.Message, span, file.Name, len(file.Src))
	}
}
