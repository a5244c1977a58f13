package graph_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
)

// FuzzAnalyze holds the analyses to never panic and never hang, whatever was
// decoded.
func FuzzAnalyze(f *testing.F) {
	archives, _ := filepath.Glob("../../testdata/flow/*.txtar")
	for _, path := range archives {
		if data, err := os.ReadFile(path); err == nil {
			for _, file := range txtar.Parse(data).Files {
				f.Add(file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		machine, _ := asl.ParseFile("fuzz.yaml", src)
		a := analyze(machine)
		checkAnalysis(t, "fuzz", a)
		a.Verdict()
		graph.CheckDirectives(machine, a.Options.Directives)
	})
}
