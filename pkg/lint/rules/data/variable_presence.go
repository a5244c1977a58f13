package data

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
)

// presentOn returns the variables that a Choice has found to be there when it
// takes an edge. What a JSONata condition finds out is not followed: every
// variable that it reads counts as looked after.
func presentOn(edge *graph.Edge) []string {
	if edge.Kind != graph.ChoiceRule && edge.Kind != graph.Default {
		return nil
	}
	rules := edge.From.State.Choice.Rules
	before, matched := rules, (*asl.ChoiceRule)(nil)
	if edge.Kind == graph.ChoiceRule {
		before, matched = rules[:edge.Index], rules[edge.Index]
	}
	var names []string
	if matched != nil {
		names = appendPresent(names, matched, true)
	}
	for _, rule := range before[max(0, len(before)-maxRulesBefore):] {
		names = appendPresent(names, rule, false)
	}
	return names
}

// maxRulesBefore bounds how many rules before the one that matched are looked
// at, so that a Choice with many rules costs no square of them.
const maxRulesBefore = 20

// appendPresent adds the variables that must be there when the rule gives result.
func appendPresent(names []string, rule *asl.ChoiceRule, result bool) []string {
	for test, holds := range rule.Settled(result) {
		switch {
		case test.Condition != nil:
			names = slices.AppendSeq(names, test.Condition.Variables())
		case test.Comparison != nil && test.Comparison.Operator == "IsPresent" && testsPresence(test) == holds:
			names = slices.AppendSeq(names, test.Variable.Variables())
		}
	}
	return names
}

// testsPresence reports whether an IsPresent rule asks for true.
func testsPresence(rule *asl.ChoiceRule) bool {
	return rule.Comparison != nil && rule.Comparison.Value != nil &&
		rule.Comparison.Value.Kind == asl.Literal && rule.Comparison.Value.Literal.Bool()
}

// asksForPresence returns the variables whose presence a Choice tests itself.
func asksForPresence(state *asl.State) []string {
	var names []string
	for rule := range state.ChoiceRules() {
		if rule.Comparison != nil && rule.Comparison.Operator == "IsPresent" && rule.Variable != nil {
			names = slices.AppendSeq(names, rule.Variable.Variables())
		}
	}
	return names
}
