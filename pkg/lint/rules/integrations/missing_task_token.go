package integrations

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func missingTaskToken() *lint.Rule {
	return &lint.Rule{
		Name: "missing-task-token", Category: lint.Integrations, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "a callback Task does not send its task token, so that nobody can end it",
		Requires: []lint.Prerequisite{allTasks},
		Run: func(p *lint.Pass) {
			for task := range tasks(p) {
				if task.resource.Pattern == spec.WaitForTaskToken && task.parameters() != nil && !sendsToken(p, task) {
					task.report(p, diag.Diagnostic{
						Span:    task.suffixSpan(),
						Message: fmt.Sprintf("%s waits for its task token to come back but sends it to nobody: it can only time out", task.subject()),
						Help:    tokenHelp(task),
					})
				}
			}
		},
	}
}

func sendsToken(p *lint.Pass, t *task) bool {
	_, found := readsTaskToken(t.parameters())
	return found || isHidden(p, t.parameters())
}

func tokenHelp(t *task) string {
	member := `"TaskToken.$": "$$.Task.Token"`
	if t.QueryLanguage == asl.JSONata {
		member = `"TaskToken": "{% $states.context.Task.Token %}"`
	}
	place := map[string]string{"lambda": "Payload", "sqs": "MessageBody", "sns": "Message", "states": "Input", "apigateway": "RequestBody"}[t.resource.Service]
	if place == "" || t.resource.Kind != spec.OptimizedIntegration {
		return "send the token in a parameter: " + member
	}
	return fmt.Sprintf("add %s to %q", member, place)
}
