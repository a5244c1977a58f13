package asl

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// reportSyntax turns the errors of the notation into findings.
func (d *decoder) reportSyntax() {
	for _, err := range d.tree.Errors {
		rule, severity := syntaxRule(err.Code, d.tree.Format)
		found := d.report(rule, err.Span, err.Message, err.Help)
		found.Severity = severity
		if rule == RuleInvalidSyntax {
			found.aws(err.Span, awsJSON, "")
		}
		if strings.TrimSpace(string(d.tree.File.Src)) == "" {
			found.schema(syntax.Span{}, "Definition must be a valid JSON object")
		}
		if err.Related != (syntax.Span{}) {
			found.related(err.Related, "the first one")
		}
	}
}

// syntaxRule returns the rule under which an error of the notation is reported.
// JSON readers keep the last of two equal members, and whether the service
// refuses them is not known; YAML itself forbids them. A file with bare
// substitutions is a template, which is no fault.
func syntaxRule(code syntax.ErrorCode, format syntax.Format) (rule string, severity diag.Severity) {
	switch {
	case code == syntax.Substitution:
		return RuleUnquotedSubstitution, diag.Info
	case code == syntax.DuplicateKey && format == syntax.JSON:
		return RuleDuplicateKey, diag.Warning
	case code == syntax.DuplicateKey:
		return RuleDuplicateKey, diag.Error
	}
	return RuleInvalidSyntax, diag.Error
}
