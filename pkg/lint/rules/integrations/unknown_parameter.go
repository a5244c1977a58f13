package integrations

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func unknownParameter() *lint.Rule {
	return &lint.Rule{
		Name: "unknown-parameter", Category: lint.Integrations, Severity: diag.Error, Preset: lint.Spec,
		Summary:  "a Task sends a parameter that the API does not have, or in another spelling",
		Requires: []lint.Prerequisite{allRequests},
		Run: func(p *lint.Pass) {
			for request := range requests(p) {
				for value := range request.values() {
					reportUnknownMembers(p, request, value)
				}
			}
		},
	}
}

func reportUnknownMembers(p *lint.Pass, r *request, at written) {
	object, ok := at.node.(*syntax.Object)
	if !ok || at.shape.Kind != spec.Structure {
		return
	}
	for _, member := range object.Members {
		name, computed := r.memberName(member.Key)
		if at.shape.Member(name) == nil && !isPlaceholder(name) {
			reportUnknownMember(p, r, at, member.Key, name, computed || r.isComputed(member.Value))
		}
	}
}

// reportUnknownMember reports a key. The service refuses it when the definition
// is created if its value is written down, else only when the Task runs; and of
// an SDK integration our table may not know the newest parameters.
func reportUnknownMember(p *lint.Pass, r *request, at written, key *syntax.String, name string, computed bool) {
	meant := nearestMiss(strings.TrimSuffix(name, ".$"), at.shape.MemberNames())
	certain := r.api.Optimized || meant != ""
	if meant == "" {
		meant = diag.Suggest(name, at.shape.MemberNames())
	}
	finding := diag.Diagnostic{
		Span:    key.Span(),
		Message: fmt.Sprintf("%s sends %q, which %s does not have", r.subject(), join(at.path, name), call(r.resource)),
		AWS: &diag.AWS{Code: awsCode, Span: r.sent.Span(),
			Message: fmt.Sprintf("The field %q is not supported by Step Functions", name)},
	}
	if meant != "" {
		finding.Help = didYouMean(meant)
		p.Fix(&finding, func() []diag.Fix { return rewriting(key, name, meant, "rename it to %q") })
	} else {
		finding.Help = memberHelp(at.shape)
	}
	switch {
	case !certain:
		finding.Severity, finding.AWS = diag.Info, nil
		finding.Message = fmt.Sprintf("%s sends %q, which %s does not have as far as the table of AWS APIs (%s) knows",
			r.subject(), join(at.path, name), call(r.resource), tableMonth())
	case computed:
		finding.Severity, finding.AWS = diag.Warning, nil
		finding.Message += "; AWS takes the definition and fails the Task"
	}
	r.report(p, finding)
}

// memberHelp lists what the API has, when that is short enough to read.
func memberHelp(shape *spec.Shape) string {
	names := shape.MemberNames()
	if len(names) > 12 {
		return "see the API reference for the parameters; Step Functions spells them in PascalCase"
	}
	if len(names) == 0 {
		return "the API has no parameters"
	}
	return "the parameters are " + strings.Join(names, ", ")
}
