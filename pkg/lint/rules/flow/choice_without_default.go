package flow

import (
	"fmt"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
	"github.com/sfnctl/sfnctl/pkg/value"
)

func choiceWithoutDefault() *lint.Rule {
	return &lint.Rule{
		Name: "choice-without-default", Category: lint.Flow, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "nothing may match the rules of a Choice that has no Default",
		Requires: []lint.Prerequisite{verdict.Workshop, verdict.Shape},
		Run: func(p *lint.Pass) {
			reach := verdict.Reach(p)
			for _, node := range p.Graph().Nodes {
				choice := node.State.Choice
				if choice == nil || choice.Default != nil || !reach.Reachable[node.ID] || isExhaustive(choice.Rules) {
					continue
				}
				if len(choice.Rules) > 0 && node.State.Node.Get("Default") == nil {
					reportNoDefault(p, node)
				}
			}
		},
	}
}

func reportNoDefault(p *lint.Pass, node *graph.Node) {
	target := verdict.NoMatchIn(p, node.Region)
	finding := verdict.On(node.State, "%q has no Default: when no rule matches, the execution fails with States.Runtime, which nothing can catch", node.Name())
	finding.Help = fmt.Sprintf("add to %q:\n  \"Default\": %q%s", node.Name(), target.Name, target.Help())
	p.Fix(&finding, func() []diag.Fix { return verdict.AddDefault(p, node, target) })
	p.Report(finding)
}

// isExhaustive reports whether one of two rules matches whatever the input: they
// test the same value, and what one says the other denies.
func isExhaustive(rules []*asl.ChoiceRule) bool {
	for i, rule := range rules {
		if always(rule) {
			return true
		}
		if slices.ContainsFunc(rules[:i], func(other *asl.ChoiceRule) bool { return complements(rule, other) || complements(other, rule) }) {
			return true
		}
	}
	return false
}

// always reports whether a JSONata rule has the constant condition true.
func always(rule *asl.ChoiceRule) bool {
	c := rule.Condition
	return c != nil && (c.Kind == asl.Literal && c.Literal.Bool() || c.Source == "true")
}

func complements(rule, other *asl.ChoiceRule) bool {
	if rule.Not != nil {
		return graph.ConditionText(rule.Not) == graph.ConditionText(other) && isSimple(rule.Not) && isSimple(other)
	}
	if !isSimple(rule) || !isSimple(other) || rule.Variable.Source != other.Variable.Source {
		return false
	}
	a, b := rule.Comparison, other.Comparison
	if a.Operator == b.Operator {
		return a.Value.Literal.Kind() == value.KindBool && b.Value.Literal.Kind() == value.KindBool && a.Value.Literal.Bool() != b.Value.Literal.Bool()
	}
	return opposites[a.Operator] == b.Operator && value.Equal(a.Value.Literal, b.Value.Literal)
}

// opposites are operators one of which holds for any two values of their type.
var opposites = map[string]string{
	"NumericLessThan": "NumericGreaterThanEquals", "NumericGreaterThan": "NumericLessThanEquals",
	"StringLessThan": "StringGreaterThanEquals", "StringGreaterThan": "StringLessThanEquals",
	"TimestampLessThan": "TimestampGreaterThanEquals", "TimestampGreaterThan": "TimestampLessThanEquals",
}

// isSimple reports whether the rule compares a variable with a literal.
func isSimple(rule *asl.ChoiceRule) bool {
	return rule.Variable != nil && rule.Comparison != nil && rule.Comparison.Value != nil && rule.Comparison.Value.Kind == asl.Literal
}
