package integrations

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

var update = flag.Bool("update", false, "write the findings into the golden archives")

// TestRulesFindWhatTheirArchivesSay runs each rule over the definitions of
// testdata/RULE.txtar and compares with the file "findings" at its end. A
// definition whose name says express is checked as an Express workflow.
func TestRulesFindWhatTheirArchivesSay(t *testing.T) {
	for _, rule := range All() {
		t.Run(rule.Name, func(t *testing.T) {
			path := filepath.Join("testdata", rule.Name+".txtar")
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := findingsOf(t, archive, rule.Name)
			if !strings.Contains(got, rule.Name) && !strings.Contains(got, ":") {
				t.Error("the rule never fires")
			}
			if *update {
				writeFindings(t, path, archive, got)
				return
			}
			if diff := cmp.Diff(recordedFindings(archive), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

const findingsFile = "findings"

func findingsOf(t *testing.T, archive *txtar.Archive, rule string) string {
	var all strings.Builder
	for _, file := range archive.Files {
		if file.Name == findingsFile {
			continue
		}
		kind := asl.Standard
		if strings.Contains(file.Name, "express") {
			kind = asl.Express
		}
		found := check(t, file.Name, file.Data, kind, rule)
		if strings.HasPrefix(file.Name, "silent") && len(found) > 0 {
			t.Errorf("%s: %s", file.Name, found[0].Message)
		}
		for _, finding := range found {
			all.WriteString(show(finding))
		}
	}
	return all.String()
}

func show(f diag.Diagnostic) string {
	at := f.File.Position(f.Span.Start, syntax.CodePoints)
	text := fmt.Sprintf("%s:%d:%d: %s: %s\n", f.File.Name, at.Line, at.Column, f.Severity, f.Message)
	if f.Help != "" {
		text += "\thelp: " + f.Help + "\n"
	}
	for _, related := range f.Related {
		text += fmt.Sprintf("\trelated: %d: %s\n", f.File.Position(related.Span.Start, syntax.CodePoints).Line, related.Message)
	}
	for _, fix := range f.Fixes {
		text += "\tfix: " + fix.Message + "\n"
	}
	if f.AWS != nil {
		text += "\taws: " + f.AWS.Message + "\n"
	}
	return text
}

func recordedFindings(archive *txtar.Archive) string {
	for _, file := range archive.Files {
		if file.Name == findingsFile {
			return string(file.Data)
		}
	}
	return ""
}

func writeFindings(t *testing.T, path string, archive *txtar.Archive, findings string) {
	archive.Files = slices.DeleteFunc(archive.Files, func(file txtar.File) bool { return file.Name == findingsFile })
	archive.Files = append(archive.Files, txtar.File{Name: findingsFile, Data: []byte(findings)})
	if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
