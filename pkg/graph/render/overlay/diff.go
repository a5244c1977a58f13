package overlay

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/render"
)

// Changes counts what differs between two revisions.
type Changes struct {
	Added, Changed, Removed  int // states
	AddedEdges, RemovedEdges int
}

// Any reports whether anything differs.
func (c Changes) Any() bool { return c != Changes{} }

// Diff shows what a revision changed: states and edges it added, states whose
// content it changed, and as ghosts those it removed. Comments do not count,
// and neither does the order of states.
func Diff(before, after *graph.Graph) (*Overlay, Changes) {
	d := &differ{Overlay: newOverlay(), before: byName(before), after: byName(after), afterGraph: after}
	for _, node := range after.Nodes {
		d.compareState(node)
	}
	for _, node := range before.Nodes {
		if counterpart := d.after[node.Name()]; counterpart == nil || !sameOwner(node, counterpart) {
			d.removeState(node)
		}
	}
	d.compareEdges(before, after)
	return d.Overlay, d.changes
}

type differ struct {
	*Overlay
	before, after map[string]*graph.Node
	afterGraph    *graph.Graph
	changes       Changes
}

// sameOwner reports whether two states of the same name stand in the same place.
func sameOwner(a, b *graph.Node) bool {
	for {
		x, y := a.Region, b.Region
		if (x.Owner == nil) != (y.Owner == nil) {
			return false
		}
		if x.Owner == nil {
			return true
		}
		if x.Owner.Name() != y.Owner.Name() {
			return false
		}
		a, b = x.Owner, y.Owner
	}
}

func (d *differ) compareState(node *graph.Node) {
	old := d.before[node.Name()]
	switch {
	case old == nil || !sameOwner(old, node):
		d.changes.Added++
		d.Marks[node] = render.Mark{Tone: render.Added, Text: "added"}
	case content(old.State) != content(node.State):
		d.changes.Changed++
		d.Marks[node] = render.Mark{Tone: render.Changed, Text: "changed"}
	}
}

// removeState puts a ghost into the region that the state stood in, or into
// the nearest one around it that is still there.
func (d *differ) removeState(old *graph.Node) {
	d.changes.Removed++
	region := d.surviving(old.Region)
	gone := d.Gone[region]
	gone.States = append(gone.States, render.RemovedState{Name: old.Name(), Type: old.State.Type})
	d.Gone[region] = gone
}

func (d *differ) surviving(old *graph.Region) *graph.Region {
	for ; old.Owner != nil; old = old.Owner.Region {
		owner := d.after[old.Owner.Name()]
		if owner == nil || !sameOwner(old.Owner, owner) || len(owner.Inner) == 0 {
			continue
		}
		return owner.Inner[min(old.Source.Index, len(owner.Inner)-1)]
	}
	return d.afterGraph.Root
}

// edgeKey tells edges apart by what a reader sees of them.
type edgeKey struct {
	from, to, label string
	caught          bool
}

func keyOf(edge *graph.Edge) edgeKey {
	key := edgeKey{from: edge.From.Name(), label: edge.Label, caught: edge.Kind == graph.Catch}
	if edge.To != nil {
		key.to = edge.To.Name()
	}
	return key
}

func edgesOf(g *graph.Graph) map[edgeKey]*graph.Edge {
	edges := map[edgeKey]*graph.Edge{}
	for _, node := range g.Nodes {
		for _, edge := range node.Out {
			if edge.To != nil {
				edges[keyOf(edge)] = edge
			}
		}
	}
	return edges
}

// compareEdges marks the edges that only one of the revisions has.
func (d *differ) compareEdges(before, after *graph.Graph) {
	old, kept := edgesOf(before), edgesOf(after)
	for key, edge := range kept {
		if old[key] == nil {
			d.changes.AddedEdges++
			d.Edges[edge] = render.Added
		}
	}
	var gone []*graph.Edge
	for key, edge := range old {
		if kept[key] == nil {
			gone = append(gone, edge)
		}
	}
	slices.SortFunc(gone, func(a, b *graph.Edge) int {
		return cmp.Or(cmp.Compare(a.From.ID, b.From.ID), cmp.Compare(slices.Index(a.From.Out, a), slices.Index(b.From.Out, b)))
	})
	for _, edge := range gone {
		d.removeEdge(edge)
	}
}

func (d *differ) removeEdge(edge *graph.Edge) {
	d.changes.RemovedEdges++
	region := d.surviving(edge.From.Region)
	removed := d.Gone[region]
	removed.Edges = append(removed.Edges, render.RemovedEdge{
		From: edge.From.Name(), To: edge.To.Name(), Label: edge.Label, Caught: edge.Kind == graph.Catch,
	})
	d.Gone[region] = removed
}

// String counts the changes in words: "2 states added, 1 changed, 3 edges removed".
func (c Changes) String() string {
	var parts []string
	add := func(n int, noun, what string) {
		if n > 1 {
			noun += "s"
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s %s", n, noun, what))
		}
	}
	add(c.Added, "state", "added")
	add(c.Changed, "state", "changed")
	add(c.Removed, "state", "removed")
	add(c.AddedEdges, "edge", "added")
	add(c.RemovedEdges, "edge", "removed")
	if len(parts) == 0 {
		return "no change"
	}
	return strings.Join(parts, ", ")
}
