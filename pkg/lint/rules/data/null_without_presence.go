package data

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func nullWithoutPresence() *lint.Rule {
	return &lint.Rule{
		Name: "null-without-presence", Category: lint.Data, Severity: diag.Info, Preset: lint.Recommended,
		Summary: "a Choice asks whether a value is null, which fails when it is absent",
		Run: func(p *lint.Pass) {
			for state := range p.Machine.States() {
				if state.Choice != nil {
					reportNullTests(p, state)
				}
			}
		},
	}
}

// reportNullTests reports each path that IsNull asks for and no IsPresent of the
// Choice looks after.
func reportNullTests(p *lint.Pass, state *asl.State) {
	var tests []*asl.ChoiceRule
	present := map[string]bool{}
	for rule := range state.ChoiceRules() {
		switch {
		case rule.Comparison == nil || rule.Variable == nil || rule.Variable.Kind != asl.PathExpression:
		case rule.Comparison.Operator == "IsPresent":
			present[rule.Variable.Path.String()] = true
		case rule.Comparison.Operator == "IsNull" && rule.Variable.Path.Root == jsonpath.RootInput && len(rule.Variable.Path.Steps) > 0:
			tests = append(tests, rule)
		}
	}
	for _, rule := range tests {
		path := rule.Variable.Path.String()
		if present[path] {
			continue
		}
		present[path] = true // one finding for a path
		p.Report(diag.Diagnostic{
			Span: rule.Comparison.OperatorNode.Span(), State: state.Name,
			Message: fmt.Sprintf("Choice %q fails when %s is absent: only a value that is there can be null", state.Name, rule.Variable.Source),
			Help:    fmt.Sprintf(`test it first: "And": [{"Variable": %q, "IsPresent": true}, ...]`, rule.Variable.Source),
		})
	}
}
