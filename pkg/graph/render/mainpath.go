package render

import "github.com/sfnctl/sfnctl/pkg/graph"

// mainEdges returns the edges of the way that a reader follows first: the
// longest one through a region by ordinary transitions that ends well, without
// going back. The layout keeps it straight.
func mainEdges(r *graph.Region) map[*graph.Edge]bool {
	w := &mainWay{length: map[*graph.Node]int{}, next: map[*graph.Node]*graph.Edge{}}
	edges := map[*graph.Edge]bool{}
	if r.Entry == nil {
		return edges
	}
	w.visit(r.Entry)
	for edge := w.next[r.Entry]; edge != nil; edge = w.next[edge.To] {
		edges[edge] = true
	}
	return edges
}

// inFan reports whether an edge is one of so many that the state they have in
// common looks best in their middle.
func inFan(edge *graph.Edge) bool {
	targets, sources := map[*graph.Node]bool{}, map[*graph.Node]bool{}
	for _, other := range edge.From.Out {
		if ordinary(other) && other.To != nil {
			targets[other.To] = true
		}
	}
	for _, other := range edge.To.In {
		if ordinary(other) {
			sources[other.From] = true
		}
	}
	const many = 3
	return len(targets) > many || len(sources) > many
}

// mainWay finds for every state the longest way to a good end.
type mainWay struct {
	length map[*graph.Node]int // states on the way; 0 while open or when there is no way
	next   map[*graph.Node]*graph.Edge
}

// visit goes depth first without recursion, because a chain can be long.
func (w *mainWay) visit(entry *graph.Node) {
	type frame struct {
		node *graph.Node
		at   int
	}
	seen := map[*graph.Node]bool{entry: true}
	stack := []frame{{node: entry}}
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if top.at == len(top.node.Out) {
			w.settle(top.node)
			stack = stack[:len(stack)-1]
			continue
		}
		edge := top.node.Out[top.at]
		top.at++
		if ordinary(edge) && edge.To != nil && !seen[edge.To] {
			seen[edge.To] = true
			stack = append(stack, frame{node: edge.To})
		}
	}
}

// settle decides where the way of a state goes on, all after it being known. An
// edge back to the state itself leads no further.
func (w *mainWay) settle(node *graph.Node) {
	for _, edge := range node.Out {
		switch {
		case edge.To == node:
		case edge.Kind == graph.End:
			w.length[node] = max(w.length[node], 1)
		case ordinary(edge) && edge.To != nil && w.length[edge.To] > 0 && w.length[edge.To] >= w.length[node]:
			w.length[node], w.next[node] = w.length[edge.To]+1, edge
		}
	}
}

// ordinary reports whether an edge is taken without an error.
func ordinary(edge *graph.Edge) bool { return !edge.Failing() }
