package graph

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
)

// namesError reports whether a Choice Rule can only match an error that it
// names: what a catch-all took is then a failure that the workflow foresaw.
func namesError(edge *Edge) bool {
	if edge.Kind != ChoiceRule || edge.From.State.Choice == nil {
		return false
	}
	return ruleNamesError(edge.From.State.Choice.Rules[edge.Index])
}

func ruleNamesError(rule *asl.ChoiceRule) bool {
	return asl.Match(rule, asl.RuleCases[bool]{
		And:  func(parts []*asl.ChoiceRule) bool { return slices.ContainsFunc(parts, ruleNamesError) },
		Or:   func(parts []*asl.ChoiceRule) bool { return len(parts) > 0 && !slices.ContainsFunc(parts, namesNoError) },
		Not:  func(*asl.ChoiceRule) bool { return false },
		Test: testNamesError,
	})
}

func namesNoError(rule *asl.ChoiceRule) bool { return !ruleNamesError(rule) }

func testNamesError(rule *asl.ChoiceRule) bool {
	if rule.Condition != nil {
		return readsError(rule.Condition) && comparesEqual(rule.Condition.Source)
	}
	return rule.Comparison != nil && readsError(rule.Variable) &&
		(rule.Comparison.Operator == "StringEquals" || rule.Comparison.Operator == "StringMatches")
}

// readsError reports whether an expression reads the Error or Cause of an error
// output, wherever that is kept.
func readsError(e *asl.Expression) bool {
	for read := range e.Reads() {
		if last := len(read.Path) - 1; last >= 0 && (read.Path[last] == "Error" || read.Path[last] == "Cause") {
			return true
		}
	}
	return false
}

// comparesEqual reports whether a JSONata condition asks for what something is,
// and not for what it is not.
func comparesEqual(source string) bool {
	if strings.Contains(source, "!=") || strings.Contains(source, "$not(") {
		return false
	}
	return strings.Contains(source, "=") || strings.Contains(source, " in ") || strings.Contains(source, "$contains(") || strings.Contains(source, "$match(")
}
