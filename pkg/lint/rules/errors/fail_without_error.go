package errors

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func failWithoutError() *lint.Rule {
	return &lint.Rule{
		Name: "fail-without-error", Category: lint.Errors, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "a Fail state names no Error, so there is nothing to alarm on",
		Run: func(p *lint.Pass) {
			for state := range p.Machine.States() {
				if state.Type != asl.Fail || state.Node == nil || state.Node.Get("Error") != nil || state.Node.Get("ErrorPath") != nil {
					continue
				}
				finding := verdict.On(state, "%q fails without an Error: an alarm cannot tell this failure from others", state.Name)
				finding.Help = "add to it:\n  \"Error\": \"NameOfTheFailure\""
				p.Report(finding)
			}
		},
	}
}
