// Package template holds the rules about what deploys a state machine: whether
// its failures can be seen, and whether the template and the definition agree.
package template

import (
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// All returns the rules of the category.
func All() []*lint.Rule {
	return append(reading(),
		failuresInvisible(),
		expressWithoutLogs(),
		noFailureAlarm(),
		tracingOff(),
		lambdaTimeoutExceedsTask(),
	)
}

// reading returns the rules that reading a template checks.
func reading() []*lint.Rule {
	return []*lint.Rule{
		{
			Name: lint.InvalidTemplate, Category: lint.Template, Severity: diag.Error, Preset: lint.Spec,
			Summary: "the resource of the state machine has properties that the deployment refuses",
		},
		{
			Name: lint.TextAsNumber, Category: lint.Template, Severity: diag.Error, Preset: lint.Spec,
			Summary: "a substitution gives text where the language takes a number",
		},
		{
			Name: lint.DefinitionNotRead, Category: lint.Template, Severity: diag.Info, Preset: lint.Recommended,
			Summary: "a definition could not be read, so that nothing about it is known",
		},
		{
			Name: lint.UnsetSubstitution, Category: lint.Template, Severity: diag.Warning, Preset: lint.Recommended,
			Summary: "nothing fills in a ${...} of the definition",
		},
		{
			Name: lint.UnusedSubstitution, Category: lint.Template, Severity: diag.Info, Preset: lint.Recommended,
			Summary: "the definition never uses a substitution that the template gives",
		},
	}
}
