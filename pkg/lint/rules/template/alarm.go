package template

import (
	"fmt"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func noFailureAlarm() *lint.Rule {
	return &lint.Rule{
		Name: "no-failure-alarm", Category: lint.Template, Severity: diag.Info, Preset: lint.Strict,
		Summary: "no alarm or event rule watches whether executions fail",
		Run: func(p *lint.Pass) {
			d := p.Deployment
			if d == nil || !d.Complete || watched(d) {
				return
			}
			p.Report(diag.Diagnostic{
				File: d.File, Span: d.Span,
				Message: fmt.Sprintf("no alarm watches whether executions of %q fail", d.Name),
				Help: "alarm on ExecutionsFailed and ExecutionsTimedOut of AWS/States, or send failed executions to the team with an event rule;\n" +
					"watch the rate of known failures against a baseline, and alarm on unknown ones at once",
			})
		},
	}
}

// watched reports whether an alarm or an event rule takes notice of failed
// executions. One that names no state machine may be on this one.
func watched(d *lint.Deployment) bool {
	alarmed := slices.ContainsFunc(d.Alarms, func(a lint.Alarm) bool {
		return slices.Contains(failureMetrics(), a.Metric) && (a.Machine == "" || a.Machine == d.Name)
	})
	return alarmed || slices.ContainsFunc(d.Rules, func(r lint.EventRule) bool {
		failed := len(r.Statuses) == 0 || slices.Contains(r.Statuses, "FAILED")
		return failed && (r.Machine == "" || r.Machine == d.Name)
	})
}

func failureMetrics() []string {
	return []string{"ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"}
}
