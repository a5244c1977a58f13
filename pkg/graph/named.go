package graph

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
)

// namesError reports whether a Choice Rule can only match an error that it
// names: what a catch-all took is then a failure that the workflow foresaw.
func namesError(edge *Edge) bool {
	if edge.Kind != ChoiceRule || edge.From.State.Choice == nil {
		return false
	}
	return ruleNamesError(edge.From.State.Choice.Rules[edge.Index], 0)
}

func ruleNamesError(rule *asl.ChoiceRule, depth int) bool {
	switch {
	case rule == nil || rule.Not != nil || depth > maxRuleDepth:
		return false
	case len(rule.And) > 0:
		for _, part := range rule.And {
			if ruleNamesError(part, depth+1) {
				return true
			}
		}
		return false
	case len(rule.Or) > 0:
		for _, part := range rule.Or {
			if !ruleNamesError(part, depth+1) {
				return false
			}
		}
		return true
	case rule.Condition != nil:
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
