package render

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/layout"
)

// flatten turns a run of Bezier pieces into a line of short straight pieces.
func flatten(run []layout.Point) []layout.Point {
	flat := []layout.Point{run[0]}
	for i := 1; i+2 < len(run); i += 3 {
		a, b, c, d := run[i-1], run[i], run[i+1], run[i+2]
		if straight(a, b, c, d) {
			flat = append(flat, d)
			continue
		}
		steps := int(math.Min(48, 6+math.Hypot(d.X-a.X, d.Y-a.Y)/8))
		for step := 1; step <= steps; step++ {
			flat = append(flat, bezierAt(a, b, c, d, float64(step)/float64(steps)))
		}
	}
	return flat
}

func bezierAt(a, b, c, d layout.Point, t float64) layout.Point {
	u := 1 - t
	wa, wb, wc, wd := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
	return layout.Point{X: wa*a.X + wb*b.X + wc*c.X + wd*d.X, Y: wa*a.Y + wb*b.Y + wc*c.Y + wd*d.Y}
}

// fill paints the inside of closed lines, all wound the same way.
func (c *canvas) fill(lines [][]layout.Point, name colour, opacity float64) {
	if len(lines) == 0 {
		return
	}
	bounds := c.bounds(lines)
	if bounds.Empty() {
		return
	}
	c.raster.Reset(bounds.Dx(), bounds.Dy())
	for _, line := range lines {
		for i, p := range line {
			x, y := float32(p.X*c.scale)-float32(bounds.Min.X), float32(p.Y*c.scale)-float32(bounds.Min.Y)
			if i == 0 {
				c.raster.MoveTo(x, y)
			} else {
				c.raster.LineTo(x, y)
			}
		}
		c.raster.ClosePath()
	}
	c.raster.DrawOp = draw.Over
	c.raster.Draw(c.image, bounds, image.NewUniform(fade(c.colours[name], opacity)), image.Point{})
}

// fade makes a colour translucent; the result has premultiplied channels.
func fade(full color.RGBA, opacity float64) color.RGBA {
	part := func(v uint8) uint8 { return uint8(float64(v)*opacity + 0.5) }
	return color.RGBA{part(full.R), part(full.G), part(full.B), part(255)}
}

// bounds returns the pixels that lines touch, within the image.
func (c *canvas) bounds(lines [][]layout.Point) image.Rectangle {
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, line := range lines {
		for _, p := range line {
			left, right = math.Min(left, p.X*c.scale), math.Max(right, p.X*c.scale)
			top, bottom = math.Min(top, p.Y*c.scale), math.Max(bottom, p.Y*c.scale)
		}
	}
	around := image.Rect(int(left)-1, int(top)-1, int(right)+2, int(bottom)+2)
	return around.Intersect(c.image.Bounds())
}

// stroke paints a line of the pen's width, with round joints.
func (c *canvas) stroke(run []layout.Point, p pen, opacity float64) {
	for _, dash := range dashes(flatten(run), p.dash) {
		var pieces [][]layout.Point
		for i := 1; i < len(dash); i++ {
			pieces = append(pieces, thick(dash[i-1], dash[i], p.width/2))
			if i+1 < len(dash) && p.width*c.scale > 2 {
				pieces = append(pieces, disc(dash[i], p.width/2))
			}
			if c.spread(pieces) > maxSpread {
				c.fill(pieces, p.colour, opacity)
				pieces = nil
			}
		}
		c.fill(pieces, p.colour, opacity)
	}
}

// maxSpread is the area in pixels from which on a line is painted in parts:
// painting takes time for all the area around a shape, and a line has little in it.
const maxSpread = 20_000

func (c *canvas) spread(lines [][]layout.Point) int {
	around := c.bounds(lines)
	return around.Dx() * around.Dy()
}

// thick returns the rectangle around a straight piece, wound clockwise.
func thick(a, b layout.Point, half float64) []layout.Point {
	length := math.Hypot(b.X-a.X, b.Y-a.Y)
	if length == 0 {
		return nil
	}
	nx, ny := (b.Y-a.Y)/length*half, -(b.X-a.X)/length*half
	return []layout.Point{{X: a.X + nx, Y: a.Y + ny}, {X: b.X + nx, Y: b.Y + ny}, {X: b.X - nx, Y: b.Y - ny}, {X: a.X - nx, Y: a.Y - ny}}
}

