package errors

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func catchLosesInput() *lint.Rule {
	return &lint.Rule{
		Name: "catch-loses-input", Category: lint.Errors, Severity: diag.Info, Preset: lint.Recommended,
		Summary:  "a Catcher replaces the whole input of the state by the error",
		Requires: []lint.Prerequisite{verdict.Workshop, verdict.Shape, inputUses},
		Run: func(p *lint.Pass) {
			for c := range catchers(p) {
				if replacesInput(c) && inputUseOf(p)[c.edge.To.ID] {
					reportLostInput(p, c)
				}
			}
		},
	}
}

func replacesInput(c caught) bool {
	if c.edge.From.State.QueryLanguage == asl.JSONata {
		return c.Output == nil && c.Assign == nil
	}
	return c.ResultPath == nil
}

func reportLostInput(p *lint.Pass, c caught) {
	from, to := c.edge.From.State, c.edge.To.State
	finding := verdict.On(from, "when %s is caught, %q gets the error and nothing of the input of %q", verdict.Either(c.edge.Errors), to.Name, from.Name)
	finding.Span = c.Node.Span()
	field := fmt.Sprintf(`"ResultPath": %q`, verdict.ErrorPath(p, from))
	if from.QueryLanguage == asl.JSONata {
		field = `"Assign": {"caughtError": "{% $states.errorOutput %}"}, "Output": "{% $states.input %}"`
	}
	finding.Help = "add to the Catcher:\n  " + field
	if reader := readerOfError(c.edge.To); reader != nil {
		finding.Help += fmt.Sprintf("\nand let %q read the error from there", reader.Name())
	} else {
		p.Fix(&finding, func() []diag.Fix { return verdict.AddMembers(p, c.Node, field, "keep the input beside the error") })
	}
	if readsInput(to) || verdict.Of(p).IsUndo(c.edge.To) {
		finding.Severity = diag.Warning
	}
	p.Report(finding)
}

// readsInput reports whether the state reads a part of its input that the error
// does not have.
func readsInput(state *asl.State) bool {
	fields := []*asl.Expression{state.InputPath, state.Parameters, state.Arguments, state.Output}
	if state.Map != nil {
		fields = append(fields, state.Map.ItemsPath, state.Map.Items)
	}
	if state.Choice != nil {
		for _, rule := range state.Choice.Rules {
			fields = append(fields, rule.Variable, rule.Condition)
		}
	}
	for _, field := range fields {
		for read := range field.Reads() {
			if isInputBesideError(read) && len(read.Path) > 0 {
				return true
			}
		}
	}
	return false
}

// readerOfError returns the first state that reads the error where the Catcher
// puts it now, which is all the input of the state it leads to; nil when none
// does. A Fail state of constants and a task that gets all of its input read
// nothing by name.
func readerOfError(start *graph.Node) *graph.Node {
	seen := map[*graph.Node]bool{start: true}
	for queue := []*graph.Node{start}; len(queue) > 0; queue = queue[1:] {
		node := queue[0]
		for e := range node.State.Expressions() {
			for read := range e.Reads() {
				if read.Source == asl.FromInput && len(read.Path) > 0 && (read.Path[0] == "Error" || read.Path[0] == "Cause") {
					return node
				}
			}
		}
		if !node.State.HandsOn(asl.StateOutput) {
			continue
		}
		for _, edge := range node.Out {
			if edge.To != nil && !seen[edge.To] {
				seen[edge.To] = true
				queue = append(queue, edge.To)
			}
		}
	}
	return nil
}
