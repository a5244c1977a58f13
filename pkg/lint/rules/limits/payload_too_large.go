package limits

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func payloadTooLarge() *lint.Rule {
	return &lint.Rule{
		Name: "payload-too-large", Category: lint.Limits, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "a constant in the definition is larger than the data a state may have",
		Run: func(p *lint.Pass) {
			if len(p.Machine.File().Src) <= spec.MaxPayloadBytes {
				return
			}
			for state := range p.Machine.States() {
				for expression := range state.Expressions() {
					reportPayload(p, state, expression)
				}
			}
		},
	}
}

func reportPayload(p *lint.Pass, state *asl.State, e *asl.Expression) {
	size := 0
	for inner := range e.All() {
		if inner.Kind == asl.Literal {
			size += len(inner.Literal.Append(nil))
		}
	}
	if size <= spec.MaxPayloadBytes {
		return
	}
	p.Report(diag.Diagnostic{
		Span: e.Node.Span(), State: state.Name,
		Message: fmt.Sprintf("%q of state %q holds %d bytes of constants, but data may have at most %d", e.Field, state.Name, size, spec.MaxPayloadBytes),
		Help:    "put the data into S3 and pass its place; when it runs, the state fails with States.DataLimitExceeded",
	})
}
