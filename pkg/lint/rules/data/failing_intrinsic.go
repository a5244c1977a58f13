package data

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func failingIntrinsic() *lint.Rule {
	return &lint.Rule{
		Name: "failing-intrinsic", Category: lint.Data, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "an intrinsic function call is accepted and fails whenever it is evaluated",
		Requires: []lint.Prerequisite{allExpressions},
		Run: func(p *lint.Pass) {
			for _, call := range expressionsOf(p).intrinsics {
				reportCall(p, call.state, call.expression)
			}
		},
	}
}

func reportCall(p *lint.Pass, state *asl.State, call *asl.Expression) {
	text, ok := call.Node.(*syntax.String)
	if !ok {
		return
	}
	for _, problem := range call.Intrinsic.Check() {
		finding := diag.Diagnostic{
			Span: text.SpanOf(problem.Start, problem.End), State: state.Name,
			Message: fmt.Sprintf("%q of state %q fails: %s", call.Field, state.Name, problem.Message),
		}
		if problem.Suggestion != "" {
			finding.Help = "write " + problem.Suggestion
		}
		p.Report(finding)
	}
}
