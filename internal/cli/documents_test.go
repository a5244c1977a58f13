package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// documents are the pages whose console blocks are run. A line "$ command" is
// a command line, and what follows up to the next one is what it prints.
func documents(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join("..", "..", "docs", "*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages in docs", err)
	}
	return append(pages, filepath.Join("..", "..", "README.md"))
}

func TestOutputInTheDocumentsIsReal(t *testing.T) {
	for _, name := range documents(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := rerun(t, string(content))
			if *update && got != string(content) {
				if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(content), got); diff != "" {
				t.Errorf("go test ./internal/cli -update rewrites it (-document +real)\n%s", diff)
			}
		})
	}
}

// rerun returns a document with the output of its commands as it is now.
func rerun(t *testing.T, document string) string {
	t.Helper()
	var result strings.Builder
	inConsole := false
	for line := range strings.Lines(document) {
		text := strings.TrimRight(line, "\n")
		switch {
		case text == "```console":
			inConsole = true
		case inConsole && text == "```":
			inConsole = false
		case inConsole && strings.HasPrefix(text, "$ "):
			result.WriteString(line + printed(t, strings.TrimPrefix(text, "$ ")))
			continue
		case inConsole:
			continue
		}
		result.WriteString(line)
	}
	return result.String()
}

// printed runs one command line of a document at the root of the module.
func printed(t *testing.T, line string) string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	args := splitLine(strings.TrimPrefix(line, "go run ./cmd/"))
	if len(args) == 0 || args[0] != "sfnctl" {
		t.Fatalf("%q is no command of sfnctl; use a block of sh for what is not run", line)
	}
	code, stdout, stderr := run(t, root, "", args[1:]...)
	if code > exitFault {
		t.Errorf("%s: exit code %d", line, code)
	}
	text := stdout + stderr
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text
}

func TestLinksBetweenPagesLead(t *testing.T) {
	for _, name := range append(documents(t), filepath.Join("..", "..", "CONTRIBUTING.md")) {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range markdownLink.FindAllStringSubmatch(string(content), -1) {
			target, _, _ := strings.Cut(match[2], "#")
			if target == "" || strings.Contains(target, "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), target)); err != nil {
				t.Errorf("%s links to %s, which is not there", name, target)
			}
		}
	}
}
