// Package limits holds the rules about what Step Functions bounds: the size of
// definitions and data, the length of histories, how much runs at once.
package limits

import "github.com/sfnctl/sfnctl/pkg/lint"

// All returns the rules of the category.
func All() []*lint.Rule {
	return []*lint.Rule{
		definitionTooLarge(),
		payloadTooLarge(),
		growingData(),
		unboundedLoop(),
		inlineConcurrency(),
		distributedWithoutWriter(),
		beyondExpress(),
		timeoutTooShort(),
		httpTimeout(),
		distributedWithoutLimit(),
	}
}
