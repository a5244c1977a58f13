package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"testing"

	"github.com/sfnctl/sfnctl/internal/jsonschema"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
	"github.com/sfnctl/sfnctl/schemas"
)

func validate(t *testing.T, schema, document []byte) {
	t.Helper()
	compiled, err := jsonschema.Compile(schema)
	if err != nil {
		t.Fatal(err)
	}
	var decoded any
	if err := json.Unmarshal(document, &decoded); err != nil {
		t.Fatal(err)
	}
	violations, err := compiled.Validate(decoded)
	if err != nil {
		t.Fatal(err)
	}
	for _, violation := range violations {
		t.Errorf("%v: %s", violation.Path, violation.Expected)
	}
}

func TestJSONFormatsKeepToTheirSchemas(t *testing.T) {
	published, ok := schemas.Get("report")
	if !ok {
		t.Fatal("no schema of the report")
	}
	validate(t, published, write(t, "json", Options{}, sample()))
	validate(t, published, write(t, "json", Options{}, &Report{}))
	for _, format := range []string{"sarif", "rdjson"} {
		schema, err := os.ReadFile(filepath.Join("testdata", format+".schema.json"))
		if err != nil {
			t.Fatal(err)
		}
		validate(t, schema, write(t, format, Options{}, sample()))
		validate(t, schema, write(t, format, Options{}, &Report{}))
	}
}

// TestJUnitCountsAddUp: readers of JUnit XML trust the attributes.
func TestJUnitCountsAddUp(t *testing.T) {
	for _, level := range []diag.Severity{diag.Info, diag.Warning, diag.Error, diag.Error + 1} {
		var document junitDocument
		if err := xml.Unmarshal(write(t, "junit", Options{FailLevel: level}, sample()), &document); err != nil {
			t.Fatal(err)
		}
		tests, failures := 0, 0
		for _, suite := range document.Suites {
			suiteFailures := 0
			for _, test := range suite.Cases {
				if test.Failure != nil {
					suiteFailures++
				}
			}
			if suite.Tests != len(suite.Cases) || suite.Failures != suiteFailures || suite.Tests == 0 {
				t.Errorf("suite %s: tests=%d failures=%d of %d cases", suite.Name, suite.Tests, suite.Failures, len(suite.Cases))
			}
			tests += suite.Tests
			failures += suiteFailures
		}
		if document.Tests != tests || document.Failures != failures {
			t.Errorf("tests=%d failures=%d, want %d and %d", document.Tests, document.Failures, tests, failures)
		}
	}
}

// TestColumnsAreWhatEachConsumerCounts: "Shp" stands after a tab, a letter of
// two bytes, two ideographs and an emoji.
func TestColumnsAreWhatEachConsumerCounts(t *testing.T) {
	p := locate(&sample().Findings[0])
	for unit, want := range map[syntax.Unit]int{syntax.Bytes: 33, syntax.CodePoints: 25, syntax.UTF16: 26} {
		if start, _ := p.positions(unit); start.Column != want {
			t.Errorf("unit %d: column %d, want %d", unit, start.Column, want)
		}
	}
	for format, want := range map[string]string{
		"sarif":   `"startColumn": 26`,
		"rdjsonl": `"column":33`,
		"github":  `col=26`,
		"json":    `"column": 25`,
		"oneline": `:2:25: error`,
	} {
		if got := write(t, format, Options{}, sample()); !bytes.Contains(got, []byte(want)) {
			t.Errorf("%s does not hold %s", format, want)
		}
	}
}
