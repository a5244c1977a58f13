package integrations

import (
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func jobWithoutTimeout() *lint.Rule {
	return &lint.Rule{
		Name: "job-without-timeout", Category: lint.Integrations, Severity: diag.Info, Preset: lint.Recommended,
		Summary:  "a Task that waits for a job has no timeout, so that a job that hangs blocks the execution",
		Requires: []lint.Prerequisite{allTasks},
		Run: func(p *lint.Pass) {
			found := withoutTimeout(p, func(t *task) bool { return t.resource.IsIntegration() && t.resource.Pattern.IsJob() })
			reportTogether(p, found,
				"waits for a job and has no timeout",
				"wait for jobs and have no timeout",
				`add "TimeoutSeconds", longer than the job ever takes when all is well`)
		},
	}
}
