package rules_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/lint/rules"
)

// TestEveryNameThatIsPrintedIsRegistered reads the sources of the module: what a
// finding gives as its Rule must be the name of a rule in rules.All.
func TestEveryNameThatIsPrintedIsRegistered(t *testing.T) {
	registered := map[string]bool{}
	for _, rule := range rules.All() {
		registered[rule.Name] = true
	}
	files := moduleSources(t)
	constants := stringConstants(files)
	printed := 0
	for _, file := range files {
		ast.Inspect(file, func(node ast.Node) bool {
			pair, ok := node.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			if key, ok := pair.Key.(*ast.Ident); !ok || key.Name != "Rule" {
				return true
			}
			if name, ok := textOf(pair.Value, constants); ok {
				printed++
				if !registered[name] {
					t.Errorf("findings are reported under %q, which rules.All does not list", name)
				}
			}
			return true
		})
	}
	if printed < 10 {
		t.Errorf("only %d places that name a rule were found", printed)
	}
}

// moduleSources parses the packages of the module, without their tests.
func moduleSources(t *testing.T) []*ast.File {
	t.Helper()
	var files []*ast.File
	for _, root := range []string{"../../../pkg", "../../../internal"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			files = append(files, file)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// stringConstants returns the constants of the module that are texts, by name.
func stringConstants(files []*ast.File) map[string]ast.Expr {
	constants := map[string]ast.Expr{}
	for _, file := range files {
		for _, declaration := range file.Decls {
			general, ok := declaration.(*ast.GenDecl)
			if !ok || general.Tok != token.CONST {
				continue
			}
			for _, spec := range general.Specs {
				value := spec.(*ast.ValueSpec)
				for i, name := range value.Names {
					if i < len(value.Values) {
						constants[name.Name] = value.Values[i]
					}
				}
			}
		}
	}
	return constants
}

// textOf returns the text of a literal, or of a constant by its name.
func textOf(e ast.Expr, constants map[string]ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil
	case *ast.SelectorExpr:
		return textOf(e.Sel, constants)
	case *ast.Ident:
		if value, ok := constants[e.Name]; ok {
			delete(constants, e.Name) // a constant may be made of one of the same name
			text, found := textOf(value, constants)
			constants[e.Name] = value
			return text, found
		}
	}
	return "", false
}
