package graph_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// corpus is where real definitions may stand beside the module.
const corpus = "../../../shared/corpus"

type corpusEntry struct {
	ID, Part, File string
	Source         struct{ Repo, Path string }
	States         int
}

// readCorpus returns the entries of the corpus, and skips the test without it.
func readCorpus(t testing.TB) []corpusEntry {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(corpus, "manifest.json"))
	if err != nil {
		t.Skip("the corpus is not here:", err)
	}
	var manifest struct{ Entries []corpusEntry }
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	return manifest.Entries
}

// machines returns the machines of an entry: the definition itself, or those
// that stand in a template as plain text.
func (e corpusEntry) machines(t testing.TB) []*asl.Machine {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(corpus, e.File))
	if err != nil {
		return nil
	}
	if e.Part == "asl" {
		machine, _ := asl.ParseFile(e.File, src)
		return []*asl.Machine{machine}
	}
	var found []*asl.Machine
	for _, text := range definitionStrings(syntax.ParseYAML(syntax.NewFile(e.File, src)).Root) {
		machine, _ := asl.ParseFile("embedded.json", []byte(text))
		found = append(found, machine)
	}
	return found
}

// definitionStrings finds texts that are state machines, whatever holds them.
func definitionStrings(node syntax.Node) []string {
	var found []string
	switch n := node.(type) {
	case *syntax.Object:
		for _, member := range n.Members {
			found = append(found, definitionStrings(member.Value)...)
		}
	case *syntax.Array:
		for _, item := range n.Items {
			found = append(found, definitionStrings(item)...)
		}
	case *syntax.String:
		if strings.HasPrefix(strings.TrimSpace(n.Value), "{") && strings.Contains(n.Value, `"StartAt"`) {
			found = append(found, n.Value)
		}
	}
	return found
}

// find returns the machines whose source is the path in the repository.
func find(t testing.TB, repo, path string) []*asl.Machine {
	t.Helper()
	var found []*asl.Machine
	seen := map[string]bool{}
	for _, entry := range readCorpus(t) {
		if entry.Source.Repo == repo && strings.Contains(entry.Source.Path, path) && entry.Part != "saga" && !seen[entry.File] {
			seen[entry.File] = true
			found = append(found, entry.machines(t)...)
		}
	}
	return found
}

func analyze(machine *asl.Machine) *graph.Analysis {
	return graph.Analyze(graph.Build(machine), graph.Options{})
}
