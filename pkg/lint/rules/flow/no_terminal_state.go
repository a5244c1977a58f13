package flow

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func noTerminalState() *lint.Rule {
	return &lint.Rule{
		Name: "no-terminal-state", Category: lint.Flow, Severity: diag.Error, Preset: lint.Spec,
		Summary:  "the state machine has no state in which an execution could end",
		Requires: []lint.Prerequisite{lint.Graph},
		Run: func(p *lint.Pass) {
			root := p.Graph().Root
			if len(root.Nodes) == 0 || hasTerminal(root) || looseEnds(root, reachedIn(p.Graph(), root)) > 0 {
				return // a transition that leads nowhere, which is reported, may be meant for the end
			}
			p.Report(diag.Diagnostic{
				Span:    statesKey(root),
				Message: "the workflow has no terminal state",
				Help:    `add "End": true to the last state, or lead it to a Succeed or Fail state`,
				AWS:     &diag.AWS{Code: "MISSING_END_STATE", Message: "Workflow has no terminal state"},
			})
		},
	}
}

// hasTerminal reports whether a state of the region itself ends it. States that
// were not understood might.
func hasTerminal(region *graph.Region) bool {
	for _, node := range region.Nodes {
		if node.State.IsTerminal() || node.State.Type == asl.Unknown {
			return true
		}
	}
	return false
}

// statesKey returns the place of the key "States" of a region.
func statesKey(region *graph.Region) syntax.Span {
	object, ok := region.Source.Node.(*syntax.Object)
	if !ok {
		return region.Source.Node.Span()
	}
	for _, member := range object.Members {
		if member.Key.Value == "States" {
			return member.Key.Span()
		}
	}
	return object.Span()
}
