package format

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// corpusFiles calls use for every text below a folder of the optional data
// next to the module that can hold a definition.
func corpusFiles(t *testing.T, folder string, use func(name string, src []byte)) {
	t.Helper()
	root := filepath.Join("..", "..", "..", "shared", filepath.FromSlash(folder))
	if _, err := os.Stat(root); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("optional data folder shared/%s is absent", folder)
	}
	count := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		switch filepath.Ext(path) {
		case ".json", ".yaml", ".yml", ".asl":
			src, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			count++
			use(path, src)
		}
		return nil
	})
	if err != nil || count == 0 {
		t.Fatalf("%d files, %v", count, err)
	}
}

func TestCorpusIsFormattedOnceAndForAll(t *testing.T) {
	for _, folder := range []string{"corpus/asl", "corpus/saga", "corpus/templates", "lintset"} {
		t.Run(strings.ReplaceAll(folder, "/", "-"), func(t *testing.T) {
			formatted, changed, refused := 0, 0, 0
			corpusFiles(t, folder, func(name string, src []byte) {
				result, err := Source(syntax.NewFile(name, src), Style{})
				if err != nil {
					refused++
					t.Log(err)
					return
				}
				formatted++
				if !bytes.Equal(src, result) {
					changed++
				}
				checkResult(t, name, src, result)
			})
			t.Logf("%d formatted, %d of them changed, %d refused", formatted, changed, refused)
		})
	}
}

// Of a template nothing changes but what stands in its definitions.
func TestTheRestOfTemplatesStays(t *testing.T) {
	templates := 0
	corpusFiles(t, "corpus/templates", func(name string, src []byte) {
		if rootKind(parse(syntax.NewFile(name, src)).Root) != data {
			return
		}
		result, err := Source(syntax.NewFile(name, src), Style{})
		if err != nil {
			return
		}
		templates++
		if diff := cmp.Diff(withoutDefinitions(name, src), withoutDefinitions(name, result)); diff != "" {
			t.Errorf("%s (-before +after)\n%s", name, diff)
		}
	})
	if templates == 0 {
		t.Error("no template was formatted")
	}
	t.Logf("%d templates", templates)
}

func withoutDefinitions(name string, src []byte) string {
	var rest strings.Builder
	done := 0
	for _, d := range definitionsIn(parse(syntax.NewFile(name, src)).Root) {
		rest.Write(src[done:d.value.Span().Start])
		done = d.value.Span().End
	}
	rest.Write(src[done:])
	return rest.String()
}

// checkResult holds a result to its claims: formatting it again changes nothing,
// it decodes to the same findings, and data reads the same in the same order.
func checkResult(t *testing.T, name string, src, result []byte) {
	t.Helper()
	again, err := Source(syntax.NewFile(name, result), Style{})
	if err != nil {
		t.Errorf("%s: formatted, then refused: %v", name, err)
		return
	}
	if diff := cmp.Diff(string(result), string(again)); diff != "" {
		t.Errorf("%s: formatting twice is not formatting once (-once +twice)\n%s", name, diff)
	}
	before, after := decoded(name, src), decoded(name, result)
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("%s: decodes to something else (-before +after)\n%s", name, diff)
	}
}

// summary is what the decoder makes of a definition, without places in the text.
type summary struct {
	Findings []string
	States   []string // in order, with their data
}

func decoded(name string, src []byte) summary {
	definition, findings := asl.ParseFile(name, src)
	var s summary
	for _, found := range findings {
		if found.Rule == asl.RuleUnquotedSubstitution {
			found.Message = "" // names the first of the file
		}
		s.Findings = append(s.Findings, found.Rule+": "+found.Message)
	}
	slices.Sort(s.Findings)
	for state := range definition.Region.All() {
		s.States = append(s.States, state.Path()+" "+state.Type.String())
		var expressions []string
		for e := range state.Expressions() {
			expressions = append(expressions, e.Field+" "+outline(e.Node))
		}
		slices.Sort(expressions)
		s.States = append(s.States, expressions...)
	}
	return s
}

// outline writes a value without blanks, members in source order.
func outline(n syntax.Node) string {
	switch n := n.(type) {
	case *syntax.Object:
		var parts []string
		for _, m := range n.Members {
			parts = append(parts, m.Key.Value+":"+outline(m.Value))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case *syntax.Array:
		var parts []string
		for _, item := range n.Items {
			parts = append(parts, outline(item))
		}
		return "[" + strings.Join(parts, ",") + "]"
	case *syntax.String:
		return "'" + n.Value + "'"
	case *syntax.Number:
		return n.Text
	case *syntax.Bool:
		if n.Value {
			return "true"
		}
		return "false"
	}
	return syntax.Kind(n)
}
