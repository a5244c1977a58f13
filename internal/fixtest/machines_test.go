package fixtest

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// corpus is where real definitions may stand beside the module.
const corpus = "../../../shared/corpus/asl"

// judged is where workflows whose findings were judged may stand beside the module.
const judged = "../../../shared/flowset"

// source is a definition to fix.
type source struct {
	name string
	src  []byte
}

// ownMachines returns the definitions in the archives and files of testdata.
func ownMachines(t *testing.T) []source {
	t.Helper()
	var found []source
	for _, pattern := range []string{"../../testdata/flow/*.txtar", "../../pkg/lint/rules/*/testdata/*.txtar"} {
		archives, err := filepath.Glob(pattern)
		if err != nil || len(archives) == 0 {
			t.Fatalf("no archives %s: %v", pattern, err)
		}
		for _, path := range archives {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range archive.Files {
				if isDefinition(file.Name) {
					found = append(found, source{filepath.Base(path) + "/" + file.Name, file.Data})
				}
			}
		}
	}
	return append(found, definitionsBelow(t, "../../testdata")...)
}

// realMachines returns the definitions of the corpus, and skips the test without it.
func realMachines(t *testing.T) []source {
	t.Helper()
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("the corpus is not here:", err)
	}
	return definitionsBelow(t, corpus)
}

// judgedMachines returns the workflows that were judged, none where they are not.
func judgedMachines(t *testing.T) []source {
	t.Helper()
	var found []source
	for _, folder := range []string{"real", "corners"} {
		if root := filepath.Join(judged, folder); exists(root) {
			found = append(found, definitionsBelow(t, root)...)
		}
	}
	return found
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func definitionsBelow(t *testing.T, root string) []source {
	t.Helper()
	var found []source
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !isDefinition(path) {
			return err
		}
		src, err := os.ReadFile(path)
		if strings.Contains(string(src), "StartAt") {
			found = append(found, source{strings.TrimPrefix(path, root+"/"), src})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func isDefinition(name string) bool {
	switch filepath.Ext(name) {
	case ".json", ".yaml", ".yml":
		return true
	}
	return false
}
