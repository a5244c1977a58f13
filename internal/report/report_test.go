package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// source has what trips formatters: tabs, wide characters, a character outside
// of the basic plane, and a line that is long.
const source = "{\n\t\"Nächster\": \"注文\", \"😀\": \"Shp\",\n" +
	"  \"Ship\": {},\n" +
	"  \"long\": \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"\n}\n"

// sample is a report with every part that a finding can have.
func sample() *Report {
	file := syntax.NewFile("dir/orders one.asl.json", []byte(source))
	span := func(text string) syntax.Span {
		start := strings.Index(source, text)
		return syntax.Span{Start: start, End: start + len(text)}
	}
	return &Report{
		Findings: []diag.Diagnostic{
			{
				Rule: "undefined-target", Category: "flow", Severity: diag.Error, File: file, Span: span(`"Shp"`),
				Pointer: "/😀", State: "Charge", Message: `state "Charge" goes to "Shp", which does not exist: 100% [sure]`,
				Help:    `did you mean "Ship"?`,
				Related: []diag.Related{{File: file, Span: span(`"Ship"`), Message: `"Ship" is [defined] here`}},
				Fixes:   []diag.Fix{{Message: `go to "Ship"`, Safe: true, Edits: []syntax.Edit{{Span: span(`"Shp"`), Text: `"Ship"`}}}},
			},
			{
				Rule: "uncompensated-path", Category: "compensation", Severity: diag.Warning, File: file, Span: span(`"注文"`),
				State: "Book", Message: "the action stays done", Help: "add this:\n\"Catch\": [\n  …\n]",
				Path: []diag.Step{{State: "Book"}, {State: "Pay"}, {State: "Failed", Via: "States.ALL"}},
			},
			{
				Rule: "long-line", Category: "style", Severity: diag.Info, File: file,
				Span:    syntax.Span{Start: len(source) - 60, End: len(source) - 50},
				Message: "control \x1b[31m and \u202e marks, <tags> & \"quotes\"",
			},
		},
		Files: []string{"clean.asl.json", "dir/orders one.asl.json"}, Machines: 2, Fixable: 1, Version: "v1.2.3",
		Rules: []*lint.Rule{
			{Name: "undefined-target", Category: lint.Flow, Severity: diag.Error, Summary: "a transition leads nowhere"},
			{Name: "uncompensated-path", Category: lint.Compensation, Severity: diag.Warning, Summary: "an action stays done"},
			{Name: "long-line", Category: lint.Style, Severity: diag.Info, Summary: "a long line"},
		},
	}
}

func write(t *testing.T, format string, options Options, report *Report) []byte {
	t.Helper()
	formatter, err := New(format, options)
	if err != nil {
		t.Fatal(err)
	}
	var buffer bytes.Buffer
	if err := formatter.Write(&buffer, report); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

func TestEveryFormatWritesItsGoldenFile(t *testing.T) {
	template := `{{range .Findings}}{{.File}}:{{.Line}} {{.Severity | upper}} {{replace "\"" "'" .Message}} {{path .}} {{json .State}}{{"\n"}}{{end}}`
	for _, format := range Names() {
		t.Run(format, func(t *testing.T) {
			got := write(t, format, Options{Template: template, FailLevel: diag.Warning}, sample())
			golden := filepath.Join("testdata", format+".golden")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestNoFormatLetsControlCharactersReachATerminal(t *testing.T) {
	for _, format := range []string{"text", "oneline"} {
		if got := write(t, format, Options{}, sample()); bytes.ContainsAny(got, "\x1b\u202e") {
			t.Errorf("%s: %q", format, got)
		}
	}
}

func TestAReportWithoutFindingsIsStillADocument(t *testing.T) {
	empty := &Report{Files: []string{"a.asl.json"}, Machines: 1}
	for format, want := range map[string]string{
		"text":    "nothing to complain of in 1 state machine\n",
		"oneline": "",
		"jsonl":   "",
		"gitlab":  "[]\n",
		"rdjsonl": "",
		"aws":     "{\n  \"result\": \"OK\",\n  \"diagnostics\": [],\n  \"truncated\": false\n}\n",
	} {
		if got := string(write(t, format, Options{}, empty)); got != want {
			t.Errorf("%s: %q, want %q", format, got, want)
		}
	}
}

func TestUnknownFormatsAreNamed(t *testing.T) {
	for name, want := range map[string]string{
		"jsno":     `unknown format "jsno"; did you mean json?`,
		"markdown": `unknown format "markdown"; there are text, oneline`,
		"template": "format template needs --template TEXT",
	} {
		if _, err := New(name, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("New(%q) = %v, want %s", name, err, want)
		}
	}
}

func TestColoursAreOneDecision(t *testing.T) {
	environment := func(values map[string]string) func(string) string {
		return func(name string) string { return values[name] }
	}
	for _, test := range []struct {
		mode     ColorMode
		values   map[string]string
		terminal bool
		want     bool
	}{
		{ColorAuto, nil, true, true},
		{ColorAuto, nil, false, false},
		{ColorAlways, map[string]string{"NO_COLOR": "1"}, false, true},
		{ColorNever, map[string]string{"CLICOLOR_FORCE": "1"}, true, false},
		{ColorAuto, map[string]string{"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, true, false},
		{ColorAuto, map[string]string{"CLICOLOR_FORCE": "1"}, false, true},
		{ColorAuto, map[string]string{"CLICOLOR_FORCE": "0"}, false, false},
		{ColorAuto, map[string]string{"TERM": "dumb"}, true, false},
	} {
		if got := UseColor(test.mode, environment(test.values), test.terminal); got != test.want {
			t.Errorf("%+v: %v", test, got)
		}
	}
	if got := NewPalette(true).Error("x"); got != "\x1b[31;1mx\x1b[0m" && !strings.HasPrefix(got, "\x1b[31;1mx\x1b[") {
		t.Errorf("%q", got)
	}
}

func TestPathTellsHowEachStateWasLeft(t *testing.T) {
	path := []diag.Step{{State: "BookHotel"}, {State: "BookFlight"}, {State: "TripFailed", Via: "States.ALL"}}
	if got, want := PathText(path), "BookHotel → BookFlight ✗ States.ALL → TripFailed"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := PathText([]diag.Step{{State: "Pay"}, {Via: "any error"}}), "Pay ✗ any error"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
