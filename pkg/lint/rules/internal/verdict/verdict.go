// Package verdict is what the rules about flow, errors and compensation share:
// the analysis of the machine, made once, and the parts of their findings.
package verdict

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Flow is the analysis of the machine: its terminals and compensations.
var Flow = &lint.Result[*graph.Analysis]{
	Name:     "flow",
	Requires: []lint.Prerequisite{lint.Graph},
	Compute: func(p *lint.Pass) *graph.Analysis {
		options := p.Options.Flow
		options.Strict = options.Strict || p.Options.Strict
		return graph.Analyze(p.Graph(), options)
	},
}

// Of returns the analysis of the machine.
func Of(p *lint.Pass) *graph.Analysis { return Flow.Of(p) }

// Shape is what the shape of the graph alone tells.
var Shape = &lint.Result[*graph.Reach]{
	Name:     "reach",
	Requires: []lint.Prerequisite{lint.Graph},
	Compute:  func(p *lint.Pass) *graph.Reach { return graph.NewReach(p.Graph()) },
}

// Reach returns what the shape of the graph alone tells.
func Reach(p *lint.Pass) *graph.Reach { return Shape.Of(p) }

// On begins a finding about a state, at its name.
func On(state *asl.State, format string, arguments ...any) diag.Diagnostic {
	return diag.Diagnostic{Span: state.NameNode.Span(), State: state.Name, Message: fmt.Sprintf(format, arguments...)}
}

// Related is a place that explains a finding of the pass.
func Related(p *lint.Pass, span syntax.Span, format string, arguments ...any) diag.Related {
	return diag.Related{File: p.Machine.File(), Span: span, Message: fmt.Sprintf(format, arguments...)}
}

// maxListed is how many names a message lists.
const maxListed = 5

// List quotes names for a message: `"A", "B" and 3 more`.
func List(names []string) string { return join(names, " and ") }

// Either quotes names of which one is meant: `"A" or "B"`.
func Either(names []string) string { return join(names, " or ") }

// All names states of which all are meant: `"A", "B" and "C"`.
func All(states []*asl.State) string {
	names := make([]string, 0, len(states))
	for _, state := range states {
		names = append(names, state.Name)
	}
	return joinUpTo(maxNamed, names, " and ")
}

// maxNamed is how many states a message names when it is the only place that does.
const maxNamed = 20

// AnyOf names states of which any is meant: `"A", "B" or "C"`.
func AnyOf(nodes []*graph.Node) string { return joinUpTo(maxNamed, Names(nodes), " or ") }

func join(names []string, word string) string { return joinUpTo(maxListed, names, word) }

func joinUpTo(limit int, names []string, word string) string {
	var quoted []string
	for i, name := range names {
		if i == limit && len(names) > limit+1 {
			return fmt.Sprintf("%s%s%d more", strings.Join(quoted, ", "), word, len(names)-i)
		}
		quoted = append(quoted, fmt.Sprintf("%q", name))
	}
	if len(quoted) < 2 {
		return strings.Join(quoted, "")
	}
	last := len(quoted) - 1
	return strings.Join(quoted[:last], ", ") + word + quoted[last]
}

// Names returns the names of states, nested ones with their owners.
func Names(nodes []*graph.Node) []string {
	names := make([]string, 0, len(nodes))
	for _, node := range nodes {
		names = append(names, node.QualifiedName())
	}
	return names
}

// CatcherOf returns the Catcher of a step that came by one, nil for others.
func CatcherOf(step graph.Step) *asl.Catcher {
	if step.Edge == nil || step.Edge.Kind != graph.Catch {
		return nil
	}
	return step.Edge.From.State.Catch[step.Edge.Index]
}

// RelateCatchers points at the Catchers that a path goes through.
func RelateCatchers(p *lint.Pass, path graph.Path) []diag.Related {
	var related []diag.Related
	for _, step := range path {
		if catcher := CatcherOf(step); catcher != nil {
			related = append(related, Related(p, catcher.Node.Span(), "this Catcher of %q leads to %q", step.Edge.From.Name(), step.Node.Name()))
		}
	}
	return related
}
