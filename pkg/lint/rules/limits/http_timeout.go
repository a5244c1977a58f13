package limits

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func httpTimeout() *lint.Rule {
	return &lint.Rule{
		Name: "http-timeout", Category: lint.Limits, Severity: diag.Info, Preset: lint.Recommended,
		Summary: "an HTTP task has a timeout that it never reaches",
		Run: func(p *lint.Pass) {
			for state := range p.Machine.States() {
				if state.Task == nil || state.Task.Resource == nil || state.Task.TimeoutSeconds == nil {
					continue
				}
				resource := spec.ParseResource(state.Task.Resource.Value)
				timeout := state.Task.TimeoutSeconds
				if !resource.IsHTTP() || timeout.Kind != asl.Literal || timeout.Literal.Float() <= spec.HTTPTaskTimeout.Seconds() {
					continue
				}
				p.Report(diag.Diagnostic{
					Span: timeout.Node.Span(), State: state.Name,
					Message: fmt.Sprintf("HTTP task %q has a timeout of %s seconds, but ends after %.0f with States.Http.Socket", state.Name, timeout.Literal.NumberText(), spec.HTTPTaskTimeout.Seconds()),
					Help:    "for a call that takes longer, start the work and wait for its callback",
				})
			}
		},
	}
}

func isZero(e *asl.Expression) bool { return e.Kind == asl.Literal && e.Literal.Float() == 0 }
