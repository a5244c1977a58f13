package layout

import (
	"cmp"
	"math"
	"slices"
)

// port names the place where the link between two vertices leaves the upper or
// meets the lower one.
type port struct {
	vertex, other int
	upper         bool // at the upper side of vertex
}

// findPorts spreads the lines at each side of a node, in the order of where they
// go, so that they do not lie on each other.
func (l *layers) findPorts() {
	l.ports = map[port]float64{}
	for v := range l.vertices {
		if l.vertices[v].node < 0 {
			continue
		}
		l.spread(v, l.vertices[v].up, true)
		l.spread(v, l.vertices[v].down, false)
	}
}

func (l *layers) spread(v int, links []link, upper bool) {
	others := make([]int, 0, len(links))
	for _, link := range links {
		if !slices.Contains(others, link.to) {
			others = append(others, link.to)
		}
	}
	slices.SortStableFunc(others, func(a, b int) int { return cmp.Compare(l.vertices[a].x, l.vertices[b].x) })
	straight := l.straight(v, others)
	room := l.graph.Nodes[l.vertices[v].node].Size.Width * 0.35
	gap := math.Min(18, room/math.Max(0.5, math.Max(straight, float64(len(others)-1)-straight)))
	for i, other := range others {
		l.ports[port{v, other, upper}] = l.vertices[v].x + gap*(float64(i)-straight)
	}
}

// straight returns which of the ports of v stands in its middle: the one whose
// line goes straight up or down, else the middle one, which may be between two.
func (l *layers) straight(v int, others []int) float64 {
	for i, other := range others {
		if math.Abs(l.vertices[other].x-l.vertices[v].x) < 0.5 {
			return float64(i)
		}
	}
	return float64(len(others)-1) / 2
}
