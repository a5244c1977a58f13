package limits

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func beyondExpress() *lint.Rule {
	return &lint.Rule{
		Name: "beyond-express", Category: lint.Limits, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "a wait or timeout is longer than an Express workflow may run",
		Run: func(p *lint.Pass) {
			if p.Type == asl.Express && p.Machine.TimeoutSeconds != nil {
				reportBeyond(p, nil, p.Machine.TimeoutSeconds.Node, p.Machine.TimeoutSeconds.Value, "the state machine has a timeout of", diag.Info)
			}
			for state := range p.Machine.States() {
				if p.Type != asl.Express && !isInExpressMap(state) {
					continue
				}
				if state.Wait != nil {
					reportLiteral(p, state, state.Wait.Seconds, "waits", diag.Warning)
				}
				if state.Task != nil {
					reportLiteral(p, state, state.Task.TimeoutSeconds, "has a timeout of", diag.Info)
				}
			}
		},
	}
}

// isInExpressMap reports whether a state runs in the children of a distributed
// Map that are Express workflows.
func isInExpressMap(state *asl.State) bool {
	for owner := state.Owner(); owner != nil; owner = owner.Owner() {
		if owner.Map != nil && owner.Map.Distributed {
			return owner.Map.ExecutionType == asl.Express
		}
	}
	return false
}

func reportLiteral(p *lint.Pass, state *asl.State, e *asl.Expression, does string, severity diag.Severity) {
	if e != nil && e.Kind == asl.Literal {
		reportBeyond(p, state, e.Node, e.Literal.Float(), fmt.Sprintf("state %q %s", state.Name, does), severity)
	}
}

func reportBeyond(p *lint.Pass, state *asl.State, at syntax.Node, seconds float64, what string, severity diag.Severity) {
	if seconds <= spec.ExpressDuration.Seconds() {
		return
	}
	finding := diag.Diagnostic{
		Span: at.Span(), Severity: severity,
		Message: fmt.Sprintf("%s %.0f seconds, but an Express workflow ends after %.0f", what, seconds, spec.ExpressDuration.Seconds()),
		Help:    "shorten it, or use a Standard workflow",
	}
	if state != nil {
		finding.State = state.Name
	}
	p.Report(finding)
}
