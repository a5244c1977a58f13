package layout

import (
	"math"
	"slices"
)

// placeY stacks the layers, leaving more room where lines run far sideways or
// many of them side by side.
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
		y += height + l.options.LayerGap + math.Min(sideways/20, 20) + l.lanesHeight(i)
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
	for i := range l.arcs {
		l.routeArc(i)
	}
	for _, loop := range l.loops {
		l.routeLoop(l.graph.Edges[loop])
	}
}

func (l *layers) routeArc(i int) {
	path, edge := l.paths[i], l.graph.Edges[l.arcs[i].edge]
	if l.direct[i] {
		l.routeDirectly(i)
		return
	}
	curve := []Point{}
	for j := 1; j < len(path); j++ {
		upper, lower := path[j-1], path[j]
		start := Point{l.portX(upper, lower, false), l.lowerEnd(upper)}
		end := Point{l.portX(lower, upper, true), l.tops[l.vertices[lower].layer]}
		if len(curve) == 0 {
			curve = append(curve, start)
		}
		early, late := l.bendRange(upper, lower)
		curve = lineTo(curve, Point{start.X, early})
		curve = bendTo(curve, Point{end.X, late})
		curve = lineTo(curve, end)
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

// routeDirectly draws an edge that has no places on its way as one curve.
func (l *layers) routeDirectly(i int) {
	a := l.arcs[i]
	edge := l.graph.Edges[a.edge]
	start := Point{l.vertices[a.from].x, l.lowerEnd(a.from)}
	end := Point{l.vertices[a.to].x, l.tops[l.vertices[a.to].layer]}
	curve := bendTo([]Point{start}, end)
	edge.LabelAt = Point{(start.X + end.X) / 2, (start.Y + end.Y) / 2}
	if a.reversed {
		slices.Reverse(curve)
	}
	edge.Curve = curve
}

func (l *layers) portX(v, other int, upper bool) float64 {
	if x, ok := l.ports[port{v, other, upper}]; ok {
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
