// Package data holds the rules about what flows through a workflow: variables,
// paths, templates and functions that are accepted and fail when they run.
package data

import "github.com/sfnctl/sfnctl/pkg/lint"

// All returns the rules of the category.
func All() []*lint.Rule {
	return []*lint.Rule{
		outerVariable(),
		unassignedVariable(),
		maybeUnassignedVariable(),
		unusedVariable(),
		failingIntrinsic(),
		unknownFunction(),
		unknownContextField(),
		unevaluatedExpression(),
		nullWithoutPresence(),
		missingData(),
		resultOverwritesInput(),
	}
}
