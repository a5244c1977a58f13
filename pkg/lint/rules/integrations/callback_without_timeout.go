package integrations

import (
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func callbackWithoutTimeout() *lint.Rule {
	return &lint.Rule{
		Name: "callback-without-timeout", Category: lint.Integrations, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "a callback or activity has no timeout, so that a lost token or a dead worker blocks the execution for a year",
		Requires: []lint.Prerequisite{allTasks},
		Run: func(p *lint.Pass) {
			found := withoutTimeout(p, func(t *task) bool { return t.waitsForSomebody() && !t.hasHeartbeat() })
			reportTogether(p, found,
				"waits for somebody to answer and has no timeout: if nobody does, the execution hangs for a year",
				"wait for somebody to answer and have no timeout: if nobody does, the execution hangs for a year",
				`add "TimeoutSeconds", and "HeartbeatSeconds" if the worker can send heartbeats`)
		},
	}
}
