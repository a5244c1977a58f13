// Package compensation holds the rules about what a failed execution leaves
// behind: actions that nothing undoes, and undos that do not hold.
package compensation

import "github.com/sfnctl/sfnctl/pkg/lint"

// All returns the rules of the category.
func All() []*lint.Rule {
	return []*lint.Rule{
		uncompensatedPath(),
		missingCompensation(),
		compensationWithoutRetry(),
		failedCompensationHidden(),
		compensationStopsEarly(),
		compensationOrder(),
	}
}
