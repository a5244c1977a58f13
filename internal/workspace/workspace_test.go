package workspace

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/internal/files"
	"github.com/sfnctl/sfnctl/pkg/lint/rules"
)

const (
	sound = `{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}`
	lost  = `{"StartAt": "Don", "States": {"Done": {"Type": "Succeed"}}}`

	template = "Transform: AWS::Serverless-2016-10-31\nResources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      DefinitionUri: m.asl.json\n"
)

func open(t *testing.T, options Options, arguments ...string) *Set {
	t.Helper()
	w, err := New(t.Context(), options, rules.All())
	if err != nil {
		t.Fatal(err)
	}
	set, err := w.Open(t.Context(), arguments)
	if err != nil {
		t.Fatal(err)
	}
	set.Check(t.Context())
	return set
}

// found lists the rules of the findings with the files that they stand in.
func found(set *Set) []string {
	var list []string
	for _, finding := range set.Findings() {
		list = append(list, finding.File.Name+" "+finding.Rule)
	}
	return list
}

func TestAnyFileSystemIsChecked(t *testing.T) {
	t.Parallel()
	door := files.Over(fstest.MapFS{
		"project/a.asl.json":    {Data: []byte(lost)},
		"project/template.yaml": {Data: []byte(template)},
		"project/m.asl.json":    {Data: []byte(sound)},
		"project/.sfnctl.yaml":  {Data: []byte("preset: spec\n")},
	})
	options := Options{Files: door, Dir: "/project"}
	if diff := cmp.Diff([]string{"a.asl.json undefined-target"}, found(open(t, options))); diff != "" {
		t.Error(diff)
	}
	door.Keep("/project/a.asl.json", []byte(sound))
	door.Keep("/project/m.asl.json", []byte(lost))
	if diff := cmp.Diff([]string{"m.asl.json undefined-target"}, found(open(t, options))); diff != "" {
		t.Errorf("with unsaved texts: %s", diff)
	}
	options.Fixes = true
	changes, err := open(t, options).Fix(t.Context(), true)
	if err != nil || len(changes) != 1 || changes[0].Path != "/project/m.asl.json" || string(changes[0].After) != sound {
		t.Errorf("%+v, %v", changes, err)
	}
}

// TestASymlinkedDirectoryIsItsProject: the file that a template refers to lies
// next to it, by whichever name the directory goes.
func TestASymlinkedDirectoryIsItsProject(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	real, link := filepath.Join(dir, "real"), filepath.Join(dir, "link")
	if err := os.Mkdir(real, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"template.yaml": template, "m.asl.json": sound} {
		if err := os.WriteFile(filepath.Join(real, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(real, link); err != nil {
		t.Skip(err)
	}
	for _, test := range []struct{ dir, argument string }{
		{link, "template.yaml"}, {real, "template.yaml"}, {dir, "link/template.yaml"}, {dir, filepath.Join(link, "template.yaml")},
		{link, "."}, {dir, "link"}, {"/", filepath.Join(link, "template.yaml")},
	} {
		set := open(t, Options{Files: files.OnDisk(), Dir: test.dir, Preset: "spec"}, test.argument)
		if len(set.Documents) != 1 || set.Documents[0].Machines != 1 || len(set.Findings()) != 0 {
			t.Errorf("%s in %s: %d files, findings %v", test.argument, test.dir, len(set.Documents), found(set))
		}
	}
}

func TestAFileThatCannotBeReadKeepsNoOtherFromBeingChecked(t *testing.T) {
	t.Parallel()
	door := files.Over(fstest.MapFS{
		"large.asl.json": {Data: []byte(strings.Repeat(" ", 200) + sound)},
		"lost.asl.json":  {Data: []byte(lost)},
	})
	door.Limit = 100
	set := open(t, Options{Files: door, Dir: "/", Preset: "spec"})
	var tooLarge *files.SizeError
	if len(set.Documents) != 2 || !errors.As(set.Documents[0].Failure, &tooLarge) || set.Documents[1].Failure != nil {
		t.Fatalf("%+v", set.Documents)
	}
	if diff := cmp.Diff([]string{"lost.asl.json undefined-target"}, found(set)); diff != "" {
		t.Error(diff)
	}
}

func TestAnInterruptedCheckSaysWhichFilesItLeftOut(t *testing.T) {
	t.Parallel()
	set := open(t, Options{Files: files.Over(fstest.MapFS{"a.asl.json": {Data: []byte(lost)}}), Dir: "/"})
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	set.Documents[0].Findings = nil
	set.Check(stopped)
	if failure := set.Documents[0].Failure; !errors.Is(failure, context.Canceled) {
		t.Errorf("failure %v", failure)
	}
}

func TestAStateMachineIsChosenByName(t *testing.T) {
	t.Parallel()
	door := files.Over(fstest.MapFS{
		"template.yaml": {Data: []byte(template + strings.ReplaceAll(template[strings.Index(template, "  M:"):], "  M:", "  N:"))},
		"m.asl.json":    {Data: []byte(sound)},
	})
	w, err := New(t.Context(), Options{Files: door, Dir: "/"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if definition, err := w.ReadOne(t.Context(), "template.yaml#N"); err != nil || definition.Name != "N" {
		t.Errorf("%+v, %v", definition, err)
	}
	for argument, want := range map[string]string{
		"template.yaml":   "template.yaml holds 2 state machines; name one: template.yaml#M, template.yaml#N",
		"template.yaml#O": `template.yaml holds no state machine "O"; it holds template.yaml#M, template.yaml#N`,
		"m.asl.json#M":    "m.asl.json is a plain definition, which has no name; leave out #M",
	} {
		var mistake *MistakeError
		if _, err := w.ReadOne(t.Context(), argument); !errors.As(err, &mistake) || err.Error() != want {
			t.Errorf("%s: %v", argument, err)
		}
	}
}
