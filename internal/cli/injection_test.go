package cli

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/sfnctl/sfnctl/internal/report"
	"github.com/sfnctl/sfnctl/pkg/graph/render"
)

// payloads are what a definition may hold to act upon whoever reads what sfnctl
// prints of it: a terminal, a browser, a parser of XML, or the log of a build.
var payloads = map[string]string{
	"colour":          "\x1b[31mred",
	"title":           "\x1b]0;owned\x07",
	"C1":              "\u009b31m\u0085",
	"line":            "a\n::error::owned",
	"return":          "a\r::error::owned",
	"GitHub":          "::add-mask::secret",
	"GitHub blank":    "  ::set-output name=x::y",
	"Azure":           "##vso[task.setvariable variable=x]y",
	"group":           "##[error]owned",
	"bidi":            "\u202e\u2066user\u2069",
	"separators":      "a\u2028b\u2029c",
	"hidden":          "a\u200bb\ufeffc",
	"no characters":   "\ufffe\uffff",
	"tags":            "</text><script>alert(1)</script>]]>--><img src=x onerror=alert(1)>",
	"markdown":        "``` | [x](javascript:alert(1)) <b>",
	"graphviz":        `"]; x -> y; "`,
	"end of mermaid":  "end\n  evil --> x",
	"quotes and more": `'"&<>` + "`\\",
}

// hostileDefinition has the payload in every name and text. A broken one refers
// to a state that is not there and has a field that does not exist.
func hostileDefinition(payload string, broken bool) string {
	name := func(prefix string) string { return prefix + payload }
	task := map[string]any{
		"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Comment": payload,
		"Parameters": map[string]any{"FunctionName": payload, "Payload": map[string]any{payload: payload}}, "ResultPath": "$.r", "Next": name(""),
		"Catch": []any{
			map[string]any{"ErrorEquals": []any{name("E")}, "Next": name("F")},
			map[string]any{"ErrorEquals": []any{"States.ALL"}, "ResultPath": "$.e", "Next": name("F")},
		},
	}
	states := map[string]any{
		name("T"): task,
		name(""):  map[string]any{"Type": "Pass", "Result": map[string]any{payload: payload}, "ResultPath": "$.p", "Next": name("Z")},
		name("F"): map[string]any{"Type": "Fail", "Error": payload, "Cause": payload},
		name("Z"): map[string]any{"Type": "Succeed"},
	}
	if broken {
		task["Next"], task[name("Fild")] = name("Nowhere"), payload
	}
	text, _ := json.Marshal(map[string]any{"Comment": payload, "StartAt": name("T"), "States": states})
	return string(text)
}

// printing lists the commands that print what comes from a file, each with the
// name of what it prints.
func printing() map[string][]string {
	commands := map[string][]string{
		"verbose": {"lint", "-v", "broken.asl.json"}, "flow": {"lint", "--explain-flow", "sound.asl.json"},
		"flow in JSON": {"lint", "--explain-flow", "--format", "json", "sound.asl.json"},
		"diff":         {"lint", "--diff", "--fix=all", "broken.asl.json"}, "fmt": {"fmt", "--diff", "sound.asl.json"},
		"findings": {"graph", "--findings", "broken.asl.json"}, "index": {"graph", "."},
		"mocks": {"simulate", "sound.asl.json", "--generate-mocks", "--with-input"}, "no mocks": {"simulate", "sound.asl.json"},
		"unknown case": {"simulate", "sound.asl.json", "--mocks", "mocks.json", "--case", "none"},
		"state":        {"simulate", "sound.asl.json", "--state", "none"}, "not run": {"simulate", "broken.asl.json"},
	}
	for _, name := range report.Names() {
		commands["lint "+name] = []string{"lint", "--format", name, "--template", "{{range .Findings}}{{.Message}}\n{{.State}}\n{{end}}", "broken.asl.json"}
	}
	for _, format := range render.Formats() {
		if format != render.PNG {
			commands["graph "+string(format)] = []string{"graph", "--implicit", "--format", string(format), "sound.asl.json"}
		}
	}
	for _, format := range []string{"text", "json", "html"} {
		for _, test := range []string{"good", "bad"} {
			commands["simulate "+format+" "+test] = []string{"simulate", "sound.asl.json", "--mocks", "mocks.json", "--case", test, "--trace", "--format", format}
		}
	}
	return commands
}

func TestNothingThatComesFromAFileIsActedUpon(t *testing.T) {
	t.Parallel()
	for kind, payload := range payloads {
		dir := t.TempDir()
		mocks, _ := json.Marshal(map[string]any{
			"StateMachines": map[string]any{"sound": map[string]any{"TestCases": map[string]any{
				"good": map[string]any{"T" + payload: "ok"}, "bad": map[string]any{"T" + payload: "fails"},
			}}},
			"MockedResponses": map[string]any{
				"ok":    map[string]any{"0": map[string]any{"Return": map[string]any{"Payload": payload}}},
				"fails": map[string]any{"0": map[string]any{"Throw": map[string]any{"Error": "E" + payload, "Cause": payload}}},
			},
		})
		for name, content := range map[string]string{
			"sound.asl.json": hostileDefinition(payload, false), "broken.asl.json": hostileDefinition(payload, true), "mocks.json": string(mocks),
		} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		commands := printing()
		for _, name := range slices.Sorted(maps.Keys(commands)) {
			code, stdout, stderr := run(t, dir, "", commands[name]...)
			if code == exitFailed {
				t.Errorf("%s, %s: exit code %d\n%s", kind, name, code, stderr)
			}
			for _, printed := range []string{stdout, stderr} {
				if problem := actedUpon(printed, strings.HasSuffix(name, "github")); problem != "" {
					t.Errorf("%s: %s holds %s", kind, name, problem)
				}
			}
			if slices.Contains([]string{"lint junit", "lint checkstyle", "graph svg"}, name) {
				if err := readXML(stdout); err != nil {
					t.Errorf("%s: %s is not XML: %v", kind, name, err)
				}
			}
			if slices.Contains([]string{"simulate html good", "simulate html bad", "index", "graph svg"}, name) && strings.Contains(stdout, "<script>alert") {
				t.Errorf("%s: %s holds a script", kind, name)
			}
		}
	}
}

// actedUpon tells what of a text a terminal or the log of a build would act upon.
func actedUpon(text string, commandsMeant bool) string {
	for _, r := range text {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || strings.ContainsRune("\u2028\u2029\u200b\ufeff\ufffe\uffff", r)) {
			return fmt.Sprintf("the character %U", r)
		}
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		ours := commandsMeant && (strings.HasPrefix(line, "::error file=") || strings.HasPrefix(line, "::warning file=") || strings.HasPrefix(line, "::notice file="))
		if strings.HasPrefix(line, "::") && !ours || strings.Contains(line, "##vso[") || strings.Contains(line, "##[") {
			return "the command " + line
		}
	}
	return ""
}

func readXML(text string) error {
	decoder := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
