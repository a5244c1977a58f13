package fixtest

import (
	"bytes"
	"cmp"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func TestFixesOfOwnMachinesKeepTheirPromises(t *testing.T) {
	for _, preset := range []lint.Preset{lint.Recommended, lint.Strict} {
		c := newChecker(t, preset)
		for _, s := range ownMachines(t) {
			c.checkAll(t, s)
		}
		c.report(t)
		for _, rule := range fixingRules(t) {
			if c.fixes[rule] == 0 && (preset == lint.Strict || !isStrict(rule)) {
				t.Errorf("%s: no fix of %s is checked", preset, rule)
			}
		}
		if c.compared == 0 {
			t.Errorf("%s: no execution is compared", preset)
		}
	}
}

func TestFixesOfRealDefinitionsKeepTheirPromises(t *testing.T) {
	if testing.Short() {
		t.Skip("checks hundreds of definitions")
	}
	c := newChecker(t, lint.Recommended)
	for _, s := range realMachines(t) {
		c.checkAll(t, s)
	}
	c.report(t)
}

// isStrict reports whether only the strict preset has the rule.
func isStrict(name string) bool {
	return slices.ContainsFunc(rules.All(), func(rule *lint.Rule) bool { return rule.Name == name && rule.Preset == lint.Strict })
}

// fixingRules returns the rules whose archives show a fix.
func fixingRules(t *testing.T) []string {
	t.Helper()
	archives, _ := filepath.Glob("../../pkg/lint/rules/*/testdata/*.txtar")
	var names []string
	for _, path := range archives {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(archive.Files, func(f txtar.File) bool { return strings.HasSuffix(f.Name, ".fixed") }) {
			names = append(names, strings.TrimSuffix(filepath.Base(path), ".txtar"))
		}
	}
	if len(names) == 0 {
		t.Fatal("no archive shows a fix")
	}
	return names
}

// checker checks fixes and counts them.
type checker struct {
	runner   *lint.Runner
	fixes    map[string]int // by rule
	compared int            // executions that succeeded before and after
	succeed  int            // machines that run to success
	machines int
}

func newChecker(t *testing.T, preset lint.Preset) *checker {
	t.Helper()
	set, err := lint.Select(rules.All(), lint.Selection{Preset: preset})
	if err != nil {
		t.Fatal(err)
	}
	return &checker{runner: &lint.Runner{Rules: set, Options: lint.Options{Strict: preset == lint.Strict}, Fixes: true}, fixes: map[string]int{}}
}

func (c *checker) report(t *testing.T) {
	t.Helper()
	total := 0
	for _, n := range c.fixes {
		total += n
	}
	t.Logf("%d fixes in %d machines, of which %d run to success; %d executions compared; by rule: %v",
		total, c.machines, c.succeed, c.compared, c.fixes)
}

func (c *checker) read(s source) (*asl.Machine, []diag.Diagnostic) {
	machine, decoded := asl.ParseFile(filepath.Base(s.name), s.src)
	return machine, c.runner.Check(lint.Target{Machine: machine, Decoded: decoded})
}

// checkAll makes every fix of every finding of a machine, each by itself.
func (c *checker) checkAll(t *testing.T, s source) {
	t.Helper()
	machine, findings := c.read(s)
	c.machines++
	var before *outcome
	var world scenario
	for _, finding := range findings {
		for _, fix := range finding.Fixes {
			if before == nil {
				world = scenarioOf(machine)
				before = run(machine, world)
				if before.succeeded {
					c.succeed++
				}
			}
			c.fixes[finding.Rule]++
			c.check(t, s, findings, finding, fix, before, world)
		}
	}
}

func (c *checker) check(t *testing.T, s source, findings []diag.Diagnostic, finding diag.Diagnostic, fix diag.Fix, before *outcome, world scenario) {
	t.Helper()
	where := s.name + ": " + finding.Rule + " of " + finding.State + ": " + fix.Message
	fixed, err := syntax.Apply(s.src, fix.Edits)
	if err != nil {
		t.Errorf("%s: %v", where, err)
		return
	}
	if excess := needless(s.src, fix.Edits); excess != "" {
		t.Errorf("%s: %s", where, excess)
	}
	if !onlyEdited(s.src, fixed, fix.Edits) {
		t.Errorf("%s: more changes than the edits say:\n%s", where, fixed)
	}
	machine, after := c.read(source{s.name, fixed})
	if count(after, finding) >= count(findings, finding) {
		t.Errorf("%s: the finding is still there:\n%s", where, fixed)
	}
	// A fix that is not safe may bring to light what else is wrong with the state.
	unless := finding.State
	if fix.Safe {
		unless = ""
	}
	if errorsOf(after, unless) > errorsOf(findings, unless) {
		t.Errorf("%s: there are more errors than before:\n%s", where, fixed)
	}
	if before.succeeded && c.compare(t, where, fix, before, run(machine, world)) {
		c.compared++
	}
}

// compare reports whether the execution after the fix is the one before. Only a
// fix that is not safe may change what a successful execution returns.
func (c *checker) compare(t *testing.T, where string, fix diag.Fix, before, after *outcome) bool {
	t.Helper()
	if *before == *after {
		return true
	}
	if fix.Safe {
		t.Errorf("%s: the execution changes from\n%+v to\n%+v", where, *before, *after)
	}
	return false
}

// count counts the findings of the same rule at the same state.
func count(findings []diag.Diagnostic, like diag.Diagnostic) int {
	n := 0
	for _, f := range findings {
		if f.Rule == like.Rule && f.State == like.State {
			n++
		}
	}
	return n
}

// errorsOf counts the errors, without those of one state, "" for none.
func errorsOf(findings []diag.Diagnostic, except string) int {
	n := 0
	for _, f := range findings {
		if f.Severity == diag.Error && (except == "" || f.State != except) {
			n++
		}
	}
	return n
}

// onlyEdited reports whether the two texts are the same but for the edits: what
// lies between them follows in the same order, byte by byte.
func onlyEdited(before, after []byte, edits []syntax.Edit) bool {
	sorted := slices.SortedFunc(slices.Values(edits), func(a, b syntax.Edit) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	end := 0
	for _, edit := range sorted {
		kept := append(slices.Clone(before[end:edit.Span.Start]), edit.Text...)
		if !bytes.HasPrefix(after, kept) {
			return false
		}
		after, end = after[len(kept):], edit.Span.End
	}
	return bytes.Equal(after, before[end:])
}

// needless tells of an edit that changes more bytes than it must: what it takes
// away and what it puts in begin or end with the same line, or are the same.
func needless(src []byte, edits []syntax.Edit) string {
	for _, edit := range edits {
		old := src[edit.Span.Start:edit.Span.End]
		lines, others := bytes.SplitAfter(old, []byte("\n")), bytes.SplitAfter([]byte(edit.Text), []byte("\n"))
		switch {
		case string(old) == edit.Text:
			return "an edit changes nothing"
		case len(lines) > 1 && len(others) > 1 && (bytes.Equal(lines[0], others[0]) || bytes.Equal(lines[len(lines)-1], others[len(others)-1])):
			return "an edit replaces a line by itself"
		}
	}
	return ""
}
