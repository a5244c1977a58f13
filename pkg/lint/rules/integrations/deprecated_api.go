package integrations

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func deprecatedAPI() *lint.Rule {
	return &lint.Rule{
		Name: "deprecated-api", Category: lint.Integrations, Severity: diag.Info, Preset: lint.Recommended,
		Summary:  "a Task calls an action, or sends a parameter, that the service has deprecated",
		Requires: []lint.Prerequisite{allRequests},
		Run: func(p *lint.Pass) {
			for task := range tasks(p) {
				if api, verdict := spec.Lookup(task.resource); verdict == spec.Known && api.Deprecated {
					task.report(p, diag.Diagnostic{
						Span:    task.node.Span(),
						Message: fmt.Sprintf("%s calls %s, which the service has deprecated", task.subject(), call(task.resource)),
						Help:    "see the API reference of the service for what takes its place",
					})
				}
			}
			for request := range requests(p) {
				for value := range request.values() {
					reportDeprecatedMembers(p, request, value)
				}
			}
		},
	}
}

func reportDeprecatedMembers(p *lint.Pass, r *request, at written) {
	object, ok := at.node.(*syntax.Object)
	if !ok || at.shape.Kind != spec.Structure {
		return
	}
	for _, member := range object.Members {
		name, _ := r.memberName(member.Key)
		if known := at.shape.Member(name); known != nil && known.Deprecated {
			r.report(p, diag.Diagnostic{
				Span:    member.Key.Span(),
				Message: fmt.Sprintf("%s sends %q to %s, a parameter that the service has deprecated", r.subject(), join(at.path, name), call(r.resource)),
				Help:    "see the API reference of the service for what takes its place",
			})
		}
	}
}
