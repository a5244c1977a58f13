package archtest

import (
	"go/ast"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layer says which packages of this module a package may import. A pattern
// ending in "/..." takes the packages below, too. The first row that matches
// the importing package holds.
type layer struct {
	of  string
	may []string
}

var layers = []layer{
	{"pkg/syntax", nil},
	{"pkg/diag", []string{"pkg/syntax"}},
	{"pkg/value", nil},
	{"pkg/printable", nil},
	{"pkg/jsonpath/...", []string{"pkg/value", "pkg/jsonpath/..."}},
	{"pkg/jsonata/...", []string{"pkg/value", "pkg/jsonata/..."}},
	{"pkg/asl/spec", nil},
	{"pkg/asl/directive", []string{"pkg/syntax"}},
	{"pkg/asl/intrinsic", []string{"pkg/value", "pkg/jsonpath", "pkg/jsonata/..."}},
	{"pkg/asl", []string{"pkg/syntax", "pkg/diag", "pkg/value", "pkg/jsonpath/...", "pkg/jsonata/...", "pkg/asl/..."}},
	{"pkg/history", []string{"pkg/syntax", "pkg/value", "pkg/asl/spec"}},
	{"pkg/graph/layout", nil},
	{"pkg/graph/render/...", []string{"pkg/printable", "pkg/history", "pkg/syntax", "pkg/diag", "pkg/asl/...", "pkg/graph/..."}},
	{"pkg/graph", []string{"pkg/printable", "pkg/syntax", "pkg/diag", "pkg/value", "pkg/jsonpath/...", "pkg/jsonata/...", "pkg/asl/..."}},
	{"pkg/simulate/...", []string{"pkg/printable", "pkg/history", "pkg/syntax", "pkg/diag", "pkg/value", "pkg/jsonpath/...", "pkg/jsonata/...", "pkg/asl/...", "pkg/simulate/..."}},
	{"pkg/lint", []string{"pkg/syntax", "pkg/diag", "pkg/value", "pkg/asl/...", "pkg/graph"}},
	{"pkg/lint/rules/...", []string{
		"pkg/syntax", "pkg/diag", "pkg/value", "pkg/jsonpath/...", "pkg/jsonata/...", "pkg/asl/...", "pkg/graph", "pkg/lint/...",
	}},
	{"schemas", nil},
	{"docs", nil},
	{"internal/files", nil},
	{"internal/editorconfig", []string{"internal/files"}},
	{"internal/discover", []string{"internal/files"}},
	{"internal/config", []string{"pkg/...", "internal/files", "internal/jsonschema", "schemas"}},
	{"internal/extract/...", []string{"pkg/...", "internal/files", "internal/extract/..."}},
	{"internal/workspace", []string{"pkg/...", "internal/files", "internal/discover", "internal/config", "internal/extract/..."}},
	{"internal/cli", []string{"pkg/...", "internal/...", "schemas", "docs"}},
	{"internal/archtest", nil},
	{"internal/...", []string{"pkg/...", "internal/...", "schemas"}},
	{"cmd/sfnctl", []string{"internal/cli"}},
}

// thirdParty says where a module of others may be imported outside of tests.
var thirdParty = map[string][]string{
	"github.com/spf13/cobra":                          {"internal/cli"},
	"github.com/spf13/pflag":                          {"internal/cli"},
	"github.com/fatih/color":                          {"internal/report"},
	"github.com/mattn/go-isatty":                      {"internal/cli"},
	"github.com/mattn/go-runewidth":                   {"internal/report", "internal/cli", "pkg/graph/render/..."},
	"gopkg.in/yaml.v3":                                {"pkg/syntax", "internal/config", "internal/extract/..."},
	"github.com/xeipuuv/gojsonschema":                 {"internal/jsonschema"},
	"github.com/xeipuuv/gojsonreference":              {"internal/jsonschema"},
	"github.com/bmatcuk/doublestar/v4":                {"internal/files", "internal/discover", "internal/config", "internal/extract/..."},
	"github.com/editorconfig/editorconfig-core-go/v2": {"internal/editorconfig"},
	"github.com/hashicorp/hcl/v2":                     {"internal/extract/..."},
	"github.com/zclconf/go-cty":                       {"internal/extract/..."},
	"github.com/rogpeppe/go-internal":                 {"internal/cli"},
	"github.com/parquet-go/parquet-go":                {"pkg/simulate/..."},
	"github.com/klauspost/compress":                   {"pkg/simulate/..."},
	"golang.org/x/image":                              {"pkg/graph/render/..."},
	"golang.org/x/tools/txtar":                        {"pkg/simulate/internal/...", "pkg/lint/rules/internal/..."}, // archives of test cases
	"golang.org/x/sync":                               {"internal/workspace"},
	"golang.org/x/text":                               {"pkg/jsonata/...", "pkg/graph/render/..."},
}

func TestImportsPointOneWay(t *testing.T) {
	for _, file := range sources(t) {
		for _, spec := range file.syntax.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if ours, found := strings.CutPrefix(imported, module); found {
				if !file.isTest {
					checkLayer(t, file, ours)
				}
				continue
			}
			if strings.Contains(strings.Split(imported, "/")[0], ".") && !file.isTest {
				checkThirdParty(t, file, imported)
			}
		}
	}
}

