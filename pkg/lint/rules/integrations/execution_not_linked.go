package integrations

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// parentLink is the member of a nested execution's input by which the console
// links it to the execution that started it. Source: Developer Guide, "Start
// workflow executions from a task state".
const parentLink = "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID"

func executionNotLinked() *lint.Rule {
	return &lint.Rule{
		Name: "execution-not-linked", Category: lint.Integrations, Severity: diag.Info, Preset: lint.Strict,
		Summary:  "a nested execution is not linked to the execution that starts it",
		Requires: []lint.Prerequisite{allRequests},
		Run: func(p *lint.Pass) {
			for request := range requests(p) {
				if request.resource.SDKService() == "sfn" && request.resource.Action == "startExecution" {
					reportUnlinked(p, request)
				}
			}
		},
	}
}

// reportUnlinked judges an Input that is written down as an object; what an
// expression computes may hold the link.
func reportUnlinked(p *lint.Pass, r *request) {
	sent, ok := r.sent.(*syntax.Object)
	if !ok {
		return
	}
	input, ok := sent.Get("Input").(*syntax.Object)
	if !ok || input.Get(parentLink) != nil || input.Get(parentLink+".$") != nil {
		return
	}
	member := fmt.Sprintf(`"%s.$": "$$.Execution.Id"`, parentLink)
	if r.QueryLanguage == asl.JSONata {
		member = fmt.Sprintf(`"%s": "{%% $states.context.Execution.Id %%}"`, parentLink)
	}
	r.report(p, diag.Diagnostic{
		Span:    input.Span(),
		Message: fmt.Sprintf("%s starts an execution that the console cannot link back to this one", r.subject()),
		Help:    fmt.Sprintf(`add %s to "Input"`, member),
	})
}
