// Package style holds the rules about what readers of a definition stumble over.
package style

import "github.com/sfnctl/sfnctl/pkg/lint"

// All returns the rules of the category.
func All() []*lint.Rule {
	return []*lint.Rule{
		deprecatedField(),
		confusableName(),
		missingComment(),
	}
}
