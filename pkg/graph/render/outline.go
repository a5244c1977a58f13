package render

import (
	"math"

	"github.com/sfnctl/sfnctl/pkg/graph/layout"
)

// outline returns the corners of a shape as a closed run of Bezier pieces, the
// form that curves have (see layout.Edge). inset moves it inwards.
func (r rect) outline(s shape, inset float64) []layout.Point {
	x, y, w, h := r.x+inset, r.y+inset, r.width-2*inset, r.height-2*inset
	switch s {
	case pillShape:
		return roundedOutline(x, y, w, h, math.Min(h/2, 18))
	case cutShape, doubleShape:
		c := math.Min(9, h/3)
		return polygon(layout.Point{X: x + c, Y: y}, layout.Point{X: x + w - c, Y: y}, layout.Point{X: x + w, Y: y + c},
			layout.Point{X: x + w, Y: y + h - c}, layout.Point{X: x + w - c, Y: y + h}, layout.Point{X: x + c, Y: y + h},
			layout.Point{X: x, Y: y + h - c}, layout.Point{X: x, Y: y + c})
	}
	return roundedOutline(x, y, w, h, 6)
}

// polygon returns a closed run of straight pieces.
func polygon(corners ...layout.Point) []layout.Point {
	run := []layout.Point{corners[0]}
	for i := range corners {
		next := corners[(i+1)%len(corners)]
		run = append(run, corners[i], next, next)
	}
	return run
}

// kappa places the control points of a quarter circle.
const kappa = 0.5523

func roundedOutline(x, y, w, h, radius float64) []layout.Point {
	k := radius * (1 - kappa)
	point := func(px, py float64) layout.Point { return layout.Point{X: px, Y: py} }
	run := []layout.Point{point(x+radius, y)}
	straight := func(to layout.Point) { run = append(run, run[len(run)-1], to, to) }
	straight(point(x+w-radius, y))
	run = append(run, point(x+w-k, y), point(x+w, y+k), point(x+w, y+radius))
	straight(point(x+w, y+h-radius))
	run = append(run, point(x+w, y+h-k), point(x+w-k, y+h), point(x+w-radius, y+h))
	straight(point(x+radius, y+h))
	run = append(run, point(x+k, y+h), point(x, y+h-k), point(x, y+h-radius))
	straight(point(x, y+radius))
	return append(run, point(x, y+k), point(x+k, y), point(x+radius, y))
}

// arrowhead returns the triangle at the end of a curve.
func arrowhead(curve []layout.Point, width float64) []layout.Point {
	end := curve[len(curve)-1]
	dx, dy := direction(curve)
	length, half := 6+1.5*width, 3+width*0.75
	back := layout.Point{X: end.X - dx*length, Y: end.Y - dy*length}
	return polygon(end, layout.Point{X: back.X - dy*half, Y: back.Y + dx*half}, layout.Point{X: back.X + dy*half, Y: back.Y - dx*half})
}

// direction is the unit vector in which a curve ends.
func direction(curve []layout.Point) (dx, dy float64) {
	end := curve[len(curve)-1]
	for i := len(curve) - 2; i >= 0; i-- {
		dx, dy = end.X-curve[i].X, end.Y-curve[i].Y
		if length := math.Hypot(dx, dy); length > 0.01 {
			return dx / length, dy / length
		}
	}
	return 0, 1
}

// shorten moves the end of a curve back, so that a line does not stick out of
// the tip of its arrowhead.
func shorten(curve []layout.Point, by float64) []layout.Point {
	dx, dy := direction(curve)
	short := append([]layout.Point{}, curve...)
	last := len(short) - 1
	short[last] = layout.Point{X: short[last].X - dx*by, Y: short[last].Y - dy*by}
	return short
}
