package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const module = "github.com/sfnctl/sfnctl/"

// sourceFile is a Go file of this module.
type sourceFile struct {
	name   string // slash path from the root of the module
	dir    string // its directory, in the same form
	isTest bool   // a test, or what only tests use
	lines  int
	syntax *ast.File
	set    *token.FileSet
}

// parsed holds what all tests here read, parsed once.
var parsed struct {
	once  sync.Once
	files []sourceFile
	err   error
}

// sources parses every Go file of the module.
func sources(t *testing.T) []sourceFile {
	t.Helper()
	root := moduleRoot(t)
	parsed.once.Do(func() { parsed.files, parsed.err = parseAll(root) })
	if parsed.err != nil {
		t.Fatal(parsed.err)
	}
	return parsed.files
}

func parseAll(root string) ([]sourceFile, error) {
	var files []sourceFile
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if base := entry.Name(); path != root && (base == "testdata" || strings.HasPrefix(base, ".") || isModule(path)) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		file, err := parse(root, path)
		files = append(files, file)
		return err
	})
	return files, err
}

func parse(root, path string) (sourceFile, error) {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, path, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return sourceFile{}, err
	}
	relative, err := filepath.Rel(root, path)
	if err != nil {
		return sourceFile{}, err
	}
	name := filepath.ToSlash(relative)
	dir, _, _ := cutLast(name, "/")
	return sourceFile{
		name: name, dir: dir, isTest: strings.HasSuffix(name, "_test.go") || imports(tree, "testing"),
		lines: set.File(tree.Pos()).LineCount(), syntax: tree, set: set,
	}, nil
}

func imports(tree *ast.File, path string) bool {
	return slices.ContainsFunc(tree.Imports, func(spec *ast.ImportSpec) bool { return spec.Path.Value == strconv.Quote(path) })
}

func cutLast(text, separator string) (before, after string, found bool) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return "", text, false
	}
	return text[:i], text[i+len(separator):], true
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if !isModule(root) {
		t.Fatalf("%s is not the root of the module", root)
	}
	return root
}

func isModule(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}
