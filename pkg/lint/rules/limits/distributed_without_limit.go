package limits

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func distributedWithoutLimit() *lint.Rule {
	return &lint.Rule{
		Name: "distributed-without-limit", Category: lint.Limits, Severity: diag.Info, Preset: lint.Strict,
		Summary: "a distributed Map runs as many children at once as it can",
		Run: func(p *lint.Pass) {
			for state := range p.Machine.States() {
				m := state.Map
				if m == nil || !m.Distributed || m.MaxConcurrencyPath != nil || m.MaxConcurrency != nil && !isZero(m.MaxConcurrency) {
					continue
				}
				finding := verdict.On(state, "Map %q starts up to %d child executions at once, whatever they call", state.Name, spec.MaxChildExecutions)
				finding.Help = fmt.Sprintf(`add "MaxConcurrency" to %q, as many as the functions and services behind it take`, state.Name)
				p.Report(finding)
			}
		},
	}
}
