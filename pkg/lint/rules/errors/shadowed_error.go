package errors

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func shadowedError() *lint.Rule {
	return &lint.Rule{
		Name: "shadowed-error", Category: lint.Errors, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "a Retrier or Catcher never sees an error, because one before it takes it",
		Run: func(p *lint.Pass) {
			for state := range p.Machine.States() {
				var retriers, catchers [][]*syntax.String
				for _, retrier := range state.Retry {
					retriers = append(retriers, retrier.ErrorEquals)
				}
				for _, catcher := range state.Catch {
					catchers = append(catchers, catcher.ErrorEquals)
				}
				reportShadowed(p, state, "Retrier", retriers)
				reportShadowed(p, state, "Catcher", catchers)
			}
		},
	}
}

const taskFailed = "States.TaskFailed"

// reportShadowed looks through the lists of names in the order in which they are
// tried.
func reportShadowed(p *lint.Pass, state *asl.State, kind string, lists [][]*syntax.String) {
	taken := map[string]*syntax.String{}
	for _, names := range lists {
		for _, name := range names {
			if by := takenBy(taken, name.Value); by != nil {
				finding := verdict.On(state, "a %s of %q never sees %q, because %s takes it", kind, state.Name, name.Value, whatTakes(kind, by, name))
				finding.Span = name.Span()
				finding.Help = "remove it, or put it before the other one"
				finding.Related = []diag.Related{verdict.Related(p, by.Span(), "this one")}
				p.Report(finding)
			}
		}
		for _, name := range names {
			if taken[name.Value] == nil {
				taken[name.Value] = name
			}
		}
	}
}

// takenBy returns the earlier name that takes an error of the given name.
func takenBy(taken map[string]*syntax.String, name string) *syntax.String {
	if by := taken[name]; by != nil {
		return by
	}
	if matchedByTaskFailed(name) {
		return taken[taskFailed]
	}
	return nil
}

// matchedByTaskFailed reports whether States.TaskFailed takes an error. It takes
// all but timeouts; of the reserved errors that are not failures of a task it is
// not known. Source: Developer Guide, "Handling errors".
func matchedByTaskFailed(name string) bool {
	if !spec.IsReservedName(name) {
		return true
	}
	return name == "States.Permissions"
}

func whatTakes(kind string, by, name *syntax.String) string {
	if by.Value == name.Value {
		return "an earlier " + kind
	}
	return fmt.Sprintf("%q in an earlier %s", by.Value, kind)
}
