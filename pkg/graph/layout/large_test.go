package layout

import (
	"testing"
	"time"
)

// A long chain in which every node has an edge to one common end would need
// fifty million places for long edges if they did not share a trunk.
func TestLongChainWithCommonEndIsBounded(t *testing.T) {
	const nodes = 5000
	g := &Graph{}
	for i := range nodes {
		g.Nodes = append(g.Nodes, box(80))
		if i > 0 {
			g.Edges = append(g.Edges, &Edge{From: i - 1, To: i, Weight: 3})
		}
	}
	for i := range nodes - 1 {
		g.Edges = append(g.Edges, &Edge{From: i, To: nodes - 1, Weight: 1, Trunk: "catch", Label: Size{60, 12}})
	}
	start := time.Now()
	Layout(g, Options{})
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("took %v", took)
	}
}
