package integrations

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func lambdaRetryMissing() *lint.Rule {
	return &lint.Rule{
		Name: "lambda-retry-missing", Category: lint.Integrations, Severity: diag.Info, Preset: lint.Recommended,
		Summary:  "a Lambda Task does not retry the transient errors of the Lambda service",
		Requires: []lint.Prerequisite{allTasks},
		Run: func(p *lint.Pass) {
			var found []*task
			for task := range tasks(p) {
				if task.resource.IsLambda() && !task.retriesLambda() && !task.RetryUnknown {
					found = append(found, task)
				}
			}
			reportTogether(p, found,
				"calls Lambda and does not retry its transient errors",
				"call Lambda and do not retry its transient errors",
				`add "Retry": [{"ErrorEquals": ["`+strings.Join(spec.LambdaTransientErrors, `", "`)+
					`"], "IntervalSeconds": 1, "MaxAttempts": 3, "BackoffRate": 2, "JitterStrategy": "FULL"}]`)
		},
	}
}

// retriesLambda reports whether a Retrier takes one of the transient errors: a
// list that names one of them was written with them in mind.
func (t *task) retriesLambda() bool {
	for _, retrier := range t.Retry {
		for _, name := range retrier.ErrorEquals {
			if name.Value == "States.ALL" || name.Value == "States.TaskFailed" || slices.Contains(spec.LambdaTransientErrors, name.Value) ||
				isPlaceholder(name.Value) {
				return true
			}
		}
	}
	return false
}
