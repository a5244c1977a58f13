// Package overlay says what a picture of a state machine shows on top of it:
// a path, an execution that ran, the findings of the linter, or what another
// revision had. It decides marks; package render draws them.
package overlay

import (
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/render"
)

// Overlay is what is shown on top of a graph.
type Overlay struct {
	Marks map[*graph.Node]render.Mark
	Edges map[*graph.Edge]render.Tone
	Gone  map[*graph.Region]render.Removed // what only the older revision has
}

func newOverlay() *Overlay {
	return &Overlay{
		Marks: map[*graph.Node]render.Mark{}, Edges: map[*graph.Edge]render.Tone{},
		Gone: map[*graph.Region]render.Removed{},
	}
}

// Apply lets a picture show the overlay.
func (o *Overlay) Apply(options *render.Options) {
	options.Marks, options.Edges, options.Gone = o.Marks, o.Edges, o.Gone
}

// dimOthers dims every state and edge that has no mark. The owner of a marked
// state stays as it is.
func (o *Overlay) dimOthers(g *graph.Graph) {
	keep := map[*graph.Node]bool{}
	for node := range o.Marks {
		for owner := node.Region.Owner; owner != nil; owner = owner.Region.Owner {
			keep[owner] = true
		}
	}
	for _, node := range g.Nodes {
		if _, marked := o.Marks[node]; !marked && !keep[node] {
			o.Marks[node] = render.Mark{Tone: render.Dimmed}
		}
		for _, edge := range node.Out {
			if _, marked := o.Edges[edge]; !marked {
				o.Edges[edge] = render.Dimmed
			}
		}
	}
}

// taken marks the edges that lead from one state to another: the Catchers when
// an error led there, else the ordinary ones.
func (o *Overlay) taken(from, to *graph.Node, failed bool) {
	tone := render.Visited
	if failed {
		tone = render.Failed
	}
	for _, edge := range from.Out {
		if edge.To == to && (edge.Kind == graph.Catch) == failed {
			o.Edges[edge] = tone
		}
	}
}

// byName returns the states of a graph by name. Names are unique within a
// state machine.
func byName(g *graph.Graph) map[string]*graph.Node {
	nodes := map[string]*graph.Node{}
	for _, node := range g.Nodes {
		nodes[node.Name()] = node
	}
	return nodes
}
