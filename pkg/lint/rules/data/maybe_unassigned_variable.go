package data

import (
	"fmt"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func maybeUnassignedVariable() *lint.Rule {
	return &lint.Rule{
		Name: "maybe-unassigned-variable", Category: lint.Data, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "a state reads a variable that is not assigned on every way to it",
		Requires: []lint.Prerequisite{variableFlows},
		Run: func(p *lint.Pass) {
			v := variablesOf(p)
			flow := flowOf(p)
			if flow == nil {
				return
			}
			shown := 0
			for name, reads := range v.eachVariable() {
				var open []occurrence
				for _, o := range reads {
					if must, may := flow.knows(nodeOf(p, o.state), name); may && !must && !toleratesAbsence(o.read) {
						open = append(open, o)
					}
				}
				if len(open) > 0 {
					reportMaybe(p, v, open, shown < maxPaths)
					shown++
				}
			}
		},
	}
}

// maxPaths bounds the findings of a machine that show a way, each of which is
// searched for.
const maxPaths = 50

// reportMaybe reports the first of the reads of a variable, and points at the others.
func reportMaybe(p *lint.Pass, v *variables, open []occurrence, withPath bool) {
	state, read := open[0].state, open[0].read
	node := nodeOf(p, state)
	region, places := v.find(state.Region, read.Variable)
	if region == nil {
		return
	}
	finding := diag.Diagnostic{
		Span: read.Span, State: state.Name, Related: relateAssignments(p, places),
		Help: "assign it before, or test it with IsPresent in a Choice",
	}
	if state.QueryLanguage == asl.JSONata {
		finding.Help = "assign it before, or give a value for its absence: {% $exists($" + read.Variable + ") ? $" + read.Variable + " : ... %}"
	}
	for _, other := range open[1:min(len(open), maxRelated)] {
		finding.Related = append(finding.Related, verdict.Related(p, other.read.Span, "%q reads it, too", other.state.Name))
	}
	finding.Message = fmt.Sprintf("state %q reads the variable $%s, which is not assigned on every way to it", state.Name, read.Variable)
	if withPath {
		path := pathWithout(node, region, read.Variable)
		finding.Message = fmt.Sprintf("state %q reads the variable $%s, which is not assigned on the way %s", state.Name, read.Variable, path)
		finding.Path = path.Steps()
	}
	p.Report(finding)
}

// pathWithout finds a shortest way to a state on which the variable, which is
// one of the given region, is not assigned.
func pathWithout(node *graph.Node, scope *asl.Region, name string) graph.Path {
	for node.Region.Source != scope { // an inner scope sees what its owner sees
		node = node.Region.Owner
	}
	cameBy := map[*graph.Node]*graph.Edge{node.Region.Entry: nil}
	queue := []*graph.Node{node.Region.Entry}
	for len(queue) > 0 && queue[0] != node {
		from := queue[0]
		queue = queue[1:]
		for _, edge := range from.Out {
			if _, seen := cameBy[edge.To]; edge.To != nil && !seen && !assignsOn(edge, name) {
				cameBy[edge.To] = edge
				queue = append(queue, edge.To)
			}
		}
	}
	path := graph.Path{{Node: node}}
	for edge := cameBy[node]; edge != nil; edge = cameBy[edge.From] {
		if edge.Failing() {
			path[0].Via, path[0].Edge = edge.Label, edge
		}
		path = slices.Insert(path, 0, graph.Step{Node: edge.From})
	}
	return path
}

func assignsOn(edge *graph.Edge, name string) bool {
	return slices.Contains(presentOn(edge), name) ||
		slices.ContainsFunc(assignedOn(edge), func(v *asl.Variable) bool { return v.Name == name })
}
