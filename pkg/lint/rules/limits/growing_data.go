package limits

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func growingData() *lint.Rule {
	return &lint.Rule{
		Name: "growing-data", Category: lint.Limits, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "each round of a loop adds to the data, which may have 256 KiB, and nothing bounds the rounds",
		Requires: []lint.Prerequisite{loops},
		Run: func(p *lint.Pass) {
			for _, loop := range loopsOf(p) {
				if loop.bounded() {
					continue
				}
				for _, node := range loop.nodes {
					for place, what := range growth(node.State) {
						p.Report(diag.Diagnostic{
							Span: place.Node.Span(), State: node.Name(),
							Message: fmt.Sprintf("state %q adds to %s in each round of a loop, until it outgrows 256 KiB", node.Name(), what),
							Help:    "keep what is gathered in a table or in S3, or count the rounds and end the loop",
						})
					}
				}
			}
		},
	}
}

// growth finds the expressions of a state that make something out of itself and
// more: an array that is appended to, an object or text that holds its former self.
func growth(state *asl.State) map[*asl.Expression]string {
	found := map[*asl.Expression]string{}
	if state.Assign != nil {
		for _, variable := range state.Assign.Variables {
			if growsOutOf(variable.Value, func(read asl.Read) bool {
				return read.Source == asl.FromVariable && read.Variable == variable.Name && len(read.Path) == 0
			}) {
				found[variable.Value] = "the variable $" + variable.Name
			}
		}
	}
	if template := state.Parameters; template != nil && state.Type == asl.Pass {
		growingMembers(found, template, writtenPath(state))
	}
	if state.Output != nil {
		growingMembers(found, state.Output, nil)
	}
	return found
}

// writtenPath returns the names of the ResultPath.
func writtenPath(state *asl.State) []string {
	if state.ResultPath == nil || state.ResultPath.Kind != asl.PathExpression {
		return nil
	}
	var names []string
	for read := range state.ResultPath.Reads() {
		names = read.Path
	}
	return names
}

// growingMembers looks for members that are made of the same member of the input.
func growingMembers(found map[*asl.Expression]string, template *asl.Expression, path []string) {
	for _, member := range template.Members {
		full := append(path[:len(path):len(path)], member.Key)
		growingMembers(found, member.Value, full)
		if growsOutOf(member.Value, func(read asl.Read) bool {
			return read.Source == asl.FromInput && slices.Equal(read.Path, full)
		}) {
			found[member.Value] = fmt.Sprintf("%q", strings.Join(full, "."))
		}
	}
}

// growsOutOf reports whether an expression puts what itself was, and something
// else, into a new value: $append, an array of both, a text of both.
func growsOutOf(e *asl.Expression, isItself func(asl.Read) bool) bool {
	itself := false
	for read := range e.Reads() {
		itself = itself || isItself(read)
	}
	switch {
	case !itself:
		return false
	case e.Kind == asl.Intrinsic:
		return e.Intrinsic.Name == "States.Array" && len(e.Intrinsic.Args) > 1
	case e.Kind == asl.JSONataString:
		return strings.HasPrefix(e.Source, "$append(") || strings.HasPrefix(e.Source, "[") && strings.Contains(e.Source, ",") && strings.HasSuffix(e.Source, "]")
	}
	return false
}
