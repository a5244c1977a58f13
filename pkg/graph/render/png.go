package render

import (
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/vector"

	"github.com/sfnctl/sfnctl/pkg/graph/layout"
)

// maxPixels bounds the memory a PNG takes to about 400 MB.
const maxPixels = 100_000_000

// ErrTooLarge says that a picture has more pixels than a PNG can reasonably have.
var ErrTooLarge = errors.New("the picture is too large for a PNG; draw an SVG, or choose a smaller scale")

// writePNG draws a picture with the project's own rasteriser.
func writePNG(w io.Writer, p *picture, options Options) error {
	scale := options.Scale
	if scale <= 0 {
		scale = 2
	}
	width, height := int(math.Ceil(p.width*scale)), int(math.Ceil(p.height*scale))
	if float64(width)*float64(height) > maxPixels {
		return ErrTooLarge
	}
	c := newCanvas(width, height, scale, options.Theme == Dark, p.typefaces)
	c.picture(p)
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	return encoder.Encode(w, c.image)
}

// canvas is an image that is drawn on in the units of a picture.
type canvas struct {
	image     *image.RGBA
	scale     float64
	colours   map[colour]color.RGBA
	typefaces typefaces
	raster    vector.Rasterizer
}

func newCanvas(width, height int, scale float64, dark bool, faces typefaces) *canvas {
	c := &canvas{image: image.NewRGBA(image.Rect(0, 0, width, height)), scale: scale, typefaces: faces, colours: map[colour]color.RGBA{}}
	for _, shade := range palette() {
		value := shade.light
		if dark {
			value = shade.dark
		}
		c.colours[shade.name] = parseColour(value)
	}
	draw.Draw(c.image, c.image.Bounds(), image.NewUniform(c.colours[backgroundColour]), image.Point{}, draw.Src)
	return c
}

// parseColour reads "#rrggbb".
func parseColour(text string) color.RGBA {
	digit := func(c byte) uint8 {
		if c >= 'a' {
			return c - 'a' + 10
		}
		return c - '0'
	}
	channel := func(i int) uint8 { return digit(text[i])<<4 | digit(text[i+1]) }
	return color.RGBA{channel(1), channel(3), channel(5), 255}
}

func (c *canvas) picture(p *picture) {
	for _, b := range p.boxes {
		if b.owner {
			c.box(b)
			for _, r := range b.regions {
				c.fill([][]layout.Point{flatten(r.outline(roundedShape, 0))}, regionColour, 1)
				c.stroke(r.outline(roundedShape, 0), pen{colour: regionEdgeColour, width: 1, dash: []float64{3, 3}}, 1)
			}
		}
	}
	if p.title != nil {
		c.text(*p.title, noClass, Plain, 1)
	}
	for _, l := range p.lines {
		c.line(l)
	}
	for _, b := range p.boxes {
		if !b.owner {
			c.box(b)
		}
	}
	for _, l := range p.lines {
		c.labels(l)
	}
	for _, d := range p.dots {
		around := rect{d.x - d.radius, d.y - d.radius, 2 * d.radius, 2 * d.radius}
		c.fill([][]layout.Point{flatten(roundedOutline(around.x, around.y, around.width, around.height, d.radius))}, lineColour, 1)
	}
	for _, item := range p.legend {
		c.legend(item)
	}
}

func (c *canvas) box(b *box) {
	opacity := b.tone.opacity()
	l := b.look()
	c.outline(b.rect, l, 0, opacity)
	if l.shape == doubleShape {
		c.outline(b.rect, look{fill: l.fill, border: l.border, width: 1, shape: l.shape, dashed: l.dashed}, 3.5, opacity)
	}
	for _, line := range icon(b.kind) {
		run := []layout.Point{{X: b.iconAt.X + line[0][0], Y: b.iconAt.Y + line[0][1]}}
		for _, p := range line[1:] {
			to := layout.Point{X: b.iconAt.X + p[0], Y: b.iconAt.Y + p[1]}
			run = append(run, run[len(run)-1], to, to)
		}
		c.stroke(run, pen{colour: b.iconColour(), width: 1.75}, opacity)
	}
	for _, t := range b.texts {
		c.text(t, b.class, b.tone, opacity)
	}
}

func (t Tone) opacity() float64 {
	if t == Dimmed {
		return 0.35
	}
	return 1
}

func (c *canvas) outline(r rect, l look, inset, opacity float64) {
	run := r.outline(l.shape, inset)
	c.fill([][]layout.Point{flatten(run)}, l.fill, opacity)
	p := pen{colour: l.border, width: l.width}
	if l.dashed {
		p.dash = []float64{5, 4}
	}
	c.stroke(run, p, opacity)
}

func (c *canvas) line(l *line) {
	p := l.pen()
	curve := l.curve
	if l.arrow {
		curve = shorten(curve, 5)
	}
	c.stroke(curve, p, l.tone.opacity())
	if l.arrow {
		c.fill([][]layout.Point{flatten(arrowhead(l.curve, p.width))}, p.colour, l.tone.opacity())
	}
}

func (c *canvas) labels(l *line) {
	if len(l.labels) == 0 {
		return
	}
	c.fill([][]layout.Point{flatten(l.plate.outline(roundedShape, 0))}, backgroundColour, 1)
	for _, t := range l.labels {
		c.text(t, noClass, l.tone, l.tone.opacity())
	}
}

func (c *canvas) legend(item legendItem) {
	if sample := item.box(); sample != nil {
		c.outline(sample.rect, sample.look(), 0, 1)
	} else {
		c.line(&line{kind: item.kind, curve: item.sample()})
	}
	c.text(item.words, noClass, Plain, 1)
}
