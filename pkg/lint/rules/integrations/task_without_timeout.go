package integrations

import (
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func taskWithoutTimeout() *lint.Rule {
	return &lint.Rule{
		Name: "task-without-timeout", Category: lint.Integrations, Severity: diag.Info, Preset: lint.Strict,
		Summary:  "a Task has no timeout of its own",
		Requires: []lint.Prerequisite{allTasks},
		Run: func(p *lint.Pass) {
			found := withoutTimeout(p, func(t *task) bool {
				isJob := t.resource.IsIntegration() && t.resource.Pattern.IsJob()
				return !isJob && !t.waitsForSomebody() // callback-without-timeout and job-without-timeout tell of those
			})
			reportTogether(p, found,
				"has no timeout",
				"have no timeout",
				`add "TimeoutSeconds" to each, a little more than the call takes at worst`)
		},
	}
}
