package limits

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func timeoutTooShort() *lint.Rule {
	return &lint.Rule{
		Name: "timeout-too-short", Category: lint.Limits, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "the execution times out before a single state of it is over",
		Run: func(p *lint.Pass) {
			if p.Machine.TimeoutSeconds == nil || p.Machine.TimeoutSeconds.Value <= 0 {
				return
			}
			limit := p.Machine.TimeoutSeconds.Value
			for state := range p.Machine.States() {
				switch {
				case inChildExecution(state):
				case state.Wait != nil:
					reportOutlasting(p, state, state.Wait.Seconds, limit, "waits", diag.Warning)
				case state.Task != nil:
					reportOutlasting(p, state, state.Task.TimeoutSeconds, limit, "has a timeout of", diag.Info)
				}
			}
		},
	}
}

// inChildExecution reports whether a state runs in the children of a distributed
// Map, which have no timeout of their own here.
func inChildExecution(state *asl.State) bool {
	for owner := state.Owner(); owner != nil; owner = owner.Owner() {
		if owner.Map != nil && owner.Map.Distributed {
			return true
		}
	}
	return false
}

func reportOutlasting(p *lint.Pass, state *asl.State, e *asl.Expression, limit float64, does string, severity diag.Severity) {
	if e == nil || e.Kind != asl.Literal || e.Literal.Float() < limit {
		return
	}
	p.Report(diag.Diagnostic{
		Span: e.Node.Span(), State: state.Name, Severity: severity,
		Message: fmt.Sprintf("state %q %s %.0f seconds, but the execution ends after %.0f", state.Name, does, e.Literal.Float(), limit),
		Help:    "raise the TimeoutSeconds of the state machine, or shorten this one",
		Related: []diag.Related{verdict.Related(p, p.Machine.TimeoutSeconds.Node.Span(), "the timeout of the execution")},
	})
}
