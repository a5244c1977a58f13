// Package layout places the nodes and routes the edges of a graph in layers,
// from top to bottom (the method of Sugiyama, Tagawa and Toda): cycles are
// broken, nodes are ranked by network simplex, ordered to cross few edges,
// and placed by the method of Brandes and Koepf. A node may hold graphs of its
// own, which are laid out first. Same input, same coordinates.
//
// Lengths are in pixels; y grows downwards.
package layout

import "math"

// Point is a place in the drawing.
type Point struct{ X, Y float64 }

// Size is the extent of a box.
type Size struct{ Width, Height float64 }

// Graph is one level of a drawing. Edges stay within their level.
type Graph struct {
	Nodes []*Node
	Edges []*Edge

	At   Point // result: the top left corner of the level
	Size Size  // result: its extent
}

// Node is a box. Its result is the place of its top left corner.
type Node struct {
	Size   Size     // in: the least extent; result: the extent, grown to hold Inner
	Inner  []*Graph // drawn inside the node side by side, in this order
	Header float64  // height kept free above Inner, for a title

	At Point // result
}

// Edge is a line from one node of its level to another, or to itself.
type Edge struct {
	From, To int    // indexes in Nodes
	Label    Size   // extent of its label; zero when it has none
	Weight   int    // how much the edge pulls its ends together; at least 0
	Trunk    string // long edges with the same Trunk and To share one line; "" never shares

	// Curve is the result: the start and, for each piece, two control points
	// and an end (cubic Bezier pieces, as in SVG's C command).
	Curve   []Point
	LabelAt Point // result: the centre of the label
	Joins   bool  // result: the curve ends where it meets an edge of the same Trunk
}

// Options are the distances of a drawing. The zero value means the defaults.
type Options struct {
	NodeGap   float64 // between neighbours in a layer
	EdgeGap   float64 // between lines that pass side by side
	LayerGap  float64 // between layers
	Padding   float64 // inside a node around the graphs it holds
	InnerGap  float64 // between graphs side by side in a node
	MaxRounds int     // bound on the rounds of each improving phase
}

func (o Options) withDefaults() Options {
	set := func(field *float64, fallback float64) {
		if *field == 0 {
			*field = fallback
		}
	}
	set(&o.NodeGap, 32)
	set(&o.EdgeGap, 14)
	set(&o.LayerGap, 44)
	set(&o.Padding, 18)
	set(&o.InnerGap, 24)
	if o.MaxRounds == 0 {
		o.MaxRounds = 24
	}
	return o
}

// Layout places everything in g, nested graphs included, in coordinates whose
// origin is the top left corner of the whole drawing.
func Layout(g *Graph, options Options) {
	layoutLevel(g, options.withDefaults())
	shift(g, Point{})
}

// layoutLevel lays out g with coordinates relative to its own corner.
func layoutLevel(g *Graph, options Options) {
	for _, node := range g.Nodes {
		fitInner(node, options)
	}
	if len(g.Nodes) == 0 {
		g.Size = Size{}
		return
	}
	l := newLayers(g, options)
	l.breakCycles()
	l.rank()
	l.buildVertices()
	l.arrange()
	l.findPorts()
	l.assignTracks()
	l.placeY()
	l.route()
}

// fitInner lays out what a node holds and grows the node around it.
func fitInner(node *Node, options Options) {
	if len(node.Inner) == 0 {
		return
	}
	width, height := -options.InnerGap, 0.0
	for _, inner := range node.Inner {
		layoutLevel(inner, options)
		width += inner.Size.Width + options.InnerGap
		height = math.Max(height, inner.Size.Height)
	}
	node.Size.Width = math.Max(node.Size.Width, width+2*options.Padding)
	node.Size.Height = math.Max(node.Size.Height, node.Header+height+2*options.Padding)
	x := (node.Size.Width - width) / 2
	for _, inner := range node.Inner {
		translate(inner, Point{x, node.Header + options.Padding})
		x += inner.Size.Width + options.InnerGap
	}
}

// translate moves one level, not what its nodes hold.
func translate(g *Graph, by Point) {
	g.At.X += by.X
	g.At.Y += by.Y
	for _, node := range g.Nodes {
		node.At.X += by.X
		node.At.Y += by.Y
	}
	for _, edge := range g.Edges {
		for i := range edge.Curve {
			edge.Curve[i].X += by.X
			edge.Curve[i].Y += by.Y
		}
		edge.LabelAt.X += by.X
		edge.LabelAt.Y += by.Y
	}
}

// shift makes coordinates absolute, from the outermost level inwards.
func shift(g *Graph, by Point) {
	translate(g, by)
	for _, node := range g.Nodes {
		for _, inner := range node.Inner {
			shift(inner, node.At)
		}
	}
}
