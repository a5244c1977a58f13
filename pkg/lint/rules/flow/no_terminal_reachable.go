package flow

import (
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func noTerminalReachable() *lint.Rule {
	return &lint.Rule{
		Name: "no-terminal-reachable", Category: lint.Flow, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "from here the execution can never end",
		Requires: []lint.Prerequisite{verdict.Shape},
		Run: func(p *lint.Pass) {
			g := p.Graph()
			if !hasTerminal(g.Root) {
				return // reported as such
			}
			reach := verdict.Reach(p)
			reportEndless(p, reach, g.Root)
			for _, node := range g.Nodes {
				for _, inner := range node.Inner {
					reportEndless(p, reach, inner)
				}
			}
		},
	}
}

// reportEndless reports the states of a region that lead nowhere, once for each
// way into them, on the first of them.
func reportEndless(p *lint.Pass, reach *graph.Reach, region *graph.Region) {
	broken := brokenIn(region, reach)
	endless := func(node *graph.Node) bool {
		return reach.Reachable[node.ID] && !reach.Terminates[node.ID] && !broken[node]
	}
	reported := map[*graph.Node]bool{}
	for _, node := range region.Nodes {
		if !endless(node) || reported[node] || !isEntered(node, reach) {
			continue
		}
		group := closure(node, endless)
		for _, member := range group {
			reported[member] = true
		}
		p.Report(endlessFinding(p, group))
	}
}

func endlessFinding(p *lint.Pass, group []*graph.Node) diag.Diagnostic {
	node := group[0]
	finding := verdict.On(node.State, "from %q the execution can never end", node.Name())
	if owner := node.Region.Owner; owner != nil {
		finding.Message = verdict.On(node.State, "from %q the region inside %q can never end, so %q never goes on", node.Name(), owner.Name(), owner.Name()).Message
	}
	finding.Help = "lead one of " + verdict.List(names(group)) + " to a terminal state"
	if len(group) == 1 {
		finding.Help = "lead it to a terminal state"
	}
	for _, member := range group[1:] {
		finding.Related = append(finding.Related, verdict.Related(p, member.State.NameNode.Span(), "nor from here"))
	}
	return finding
}

// isEntered reports whether the region begins at the node, or a state from
// which the execution can still end leads there.
func isEntered(node *graph.Node, reach *graph.Reach) bool {
	if node.Region.Entry == node {
		return true
	}
	for _, edge := range node.In {
		if reach.Reachable[edge.From.ID] && reach.Terminates[edge.From.ID] {
			return true
		}
	}
	return false
}

// brokenIn returns the states from which a way leads to a state that has no way
// on, because its transition is missing or misspelt, which is reported as such;
// or that holds a region that never ends, where the finding stands.
func brokenIn(region *graph.Region, reach *graph.Reach) map[*graph.Node]bool {
	var ends []*graph.Node
	for _, node := range region.Nodes {
		if !reach.Terminates[node.ID] && (!hasWayOn(node) || holdsEndless(node, reach)) {
			ends = append(ends, node)
		}
	}
	return graph.Closure(ends, func(node *graph.Node, visit func(*graph.Node)) {
		for _, edge := range node.In {
			if !reach.Terminates[edge.From.ID] {
				visit(edge.From)
			}
		}
	})
}

func hasWayOn(node *graph.Node) bool {
	for _, edge := range node.Out {
		if edge.To != nil || edge.Kind == graph.End {
			return true
		}
	}
	return false
}

func holdsEndless(node *graph.Node, reach *graph.Reach) bool {
	for _, inner := range node.Inner {
		if inner.Entry != nil && !reach.Terminates[inner.Entry.ID] {
			return true
		}
	}
	return false
}

// closure returns the nodes to which edges lead from the first, through nodes
// that pass, in the order of the search.
func closure(first *graph.Node, pass func(*graph.Node) bool) []*graph.Node {
	seen := map[*graph.Node]bool{first: true}
	group := []*graph.Node{first}
	for i := 0; i < len(group); i++ {
		for _, edge := range group[i].Out {
			if edge.To != nil && !seen[edge.To] && pass(edge.To) {
				seen[edge.To] = true
				group = append(group, edge.To)
			}
		}
	}
	return group
}

func names(nodes []*graph.Node) []string {
	list := make([]string, 0, len(nodes))
	for _, node := range nodes {
		list = append(list, node.Name())
	}
	return list
}
