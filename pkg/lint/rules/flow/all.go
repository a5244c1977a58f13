// Package flow holds the rules about the ways through a state machine: what
// cannot be reached, and from where an execution cannot end.
package flow

import "github.com/sfnctl/sfnctl/pkg/lint"

// All returns the rules of the category, what AWS refuses first.
func All() []*lint.Rule {
	return []*lint.Rule{
		noTerminalState(),
		unreachableState(),
		noTerminalReachable(),
		choiceWithoutDefault(),
		deadChoiceRule(),
		invalidDirective(),
	}
}
