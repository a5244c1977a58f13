package syntax

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// corpusFiles calls use for every file below the optional data folder's path.
func corpusFiles(t *testing.T, path string, use func(name string, src []byte)) {
	t.Helper()
	root := shared(t, path)
	count := 0
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, name)
		count++
		use(path+"/"+filepath.ToSlash(relative), src)
		return err
	})
	if err != nil || count == 0 {
		t.Fatalf("%d files, %v", count, err)
	}
}

func TestCorpusParses(t *testing.T) {
	for _, path := range []string{"corpus/asl", "corpus/saga", "corpus/templates", "lintset"} {
		t.Run(strings.ReplaceAll(path, "/", "-"), func(t *testing.T) {
			corpusFiles(t, path, func(name string, src []byte) {
				tree := Parse(NewFile(name, src))
				checkSpans(t, tree, tree.Format == JSON && len(tree.Errors) == 0)
				if _, ok := standard(src); ok && tree.Format == JSON {
					for _, e := range tree.Errors {
						if e.Code != DuplicateKey {
							t.Errorf("%s: %s", name, report(tree))
						}
					}
				}
			})
		})
	}
}

// A definition that a reader judged valid may hold placeholders outside of
// quotes; nothing else is wrong with it.
func TestValidDefinitionsHaveNoSyntaxErrors(t *testing.T) {
	data, err := os.ReadFile(shared(t, "corpus/manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Entries []struct {
			File, Kind string
			Valid      bool
		}
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, entry := range manifest.Entries {
		if !entry.Valid || !strings.HasPrefix(entry.Kind, "asl:") {
			continue
		}
		src, err := os.ReadFile(shared(t, "corpus/"+entry.File))
		if err != nil {
			t.Fatal(err)
		}
		checked++
		tree := Parse(NewFile(entry.File, src))
		for _, e := range tree.Errors {
			if e.Code != Substitution {
				t.Errorf("%s:\n%s", entry.File, report(tree))
				break
			}
		}
	}
	if checked == 0 {
		t.Error("no valid definition in the manifest")
	}
}

// Every way to edit the first nodes of each file changes that place only, and
// few edits of real files are refused.
func TestEditsOfTheCorpusChangeOnePlace(t *testing.T) {
	for _, path := range []string{"corpus/asl", "corpus/templates"} {
		t.Run(strings.ReplaceAll(path, "/", "-"), func(t *testing.T) {
			made, refused := 0, 0
			corpusFiles(t, path, func(name string, src []byte) {
				switch filepath.Ext(name) {
				case ".json", ".yaml", ".yml", ".asl":
					if len(src) < 8_000 {
						m, r := checkEdits(t, name, src, 4)
						made, refused = made+m, refused+r
					}
				}
			})
			t.Logf("%d edits made, %d refused", made, refused)
			if made < 20*refused {
				t.Errorf("%d edits made, %d refused", made, refused)
			}
		})
	}
}
