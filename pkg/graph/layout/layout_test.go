package layout

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func box(width float64) *Node { return &Node{Size: Size{width, 40}} }

// randomGraph makes a graph like a workflow: a chain with branches, long edges
// to a common end, and some edges back.
func randomGraph(nodes int, seed uint64) *Graph {
	r := rand.New(rand.NewPCG(seed, 1))
	g := &Graph{}
	for range nodes {
		g.Nodes = append(g.Nodes, box(80+float64(r.IntN(100))))
	}
	for i := 0; i+1 < nodes; i++ {
		g.Edges = append(g.Edges, &Edge{From: i, To: i + 1 + r.IntN(min(3, nodes-i-1)), Weight: 3})
		switch r.IntN(5) {
		case 0:
			g.Edges = append(g.Edges, &Edge{From: i, To: nodes - 1, Weight: 1, Trunk: "catch", Label: Size{70, 14}})
		case 1:
			g.Edges = append(g.Edges, &Edge{From: i, To: r.IntN(nodes), Weight: 1, Label: Size{50, 14}})
		case 2:
			g.Edges = append(g.Edges, &Edge{From: i, To: min(nodes-1, i+r.IntN(6)), Weight: 1})
		}
	}
	return g
}

func overlaps(a, b *Node) bool {
	return a.At.X < b.At.X+b.Size.Width && b.At.X < a.At.X+a.Size.Width &&
		a.At.Y < b.At.Y+b.Size.Height && b.At.Y < a.At.Y+a.Size.Height
}

func bezier(p []Point, t float64) Point {
	u := 1 - t
	a, b, c, d := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
	return Point{a*p[0].X + b*p[1].X + c*p[2].X + d*p[3].X, a*p[0].Y + b*p[1].Y + c*p[2].Y + d*p[3].Y}
}

func inside(p Point, n *Node) bool {
	const tolerance = 0.01
	return p.X > n.At.X+tolerance && p.X < n.At.X+n.Size.Width-tolerance &&
		p.Y > n.At.Y+tolerance && p.Y < n.At.Y+n.Size.Height-tolerance
}

func checkDrawing(t *testing.T, g *Graph) {
	t.Helper()
	for i, a := range g.Nodes {
		for j := i + 1; j < len(g.Nodes); j++ {
			if overlaps(a, g.Nodes[j]) {
				t.Errorf("node %d overlaps node %d", i, j)
			}
		}
	}
	for i, edge := range g.Edges {
		if len(edge.Curve)%3 != 1 || len(edge.Curve) < 4 {
			t.Fatalf("edge %d has a curve of %d points", i, len(edge.Curve))
		}
		for piece := 0; piece+3 < len(edge.Curve); piece += 3 {
			for step := range 21 {
				p := bezier(edge.Curve[piece:piece+4], float64(step)/20)
				for j, node := range g.Nodes {
					if inside(p, node) {
						t.Fatalf("edge %d (%d to %d) runs through node %d", i, edge.From, edge.To, j)
					}
				}
			}
		}
	}
}

func TestNothingOverlapsInRandomGraphs(t *testing.T) {
	for seed := range uint64(60) {
		nodes := 2 + int(seed)
		t.Run(fmt.Sprintf("%d nodes", nodes), func(t *testing.T) {
			g := randomGraph(nodes, seed)
			Layout(g, Options{})
			checkDrawing(t, g)
		})
	}
}

func TestSameGraphGivesSameCoordinates(t *testing.T) {
	a, b := randomGraph(50, 7), randomGraph(50, 7)
	Layout(a, Options{})
	Layout(b, Options{})
	for i := range a.Nodes {
		if a.Nodes[i].At != b.Nodes[i].At {
			t.Fatalf("node %d stands at %v, then at %v", i, a.Nodes[i].At, b.Nodes[i].At)
		}
	}
}

func TestInnerGraphsLieInsideTheirNode(t *testing.T) {
	owner := &Node{Size: Size{100, 40}, Header: 20, Inner: []*Graph{randomGraph(5, 1), randomGraph(9, 2)}}
	g := &Graph{Nodes: []*Node{box(90), owner, box(90)}, Edges: []*Edge{{From: 0, To: 1, Weight: 3}, {From: 1, To: 2, Weight: 3}}}
	Layout(g, Options{})
	for _, inner := range owner.Inner {
		checkDrawing(t, inner)
		for i, node := range inner.Nodes {
			if node.At.X < owner.At.X || node.At.Y < owner.At.Y+owner.Header ||
				node.At.X+node.Size.Width > owner.At.X+owner.Size.Width || node.At.Y+node.Size.Height > owner.At.Y+owner.Size.Height {
				t.Errorf("inner node %d leaves its owner", i)
			}
		}
	}
}

func TestChainStandsInOneColumn(t *testing.T) {
	g := &Graph{Nodes: []*Node{box(80), box(120), box(60)}, Edges: []*Edge{{From: 0, To: 1}, {From: 1, To: 2}}}
	Layout(g, Options{})
	for i, node := range g.Nodes {
		if centre := node.At.X + node.Size.Width/2; centre != 60 {
			t.Errorf("node %d is centred at %v, want 60", i, centre)
		}
	}
}

func BenchmarkLayout(b *testing.B) {
	for _, nodes := range []int{100, 1000} {
		b.Run(fmt.Sprint(nodes), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Layout(randomGraph(nodes, 1), Options{})
			}
		})
	}
}
