package rules_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// definitionCase is a line of refused.jsonl or accepted.jsonl. Refused ones have
// one fault each, and Want holds the errors as "rule pointer".
type definitionCase struct {
	Name       string          `json:"name"`
	Definition json.RawMessage `json:"definition"`
	Want       []string        `json:"want,omitempty"`
}

func readCases(t *testing.T, name string) []definitionCase {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var cases []definitionCase
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c definitionCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		cases = append(cases, c)
	}
	return cases
}

func errorsOf(runner *lint.Runner, name string, src []byte) []string {
	machine, decoded := asl.ParseFile(name, src)
	var found []string
	for _, finding := range runner.Check(lint.Target{Machine: machine, Decoded: decoded}) {
		if finding.Severity == diag.Error {
			found = append(found, finding.Rule+" "+finding.Pointer)
		}
	}
	return found
}

// TestEveryFaultGetsItsErrorOnce holds the whole linter to definitions with one
// fault each: what AWS refuses gets an error at the fault, and only one.
func TestEveryFaultGetsItsErrorOnce(t *testing.T) {
	runner := linter(t, lint.Spec)
	cases := readCases(t, "refused.jsonl")
	for i := range cases {
		c := &cases[i]
		got := errorsOf(runner, "a.json", c.Definition)
		if len(got) == 0 {
			t.Errorf("%s gets no error: %s", c.Name, c.Definition)
		}
		if diff := cmp.Diff(c.Want, got); diff != "" && !*update {
			t.Errorf("%s: (-want +got)\n%s", c.Name, diff)
		}
		if diff := cmp.Diff(got, errorsOf(runner, "a.yaml", c.Definition)); diff != "" {
			t.Errorf("%s is judged otherwise as YAML (-json +yaml)\n%s", c.Name, diff)
		}
		c.Want = got
	}
	if *update {
		writeCases(t, "refused.jsonl", cases)
	}
}

func writeCases(t *testing.T, name string, cases []definitionCase) {
	t.Helper()
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	for _, c := range cases {
		if err := encoder.Encode(c); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join("testdata", name), text.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestWhatAWSAcceptsGetsNoError: corners of the language that are legal.
func TestWhatAWSAcceptsGetsNoError(t *testing.T) {
	runner := linter(t, lint.Spec)
	for _, c := range readCases(t, "accepted.jsonl") {
		if got := errorsOf(runner, "a.json", c.Definition); len(got) > 0 {
			t.Errorf("%s: %s\n%s", c.Name, strings.Join(got, ", "), c.Definition)
		}
	}
}
