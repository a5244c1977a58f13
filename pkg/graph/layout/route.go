package layout

import (
	"cmp"
	"math"
	"slices"
)

// placeY stacks the layers, leaving more room where lines run far sideways.
func (l *layers) placeY() {
	l.tops, l.bottoms = make([]float64, len(l.layers)), make([]float64, len(l.layers))
	y := 0.0
	for i, layer := range l.layers {
		height, sideways := 0.0, 0.0
		for _, v := range layer {
			height = math.Max(height, l.vertices[v].height)
			for _, link := range l.vertices[v].down {
				sideways = math.Max(sideways, math.Abs(l.vertices[link.to].x-l.vertices[v].x))
			}
		}
		l.tops[i], l.bottoms[i] = y, y+height
		y += height + l.options.LayerGap + math.Min(sideways/12, 40)
	}
	width := 0.0
	for i := range l.vertices {
		v := &l.vertices[i]
		width = math.Max(width, v.x+v.width/2)
		if v.node >= 0 {
			node := l.graph.Nodes[v.node]
			node.At = Point{v.x - node.Size.Width/2, l.tops[v.layer]}
		}
	}
	l.graph.Size = Size{width, l.bottoms[len(l.bottoms)-1]}
}

// route draws the edges along their paths: straight down through each layer
// they pass, in a curve from one layer to the next.
func (l *layers) route() {
	ports := l.ports()
	for i := range l.arcs {
		l.routeArc(i, ports)
	}
	for _, loop := range l.loops {
		l.routeLoop(l.graph.Edges[loop])
	}
}

// port names the place where the link between two vertices leaves the upper or
// meets the lower one.
type port struct {
	vertex, other int
	upper         bool // at the upper side of vertex
}

// ports spreads the lines at each side of a node, in the order of where they
// go, so that they do not lie on each other.
func (l *layers) ports() map[port]float64 {
	places := map[port]float64{}
	for v := range l.vertices {
		if l.vertices[v].node < 0 {
			continue
		}
		l.spread(places, v, l.vertices[v].up, true)
		l.spread(places, v, l.vertices[v].down, false)
	}
	return places
}

func (l *layers) spread(places map[port]float64, v int, links []link, upper bool) {
	others := make([]int, 0, len(links))
	for _, link := range links {
		if !slices.Contains(others, link.to) {
			others = append(others, link.to)
		}
	}
	slices.SortStableFunc(others, func(a, b int) int { return cmp.Compare(l.vertices[a].x, l.vertices[b].x) })
	node := l.graph.Nodes[l.vertices[v].node]
	gap := math.Min(18, node.Size.Width*0.7/math.Max(1, float64(len(others))))
	first := -gap * float64(len(others)-1) / 2
	first += l.straightening(v, others, first, gap)
	for i, other := range others {
		places[port{v, other, upper}] = l.vertices[v].x + first + gap*float64(i)
	}
}

// straightening returns how far the ports of v move so that a line straight
// above or below v stays straight.
func (l *layers) straightening(v int, others []int, first, gap float64) float64 {
	for i, other := range others {
		if math.Abs(l.vertices[other].x-l.vertices[v].x) < 0.5 {
			return -(first + gap*float64(i))
		}
	}
	return 0
}

func (l *layers) routeArc(i int, ports map[port]float64) {
	path, edge := l.paths[i], l.graph.Edges[l.arcs[i].edge]
	curve := []Point{}
	for j := 1; j < len(path); j++ {
		upper, lower := path[j-1], path[j]
		start := Point{l.portX(ports, upper, lower, false), l.lowerEnd(upper)}
		end := Point{l.portX(ports, lower, upper, true), l.tops[l.vertices[lower].layer]}
		if len(curve) == 0 {
			curve = append(curve, start)
		}
		curve = lineTo(curve, Point{start.X, l.bottoms[l.vertices[upper].layer]})
		curve = bendTo(curve, end)
	}
	for _, v := range path {
		if l.vertices[v].label == l.arcs[i].edge {
			layer := l.vertices[v].layer
			edge.LabelAt = Point{l.vertices[v].x, (l.tops[layer] + l.bottoms[layer]) / 2}
		}
	}
	if l.arcs[i].reversed {
		slices.Reverse(curve)
	}
	edge.Curve, edge.Joins = curve, l.joins[i]
}

func (l *layers) portX(ports map[port]float64, v, other int, upper bool) float64 {
	if x, ok := ports[port{v, other, upper}]; ok {
		return x
	}
	return l.vertices[v].x
}

// lowerEnd is where a line leaves a vertex downwards.
func (l *layers) lowerEnd(v int) float64 {
	vertex := l.vertices[v]
	return l.tops[vertex.layer] + vertex.height
}

// lineTo adds a straight piece, unless it has no length.
func lineTo(curve []Point, to Point) []Point {
	from := curve[len(curve)-1]
	if from == to {
		return curve
	}
	if n := len(curve); n >= 4 && curve[n-4].X == to.X && curve[n-3].X == to.X && from.X == to.X {
		curve = curve[:n-3] // goes on straight: one piece
		from = curve[len(curve)-1]
	}
	third := Point{(to.X - from.X) / 3, (to.Y - from.Y) / 3}
	return append(curve, Point{from.X + third.X, from.Y + third.Y}, Point{to.X - third.X, to.Y - third.Y}, to)
}

// bendTo adds a piece that starts and ends vertically.
func bendTo(curve []Point, to Point) []Point {
	from := curve[len(curve)-1]
	if from.X == to.X {
		return lineTo(curve, to)
	}
	middle := (from.Y + to.Y) / 2
	return append(curve, Point{from.X, middle}, Point{to.X, middle}, to)
}

// routeLoop draws a self-loop at the right side of its node.
func (l *layers) routeLoop(edge *Edge) {
	node := l.graph.Nodes[edge.From]
	right := node.At.X + node.Size.Width
	upper := Point{right, node.At.Y + node.Size.Height*0.3}
	lower := Point{right, node.At.Y + node.Size.Height*0.7}
	const reach = 22
	edge.Curve = []Point{lower, {right + reach, lower.Y}, {right + reach, upper.Y}, upper}
	edge.LabelAt = Point{right + reach + edge.Label.Width/2, (upper.Y + lower.Y) / 2}
}
