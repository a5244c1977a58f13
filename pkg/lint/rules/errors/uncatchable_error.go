package errors

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func uncatchableError() *lint.Rule {
	return &lint.Rule{
		Name: "uncatchable-error", Category: lint.Errors, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "a Retrier or Catcher names an error that Step Functions lets nobody take",
		Run: func(p *lint.Pass) {
			for state := range p.Machine.States() {
				for _, retrier := range state.Retry {
					reportUncatchable(p, state, "retries", retrier.ErrorEquals)
				}
				for _, catcher := range state.Catch {
					reportUncatchable(p, state, "catches", catcher.ErrorEquals)
				}
			}
		},
	}
}

func reportUncatchable(p *lint.Pass, state *asl.State, verb string, names []*syntax.String) {
	for _, name := range names {
		if !spec.Uncatchable(name.Value) {
			continue
		}
		finding := verdict.On(state, "%q %s %q, which fails the execution all the same", state.Name, verb, name.Value)
		finding.Span = name.Span()
		finding.Help = "remove the name, and check the data before: this error means a fault of the definition or of its data"
		p.Report(finding)
	}
}
