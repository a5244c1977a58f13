package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestPicturesInTheDocumentsAreCurrent(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"graph", "--update", "docs/graph.md", "--update", "README.md"}
	if !*update {
		args = append(args, "--check")
	}
	if code, _, stderr := run(t, root, "", args...); code != exitOK {
		t.Errorf("exit code %d: %s; go test ./internal/cli -update redraws them", code, stderr)
	}
}

func TestPictureThatIsCurrentIsNotWritten(t *testing.T) {
	dir := exampleDir(t)
	if code, _, stderr := run(t, dir, "", "graph", "orders.asl.json", "-o", "orders.svg"); code != exitOK {
		t.Fatal(stderr)
	}
	picture := filepath.Join(dir, "orders.svg")
	if err := os.Chmod(picture, 0o444); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(picture)
	if err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := run(t, dir, "", "graph", "orders.asl.json", "-o", "orders.svg"); code != exitOK {
		t.Fatal(stderr)
	}
	after, err := os.Stat(picture)
	if err != nil {
		t.Fatal(err)
	}
	if !after.ModTime().Equal(before.ModTime()) {
		t.Error("the file was written again")
	}
}

func TestLintNamesTheCommandThatDrawsItsFindingsOnATerminal(t *testing.T) {
	for _, terminal := range []bool{true, false} {
		var out, errs bytes.Buffer
		env := &Env{
			Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Getenv: func(string) string { return "" },
			Dir: exampleDir(t), Now: time.Now, IsTerminal: func(any) bool { return terminal },
		}
		Main(context.Background(), []string{"lint", "--color", "never", "--preset", "strict", "orders.asl.json"}, env)
		if said := strings.Contains(out.String(), "drawn: sfnctl graph orders.asl.json --findings\n"); said != terminal {
			t.Errorf("on a terminal %v, the command is named: %v\n%s", terminal, said, out.String())
		}
	}
}