func checkLayer(t *testing.T, file sourceFile, imported string) {
	t.Helper()
	for _, row := range layers {
		if !matches(row.of, file.dir) {
			continue
		}
		if !slices.ContainsFunc(row.may, func(pattern string) bool { return matches(pattern, imported) }) {
			t.Errorf("%s: %s may not import %s", file.name, file.dir, imported)
		}
		return
	}
	t.Errorf("%s: %s has no row in the table of layers", file.name, file.dir)
}

func checkThirdParty(t *testing.T, file sourceFile, imported string) {
	t.Helper()
	for prefix, places := range thirdParty {
		if imported != prefix && !strings.HasPrefix(imported, prefix+"/") {
			continue
		}
		if !slices.ContainsFunc(places, func(pattern string) bool { return matches(pattern, file.dir) }) {
			t.Errorf("%s: %s may be imported in %s only", file.name, imported, strings.Join(places, ", "))
		}
		return
	}
	t.Errorf("%s: %s has no row in the table of third-party modules", file.name, imported)
}

func matches(pattern, dir string) bool {
	base, below := strings.CutSuffix(pattern, "/...")
	return dir == base || below && strings.HasPrefix(dir, base+"/")
}

// TestThePhasesAreSilent: nothing in pkg reads the environment or the clock,
// prints, exits, or goes to the network.
func TestThePhasesAreSilent(t *testing.T) {
	forbidden := []string{"os", "os/exec", "net", "net/http", "log", "log/slog", "syscall", "math/rand", "os/signal"}
	for _, file := range sources(t) {
		if file.isTest || !strings.HasPrefix(file.dir, "pkg/") {
			continue
		}
		for _, spec := range file.syntax.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if slices.Contains(forbidden, imported) {
				t.Errorf("%s imports %s; pass what it needs as a parameter", file.name, imported)
			}
		}
	}
}

// TestNothingHiddenIsRead: time, chance and output come in as parameters.
func TestNothingHiddenIsRead(t *testing.T) {
	hidden := map[string]func(name string) bool{
		"time": func(name string) bool {
			return slices.Contains([]string{"Now", "Since", "Until", "Sleep", "After", "Tick"}, name)
		},
		"fmt": func(name string) bool { return slices.Contains([]string{"Print", "Printf", "Println"}, name) },
		"rand": func(name string) bool {
			return !slices.Contains([]string{"New", "NewPCG", "NewChaCha8", "Rand", "PCG", "ChaCha8", "Source"}, name)
		},
	}
	for _, file := range sources(t) {
		if file.isTest || !strings.HasPrefix(file.dir, "pkg/") {
			continue
		}
		ast.Inspect(file.syntax, func(node ast.Node) bool {
			selector, ok := node.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if qualifier, ok := selector.X.(*ast.Ident); ok && hidden[qualifier.Name] != nil && hidden[qualifier.Name](selector.Sel.Name) && importsAs(file, qualifier.Name) {
				t.Errorf("%s uses %s.%s; pass what it needs as a parameter", file.set.Position(node.Pos()), qualifier.Name, selector.Sel.Name)
			}
			return true
		})
	}
}

// importsAs reports whether a file imports a package of the standard library
// under that name.
func importsAs(file sourceFile, name string) bool {
	return slices.ContainsFunc(file.syntax.Imports, func(spec *ast.ImportSpec) bool {
		imported, _ := strconv.Unquote(spec.Path.Value)
		return spec.Name == nil && path.Base(strings.TrimSuffix(imported, "/v2")) == name
	})
}

// TestFilesComeThroughOneDoor: what is read is held to one limit and to regular
// files, and what is written is written whole, in internal/files alone.
func TestFilesComeThroughOneDoor(t *testing.T) {
	doors := []string{"internal/files"}
	passing := []string{ // of the package os
		"ReadFile", "Open", "OpenFile", "OpenRoot", "WriteFile", "Create", "CreateTemp", "ReadDir", "Rename", "Remove", "Stat", "Lstat", "DirFS",
		"WalkDir", "EvalSymlinks", "Glob", // of filepath
	}
	for _, file := range sources(t) {
		if file.isTest || strings.HasPrefix(file.dir, "pkg/") || slices.Contains(doors, file.dir) { // pkg has no disk at all
			continue
		}
		ast.Inspect(file.syntax, func(node ast.Node) bool {
			selector, ok := node.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			qualifier, ok := selector.X.(*ast.Ident)
			if ok && (qualifier.Name == "os" || qualifier.Name == "filepath") && slices.Contains(passing, selector.Sel.Name) {
				t.Errorf("%s uses %s.%s; go through a files.Door", file.set.Position(node.Pos()), qualifier.Name, selector.Sel.Name)
			}
			return true
		})
	}
}

func TestThereIsOneMainPackage(t *testing.T) {
	for _, file := range sources(t) {
		if file.syntax.Name.Name == "main" && path.Clean(file.dir) != "cmd/sfnctl" && !file.isTest {
			t.Errorf("%s: go install ./... would install it; put it into tools/", file.name)
		}
	}
}
