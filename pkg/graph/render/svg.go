package render

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/layout"
)

// writeSVG draws a picture as one SVG element that needs nothing else.
func writeSVG(w io.Writer, p *picture, options Options) error {
	s := &svgWriter{}
	s.printf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%s" height="%s" role="img" aria-label="%s">`+"\n",
		number(p.width), number(p.height), number(p.width), number(p.height), escapeXML(p.label()))
	s.style(options.Theme)
	s.printf(`<rect class="bg" width="100%%" height="100%%"/>` + "\n")
	if p.title != nil {
		s.text(*p.title, "", "")
	}
	s.picture(p)
	s.printf("</svg>\n")
	_, err := w.Write(s.buffer.Bytes())
	return err
}

// label is what a screen reader says of the picture.
func (p *picture) label() string {
	if p.title != nil {
		return p.title.text
	}
	return "state machine"
}

type svgWriter struct{ buffer bytes.Buffer }

func (s *svgWriter) printf(format string, args ...any) { fmt.Fprintf(&s.buffer, format, args...) }

// style writes the palette as CSS variables, so that one file can follow the
// reader's colour scheme.
func (s *svgWriter) style(theme Theme) {
	variables := func(dark bool) string {
		var b strings.Builder
		for _, c := range palette() {
			value := c.light
			if dark {
				value = c.dark
			}
			fmt.Fprintf(&b, "--%s:%s;", c.name, value)
		}
		return b.String()
	}
	s.printf("<style>\nsvg{%s", variables(theme == Dark))
	s.printf(`font-family:Go,"Segoe UI",Helvetica,Arial,"Liberation Sans",Roboto,"Noto Sans",sans-serif}` + "\n")
	if theme == Auto || theme == "" {
		s.printf("@media(prefers-color-scheme:dark){svg{%s}}\n", variables(true))
	}
	s.printf(".bg{fill:var(--background)}.bold{font-weight:bold}.middle{text-anchor:middle}.dim{opacity:.35}text{unicode-bidi:plaintext;white-space:pre}\n</style>\n")
}

func (s *svgWriter) picture(p *picture) {
	for _, b := range p.boxes {
		if b.owner {
			s.box(b)
			s.regions(b)
		}
	}
	for _, l := range p.lines {
		s.line(l)
	}
	for _, b := range p.boxes {
		if !b.owner {
			s.box(b)
		}
	}
	for _, l := range p.lines {
		s.labels(l)
	}
	for _, d := range p.dots {
		s.printf(`<circle cx="%s" cy="%s" r="%s" fill="var(--%s)"/>`+"\n", number(d.x), number(d.y), number(d.radius), lineColour)
	}
	for _, item := range p.legend {
		s.legend(item)
	}
}

// regions draws the frames of what an owner holds.
func (s *svgWriter) regions(b *box) {
	for _, r := range b.regions {
		s.printf(`<path d="%s" fill="var(--%s)" stroke="var(--%s)" stroke-dasharray="3 3"/>`+"\n",
			pathData(r.outline(roundedShape, 0), true), regionColour, regionEdgeColour)
	}
}

func (s *svgWriter) box(b *box) {
	class := ""
	if b.tone == Dimmed {
		class = ` class="dim"`
	}
	if b.link != "" {
		s.printf(`<a href="%s">`, escapeXML(b.link))
	}
	s.printf("<g%s><title>%s</title>", class, escapeXML(b.full))
	l := b.look()
	s.outline(b.rect, l, 0)
	if l.shape == doubleShape {
		s.outline(b.rect, look{fill: l.fill, border: l.border, width: 1, shape: l.shape, dashed: l.dashed}, 3.5)
	}
	s.icon(b)
	for _, t := range b.texts {
		s.text(t, b.class, b.tone)
	}
	s.printf("</g>")
	if b.link != "" {
		s.printf("</a>")
	}
	s.printf("\n")
}

func (s *svgWriter) outline(r rect, l look, inset float64) {
	dash := ""
	if l.dashed {
		dash = ` stroke-dasharray="5 4"`
	}
	s.printf(`<path d="%s" fill="var(--%s)" stroke="var(--%s)" stroke-width="%s"%s/>`,
		pathData(r.outline(l.shape, inset), true), l.fill, l.border, number(l.width), dash)
}

