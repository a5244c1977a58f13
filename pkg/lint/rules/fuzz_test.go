package rules_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// FuzzLint looks for a definition that makes reading it or a rule panic, gives a
// finding outside of the file, or gets a fix that breaks it.
func FuzzLint(f *testing.F) {
	seedFromArchives(f)
	seedFromFolder(f, filepath.Join("..", "..", "..", "..", "shared", "corpus", "asl"))
	seedFromFolder(f, filepath.Join("..", "..", "..", "..", "shared", "lintset"))
	f.Fuzz(func(t *testing.T, src []byte, yaml, express bool) {
		if len(src) > maxFuzzed {
			t.Skip()
		}
		name, kind := "fuzz.json", asl.Standard
		if yaml {
			name = "fuzz.yaml"
		}
		if express {
			kind = asl.Express
		}
		checkSound(t, linter(t, lint.Strict), name, src, kind)
	})
}

const maxFuzzed = 32 << 10

func seedFromArchives(f *testing.F) {
	archives, _ := filepath.Glob(filepath.Join("*", "testdata", "*.txtar"))
	for _, path := range archives {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".json") || strings.HasSuffix(file.Name, ".yaml") {
				f.Add(file.Data, strings.HasSuffix(file.Name, ".yaml"), len(file.Name)%3 == 0)
			}
		}
	}
}

// seedFromFolder adds the smaller definitions of the optional test data.
func seedFromFolder(f *testing.F, folder string) {
	_ = filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil
		}
		if src, err := os.ReadFile(path); err == nil && len(src) < maxFuzzed/4 {
			f.Add(src, !strings.HasSuffix(path, ".json"), false)
		}
		return nil
	})
}

// checkSound lints a text and fails when a finding cannot be shown or a fix
// cannot be made.
func checkSound(t *testing.T, runner *lint.Runner, name string, src []byte, kind asl.WorkflowType) {
	t.Helper()
	machine, decoded := asl.ParseFile(name, src)
	for _, finding := range runner.Check(lint.Target{Machine: machine, Type: kind, Decoded: decoded}) {
		if !inside(finding.Span, src) || finding.Message == "" || finding.Severity == 0 {
			t.Errorf("%s cannot be shown: %+v", finding.Rule, finding)
		}
		for _, related := range finding.Related {
			if !inside(related.Span, src) {
				t.Errorf("%s points outside of the file: %+v", finding.Rule, related)
			}
		}
		for _, fix := range finding.Fixes {
			checkFix(t, machine, finding, fix)
		}
	}
}

func inside(span syntax.Span, src []byte) bool {
	return span.Start >= 0 && span.Start <= span.End && span.End <= len(src)
}

// checkFix makes a fix and fails when the text then has more errors of notation.
func checkFix(t *testing.T, machine *asl.Machine, finding diag.Diagnostic, fix diag.Fix) {
	t.Helper()
	fixed, err := syntax.Apply(machine.File().Src, fix.Edits)
	if err != nil {
		t.Errorf("%s: %s: %v", finding.Rule, fix.Message, err)
		return
	}
	before, after := machine.Tree.Errors, syntax.Parse(syntax.NewFile(machine.File().Name, fixed)).Errors
	if len(after) > len(before) {
		t.Errorf("%s: %s: %s\n%s", finding.Rule, fix.Message, after[len(after)-1].Message, fixed)
	}
}
