package asl

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// Each archive in testdata/decode holds definitions of one theme, each followed
// by the findings it must give: NAME.json or NAME.yaml, then NAME.findings.
func TestGoldenFindings(t *testing.T) {
	archives, err := filepath.Glob(filepath.Join("testdata", "decode", "*.txtar"))
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { checkArchive(t, path) })
	}
}

// eachGolden calls visit with every definition of the golden files.
func eachGolden(t *testing.T, visit func(name string, src []byte)) {
	archives, _ := filepath.Glob(filepath.Join("testdata", "decode", "*.txtar"))
	for _, path := range archives {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range archive.Files {
			if filepath.Ext(file.Name) != ".findings" {
				visit(file.Name, file.Data)
			}
		}
	}
}

func checkArchive(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, file := range archive.Files {
		want[file.Name] = string(file.Data)
	}
	fresh := &txtar.Archive{Comment: archive.Comment}
	for _, file := range archive.Files {
		name := strings.TrimSuffix(file.Name, filepath.Ext(file.Name)) + ".findings"
		if file.Name == name {
			continue
		}
		_, findings := ParseFile(file.Name, file.Data)
		got := listing(findings)
		fresh.Files = append(fresh.Files, file, txtar.File{Name: name, Data: []byte(got)})
		if diff := cmp.Diff(want[name], got); diff != "" && !*update {
			t.Errorf("%s (-want +got):\n%s", file.Name, diff)
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// listing writes findings as golden files have them: place, severity unless
// error, rule, message; the help and the service's words below.
func listing(findings []diag.Diagnostic) string {
	var text strings.Builder
	for _, found := range findings {
		at := found.File.Position(found.Span.Start, syntax.CodePoints)
		severity := ""
		if found.Severity != diag.Error {
			severity = found.Severity.String() + " "
		}
		fmt.Fprintf(&text, "%d:%d %s%s: %s\n", at.Line, at.Column, severity, found.Rule, found.Message)
		if found.Help != "" {
			fmt.Fprintf(&text, "    help: %s\n", found.Help)
		}
		if found.AWS != nil {
			fmt.Fprintf(&text, "    aws: %s: %s\n", found.AWS.Code, found.AWS.Message)
		}
	}
	return text.String()
}
