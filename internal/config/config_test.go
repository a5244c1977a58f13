package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/internal/files"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

const full = `
preset: strict
type: EXPRESS
fail-level: warning
exclude: ["gen/**"]
baseline: .sfnctl-baseline.json
substitutions: {Table: orders, Retries: 3}
rules:
  uncaught-error: error
  all: "off"
  flow: warning
overrides:
  - files: [legacy, "**/old-*.asl.json"]
    preset: spec
    type: STANDARD
    rules: {mixed-terminal: info}
    substitutions: {Table: old}
terminals:
  - {class: known-failure, states: ["*Invalid"], errors: ["Orders.*"]}
compensation:
  pairs:
    - {action: Book, undo: Cancel}
    - {action: Pay, undo: [Refund, Credit]}
  effects:
    - {effect: none, states: ["Audit*"], resources: ["*:function:log"]}
`

func TestParseReadsEveryKey(t *testing.T) {
	config, err := Parse("/p/.sfnctl.yaml", ".sfnctl.yaml", []byte(full))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Compensation{
		Pairs:   []Pair{{"Book", Names{"Cancel"}}, {"Pay", Names{"Refund", "Credit"}}},
		Effects: []Effect{{"none", []string{"Audit*"}, []string{"*:function:log"}}},
	}, config.Compensation); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Terminal{{"known-failure", []string{"*Invalid"}, []string{"Orders.*"}}}, config.Terminals); diff != "" {
		t.Error(diff)
	}
}

func TestOverridesApplyToTheFilesTheyName(t *testing.T) {
	config, err := Parse("/p/.sfnctl.yaml", ".sfnctl.yaml", []byte(full))
	if err != nil {
		t.Fatal(err)
	}
	base := []lint.Setting{{Target: "all", Level: "off"}, {Target: "flow", Level: "warning"}, {Target: "uncaught-error", Level: "error"}}
	plain := Settings{"strict", "EXPRESS", base, map[string]string{"Table": "orders", "Retries": "3"}}
	old := Settings{
		"spec", "STANDARD", append(base[:3:3], lint.Setting{Target: "mixed-terminal", Level: "info"}),
		map[string]string{"Table": "old", "Retries": "3"},
	}
	for path, want := range map[string]Settings{
		"/p/a.asl.json":            plain,
		"/p/legacy/deep/a.json":    old,
		"/p/x/old-1.asl.json":      old,
		"/elsewhere/legacy/a.json": plain,
	} {
		if diff := cmp.Diff(want, config.For(path)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", path, diff)
		}
	}
	for path, want := range map[string]bool{"/p/gen/a.asl.json": true, "/p/a.asl.json": false} {
		if config.Excludes(path) != want {
			t.Errorf("Excludes(%s) = %v", path, !want)
		}
	}
}

func TestMistakesAreNamedWithTheirPlace(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "",
		"# only a comment\n":                "",
		"preset: recomended\n":              `c:1:9: preset: "recomended" is not possible; preset must be one of the following: "spec", "recommended", "strict"`,
		"rule:\n  x: off\n":                 `c:1:1: unknown key "rule"; did you mean "rules"?`,
		"rules:\n  flow: of\n":              `c:2:9: rules.flow: "of" is not possible; rules.flow must be one of the following: "off", "on", "info", "warning", "error"`,
		"overrides:\n  - file: [a]\n":       "c:2:5: overrides.0 needs \"files\"\nc:2:5: unknown key \"file\"; did you mean \"files\"?",
		"compensation:\n  pair: []\n":       `c:2:3: unknown key "pair"; did you mean "pairs"?`,
		"preset: [\n":                       "c:1:1: did not find expected node content",
		"preset: spec\npreset: strict\n":    `c:2:1: mapping key "preset" already defined at line 1`,
		"preset: spec\n---\npreset: spec\n": "c:1:1: the file holds more than one document",
		"- preset\n":                        "c:1:1: Invalid type. Expected: object, given: array",
		"1: x\n":                            "c:1:1: keys must be text; put numbers in quotes",
	} {
		_, err := Parse("/p/c", "c", []byte(text))
		got := ""
		if err != nil {
			got = err.Error()
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got)\n%s", text, diff)
		}
	}
}

func TestTheNearestConfigurationGoverns(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(".sfnctl.yaml", "preset: spec")
	write("a/.sfnctl.yml", "preset: strict")
	write("repo/.git/HEAD", "")
	finder := NewFinder(files.OnDisk())
	for path, want := range map[string]string{"x.json": "spec", "b/c/x.json": "spec", "a/b/x.json": "strict", "repo/b/x.json": ""} {
		config, err := finder.For(t.Context(), filepath.Join(root, path))
		if err != nil {
			t.Fatal(err)
		}
		if config.Preset != want {
			t.Errorf("%s is governed by preset %q, want %q", path, config.Preset, want)
		}
	}
}

func TestOnlyTheFirstMistakesAreTold(t *testing.T) {
	text := ""
	for i := range 100 {
		text += fmt.Sprintf("key%d: 1\n", i)
	}
	_, err := Parse("", "x.yaml", []byte(text))
	if err == nil || strings.Count(err.Error(), "\n") != maxMistakes || !strings.HasSuffix(err.Error(), "and 80 more mistakes") {
		t.Error(err)
	}
}
