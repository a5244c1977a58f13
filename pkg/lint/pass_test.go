package lint

import (
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// run applies one rule to a small machine.
func run(t *testing.T, rule Rule, fixes bool) []diag.Diagnostic {
	t.Helper()
	rule.Name, rule.Category, rule.Severity, rule.Preset, rule.Summary = "tested", Flow, diag.Warning, Spec, "a test rule"
	set, err := Select([]*Rule{&rule}, Selection{})
	if err != nil {
		t.Fatal(err)
	}
	machine, _ := asl.ParseFile("x.json", []byte(`{"StartAt": "A", "States": {"A": {"Comment": "bad", "Type": "Pass", "End": true}}}`))
	return (&Runner{Rules: set, Fixes: fixes}).Check(Target{Machine: machine})
}

func TestResultsOfOneTypeAreKeptApart(t *testing.T) {
	computed := 0
	number := func(n int) *Result[int] {
		return &Result[int]{Name: "number", Compute: func(*Pass) int { computed++; return n }}
	}
	one, two := number(1), number(2)
	sum := &Result[int]{Name: "sum", Requires: []Prerequisite{one, two}, Compute: func(p *Pass) int { return one.Of(p) + two.Of(p) }}
	run(t, Rule{Requires: []Prerequisite{sum}, Run: func(p *Pass) {
		if got := []int{one.Of(p), two.Of(p), sum.Of(p)}; got[0] != 1 || got[1] != 2 || got[2] != 3 {
			t.Error(got)
		}
	}}, false)
	if computed != 2 {
		t.Errorf("two results are computed %d times", computed)
	}
}

func TestAResultThatIsNotRequiredIsRefused(t *testing.T) {
	secret := &Result[int]{Name: "secret", Compute: func(*Pass) int { return 1 }}
	greedy := &Result[int]{Name: "greedy", Compute: func(p *Pass) int { return secret.Of(p) }}
	for name, rule := range map[string]Rule{
		"by the rule":   {Run: func(p *Pass) { secret.Of(p) }},
		"by the result": {Requires: []Prerequisite{greedy}, Run: func(p *Pass) { greedy.Of(p) }},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if text, _ := recover().(string); !strings.Contains(text, `"secret"`) {
					t.Errorf("panic %q", text)
				}
			}()
			run(t, rule, false)
		})
	}
}

func TestFixesAreBuiltOnlyWhenAskedFor(t *testing.T) {
	built := 0
	rule := commentRule(`"good"`, &built)
	if found := run(t, rule, false); len(found) != 1 || len(found[0].Fixes) != 0 || built != 0 {
		t.Errorf("%d built: %+v", built, found)
	}
	if found := run(t, rule, true); len(found) != 1 || len(found[0].Fixes) != 1 || built == 0 {
		t.Errorf("%d built: %+v", built, found)
	}
}

// TestFixesThatMakeNothingBetterAreNotOffered: what a fix leaves is checked again.
func TestFixesThatMakeNothingBetterAreNotOffered(t *testing.T) {
	for text, offered := range map[string]bool{
		`"good"`:       true,
		`"bad"`:        false, // the finding stays
		`"worse"`:      false, // there is a new one
		`"good", "x" `: false, // it no longer reads
	} {
		built := 0
		found := run(t, commentRule(text, &built), true)
		if len(found) != 1 || (len(found[0].Fixes) == 1) != offered {
			t.Errorf("%s is offered: %t", text, !offered)
		}
	}
}

// commentRule reports bad and worse Comments of states, and offers to write
// another text in the place of a bad one.
func commentRule(text string, built *int) Rule {
	return Rule{Run: func(p *Pass) {
		for state := range p.Machine.States() {
			finding := diag.Diagnostic{Span: state.Comment.Span(), State: state.Name + " " + state.Comment.Value}
			switch state.Comment.Value {
			case "bad":
				p.Fix(&finding, func() []diag.Fix {
					*built++
					return []diag.Fix{{Message: "mend it", Edits: []syntax.Edit{{Span: finding.Span, Text: text}}}}
				})
				p.Report(finding)
			case "worse":
				p.Report(finding)
			}
		}
	}}
}
