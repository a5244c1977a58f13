package asl

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// sharedData returns a folder of the optional test data beside the module; the
// test is skipped when it is not there.
func sharedData(t testing.TB, parts ...string) string {
	t.Helper()
	dir := filepath.Join(append([]string{"..", "..", "..", "shared"}, parts...)...)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("optional test data %s is absent", dir)
	}
	return dir
}

func readJSON(t testing.TB, path string, into any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// errorsIn decodes a file and returns its findings of severity error.
func errorsIn(t testing.TB, path string) []diag.Diagnostic {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, findings := ParseFile(path, src)
	var errors []diag.Diagnostic
	for _, found := range findings {
		if found.Severity == diag.Error {
			errors = append(errors, found)
		}
	}
	return errors
}

// judged is an entry of the manifest of judged definitions.
type judged struct {
	ID, File, Verdict, Category, Reason, Evidence string
	Pointer                                       []string
	Contested                                     bool
}

func TestValidDefinitionsOfTheJudgedSetGetNoError(t *testing.T) {
	dir := sharedData(t, "lintset")
	var set []judged
	readJSON(t, filepath.Join(dir, "manifest.json"), &set)
	invalid, caught, missed := 0, 0, map[string]int{}
	placed, misplaced := 0, 0
	for _, entry := range set {
		if entry.Contested {
			continue
		}
		found := errorsIn(t, filepath.Join(dir, entry.File))
		switch {
		case entry.Verdict == "valid" && len(found) > 0:
			t.Errorf("%s is valid, but: %s", entry.ID, found[0].Message)
		case entry.Verdict == "invalid" && len(found) > 0:
			invalid, caught = invalid+1, caught+1
			if len(entry.Pointer) == 0 {
				break
			}
			if pointsAt(found, entry.Pointer) {
				placed++
				break
			}
			misplaced++
			t.Logf("elsewhere: %s: %q wanted, got %q: %s", entry.ID, entry.Pointer, pointer(found[0]), found[0].Message)
		case entry.Verdict == "invalid":
			invalid++
			missed[entry.Category]++
			t.Logf("missed: %s (%s): %s", entry.ID, entry.Category, entry.Reason)
		}
	}
	t.Logf("%d findings are at or inside the place of the manifest, %d are not", placed, misplaced)
	t.Logf("%d of %d invalid definitions are caught by decoding alone; missed by category: %v", caught, invalid, missed)
}

// pointsAt reports whether a finding is at or inside one of the pointers.
func pointsAt(findings []diag.Diagnostic, pointers []string) bool {
	for _, found := range findings {
		at := pointer(found) + "/"
		for _, want := range pointers {
			if strings.HasPrefix(at, strings.TrimSuffix(want, "/")+"/") {
				return true
			}
		}
	}
	return false
}

func pointer(found diag.Diagnostic) string {
	return syntax.Parse(found.File).PointerAt(found.Span)
}
