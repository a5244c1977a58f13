package limits

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func inlineConcurrency() *lint.Rule {
	return &lint.Rule{
		Name: "inline-concurrency", Category: lint.Limits, Severity: diag.Info, Preset: lint.Recommended,
		Summary: "an inline Map asks for more iterations at once than it gets",
		Run: func(p *lint.Pass) {
			for state := range p.Machine.States() {
				if state.Map == nil || state.Map.Distributed {
					continue
				}
				limit := state.Map.MaxConcurrency
				if limit == nil || limit.Kind != asl.Literal || limit.Literal.Float() <= spec.MaxInlineConcurrency {
					continue
				}
				p.Report(diag.Diagnostic{
					Span: limit.Node.Span(), State: state.Name,
					Message: fmt.Sprintf("Map %q asks for %s iterations at once, but an inline Map runs at most %d", state.Name, limit.Literal.NumberText(), spec.MaxInlineConcurrency),
					Help:    `write 40 or less, or set "Mode": "DISTRIBUTED" for more`,
				})
			}
		},
	}
}
