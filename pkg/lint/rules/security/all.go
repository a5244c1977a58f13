// Package security holds the rules about what a definition gives away.
package security

import "github.com/sfnctl/sfnctl/pkg/lint"

// All returns the rules of the category.
func All() []*lint.Rule {
	return []*lint.Rule{
		hardCodedSecret(),
		plainHTTP(),
		hardCodedAccount(),
		hardCodedRegion(),
	}
}
