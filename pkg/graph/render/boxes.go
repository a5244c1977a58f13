package render

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/layout"
	"github.com/sfnctl/sfnctl/pkg/printable"
)

// role is what a text is for, which decides its colour.
type role string

const (
	nameRole    role = "name"
	captionRole role = "caption"
	classRole   role = "class"
	markRole    role = "mark"
	labelRole   role = "label"
	titleRole   role = "title"
)

// measure makes the box of a state, its texts placed relative to its corner.
func (b *pictureBuilder) measure(node *graph.Node) *box {
	drawn := &box{
		node: node, full: printable.Line(node.Name()), owner: len(node.Inner) > 0,
		class: b.options.Classes[node], tone: b.options.Marks[node].Tone, kind: node.State.Type,
	}
	if b.options.Links != nil {
		drawn.link = b.options.Links(node)
	}
	b.setTexts(drawn, caption(node), b.options.Marks[node].Text)
	return drawn
}

// implicitFailure is the box in which errors end that nobody catches.
func (b *pictureBuilder) implicitFailure(r *graph.Region) *layout.Node {
	drawn := &box{implicit: true, full: "error nobody catches", class: graph.UnknownFailure, kind: asl.Fail}
	about := "the execution fails"
	if r.Owner != nil {
		drawn.class = noClass
		about = "raised in " + graph.Shorten(printable.Line(r.Owner.Name()), 28)
	}
	b.setTexts(drawn, about, "")
	b.boxes = append(b.boxes, drawn)
	return drawn.placed
}

// removed is the box of a state that only the older revision has.
func (b *pictureBuilder) removed(state RemovedState) *layout.Node {
	drawn := &box{full: printable.Line(state.Name), tone: Gone, kind: state.Type}
	b.setTexts(drawn, state.Type.String(), string(Gone))
	b.boxes = append(b.boxes, drawn)
	return drawn.placed
}

// setTexts writes the lines of a box from top to bottom and sizes it.
func (b *pictureBuilder) setTexts(drawn *box, about, mark string) {
	y := boxPaddingY
	add := func(words []string, size float64, bold bool, as role) {
		for _, line := range words {
			y += size * lineSpacing
			drawn.texts = append(drawn.texts, text{y: y - size*0.3, text: line, size: size, bold: bold, role: as})
			drawn.textWidth = max(drawn.textWidth, b.face(bold).width(line, size))
		}
	}
	add(wrap(printable.Line(about), captionColumns, captionLines), captionSize, false, captionRole)
	add(wrap(drawn.full, nameColumns, nameLines), nameSize, true, nameRole)
	if drawn.class != noClass {
		add([]string{className(drawn.class)}, captionSize, true, classRole)
	}
	if mark != "" {
		add(wrap(printable.Line(mark), captionColumns, captionLines), captionSize, false, markRole)
	}
	y += boxPaddingY
	width := max(minBoxWidth, drawn.textWidth+2*boxPaddingX+iconSize+iconGap)
	drawn.placed = &layout.Node{Size: layout.Size{Width: width, Height: y}}
	if drawn.owner {
		drawn.placed.Header = y
	}
}

func (b *pictureBuilder) face(bold bool) *typeface {
	if bold {
		return b.typefaces.bold
	}
	return b.typefaces.regular
}

// place copies what the layout found into the picture, title and margins added.
func (b *pictureBuilder) place(root *layout.Graph) {
	dx, dy := margin, margin
	if b.options.Title != "" {
		dy += titleSize * 1.8
		b.title = &text{x: margin, y: margin + titleSize*0.9, text: printable.Line(b.options.Title), size: titleSize, bold: true, role: titleRole}
	}
	for _, drawn := range b.boxes {
		b.placeBox(drawn, dx, dy)
	}
	for i := range b.dots {
		d := &b.dots[i]
		d.x, d.y = d.placed.At.X+d.radius+dx, d.placed.At.Y+d.radius+dy
	}
	for _, drawn := range b.lines {
		b.placeLine(drawn, dx, dy)
	}
	b.width, b.height = root.Size.Width+2*margin, root.Size.Height+dy+margin
	if b.title != nil {
		b.width = max(b.width, b.typefaces.bold.width(b.title.text, titleSize)+2*margin)
	}
	if b.options.Legend {
		b.addLegend()
	}
}

func (b *pictureBuilder) placeBox(drawn *box, dx, dy float64) {
	placed := drawn.placed
	drawn.rect = rect{placed.At.X + dx, placed.At.Y + dy, placed.Size.Width, placed.Size.Height}
	for _, level := range placed.Inner {
		const around = 9
		drawn.regions = append(drawn.regions, rect{level.At.X + dx - around, level.At.Y + dy - around,
			level.Size.Width + 2*around, level.Size.Height + 2*around})
	}
	left := drawn.x + (drawn.width-drawn.textWidth-iconSize-iconGap)/2
	if drawn.owner {
		left = drawn.x + boxPaddingX
	}
	drawn.iconAt = layout.Point{X: left, Y: drawn.y + boxPaddingY + 3}
	for i := range drawn.texts {
		drawn.texts[i].x = left + iconSize + iconGap
		drawn.texts[i].y += drawn.y
	}
}

func (b *pictureBuilder) placeLine(drawn *line, dx, dy float64) {
	placed := drawn.placed
	drawn.curve = make([]layout.Point, len(placed.Curve))
	for i, p := range placed.Curve {
		drawn.curve[i] = layout.Point{X: p.X + dx, Y: p.Y + dy}
	}
	if drawn.kind == compensationLine {
		reverse(drawn.curve)
	}
	if placed.Joins && drawn.kind != compensationLine {
		drawn.arrow = false
	}
	if len(drawn.words) == 0 {
		return
	}
	x, y := placed.LabelAt.X+dx, placed.LabelAt.Y+dy
	drawn.plate = rect{x - placed.Label.Width/2, y - placed.Label.Height/2, placed.Label.Width, placed.Label.Height}
	for i, words := range drawn.words {
		baseline := drawn.plate.y + 2 + labelSize*(lineSpacing*float64(i)+1)
		drawn.labels = append(drawn.labels, text{x: x, y: baseline, text: words, size: labelSize, role: labelRole, middle: true})
	}
}

func reverse(points []layout.Point) {
	for i, j := 0, len(points)-1; i < j; i, j = i+1, j-1 {
		points[i], points[j] = points[j], points[i]
	}
}
