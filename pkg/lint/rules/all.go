// Package rules lists every rule there is. The rules themselves live in a
// package a category, one file each.
package rules

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/compensation"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/data"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/errors"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/flow"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/integrations"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/limits"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/security"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/style"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/template"
)

// All returns every rule that sfnctl reports under, category by category. It is
// the registry of their names: of those that run here, and of those that decoding,
// reading a template, suppression and the simulator check.
func All() []*lint.Rule {
	return slices.Concat(
		decoding(),
		simulating(),
		flow.All(),
		errors.All(),
		compensation.All(),
		data.All(),
		integrations.All(),
		limits.All(),
		security.All(),
		style.All(),
		template.All(),
		lint.SuppressionRules(),
	)
}

// simulating returns the rule that compiling a machine for the simulator checks.
func simulating() []*lint.Rule {
	return []*lint.Rule{{
		Name: diag.NotExecutable, Category: lint.Structure, Severity: diag.Error, Preset: lint.Spec,
		Summary: "the simulator cannot run the definition as it stands",
	}}
}

// decoding returns the rules that reading a definition checks: what AWS would
// refuse.
func decoding() []*lint.Rule {
	var list []*lint.Rule
	for _, info := range asl.Rules() {
		rule := &lint.Rule{
			Name: info.Name, Category: lint.Category(info.Category), Summary: info.Summary,
			Severity: diag.Error, Preset: lint.Spec,
		}
		switch info.Name {
		case asl.RuleUnquotedSubstitution: // a template, which nobody sends to AWS as it is
			rule.Severity, rule.Preset = diag.Info, lint.Recommended
		case asl.RuleDuplicateKey: // AWS takes the last one without a word
			rule.Severity, rule.Preset = diag.Warning, lint.Recommended
		}
		list = append(list, rule)
	}
	return list
}
