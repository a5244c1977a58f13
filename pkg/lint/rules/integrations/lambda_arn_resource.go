package integrations

import (
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func lambdaARNResource() *lint.Rule {
	return &lint.Rule{
		Name: "lambda-arn-resource", Category: lint.Integrations, Severity: diag.Info, Preset: lint.Strict,
		Summary:  "a Task names a function directly instead of calling lambda:invoke, as AWS recommends since",
		Requires: []lint.Prerequisite{allTasks},
		Run: func(p *lint.Pass) {
			var found []*task
			for task := range tasks(p) {
				if task.resource.Kind == spec.LambdaFunction {
					found = append(found, task)
				}
			}
			reportTogether(p, found,
				"names a Lambda function as its Resource, the older way",
				"name a Lambda function as their Resource, the older way",
				`use "arn:aws:states:::lambda:invoke" with "FunctionName" and "Payload"; the function's answer is then in "Payload" of the result`)
		},
	}
}
