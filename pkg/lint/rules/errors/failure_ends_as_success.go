package errors

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func failureEndsAsSuccess() *lint.Rule {
	return &lint.Rule{
		Name: "failure-ends-as-success", Category: lint.Errors, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "an execution that failed reports SUCCEEDED",
		Requires: []lint.Prerequisite{verdict.Workshop},
		Run: func(p *lint.Pass) {
			for _, terminal := range verdict.Of(p).Terminals.All {
				switch {
				case terminal.EndsAsSuccess:
					reportAsSuccess(p, terminal)
				case terminal.Shared:
					reportShared(p, terminal)
				}
			}
		},
	}
}

func reportAsSuccess(p *lint.Pass, terminal *graph.Terminal) {
	path := terminal.Path()
	finding := verdict.On(terminal.Node.State, "a failure ends here and the execution reports SUCCEEDED: %s", path)
	if terminal.Basis <= graph.Configured {
		// What the team declares is believed; the status is worth knowing still.
		finding = verdict.On(terminal.Node.State, "%q is declared a %s, yet an execution that ends there reports SUCCEEDED", terminal.Node.Name(), terminal.Class)
	}
	if terminal.Basis <= graph.Configured {
		finding.Severity = diag.Info
	}
	finding.Help = failInstead(p, terminal)
	finding.Path = path.Steps()
	finding.Related = verdict.RelateCatchers(p, path)
	p.Report(finding)
}

// failInstead tells how to let the execution fail.
func failInstead(p *lint.Pass, terminal *graph.Terminal) string {
	state, target := terminal.Node.State, verdict.UnknownFailureIn(p, terminal.Node.Region)
	declare := "\nor, when this is a success, say so in its Comment: sfnctl:terminal=success"
	switch {
	case !state.End:
		return "lead what comes here to a Fail state with an Error to alarm on" + declare
	case terminal.Class == graph.UnknownFailure:
		return fmt.Sprintf("write \"Next\": %q instead of \"End\": true%s%s", target.Name, target.HelpAfter(), declare)
	}
	return "lead it to a Fail state with an Error of its own instead of \"End\": true" + declare
}

// reportShared reports a clean-up that success and failure have in common. Where
// what was cleaned up is known for more than its name it is no guess.
func reportShared(p *lint.Pass, terminal *graph.Terminal) {
	path := terminal.Unknown
	if path == nil {
		path = terminal.Known
	}
	finding := verdict.On(terminal.Node.State, "successes end here, and so do failures that were undone: both report SUCCEEDED (%s)", path)
	if !passesCertainCompensation(p, path) {
		finding.Severity = diag.Info
	}
	finding.Help = "end what was undone in a Fail state; when it is a success, say so in the Comment of this state: sfnctl:terminal=success"
	finding.Path = path.Steps()
	finding.Related = verdict.RelateCatchers(p, path)
	p.Report(finding)
}

// passesCertainCompensation reports whether a state on the path undoes an action
// for certain, or the machine shows that it is a saga.
func passesCertainCompensation(p *lint.Pass, path graph.Path) bool {
	compensation := verdict.Of(p).Compensation
	for _, undo := range compensation.Undos {
		for _, step := range path {
			if step.Node == undo.Node && (undo.Certain || compensation.Saga) {
				return true
			}
		}
	}
	return false
}
