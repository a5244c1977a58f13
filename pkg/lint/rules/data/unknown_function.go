package data

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func unknownFunction() *lint.Rule {
	return &lint.Rule{
		Name: "unknown-function", Category: lint.Data, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "a JSONata expression calls a function that Step Functions does not have",
		Requires: []lint.Prerequisite{allExpressions},
		Run: func(p *lint.Pass) {
			for _, found := range expressionsOf(p).jsonata {
				reportUnknownFunctions(p, found.state, found.expression)
			}
		},
	}
}

func reportUnknownFunctions(p *lint.Pass, state *asl.State, e *asl.Expression) {
	library := jsonata.Extended()
	for _, variable := range e.References().Variables {
		if !variable.Called || len(variable.Path) > 0 || library.Has(variable.Name) {
			continue
		}
		finding := diag.Diagnostic{
			Span: e.JSONataSpan(variable), State: state.Name,
			Message: fmt.Sprintf("%q of state %q calls $%s, a function that does not exist", e.Field, state.Name, variable.Name),
			Help:    "evaluating it fails with T1006: Attempted to invoke a non-function",
		}
		if variable.Name == "eval" {
			finding.Help = "Step Functions leaves $eval out of JSONata; use $parse to read JSON text"
		} else if near := diag.Suggest(variable.Name, library.Names()); near != "" {
			finding.Help = fmt.Sprintf("did you mean $%s?", near)
		}
		p.Report(finding)
	}
}
