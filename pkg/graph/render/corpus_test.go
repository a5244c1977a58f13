package render

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
)

// moduleRoot finds the directory of go.mod above the package.
func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the package")
		}
		dir = parent
	}
}

// corpus returns the real definitions next to the repository by path; the test
// is skipped where they are absent.
func corpus(t testing.TB) map[string]*graph.Graph {
	t.Helper()
	folder := filepath.Join(moduleRoot(t), "..", "shared", "corpus", "asl")
	graphs := map[string]*graph.Graph{}
	_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name, _ := filepath.Rel(folder, path)
		machine, _ := asl.ParseFile(name, content)
		graphs[name] = graph.Build(machine)
		return nil
	})
	if len(graphs) == 0 {
		t.Skip("no definitions in ../shared/corpus/asl")
	}
	return graphs
}

// fullOptions shows everything a definition alone can show.
func fullOptions(g *graph.Graph) Options {
	analysis := graph.Analyze(g, graph.Options{})
	options := Options{Title: "title", Legend: true, Classes: map[*graph.Node]graph.Class{}, Undoes: map[*graph.Node][]string{}}
	for _, terminal := range analysis.Terminals.All {
		if terminal.Node != nil {
			options.Classes[terminal.Node] = terminal.Class
		}
	}
	for _, pair := range analysis.Pairs.All {
		options.Undoes[pair.Undo] = append(options.Undoes[pair.Undo], pair.Action.Name())
	}
	return options
}
