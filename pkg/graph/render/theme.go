package render

import "github.com/sfnctl/sfnctl/pkg/graph"

// colour names a colour of a picture; palettes give it a value.
type colour string

// The colours.
const (
	backgroundColour colour = "background"
	textColour       colour = "text"
	mutedColour      colour = "muted"
	boxColour        colour = "box"
	borderColour     colour = "border"
	regionColour     colour = "region"
	regionEdgeColour colour = "region-edge"
	lineColour       colour = "line"
	catchColour      colour = "catch"
	implicitColour   colour = "implicit"
	undoColour       colour = "undo"
	successColour    colour = "success"
	successBack      colour = "success-back"
	knownColour      colour = "known"
	knownBack        colour = "known-back"
	unknownColour    colour = "unknown"
	unknownBack      colour = "unknown-back"
	visitedColour    colour = "visited"
	visitedBack      colour = "visited-back"
	changedColour    colour = "changed"
	changedBack      colour = "changed-back"
)

// shade is a colour in the light and the dark palette. Text on its background
// has a contrast of at least 4.5 to 1 in both (WCAG 2 AA).
type shade struct {
	name        colour
	light, dark string
}

// palette lists all colours in the order a style sheet names them.
func palette() []shade {
	return []shade{
		{backgroundColour, "#ffffff", "#0d1117"},
		{textColour, "#1f2328", "#e6edf3"},
		{mutedColour, "#59636e", "#9198a1"},
		{boxColour, "#f6f8fa", "#161b22"},
		{borderColour, "#818b98", "#656c76"},
		{regionColour, "#fbfcfd", "#0b0f14"},
		{regionEdgeColour, "#b7bfc8", "#3d444d"},
		{lineColour, "#59636e", "#9198a1"},
		{catchColour, "#bc4c00", "#f0883e"},
		{implicitColour, "#cf222e", "#ff7b72"},
		{undoColour, "#8250df", "#bc8cff"},
		{successColour, "#116329", "#3fb950"},
		{successBack, "#dafbe1", "#12261e"},
		{knownColour, "#7d4e00", "#d29922"},
		{knownBack, "#fff8c5", "#272115"},
		{unknownColour, "#b31d28", "#ff7b72"},
		{unknownBack, "#ffebe9", "#2d1618"},
		{visitedColour, "#0550ae", "#58a6ff"},
		{visitedBack, "#ddf4ff", "#121d2f"},
		{changedColour, "#6639ba", "#bc8cff"},
		{changedBack, "#fbefff", "#231a33"},
	}
}

// look is how a box is drawn.
type look struct {
	fill, border colour
	width        float64
	dashed       bool
	shape        shape
}

// shape is the outline of a box. Terminal classes differ in shape as well as
// in colour.
type shape uint8

const (
	roundedShape shape = iota // most states
	pillShape                 // success
	cutShape                  // known failure: corners cut off
	doubleShape               // unknown failure: corners cut off and a second border
)

func (b *box) look() look {
	l := look{fill: boxColour, border: borderColour, width: 1.25, shape: shapeOf(b.class)}
	switch b.class {
	case graph.Success:
		l.fill, l.border, l.width = successBack, successColour, 2
	case graph.KnownFailure:
		l.fill, l.border, l.width = knownBack, knownColour, 2
	case graph.UnknownFailure:
		l.fill, l.border, l.width = unknownBack, unknownColour, 2
	}
	l.dashed = b.implicit
	switch b.tone {
	case Visited:
		l.fill, l.border, l.width = visitedBack, visitedColour, 2.5
	case Added:
		l.fill, l.border, l.width = successBack, successColour, 2.5
	case Failed, Faulty:
		l.fill, l.border, l.width = unknownBack, unknownColour, 3
	case Warned:
		l.fill, l.border, l.width = knownBack, knownColour, 2.5
	case Changed:
		l.fill, l.border, l.width = changedBack, changedColour, 2.5
	case Gone:
		l.fill, l.border, l.dashed = backgroundColour, unknownColour, true
	}
	if b.owner && b.tone == Plain && b.class == noClass {
		l.fill = backgroundColour
	}
	return l
}

func shapeOf(c graph.Class) shape {
	switch c {
	case graph.Success:
		return pillShape
	case graph.KnownFailure:
		return cutShape
	case graph.UnknownFailure:
		return doubleShape
	}
	return roundedShape
}

// pen is how a line is drawn.
type pen struct {
	colour colour
	width  float64
	dash   []float64
}

func (l *line) pen() pen {
	p := pen{colour: lineColour, width: 1.5}
	switch l.kind {
	case catchLine:
		p = pen{colour: catchColour, width: 1.5, dash: []float64{6, 4}}
	case implicitLine:
		p = pen{colour: implicitColour, width: 1.5, dash: []float64{2, 4}}
	case compensationLine:
		p = pen{colour: undoColour, width: 1.5, dash: []float64{1.5, 3.5}}
	}
	switch l.tone {
	case Visited:
		p.colour, p.width = visitedColour, 3
	case Added:
		p.colour, p.width = successColour, 3
	case Failed:
		p.colour, p.width = implicitColour, 3
	case Gone:
		p.colour, p.dash = implicitColour, []float64{3, 3}
	}
	return p
}

func (t text) colour(class graph.Class, tone Tone) colour {
	switch t.role {
	case captionRole, labelRole:
		return mutedColour
	case classRole:
		switch class {
		case graph.Success:
			return successColour
		case graph.KnownFailure:
			return knownColour
		}
		return unknownColour
	case markRole:
		switch tone {
		case Failed, Faulty, Gone:
			return unknownColour
		case Added:
			return successColour
		case Warned:
			return knownColour
		case Changed:
			return changedColour
		}
		return visitedColour
	}
	return textColour
}

// iconColour is the colour of the icon of a box: that of its border.
func (b *box) iconColour() colour {
	if l := b.look(); l.border != borderColour {
		return l.border
	}
	return mutedColour
}
