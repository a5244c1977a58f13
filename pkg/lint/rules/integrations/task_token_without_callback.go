package integrations

import (
	"fmt"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func taskTokenWithoutCallback() *lint.Rule {
	return &lint.Rule{
		Name: "task-token-without-callback", Category: lint.Integrations, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "a state reads a task token although it does not wait for one, so that there is none",
		Run: func(p *lint.Pass) {
			for state := range p.Machine.States() {
				if !hasToken(state) {
					reportTokenRead(p, state)
				}
			}
		},
	}
}

// hasToken reports whether the context object of the state holds a task token:
// that of a callback or of a job.
func hasToken(state *asl.State) bool {
	if state.Task == nil || state.Task.Resource == nil {
		return false
	}
	r := spec.ParseResource(state.Task.Resource.Value)
	return !r.IsIntegration() && r.Kind != spec.LambdaFunction || r.Pattern != spec.RequestResponse
}

func reportTokenRead(p *lint.Pass, state *asl.State) {
	for expression := range state.Expressions() {
		read, found := readsTaskToken(expression)
		if !found || !slices.Equal(read.Path, tokenPath) {
			continue
		}
		finding := diag.Diagnostic{
			Span: read.Span, State: state.Name,
			Message: fmt.Sprintf("state %q reads the task token, which only a Task with .waitForTaskToken has", state.Name),
			Help:    `end the Resource of the Task in ".waitForTaskToken", or do not send the token`,
		}
		if state.Task == nil {
			finding.Help = "read the token in the Task that waits for it"
		}
		p.Report(finding)
		return
	}
}
