package integrations

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
)

// sharedData returns a folder of the optional test data beside the module.
func sharedData(t testing.TB, parts ...string) string {
	t.Helper()
	dir := filepath.Join(append([]string{"..", "..", "..", "..", "..", "shared"}, parts...)...)
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

func errorsOf(findings []diag.Diagnostic) []diag.Diagnostic {
	return slices.DeleteFunc(findings, func(f diag.Diagnostic) bool { return f.Severity != diag.Error })
}

func typeOf(name string) asl.WorkflowType {
	if name == "EXPRESS" {
		return asl.Express
	}
	return asl.Standard
}

// overtaken is judged by what stood in it before it was edited: its Resource is
// now an ordinary Lambda function.
const overtaken = "localstack--services-lambda_list_functions"

// TestJudgedDefinitions holds the rules to the judged set: no error on a valid
// definition, and an error on each one whose fault is a matter of integrations,
// unless decoding already finds it.
func TestJudgedDefinitions(t *testing.T) {
	dir := sharedData(t, "lintset")
	var set []struct {
		ID, File, Type, Verdict, Category, Reason string
		Contested                                 bool
	}
	readJSON(t, filepath.Join(dir, "manifest.json"), &set)
	valid, invalid, caught := 0, 0, 0
	for _, entry := range set {
		src, err := os.ReadFile(filepath.Join(dir, entry.File))
		if err != nil {
			t.Fatal(err)
		}
		found := errorsOf(check(t, entry.File, src, typeOf(entry.Type)))
		switch {
		case entry.Contested || entry.ID == overtaken:
		case entry.Verdict == "valid":
			valid++
			if len(found) > 0 {
				t.Errorf("%s is valid, but: %s", entry.ID, found[0].Message)
			}
		case slices.Contains([]string{"integration", "task", "express"}, entry.Category):
			invalid++
			if _, decoded := asl.ParseFile(entry.File, src); len(found) > 0 || len(errorsOf(decoded)) > 0 {
				caught++
				continue
			}
			t.Errorf("%s (%s) gets no error", entry.ID, entry.Reason)
		}
	}
	t.Logf("%d of %d invalid ones caught, %d valid ones", caught, invalid, valid)
}

// TestDefinitionsThatAWSAcceptedGetNoError reads what was created on AWS.
func TestDefinitionsThatAWSAcceptedGetNoError(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(sharedData(t, "conformance"), "validation", "accepted.*", "*.json"))
	histories, _ := filepath.Glob(filepath.Join(sharedData(t, "conformance"), "history", "*", "*.json"))
	for _, file := range append(files, histories...) {
		var recorded struct {
			Definition json.RawMessage
			Type       string
		}
		readJSON(t, file, &recorded)
		found := errorsOf(check(t, filepath.Base(file), recorded.Definition, typeOf(recorded.Type)))
		if len(found) > 0 {
			t.Errorf("%s: %s", file, found[0].Message)
		}
	}
	t.Logf("%d definitions", len(files)+len(histories))
}

// TestValidDefinitionsOfTheCorpusGetNoError reads definitions that people
// deployed.
func TestValidDefinitionsOfTheCorpusGetNoError(t *testing.T) {
	eachCorpusDefinition(t, func(name string, src []byte) {
		if found := errorsOf(check(t, name, src, asl.Standard)); len(found) > 0 {
			t.Errorf("%s: %s (%s)", name, found[0].Message, found[0].Rule)
		}
	})
}

// eachCorpusDefinition visits the definitions marked valid that stand in files
// of their own.
func eachCorpusDefinition(t testing.TB, visit func(name string, src []byte)) {
	dir := sharedData(t, "corpus")
	var manifest struct {
		Entries []struct {
			File, Kind string
			Valid      *bool
		}
	}
	readJSON(t, filepath.Join(dir, "manifest.json"), &manifest)
	for _, entry := range manifest.Entries {
		if entry.Valid == nil || !*entry.Valid || !strings.HasPrefix(entry.Kind, "asl:") {
			continue
		}
		src, err := os.ReadFile(filepath.Join(dir, entry.File))
		if err != nil {
			t.Fatal(err)
		}
		visit(entry.File, src)
	}
}
