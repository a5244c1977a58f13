package errors

import (
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func unclassifiedTerminal() *lint.Rule {
	return &lint.Rule{
		Name: "unclassified-terminal", Category: lint.Errors, Severity: diag.Warning, Preset: lint.Strict,
		Summary:  "the class of a terminal state is only inferred",
		Requires: []lint.Prerequisite{verdict.Flow},
		Run: func(p *lint.Pass) {
			for _, terminal := range verdict.Of(p).Terminals.All {
				if terminal.Node == nil || terminal.Basis <= graph.Configured {
					continue
				}
				finding := verdict.On(terminal.Node.State, "nothing declares how an execution that ends in %q ended; it is taken for %s: %s",
					terminal.Node.Name(), terminal.Class, terminal.Why)
				finding.Help = "say it in its Comment: sfnctl:terminal=" + string(terminal.Class)
				p.Report(finding)
			}
		},
	}
}
