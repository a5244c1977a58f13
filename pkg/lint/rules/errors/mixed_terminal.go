package errors

import (
	"fmt"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func mixedTerminal() *lint.Rule {
	return &lint.Rule{
		Name: "mixed-terminal", Category: lint.Errors, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "failures that the workflow foresaw and failures of any kind end in the same Fail state",
		Requires: []lint.Prerequisite{verdict.Workshop},
		Run: func(p *lint.Pass) {
			for _, terminal := range verdict.Of(p).Terminals.All {
				if terminal.Mixed {
					reportMixed(p, terminal)
				}
			}
		},
	}
}

func reportMixed(p *lint.Pass, terminal *graph.Terminal) {
	foreseen := terminal.Known
	if foreseen == nil {
		foreseen = terminal.Normal
	}
	finding := verdict.On(terminal.Node.State, "%q ends failures that the workflow foresaw (%s) and any others (%s): on call they look alike",
		terminal.Node.Name(), foreseen, terminal.Unknown)
	finding.Help = separation(p, terminal)
	finding.Path = terminal.Unknown.Steps()
	finding.Related = append(lastTurn(p, foreseen, "a foreseen failure comes from here"), lastTurn(p, terminal.Unknown, "any other failure comes from here")...)
	p.Report(finding)
}

// separation tells where the way of failures of any kind begins, and where it
// could lead instead.
func separation(p *lint.Pass, terminal *graph.Terminal) string {
	target := verdict.UnknownFailureIn(p, terminal.Node.Region)
	for _, step := range slices.Backward(terminal.Unknown) {
		if catcher := verdict.CatcherOf(step); catcher != nil {
			return fmt.Sprintf("lead failures of any kind, from the Catcher of %q on, to %q instead%s", step.Edge.From.Name(), target.Name, target.HelpAfter())
		}
	}
	return fmt.Sprintf("lead failures of any kind to %q instead%s", target.Name, target.HelpAfter())
}

// lastTurn points at the last Catcher on a path, or at the last state before
// its end when nothing was caught.
func lastTurn(p *lint.Pass, path graph.Path, message string) []diag.Related {
	for i := len(path) - 1; i >= 0; i-- {
		if catcher := verdict.CatcherOf(path[i]); catcher != nil {
			return []diag.Related{verdict.Related(p, catcher.Node.Span(), "%s", message)}
		}
	}
	if len(path) < 2 {
		return nil
	}
	return []diag.Related{verdict.Related(p, path[len(path)-2].Node.State.NameNode.Span(), "%s", message)}
}
