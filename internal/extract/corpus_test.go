package extract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// entry is one state machine of the corpus, as another reader understood it.
type entry struct {
	ID, Part, File, Kind string
	States               int
	Valid                *bool
}

// corpusDir returns the optional folder with real templates.
func corpusDir(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Skip("no module root")
		}
	}
	corpus := filepath.Join(dir, "..", "shared", "corpus")
	if _, err := os.Stat(filepath.Join(corpus, "manifest.json")); err != nil {
		t.Skip("the corpus of templates is not here: ../shared/corpus")
	}
	return corpus
}

func corpusEntries(t testing.TB, dir string) []entry {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct{ Entries []entry }
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(manifest.Entries, func(e entry) bool { return e.Kind == "asl:json" || e.Kind == "asl:yaml" })
}

// extractFile reads the machines of one file of the corpus.
func extractFile(t testing.TB, dir, name string) Result {
	t.Helper()
	location := filepath.Join(dir, filepath.FromSlash(name))
	content, err := os.ReadFile(location)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.SplitN(name, "/", 3)
	project := host.NewProject(filepath.Join(dir, parts[0], parts[1]), false)
	file := project.Add(location, name, content)
	return Machines(&host.Request{Project: project, File: file})
}

func countStates(m *asl.Machine) int {
	n := 0
	for range m.States() {
		n++
	}
	return n
}

// holds reports whether got has everything that is in want, as often.
func holds(got, want []int) bool {
	rest := slices.Clone(got)
	for _, n := range want {
		i := slices.Index(rest, n)
		if i < 0 {
			return false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return true
}

// TestCorpusMachinesAreFoundAndRead compares with what an independent reader
// made of the same templates: how many machines, with how many states each.
func TestCorpusMachinesAreFoundAndRead(t *testing.T) {
	dir := corpusDir(t)
	byFile := map[string][]entry{}
	for _, e := range corpusEntries(t, dir) {
		byFile[e.File] = append(byFile[e.File], e)
	}
	machines, unread := 0, 0
	for name, entries := range byFile {
		result := extractFile(t, dir, name)
		var want, got []int
		allValid := true
		for _, e := range entries {
			allValid = allValid && (e.Valid == nil || *e.Valid)
			if e.States > 0 {
				want = append(want, e.States)
			}
		}
		for _, m := range result.Machines {
			machines++
			if m.Tree == nil {
				unread++
				if len(m.Findings) == 0 {
					t.Errorf("%s: %s is not read, and nothing says why", name, m.Name)
				}
				continue
			}
			machine, findings := asl.Parse(m.Tree)
			got = append(got, countStates(machine))
			for _, f := range slices.Concat(findings, m.Findings) {
				if allValid && f.Severity == diag.Error {
					file, span, _ := f.File.Locate(f.Span)
					at := file.Position(span.Start, syntax.CodePoints)
					t.Errorf("%s:%d:%d: %s: %s (%s)", file.Name, at.Line, at.Column, f.Rule, f.Message, m.Form)
				}
			}
		}
		if !holds(got, want) {
			t.Errorf("%s (%s): states %v, want %v; %d machines", name, entries[0].Kind, got, want, len(result.Machines))
		}
	}
	t.Logf("%d machines in %d templates, %d of them not readable", machines, len(byFile), unread)
}

// BenchmarkCorpus reads and decodes every template of the corpus.
func BenchmarkCorpus(b *testing.B) {
	dir := corpusDir(b)
	files := uniqueFiles(corpusEntries(b, dir))
	b.ReportAllocs()
	for b.Loop() {
		for _, e := range files {
			for _, m := range extractFile(b, dir, e.File).Machines {
				if m.Tree != nil {
					asl.Parse(m.Tree)
				}
			}
		}
	}
}
