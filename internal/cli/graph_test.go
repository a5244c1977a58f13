package cli

import (
	"os"
	"path/filepath"
	"testing"
)

func TestPicturesInTheDocumentsAreCurrent(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"graph", "--update", "docs/graph.md"}
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
