// Package ruletest checks rules against archives of definitions with the
// findings expected. An archive (txtar) holds, for each definition NAME.json or
// NAME.yaml:
//
//	NAME.yaml          the definition
//	NAME.options       what a team declares, one item a line (may be absent)
//	NAME.yaml.want     the findings, one a line; empty for none
//	NAME.yaml.fixed    the definition after the first fix of every finding, where there is one
package ruletest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Update is the flag that rewrites what archives expect.
func Update() *bool { return flag.Bool("update", false, "rewrite the findings expected in testdata") }

// RunRules checks each rule against testdata/NAME.txtar, where only that rule
// is on. A definition with "good" in its name must have no finding, any other at
// least one; one with "broken" in its name need not decode.
func RunRules(t *testing.T, rules []*lint.Rule, update bool) {
	for _, rule := range rules {
		t.Run(rule.Name, func(t *testing.T) {
			suite := Suite{Rules: rules, Selection: lint.Selection{Preset: lint.Strict, Only: []string{rule.Name}}, Detailed: true, Update: update}
			suite.Run(t, filepath.Join("testdata", rule.Name+".txtar"))
		})
	}
}

// Suite is a way to check archives.
type Suite struct {
	Rules     []*lint.Rule
	Selection lint.Selection
	Detailed  bool // findings with place, help and path; definitions after fixes
	Update    bool
}

// Run checks one archive.
func (s Suite) Run(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, file := range archive.Files {
		files[file.Name] = string(file.Data)
	}
	result := &txtar.Archive{Comment: archive.Comment}
	for _, file := range archive.Files {
		if !isDefinition(file.Name) {
			if strings.HasSuffix(file.Name, ".options") {
				result.Files = append(result.Files, file)
			}
			continue
		}
		result.Files = append(result.Files, file)
		t.Run(file.Name, func(t *testing.T) {
			got := s.check(t, file.Name, file.Data, files[strings.TrimSuffix(file.Name, filepath.Ext(file.Name))+".options"])
			result.Files = append(result.Files, got...)
			if !s.Update {
				compare(t, files, got)
			}
		})
	}
	if s.Update {
		if err := os.WriteFile(path, txtar.Format(result), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func isDefinition(name string) bool {
	return strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".yaml")
}

func compare(t *testing.T, files map[string]string, got []txtar.File) {
	t.Helper()
	for _, file := range got {
		if diff := cmp.Diff(files[file.Name], string(file.Data)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", file.Name, diff)
		}
	}
}

func (s Suite) check(t *testing.T, name string, src []byte, options string) []txtar.File {
	t.Helper()
	findings, machine := s.Findings(t, name, src, options)
	if s.Detailed && strings.Contains(name, "good") != (len(findings) == 0) {
		t.Errorf("%s has %d findings", name, len(findings))
	}
	var want strings.Builder
	for _, finding := range findings {
		s.write(&want, machine, finding)
	}
	files := []txtar.File{{Name: name + ".want", Data: []byte(want.String())}}
	if fixed, ok := s.fix(t, machine, findings); ok {
		files = append(files, txtar.File{Name: name + ".fixed", Data: fixed})
		if after, _ := s.Findings(t, name, fixed, options); len(after) >= len(findings) {
			t.Errorf("%s: the fixes remove no finding", name)
		}
	}
	return files
}

// Findings checks one definition. What decoding finds is a fault of the test.
func (s Suite) Findings(t *testing.T, name string, src []byte, options string) ([]diag.Diagnostic, *asl.Machine) {
	t.Helper()
	machine, decoded := asl.ParseFile(name, src)
	for _, finding := range decoded {
		if finding.Severity == diag.Error && !strings.Contains(name, "broken") {
			t.Errorf("%s does not decode: %s", name, finding.Message)
		}
	}
	set, err := lint.Select(s.Rules, s.Selection)
	if err != nil {
		t.Fatal(err)
	}
	runner := &lint.Runner{Rules: set, Options: parseOptions(t, options), Fixes: true}
	return runner.Check(lint.Target{Machine: machine}), machine
}

func (s Suite) write(b *strings.Builder, machine *asl.Machine, finding diag.Diagnostic) {
	if !s.Detailed {
		fmt.Fprintf(b, "%s %s %s: %s\n", finding.Severity, finding.Rule, finding.State, finding.Message)
		return
	}
	file := machine.File()
	at := file.Position(finding.Span.Start, syntax.CodePoints)
	text, _, _ := strings.Cut(file.Text(finding.Span), "\n")
	fmt.Fprintf(b, "%d:%d %s %s [%s]\n", at.Line, at.Column, finding.Severity, finding.Message, text)
	for line := range strings.Lines(finding.Help) {
		fmt.Fprintf(b, "  help: %s\n", strings.TrimRight(line, "\n"))
	}
	for _, related := range finding.Related {
		at := file.Position(related.Span.Start, syntax.CodePoints)
		fmt.Fprintf(b, "  see %d:%d: %s\n", at.Line, at.Column, related.Message)
	}
	for _, step := range finding.Path {
		fmt.Fprintf(b, "  step: %s\n", strings.TrimSpace(step.State+" "+step.Via))
	}
	for _, fix := range finding.Fixes {
		fmt.Fprintf(b, "  fix: %s (safe: %t)\n", fix.Message, fix.Safe)
	}
}

// fix makes the first fix of each finding that does not conflict with one before.
func (s Suite) fix(t *testing.T, machine *asl.Machine, findings []diag.Diagnostic) ([]byte, bool) {
	t.Helper()
	selection := diag.NewFixSelection(func(diag.Fix) bool { return true })
	selection.TakeAll(findings)
	edits := selection.Edits(machine.File())
	if len(edits) == 0 || !s.Detailed {
		return nil, false
	}
	fixed, err := syntax.Apply(machine.File().Src, edits)
	if err != nil {
		t.Error(err)
		return nil, false
	}
	return fixed, true
}

// parseOptions reads the lines of an options file: "strict",
// "pair ACTION UNDO", "effect STATE EFFECT", "terminal STATE CLASS",
// "error NAME CLASS".
func parseOptions(t *testing.T, text string) lint.Options {
	t.Helper()
	options := lint.Options{}
	for line := range strings.Lines(text) {
		words := append(strings.Fields(line), "", "")
		class, _ := graph.ParseClass(words[2])
		switch words[0] {
		case "strict":
			options.Strict = true
		case "pair":
			options.Flow.Pairs = append(options.Flow.Pairs, graph.PairPattern{Action: words[1], Undo: words[2]})
		case "effect":
			effect, _ := graph.ParseEffect(words[2])
			options.Flow.Effects = append(options.Flow.Effects, graph.EffectPattern{State: words[1], Effect: effect})
		case "terminal":
			options.Flow.Terminals = append(options.Flow.Terminals, graph.TerminalPattern{State: words[1], Class: class})
		case "error":
			options.Flow.Terminals = append(options.Flow.Terminals, graph.TerminalPattern{Error: words[1], Class: class})
		case "":
		default:
			t.Fatalf("unknown option %q", line)
		}
	}
	return options
}
