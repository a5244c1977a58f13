package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/sfnctl/sfnctl/internal/files"
)

// exampleFiles are the files that the examples of the help speak of, as copies
// of workflows in testdata.
var exampleFiles = map[string]string{
	"orders.asl.json":           "workflows/user-information.asl.json",
	"orders.mocks.json":         "workflows/user-information.mocks.json",
	"orders.input.json":         "workflows/user-information.input.json",
	"workflows/trip.asl.json":   "workflows/trip-saga.asl.json",
	"workflows/trip.mocks.json": "workflows/trip-saga.mocks.json",
	"workflows/trip.input.json": "workflows/trip-saga.input.json",
}

// exampleDir lays the files out in a new directory.
func exampleDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, origin := range exampleFiles {
		content, err := os.ReadFile(filepath.Join("..", "..", "testdata", origin))
		if err != nil {
			t.Fatal(err)
		}
		target := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestExamplesOfTheHelpRun(t *testing.T) {
	env := &Env{Getenv: func(string) string { return "" }, files: files.OnDisk()}
	for _, command := range newRootCommand(env).Commands() {
		if command.Name() == "help" || command.Name() == "completion" {
			continue
		}
		t.Run(command.Name(), func(t *testing.T) {
			if command.Example == "" {
				t.Error("the help has no example")
			}
			for line := range strings.Lines(command.Example) {
				runExample(t, command, strings.TrimSpace(line))
			}
		})
	}
}

func runExample(t *testing.T, command *cobra.Command, line string) {
	t.Helper()
	dir, stdin := exampleDir(t), ""
	if file, rest, found := strings.Cut(strings.TrimPrefix(line, "cat "), " | "); found {
		content, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		stdin, line = string(content), rest
	}
	args := splitLine(line)
	if len(args) < 2 || args[0] != "sfnctl" || args[1] != command.Name() {
		t.Errorf("%q is no example of %s", line, command.Name())
		return
	}
	if code, _, stderr := run(t, dir, stdin, args[1:]...); code > exitFault {
		t.Errorf("%s: exit code %d\n%s", line, code, stderr)
	}
}

// splitLine splits a command line as a shell does, as far as examples need it.
func splitLine(line string) []string {
	var args []string
	var word strings.Builder
	quote, inWord := rune(0), false
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, inWord = r, true
		case r == ' ':
			if inWord {
				args = append(args, word.String())
			}
			word.Reset()
			inWord = false
		default:
			inWord = true
			word.WriteRune(r)
		}
	}
	if inWord {
		args = append(args, word.String())
	}
	return args
}
