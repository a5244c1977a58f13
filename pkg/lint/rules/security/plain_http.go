package security

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func plainHTTP() *lint.Rule {
	return &lint.Rule{
		Name: "plain-http", Category: lint.Security, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "an HTTP task calls an endpoint without encryption",
		Run: func(p *lint.Pass) {
			for c := range constants(p.Machine) {
				if c.key != "ApiEndpoint" || !strings.HasPrefix(strings.ToLower(c.text.Value), "http://") {
					continue
				}
				p.Report(diag.Diagnostic{
					Span: c.text.Span(), State: c.state.Name,
					Message: fmt.Sprintf("state %q calls %q without encryption", c.state.Name, c.text.Value),
					Help:    "call the endpoint with https://",
				})
			}
		},
	}
}
