package layout

import (
	"math"
	"testing"
)

func centre(n *Node) float64 { return n.At.X + n.Size.Width/2 }

// A chain in which every node has a labelled edge to one common end, as
// Catchers for States.ALL have it.
func chainWithCommonEnd(nodes int) *Graph {
	g := &Graph{}
	for i := range nodes {
		g.Nodes = append(g.Nodes, box(120))
		if i > 0 {
			g.Edges = append(g.Edges, &Edge{From: i - 1, To: i, Weight: 8})
		}
	}
	g.Nodes = append(g.Nodes, box(120))
	for i := range nodes {
		g.Edges = append(g.Edges, &Edge{From: i, To: nodes, Weight: 1, Trunk: "catch", Label: Size{60, 14}})
	}
	return g
}

func TestSharedLineIsStraightAndNotWiderForMoreNodes(t *testing.T) {
	few, many := chainWithCommonEnd(10), chainWithCommonEnd(60)
	Layout(few, Options{})
	Layout(many, Options{})
	if many.Size.Width > few.Size.Width+1 {
		t.Errorf("10 nodes are %.0f wide, 60 nodes %.0f; the line they share should stand still", few.Size.Width, many.Size.Width)
	}
	joined := 0
	for _, edge := range many.Edges {
		if edge.Joins {
			joined++
		}
	}
	if joined < 55 {
		t.Errorf("%d edges join the shared line, want nearly all", joined)
	}
}

func TestHeavyWayIsStraightPastItsSideWays(t *testing.T) {
	g := chainWithCommonEnd(6)
	g.Edges = append(g.Edges, &Edge{From: 3, To: 1, Weight: 4}, &Edge{From: 0, To: 4, Weight: 1, Label: Size{80, 14}})
	Layout(g, Options{})
	checkDrawing(t, g)
	for i := range 6 {
		if math.Abs(centre(g.Nodes[i])-centre(g.Nodes[0])) > 0.5 {
			t.Errorf("node %d stands at %.1f, the first at %.1f", i, centre(g.Nodes[i]), centre(g.Nodes[0]))
		}
	}
}

func TestLinesMeetTheirNodesWithinTheirWidth(t *testing.T) {
	g := &Graph{Nodes: []*Node{box(80)}}
	for i := range 20 {
		g.Nodes = append(g.Nodes, box(100))
		g.Edges = append(g.Edges, &Edge{From: 0, To: i + 1, Weight: 2, Label: Size{50, 14}})
	}
	Layout(g, Options{})
	checkDrawing(t, g)
	for i, edge := range g.Edges {
		from, start := g.Nodes[0], edge.Curve[0]
		if start.X < from.At.X || start.X > from.At.X+from.Size.Width {
			t.Errorf("edge %d leaves at %.1f, off its node", i, start.X)
		}
	}
}

// Lines that run sideways from one node to the same side must be told apart:
// in the middle between them they stand apart.
func TestLinesThatRunSideBySideStandApart(t *testing.T) {
	g := &Graph{Nodes: []*Node{box(100), box(100), box(100), box(100), box(100), box(100)}}
	for i := 1; i < 6; i++ {
		g.Edges = append(g.Edges, &Edge{From: 0, To: i, Weight: []int{0, 8, 1, 1, 1, 1}[i]})
	}
	Layout(g, Options{})
	heights := func(edge *Edge, x float64) float64 {
		for piece := 0; piece+3 < len(edge.Curve); piece += 3 {
			for step := range 101 {
				if p := bezier(edge.Curve[piece:piece+4], float64(step)/100); p.X >= x {
					return p.Y
				}
			}
		}
		return math.NaN()
	}
	probe := centre(g.Nodes[2]) - 5
	for i := 2; i < len(g.Edges); i++ {
		above, below := heights(g.Edges[i], probe), heights(g.Edges[i-1], probe)
		if below-above < 4 {
			t.Errorf("edges %d and %d are %.1f apart where they run sideways", i-1, i, below-above)
		}
	}
}

func TestTangleIsDrawnWithoutPlacesForItsLongestEdges(t *testing.T) {
	const nodes = 1200
	g := &Graph{}
	for i := range nodes {
		g.Nodes = append(g.Nodes, box(80))
		if i > 0 {
			g.Edges = append(g.Edges, &Edge{From: i - 1, To: i, Weight: 2})
		}
		g.Edges = append(g.Edges, &Edge{From: i, To: (i*577 + 1) % nodes, Weight: 1, Label: Size{40, 12}})
	}
	Layout(g, Options{})
	for i, edge := range g.Edges {
		if len(edge.Curve) < 4 || len(edge.Curve)%3 != 1 {
			t.Fatalf("edge %d has a curve of %d points", i, len(edge.Curve))
		}
	}
}
