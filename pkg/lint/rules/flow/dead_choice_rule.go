package flow

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func deadChoiceRule() *lint.Rule {
	return &lint.Rule{
		Name: "dead-choice-rule", Category: lint.Flow, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "a Choice Rule can never be the one that is taken",
		Run: func(p *lint.Pass) {
			for state := range p.Machine.States() {
				if state.Choice != nil {
					reportDeadRules(p, state)
				}
			}
		},
	}
}

// reportDeadRules looks for rules behind one that tests the same, or behind one
// that always matches.
func reportDeadRules(p *lint.Pass, state *asl.State) {
	seen := map[string]*asl.ChoiceRule{}
	var always *asl.ChoiceRule
	for i, rule := range state.Choice.Rules {
		test := testOf(rule)
		earlier, why := seen[test], "tests the same"
		if always != nil {
			earlier, why = always, "always matches"
		}
		if earlier != nil && test != "" {
			finding := verdict.On(state, "rule %d of Choice %q is never taken: one before it %s", i+1, state.Name, why)
			finding.Span = rule.Node.Span()
			finding.Help = "remove it, or correct one of the two"
			finding.Related = []diag.Related{verdict.Related(p, earlier.Node.Span(), "this one")}
			p.Report(finding)
			continue
		}
		seen[test] = rule
		if always == nil && alwaysMatches(rule) {
			always = rule
		}
	}
	if always != nil && state.Choice.Default != nil {
		finding := verdict.On(state, "the Default of Choice %q is never taken: a rule always matches", state.Name)
		finding.Span = state.Choice.Default.Node.Span()
		finding.Help = "remove the Default, or make the rule the Default"
		finding.Related = []diag.Related{verdict.Related(p, always.Node.Span(), "this rule")}
		p.Report(finding)
	}
}

// testOf writes what a rule tests in a form in which equal tests are equal; ""
// when it is not known.
func testOf(rule *asl.ChoiceRule) string {
	var b strings.Builder
	if !writeTest(&b, rule) {
		return ""
	}
	return b.String()
}

func writeTest(b *strings.Builder, rule *asl.ChoiceRule) bool {
	writeAll := func(name string, rules []*asl.ChoiceRule) bool {
		b.WriteString(name)
		for _, inner := range rules {
			b.WriteByte('(')
			if !writeTest(b, inner) {
				return false
			}
			b.WriteByte(')')
		}
		return true
	}
	return asl.Match(rule, asl.RuleCases[bool]{
		And:  func(parts []*asl.ChoiceRule) bool { return writeAll("and", parts) },
		Or:   func(parts []*asl.ChoiceRule) bool { return writeAll("or", parts) },
		Not:  func(part *asl.ChoiceRule) bool { return writeAll("not", []*asl.ChoiceRule{part}) },
		Test: func(rule *asl.ChoiceRule) bool { return writeComparison(b, rule) },
	})
}

func writeComparison(b *strings.Builder, rule *asl.ChoiceRule) bool {
	switch {
	case rule.Condition != nil:
		return writeExpression(b, rule.Condition)
	case rule.Variable == nil || rule.Comparison == nil || rule.Comparison.Value == nil:
		return false
	}
	ok := writeExpression(b, rule.Variable)
	fmt.Fprintf(b, " %s ", rule.Comparison.Operator)
	return ok && writeExpression(b, rule.Comparison.Value)
}

// writeExpression writes an expression whose value is the same whenever its text
// is; ok is false for random ones and for those that are not known.
func writeExpression(b *strings.Builder, e *asl.Expression) (ok bool) {
	switch e.Kind {
	case asl.Literal:
		b.Write(e.Literal.Append(nil))
		return true
	case asl.PathExpression:
		b.WriteString(e.Path.String())
		return true
	case asl.JSONataString:
		b.WriteString("{%" + e.Source)
		return !strings.Contains(e.Source, "$random") && !strings.Contains(e.Source, "$shuffle") && !strings.Contains(e.Source, "$millis")
	}
	return false
}

// alwaysMatches reports whether a rule is true whatever the data is: a constant,
// or the presence of what is always there.
func alwaysMatches(rule *asl.ChoiceRule) bool {
	if c := rule.Condition; c != nil {
		constant, _ := c.Node.(*syntax.Bool)
		return constant != nil && constant.Value || c.Kind == asl.JSONataString && c.Source == "true"
	}
	return rule.Variable != nil && rule.Variable.Kind == asl.PathExpression && rule.Variable.Path.String() == "$" &&
		rule.Comparison != nil && rule.Comparison.Operator == "IsPresent" && rule.Comparison.Value != nil && rule.Comparison.Value.Literal.Bool()
}
