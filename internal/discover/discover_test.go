package discover

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/internal/files"
)

// tree writes the files, an empty content standing for a small definition.
func tree(t *testing.T, contents map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range contents {
		if content == "" {
			content = `{"StartAt": "A", "States": {}}`
		}
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func names(sources []Source) []string {
	var list []string
	for _, source := range sources {
		list = append(list, source.Name)
	}
	return list
}

func TestFind(t *testing.T) {
	dir := tree(t, map[string]string{
		"b.asl.json": "", "a/x.asl.yaml": "", "a/y.asl.yml": "", "a/z.asl": "", "a/Upper.ASL.JSON": "",
		"a/plain.json": "", "a/other.json": `{"name": "x"}`, "a/nested.json": `{"Definition": {"StartAt": 1, "States": 2}}`,
		"a/flow.yaml": "StartAt: A\nStates:\n  A: {}\n", "a/values.yaml": "x: StartAt\nStates: y\n",
		"node_modules/m/x.asl.json": "", ".hidden/x.asl.json": "", "cdk.out/x.asl.json": "", "gen/x.asl.json": "",
	})
	all := []string{"a/Upper.ASL.JSON", "a/flow.yaml", "a/plain.json", "a/x.asl.yaml", "a/y.asl.yml", "a/z.asl", "b.asl.json"}
	tests := []struct {
		name      string
		arguments []string
		want      []string
	}{
		{"no arguments mean the directory", nil, all},
		{"a directory is walked", []string{"."}, all},
		{"three dots mean a walk, as for Go's tools", []string{"./..."}, all},
		{"each file once, sorted", []string{"b.asl.json", "a", ".", "./b.asl.json"}, all},
		{"a file is taken whatever its name", []string{"a/other.json"}, []string{"a/other.json"}},
		{"a file in a skipped directory is taken when named", []string{"node_modules/m/x.asl.json"}, []string{"node_modules/m/x.asl.json"}},
		{"a skipped directory is walked when named", []string{"node_modules"}, []string{"node_modules/m/x.asl.json"}},
		{"globs pass over skipped directories", []string{"**/x.asl.*"}, []string{"a/x.asl.yaml"}},
		{"globs enter them when they say so", []string{"node_modules/**/*.asl.json"}, []string{"node_modules/m/x.asl.json"}},
		{"braces", []string{"a/*.{yml,asl}"}, []string{"a/y.asl.yml", "a/z.asl"}},
		{"standard input", []string{"-", "-"}, []string{"in.asl.json"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			sources, err := Find(t.Context(), test.arguments, Options{Files: files.OnDisk(),
				Dir: dir, StdinName: "in.asl.json", Exclude: []string{"gen/**"}, Sniff: LooksLikeDefinition,
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, names(sources)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestArgumentsThatLeadNowhereAreNamed(t *testing.T) {
	dir := tree(t, map[string]string{"a.asl.json": ""})
	for argument, want := range map[string]string{
		"missing.asl.json": "missing.asl.json: no such file or directory",
		"a.asl.json/x":     "a.asl.json/x: no such file or directory",
		"*.nothing":        "*.nothing: no file matches",
		"":                 `"": an empty argument names no file`,
	} {
		_, err := Find(t.Context(), []string{argument}, Options{Files: files.OnDisk(), Dir: dir})
		var wrong *ArgumentError
		if !errors.As(err, &wrong) || err.Error() != want {
			t.Errorf("Find(%q) = %v, want %s", argument, err, want)
		}
	}
}

func TestSymbolicLinksDoNotLoop(t *testing.T) {
	dir := tree(t, map[string]string{"a/x.asl.json": "", "outside/y.asl.json": ""})
	if err := os.Symlink(dir, filepath.Join(dir, "a", "loop")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if err := os.Symlink(filepath.Join(dir, "outside", "y.asl.json"), filepath.Join(dir, "a", "link.asl.json")); err != nil {
		t.Fatal(err)
	}
	var skipped []string
	sources, err := Find(t.Context(), []string{"a"}, Options{Files: files.OnDisk(), Dir: dir, Skipped: func(name, reason string) {
		skipped = append(skipped, name+" "+reason)
	}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a/x.asl.json"}, names(sources)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"a/link.asl.json walks do not follow symbolic links"}, skipped); diff != "" {
		t.Error(diff)
	}
	sources, err = Find(t.Context(), []string{"a/link.asl.json"}, Options{Files: files.OnDisk(), Dir: dir})
	if err != nil || len(sources) != 1 {
		t.Errorf("a named link is followed: %v, %v", names(sources), err)
	}
}

func TestLooksLikeDefinition(t *testing.T) {
	for content, want := range map[string]bool{
		`{"StartAt": "A", "States": {}}`:                     true,
		`{"Comment": "}{\"", "States": {}, "StartAt": "A",}`: true,
		`{"x": {"StartAt": "A", "States": {}}}`:              false,
		`["StartAt", "States"]`:                              false,
		`{"StartAt": "States"}`:                              false,
		`{"unclosed": "StartAt States`:                       false,
		``:                                                   false,
	} {
		if got := LooksLikeDefinition("x.json", []byte(content)); got != want {
			t.Errorf("LooksLikeDefinition(%s) = %v", content, got)
		}
	}
}
