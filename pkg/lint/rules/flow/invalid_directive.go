package flow

import (
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func invalidDirective() *lint.Rule {
	return &lint.Rule{
		Name: "invalid-directive", Category: lint.Flow, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "an sfnctl directive has an unknown key or value, names no state, or says nothing where it stands",
		Run: func(p *lint.Pass) {
			for _, fault := range graph.CheckDirectives(p.Machine, p.Directives) {
				finding := diag.Diagnostic{Span: fault.Span, Message: fault.Message, Help: fault.Help}
				if fault.State != nil {
					finding.State = fault.State.Name
				}
				p.Report(finding)
			}
		},
	}
}
