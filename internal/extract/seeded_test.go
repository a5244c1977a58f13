package extract

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// slip is a kind of fault that can be put into any notation by changing one
// word. The finding must begin where the first group of the pattern begins.
type slip struct {
	name    string
	pattern *regexp.Regexp
	change  func(word string) string
	rules   []string // any of them
}

// slips are patterns over JSON, escaped JSON, YAML and HCL: a key may stand in
// quotes, which may be escaped.
func slips() []slip {
	const quote = `(?:\\?["'])?`
	shorten := func(word string) string { // by a letter
		end := len(strings.TrimRight(word, `\"'`))
		return word[:end-2] + word[end-1:]
	}
	return []slip{
		{"misspelt type", regexp.MustCompile(quote + `Type` + quote + `\s*[:=]\s*(` + quote + `(?:Task|Choice|Parallel|Succeed)` + quote + `)`), shorten, []string{asl.RuleInvalidValue}},
		{"misspelt field", regexp.MustCompile(`[\s{,](` + quote + `(?:ResultPath|ErrorEquals|BackoffRate|IntervalSeconds|InputPath|OutputPath)` + quote + `)\s*[:=]`), shorten, []string{asl.RuleUnknownField}},
		{"target that does not exist", regexp.MustCompile(`[\s{,]` + quote + `(?:StartAt|Default)` + quote + `\s*[:=]\s*(` + quote + `[A-Za-z][A-Za-z0-9 _-]{4,}` + quote + `)`), shorten, []string{asl.RuleUndefinedTarget}},
	}
}

// TestSeededFaultsAreFoundWhereTheyAre puts one fault at a time into real
// templates and expects a finding at its very line and column in the file that
// the user edits.
func TestSeededFaultsAreFoundWhereTheyAre(t *testing.T) {
	dir := corpusDir(t)
	kinds := map[string]int{}
	seeded, missed := 0, 0
	for _, e := range uniqueFiles(corpusEntries(t, dir)) {
		if kinds[e.Kind] >= 25 || e.Valid == nil || !*e.Valid {
			continue
		}
		for _, f := range seeds(t, dir, e) {
			kinds[e.Kind]++
			seeded++
			if got := f.find(t, dir); !slices.Contains(got, f.want()) {
				missed++
				t.Errorf("%s: %s in %s: no finding at %s; there is %v", e.Kind, f.slip.name, e.File, f.want(), got)
			}
		}
	}
	t.Logf("%d faults, %d of them not found in place; by kind: %v", seeded, missed, kinds)
	if seeded < 100 {
		t.Errorf("only %d faults could be seeded", seeded)
	}
}

func uniqueFiles(entries []entry) []entry {
	seen := map[string]bool{}
	return slices.DeleteFunc(entries, func(e entry) bool {
		again := seen[e.File]
		seen[e.File] = true
		return again
	})
}

// seed is one fault in one file.
type seed struct {
	slip     slip
	template string // the host file, as the corpus names it
	path     string // the file with the fault
	content  []byte // with the fault
	at       int    // where the fault begins
}

// seeds returns a fault of each kind for a template: in the file of each
// definition, at about its middle.
func seeds(t *testing.T, dir string, e entry) []seed {
	result := extractFile(t, dir, e.File)
	var list []seed
	for _, m := range result.Machines {
		if m.Tree == nil {
			continue
		}
		path := filepath.Join(dir, filepath.FromSlash(e.File))
		if m.Definition.Name != e.File {
			path = filepath.Join(dir, filepath.FromSlash(m.Definition.Name))
		}
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		from, to := definitionRange(&m)
		for _, s := range slips() {
			matches := s.pattern.FindAllSubmatchIndex(source[from:to], -1)
			if len(matches) == 0 {
				continue
			}
			match := matches[len(matches)/2]
			start, end := from+match[2], from+match[3]
			changed := slices.Concat(source[:start], []byte(s.change(string(source[start:end]))), source[end:])
			list = append(list, seed{s, e.File, path, changed, start})
		}
		break
	}
	return list
}

// definitionRange returns where a definition stands in its file.
func definitionRange(m *host.Machine) (from, to int) {
	_, span, _ := m.Tree.File.Locate(m.Tree.Root.Span())
	return span.Start, span.End
}

func (s seed) want() string {
	return s.place(syntax.NewFile("", s.content), s.at) + " " + strings.Join(s.slip.rules, "|")
}

func (s seed) place(file *syntax.File, at int) string {
	p := file.Position(at, syntax.CodePoints)
	return filepath.Base(s.path) + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

// find returns the findings on the template with the fault.
func (s seed) find(t *testing.T, dir string) []string {
	parts := strings.SplitN(s.template, "/", 3)
	project := host.NewProject(filepath.Join(dir, parts[0], parts[1]), false)
	location := filepath.Join(dir, filepath.FromSlash(s.template))
	content := s.content
	if s.path != location {
		relative, _ := filepath.Rel(dir, s.path)
		project.Add(s.path, filepath.ToSlash(relative), s.content)
		var err error
		if content, err = os.ReadFile(location); err != nil {
			t.Fatal(err)
		}
	}
	file := project.Add(location, s.template, content)
	var found []string
	for _, m := range Machines(&host.Request{Project: project, File: file}).Machines {
		if m.Tree == nil {
			continue
		}
		_, findings := asl.Parse(m.Tree)
		for _, f := range findings {
			found = append(found, s.describe(f))
		}
	}
	return found
}

func (s seed) describe(f diag.Diagnostic) string {
	file, span, _ := f.File.Locate(f.Span)
	return filepath.Base(file.Name) + strings.TrimPrefix(s.place(file, span.Start), filepath.Base(s.path)) + " " + f.Rule
}