func (s *svgWriter) icon(b *box) {
	var d strings.Builder
	for _, line := range icon(b.kind) {
		for i, p := range line {
			command := "L"
			if i == 0 {
				command = "M"
			}
			fmt.Fprintf(&d, "%s%s %s", command, number(b.iconAt.X+p[0]), number(b.iconAt.Y+p[1]))
		}
	}
	s.printf(`<path d="%s" fill="none" stroke="var(--%s)" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"/>`,
		d.String(), b.iconColour())
}

func (s *svgWriter) text(t text, class graph.Class, tone Tone) {
	var classes []string
	if t.bold {
		classes = append(classes, "bold")
	}
	if t.middle {
		classes = append(classes, "middle")
	}
	attribute := ""
	if len(classes) > 0 {
		attribute = ` class="` + strings.Join(classes, " ") + `"`
	}
	s.printf(`<text x="%s" y="%s" font-size="%s" fill="var(--%s)"%s>%s</text>`,
		number(t.x), number(t.y), number(t.size), t.colour(class, tone), attribute, escapeXML(t.text))
}

func (s *svgWriter) line(l *line) {
	p := l.pen()
	curve := l.curve
	if l.arrow {
		curve = shorten(curve, 5)
	}
	class, dash := "", ""
	if l.tone == Dimmed {
		class = ` class="dim"`
	}
	if len(p.dash) > 0 {
		dash = fmt.Sprintf(` stroke-dasharray="%s %s"`, number(p.dash[0]), number(p.dash[1]))
	}
	s.printf(`<path%s d="%s" fill="none" stroke="var(--%s)" stroke-width="%s"%s/>`,
		class, pathData(curve, false), p.colour, number(p.width), dash)
	if l.arrow {
		s.printf(`<path%s d="%s" fill="var(--%s)"/>`, class, pathData(arrowhead(l.curve, p.width), true), p.colour)
	}
	s.printf("\n")
}

func (s *svgWriter) labels(l *line) {
	if len(l.labels) == 0 {
		return
	}
	s.printf(`<rect class="bg" x="%s" y="%s" width="%s" height="%s" rx="3"/>`,
		number(l.plate.x), number(l.plate.y), number(l.plate.width), number(l.plate.height))
	for _, t := range l.labels {
		s.text(t, noClass, l.tone)
	}
	s.printf("\n")
}

func (s *svgWriter) legend(item legendItem) {
	if sample := item.box(); sample != nil {
		s.outline(sample.rect, sample.look(), 0)
	} else {
		s.line(&line{kind: item.kind, curve: item.sample()})
	}
	s.text(item.words, noClass, Plain)
	s.printf("\n")
}

// sample is a short horizontal line for the legend.
func (i legendItem) sample() []layout.Point {
	y := i.swatch.y + i.swatch.height/2
	from, to := layout.Point{X: i.swatch.x, Y: y}, layout.Point{X: i.swatch.x + i.swatch.width, Y: y}
	return []layout.Point{from, from, to, to}
}

// pathData writes a run of Bezier pieces as the d of an SVG path; straight
// pieces become lines.
func pathData(run []layout.Point, closed bool) string {
	b := make([]byte, 0, len(run)*12)
	b = appendPoint(append(b, 'M'), run[0])
	for i := 1; i+2 < len(run); i += 3 {
		if straight(run[i-1], run[i], run[i+1], run[i+2]) {
			b = appendPoint(append(b, 'L'), run[i+2])
			continue
		}
		b = appendPoint(append(b, 'C'), run[i])
		b = appendPoint(append(b, ' '), run[i+1])
		b = appendPoint(append(b, ' '), run[i+2])
	}
	if closed {
		b = append(b, 'Z')
	}
	return string(b)
}

// straight reports whether the control points lie on the line of the ends.
func straight(a, b, c, d layout.Point) bool {
	off := func(p layout.Point) float64 { return (d.X-a.X)*(p.Y-a.Y) - (d.Y-a.Y)*(p.X-a.X) }
	const tolerance = 1e-6
	return off(b) < tolerance && off(b) > -tolerance && off(c) < tolerance && off(c) > -tolerance
}

func appendPoint(b []byte, p layout.Point) []byte {
	b = append(b, number(p.X)...)
	b = append(b, ' ')
	return append(b, number(p.Y)...)
}

// number writes a length with at most one decimal.
func number(f float64) string {
	s := strconv.FormatFloat(f, 'f', 1, 64)
	s = strings.TrimSuffix(s, ".0")
	if s == "-0" {
		return "0"
	}
	return s
}

// escapeXML escapes text for element content and attributes alike.
func escapeXML(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;").Replace(text)
}
