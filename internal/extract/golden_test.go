package extract

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

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

var update = flag.Bool("update", false, "rewrite what is expected in testdata")

// TestMachinesOfEveryKindOfFile reads archives of projects. The last file,
// "want", tells of each state machine how it is written, what was found, and
// with which text each finding begins in the file that the user edits.
// Substitutions of the user stand in the comment, as NAME=VALUE lines.
func TestMachinesOfEveryKindOfFile(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want := ""
			if n := len(archive.Files); archive.Files[n-1].Name == "want" {
				want = string(archive.Files[n-1].Data)
				archive.Files = archive.Files[:n-1]
			}
			got := describe(t, archive)
			if *update {
				archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// unpack writes an archive into a folder "project" of a folder of its own.
func unpack(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "project")
	for _, file := range archive.Files {
		path := filepath.Join(dir, filepath.FromSlash(file.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, file.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func describe(t *testing.T, archive *txtar.Archive) string {
	dir := unpack(t, archive)
	given := map[string]string{}
	for line := range strings.Lines(string(archive.Comment)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			given[name] = value
		}
	}
	var b strings.Builder
	for _, file := range archive.Files {
		if KindOf(file.Name, file.Data) == Plain {
			continue
		}
		project := host.NewProject(dir, false)
		request := &host.Request{Project: project, Substitutions: given}
		request.File = project.Add(filepath.Join(dir, file.Name), file.Name, file.Data)
		result := Machines(request)
		fmt.Fprintf(&b, "%s: %s\n", file.Name, result.Kind)
		for _, fault := range result.Faults {
			describeFinding(&b, diag.FromSyntax(request.File, fault))
		}
		for _, m := range result.Machines {
			describeMachine(&b, &m)
		}
	}
	return b.String()
}

func describeMachine(b *strings.Builder, m *host.Machine) {
	fmt.Fprintf(b, "  %s: %s, %s", m.Name, m.Form, m.Type)
	if m.Definition.Name != "" {
		fmt.Fprintf(b, ", in %s", m.Definition.Name)
	}
	b.WriteString(describeDeployment(m.Deployment))
	b.WriteString("\n")
	findings := m.Findings
	if m.Tree != nil {
		machine, decoded := asl.Parse(m.Tree)
		findings = slices.Concat(decoded, findings)
		for state := range machine.States() {
			if state.Node == nil {
				continue
			}
			fmt.Fprintf(b, "    %s%s\n", state.Name, describeValues(state.Node))
		}
	}
	for _, finding := range findings {
		describeFinding(b, finding)
	}
}

// describeValues prints the values that substitutions can change.
func describeValues(state *syntax.Object) string {
	var b strings.Builder
	for _, field := range []string{"Resource", "Parameters", "TimeoutSeconds", "Seconds"} {
		if value := state.Get(field); value != nil {
			fmt.Fprintf(&b, " %s=%s", field, compact(value))
		}
	}
	return b.String()
}

func compact(n syntax.Node) string {
	switch n := n.(type) {
	case *syntax.String:
		return fmt.Sprintf("%q", n.Value)
	case *syntax.Number:
		return n.Text
	case *syntax.Bool:
		return fmt.Sprint(n.Value)
	case *syntax.Array:
		var items []string
		for _, item := range n.Items {
			items = append(items, compact(item))
		}
		return "[" + strings.Join(items, ",") + "]"
	case *syntax.Object:
		var items []string
		for _, member := range n.Members {
			items = append(items, member.Key.Value+":"+compact(member.Value))
		}
		return "{" + strings.Join(items, ",") + "}"
	}
	return syntax.Kind(n)
}

func describeDeployment(d *lint.Deployment) string {
	if d == nil {
		return ""
	}
	text := ""
	for name, p := range map[string]lint.Property{"logging": d.Logging} {
		if p.State == lint.Set {
			text += ", " + name + " " + p.Value
		}
	}
	if d.Tracing.State == lint.Set {
		text += ", tracing " + d.Tracing.Value
	}
	for _, f := range d.Functions {
		text += fmt.Sprintf(", function %s %gs", f.Name, f.Timeout)
	}
	for _, a := range d.Alarms {
		text += fmt.Sprintf(", alarm %s(%s)", a.Metric, a.Machine)
	}
	for _, r := range d.Rules {
		text += fmt.Sprintf(", rule %s(%s)", strings.Join(r.Statuses, "|"), r.Machine)
	}
	return text
}

func describeFinding(b *strings.Builder, f diag.Diagnostic) {
	file, span, _ := f.File.Locate(f.Span)
	at := file.Position(span.Start, syntax.CodePoints)
	text, _, _ := strings.Cut(file.Text(span), "\n")
	fmt.Fprintf(b, "    %s:%d:%d: %s %s: %s [%s]\n", file.Name, at.Line, at.Column, f.Severity, f.Rule, f.Message, text)
	if f.Help != "" {
		fmt.Fprintf(b, "      help: %s\n", f.Help)
	}
}

// TestWindowsLineBreaksMoveNoFinding: with CR LF, every finding has the same
// line and column.
func TestWindowsLineBreaksMoveNoFinding(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			archive.Files = archive.Files[:len(archive.Files)-1]
			want := places(describe(t, archive))
			for i := range archive.Files {
				archive.Files[i].Data = []byte(strings.ReplaceAll(string(archive.Files[i].Data), "\n", "\r\n"))
			}
			if diff := cmp.Diff(want, places(describe(t, archive))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// places returns the lines of findings, up to the rule.
func places(description string) []string {
	var lines []string
	for line := range strings.Lines(description) {
		fields := strings.Fields(line)
		if len(fields) > 2 && strings.Count(fields[0], ":") >= 3 {
			lines = append(lines, strings.Join(fields[:3], " "))
		}
	}
	return lines
}
