// Package errors holds the rules about how a workflow fails: whether every
// error ends in a state that tells what happened, and whether its reason survives.
package errors

import "github.com/sfnctl/sfnctl/pkg/lint"

// All returns the rules of the category.
func All() []*lint.Rule {
	return []*lint.Rule{
		uncaughtError(),
		mixedTerminal(),
		failureEndsAsSuccess(),
		unclassifiedTerminal(),
		catchLosesInput(),
		catchLosesError(),
		errorNotKept(),
		failWithoutError(),
		sharedErrorName(),
		suspiciousErrorName(),
		shadowedError(),
		uncatchableError(),
		retryStorm(),
	}
}
