package format

import (
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// seed adds the texts of the golden archives.
func seed(f *testing.F, paths ...string) {
	f.Helper()
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			f.Add(file.Data)
		}
	}
}

func FuzzJSON(f *testing.F) {
	seed(f, "testdata/json.txtar", "testdata/template.txtar")
	f.Fuzz(func(t *testing.T, src []byte) { checkText(t, "x.json", src) })
}

func FuzzYAML(f *testing.F) {
	seed(f, "testdata/yaml.txtar", "testdata/json.txtar", "testdata/template.txtar")
	f.Fuzz(func(t *testing.T, src []byte) { checkText(t, "x.yaml", src) })
}

func checkText(t *testing.T, name string, src []byte) {
	if result, err := Source(syntax.NewFile(name, src), Style{}); err == nil {
		checkResult(t, name, src, result)
	}
}
