package integrations

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func missingParameter() *lint.Rule {
	return &lint.Rule{
		Name: "missing-parameter", Category: lint.Integrations, Severity: diag.Error, Preset: lint.Spec,
		Summary:  "a Task does not send a parameter that the API requires",
		Requires: []lint.Prerequisite{allRequests},
		Run: func(p *lint.Pass) {
			for task := range tasks(p) {
				reportNoParameters(p, task)
			}
			for request := range requests(p) {
				for value := range request.values() {
					reportMissing(p, request, value)
				}
			}
		},
	}
}

// reportNoParameters reports a call of an API without Parameters or Arguments,
// which the service wants even for an API that requires nothing.
func reportNoParameters(p *lint.Pass, t *task) {
	api := t.api()
	if api == nil || api.Place != spec.InTask {
		return
	}
	if hasField(t.State, "Parameters") || hasField(t.State, "Arguments") {
		return // be it the field of the other query language, which is a fault of its own
	}
	message := fmt.Sprintf("%s has no %s, which %s needs", t.subject(), t.parametersField(), call(t.resource))
	t.report(p, diag.Diagnostic{
		Span: t.node.Span(), Message: message, Help: exampleParameters(t, api),
		AWS: &diag.AWS{Code: awsCode, Span: t.node.Span(),
			Message: fmt.Sprintf("%s field is required for resource ARN: %s", t.parametersField(), t.node.Value)},
	})
}

// hasField reports whether the state has the field, be it broken.
func hasField(state *asl.State, name string) bool {
	return state.Node != nil && state.Node.Get(name) != nil
}

// exampleParameters shows the field to add, with what the API requires.
func exampleParameters(t *task, api *spec.Integration) string {
	var members []string
	for _, member := range api.Input.Members {
		if member.Required {
			members = append(members, fmt.Sprintf("%q: ...", member.Name))
		}
	}
	return fmt.Sprintf("add %q: {%s}", t.parametersField(), strings.Join(members, ", "))
}

// reportMissing reports the members that a structure in a request lacks. One
// that stands there misspelt is left to unknown-parameter.
func reportMissing(p *lint.Pass, r *request, at written) {
	object, ok := at.node.(*syntax.Object)
	if !ok || at.shape.Kind != spec.Structure {
		return
	}
	var missing []string
	for _, member := range at.shape.Members {
		if member.Required && !r.sends(object, member.Name) && !r.sendsMisspelt(object, at.shape, member.Name) {
			missing = append(missing, member.Name)
		}
	}
	if len(missing) == 0 {
		return
	}
	finding := diag.Diagnostic{
		Span:    object.Span(),
		Message: fmt.Sprintf("%s sends no %s, which %s requires", r.subject(), quoted(at.path, missing), call(r.resource)),
		Help:    fmt.Sprintf(`add %s to "%s"`, quoted("", missing), join(r.parametersField(), at.path)),
		AWS: &diag.AWS{Code: awsCode, Span: object.Span(),
			Message: fmt.Sprintf("The field '%s' is required but was missing", missing[0])},
	}
	if at.path != "" { // the service is only known to look at the top
		finding.Severity, finding.AWS = diag.Warning, nil
	}
	r.report(p, finding)
}

func (r *request) sends(object *syntax.Object, name string) bool {
	for _, member := range object.Members {
		if sent, _ := r.memberName(member.Key); sent == name || isPlaceholder(sent) {
			return true
		}
	}
	return false
}

// sendsMisspelt reports whether a key that the API does not have is probably
// meant as the member.
func (r *request) sendsMisspelt(object *syntax.Object, shape *spec.Shape, name string) bool {
	for _, member := range object.Members {
		sent, _ := r.memberName(member.Key)
		if shape.Member(sent) == nil && (nearMiss(sent, name) || nearMiss(strings.TrimSuffix(sent, ".$"), name)) {
			return true
		}
	}
	return false
}

// quoted joins names, each below the path: "p.A", "p.B" and "p.C".
func quoted(path string, names []string) string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = `"` + join(path, name) + `"`
	}
	if len(list) == 1 {
		return list[0]
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " and " + list[last]
}
