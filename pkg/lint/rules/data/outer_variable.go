package data

import (
	"fmt"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func outerVariable() *lint.Rule {
	return &lint.Rule{
		Name: "outer-variable", Category: lint.Data, Severity: diag.Error, Preset: lint.Spec,
		Summary:  "a state in a branch or item processor assigns a variable of an outer scope",
		Requires: []lint.Prerequisite{allVariables},
		Run: func(p *lint.Pass) {
			v := variablesOf(p)
			if len(v.assigned) < 2 {
				return
			}
			for state := range p.Machine.States() {
				outer := outerRegion(state.Region)
				if outer == nil {
					continue
				}
				for assign := range assigns(state) {
					for _, variable := range assign.Variables {
						_, places := v.find(outer, variable.Name)
						if places = slices.DeleteFunc(slices.Clone(places), isOfOwnCatcher(state)); len(places) > 0 {
							p.Report(diag.Diagnostic{
								Span: variable.NameNode.Span(), State: state.Name,
								Message: fmt.Sprintf("state %q assigns %q, a variable of the scope outside of %q", state.Name, variable.Name, state.Owner().Name),
								Help:    fmt.Sprintf("choose another name; to change the outer variable, return the value and assign it in %q", state.Owner().Name),
								Related: relateAssignments(p, places),
							})
						}
					}
				}
			}
		},
	}
}

// isOfOwnCatcher reports whether a variable is assigned by a Catcher of the
// Parallel around the state. Recorded executions show that a branch may assign
// it as well: when the Catcher runs, the branches and their variables are gone.
func isOfOwnCatcher(state *asl.State) func(assignment) bool {
	owner := state.Owner()
	return func(place assignment) bool {
		return owner.Type == asl.Parallel && place.state == owner && slices.ContainsFunc(owner.Catch, func(catcher *asl.Catcher) bool {
			return catcher.Assign != nil && slices.Contains(catcher.Assign.Variables, place.variable)
		})
	}
}
