package template

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func failuresInvisible() *lint.Rule {
	return &lint.Rule{
		Name: "failures-invisible", Category: lint.Template, Severity: diag.Info, Preset: lint.Recommended,
		Summary: "a Standard workflow writes no log, and nothing watches whether it fails",
		Run: func(p *lint.Pass) {
			d := p.Deployment
			if d == nil || !d.Complete || p.Type == asl.Express || !isOff(d.Logging) || watched(d) {
				return
			}
			p.Report(diag.Diagnostic{
				File: d.File, Span: d.Logging.Span,
				Message: fmt.Sprintf("%q logs nothing, and no alarm or event rule watches its failures: nobody will notice them", d.Name),
				Help:    "log at level ERROR, with an alarm on ExecutionsFailed",
			})
		},
	}
}

func expressWithoutLogs() *lint.Rule {
	return &lint.Rule{
		Name: "express-without-logs", Category: lint.Template, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "an Express workflow writes no log, so that nothing of an execution is left",
		Run: func(p *lint.Pass) {
			d := p.Deployment
			if d == nil || p.Type != asl.Express || !isOff(d.Logging) {
				return
			}
			p.Report(diag.Diagnostic{
				File: d.File, Span: d.Logging.Span,
				Message: fmt.Sprintf("%q is an Express workflow without logs: its executions leave no history, so that a failure cannot be explained", d.Name),
				Help:    "log at level ERROR or ALL",
			})
		},
	}
}

func tracingOff() *lint.Rule {
	return &lint.Rule{
		Name: "tracing-off", Category: lint.Template, Severity: diag.Info, Preset: lint.Strict,
		Summary: "AWS X-Ray does not trace the workflow",
		Run: func(p *lint.Pass) {
			d := p.Deployment
			if d == nil || d.Tracing.State == lint.Computed || d.Tracing.State == lint.Set && d.Tracing.Value != "false" {
				return
			}
			p.Report(diag.Diagnostic{
				File: d.File, Span: d.Tracing.Span,
				Message: fmt.Sprintf("%q is not traced: a slow or failing request cannot be followed across services", d.Name),
				Help:    "enable tracing with AWS X-Ray",
			})
		},
	}
}

// isOff reports whether nothing is logged; a level that only the deployment
// knows may be any.
func isOff(level lint.Property) bool {
	return level.State == lint.Absent || level.State == lint.Set && level.Value == "OFF"
}
