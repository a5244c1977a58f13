package errors

import (
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func sharedErrorName() *lint.Rule {
	return &lint.Rule{
		Name: "shared-error-name", Category: lint.Errors, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "Fail states of different classes raise the same Error",
		Requires: []lint.Prerequisite{verdict.Flow},
		Run: func(p *lint.Pass) {
			first := map[string]*graph.Terminal{}
			for _, terminal := range verdict.Of(p).Terminals.All {
				if terminal.Node == nil {
					continue
				}
				name, ok := graph.FailError(terminal.Node.State)
				if !ok {
					continue
				}
				other := first[name]
				if other == nil {
					first[name] = terminal
				} else if other.Class != terminal.Class {
					reportSharedName(p, name, other, terminal)
				}
			}
		},
	}
}

func reportSharedName(p *lint.Pass, name string, first, second *graph.Terminal) {
	a, b := first.Node.State, second.Node.State
	finding := verdict.On(b, "%q (%s) and %q (%s) raise the same Error %q: an alarm cannot tell them apart", a.Name, first.Class, b.Name, second.Class, name)
	finding.Span = b.Fail.Error.Node.Span()
	finding.Help = "give each class of failure names of its own"
	finding.Related = []diag.Related{verdict.Related(p, a.Fail.Error.Node.Span(), "the same Error")}
	p.Report(finding)
}
