package integrations

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func httpConnection() *lint.Rule {
	return &lint.Rule{
		Name: "http-connection", Category: lint.Integrations, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "an HTTP task names no EventBridge connection to authorize it, or has Credentials, which it cannot use",
		Requires: []lint.Prerequisite{allTasks},
		Run: func(p *lint.Pass) {
			for task := range tasks(p) {
				if task.resource.IsHTTP() {
					checkConnection(p, task)
				}
			}
		},
	}
}

// checkConnection holds an HTTP task to "Call HTTPS APIs in Step Functions
// workflows" of the Developer Guide: a connection in Authentication, or in
// InvocationConfig for a private API, and no Credentials.
func checkConnection(p *lint.Pass, t *task) {
	if credentials := t.Task.Credentials; credentials != nil {
		t.report(p, diag.Diagnostic{
			Span:    credentials.Node.Span(),
			Message: fmt.Sprintf("%s has Credentials, which HTTP tasks do not support", t.subject()),
			Help:    "the connection authorizes the request; remove Credentials",
		})
	}
	parameters := t.parameters()
	if parameters == nil {
		return
	}
	sent, ok := parameters.Node.(*syntax.Object)
	if !ok {
		return
	}
	for _, name := range []string{"Authentication", "InvocationConfig"} {
		if sent.Get(name) != nil || sent.Get(name+".$") != nil {
			return
		}
	}
	t.report(p, diag.Diagnostic{
		Span:    sent.Span(),
		Message: fmt.Sprintf("%s calls an HTTP API without a connection", t.subject()),
		Help:    `add "Authentication": {"ConnectionArn": "arn:aws:events:REGION:ACCOUNT:connection/NAME/ID"}`,
	})
}