// disc returns a circle, wound clockwise.
func disc(centre layout.Point, radius float64) []layout.Point {
	const corners = 10
	points := make([]layout.Point, corners)
	for i := range points {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		points[i] = layout.Point{X: centre.X + radius*cos, Y: centre.Y + radius*sin}
	}
	return points
}

// dashes cuts a line into the parts that a dash pattern (on, off) shows.
func dashes(line []layout.Point, pattern []float64) [][]layout.Point {
	if len(pattern) < 2 {
		return [][]layout.Point{line}
	}
	var shown [][]layout.Point
	current, on, left := []layout.Point{line[0]}, true, pattern[0]
	for i := 1; i < len(line); i++ {
		from, to := line[i-1], line[i]
		length := math.Hypot(to.X-from.X, to.Y-from.Y)
		for length > left {
			t := left / length
			from = layout.Point{X: from.X + (to.X-from.X)*t, Y: from.Y + (to.Y-from.Y)*t}
			length -= left
			if on {
				shown = append(shown, append(current, from))
			}
			current, on = []layout.Point{from}, !on
			left = pattern[1]
			if on {
				left = pattern[0]
			}
		}
		left -= length
		current = append(current, to)
	}
	if on && len(current) > 1 {
		shown = append(shown, current)
	}
	return shown
}

// text paints a line of text. Characters that the font lacks are shown as a
// small frame.
func (c *canvas) text(t text, class graph.Class, tone Tone, opacity float64) {
	face := c.typefaces.regular
	if t.bold {
		face = c.typefaces.bold
	}
	x := t.x
	if t.middle {
		x -= face.width(t.text, t.size) / 2
	}
	var outlines [][]layout.Point
	for _, r := range t.text {
		if index, ok := face.glyph(r); ok {
			outlines = append(outlines, face.outlines(index, x, t.y, t.size)...)
		} else if w := face.runeWidth(r) * t.size; w > 0 {
			frame := rect{x + 1, t.y - t.size*0.7, w - 2, t.size * 0.75}
			c.stroke(frame.outline(roundedShape, 0), pen{colour: t.colour(class, tone), width: 0.8}, opacity)
		}
		x += face.runeWidth(r) * t.size
	}
	c.fill(outlines, t.colour(class, tone), opacity)
}

// outlines returns the closed lines of a glyph whose origin is at x, y.
func (t *typeface) outlines(index sfnt.GlyphIndex, x, y, size float64) [][]layout.Point {
	segments, err := t.font.LoadGlyph(&t.buffer, index, fixed.I(unitsPerEm), nil)
	if err != nil {
		return nil
	}
	at := func(p fixed.Point26_6) layout.Point {
		return layout.Point{X: x + float64(p.X)/64/unitsPerEm*size, Y: y + float64(p.Y)/64/unitsPerEm*size}
	}
	var lines [][]layout.Point
	for _, segment := range segments {
		switch segment.Op {
		case sfnt.SegmentOpMoveTo:
			lines = append(lines, []layout.Point{at(segment.Args[0])})
			continue
		case sfnt.SegmentOpLineTo:
			lines[len(lines)-1] = append(lines[len(lines)-1], at(segment.Args[0]))
		case sfnt.SegmentOpQuadTo:
			lines[len(lines)-1] = appendQuadratic(lines[len(lines)-1], at(segment.Args[0]), at(segment.Args[1]))
		}
	}
	return lines
}

func appendQuadratic(line []layout.Point, control, end layout.Point) []layout.Point {
	start := line[len(line)-1]
	const steps = 5
	for step := 1; step <= steps; step++ {
		t := float64(step) / steps
		u := 1 - t
		line = append(line, layout.Point{X: u*u*start.X + 2*u*t*control.X + t*t*end.X, Y: u*u*start.Y + 2*u*t*control.Y + t*t*end.Y})
	}
	return line
}
