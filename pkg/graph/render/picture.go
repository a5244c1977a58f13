package render

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/layout"
	"github.com/sfnctl/sfnctl/pkg/printable"
)

// Sizes of type and of the space around it, in pixels.
const (
	nameSize    = 13.0
	captionSize = 10.0
	labelSize   = 10.0
	titleSize   = 17.0
	lineSpacing = 1.3

	boxPaddingX = 12.0
	boxPaddingY = 8.0
	iconSize    = 16.0
	iconGap     = 8.0
	minBoxWidth = 110.0
	margin      = 24.0
)

// How many characters fit on a line, and how many lines there may be.
const (
	nameColumns, nameLines       = 26, 4
	captionColumns, captionLines = 38, 2
	labelColumns, labelLines     = 28, 3
)

// picture is a graph with everything placed, ready to be drawn in any way.
type picture struct {
	width, height float64
	title         *text
	boxes         []*box // owners before what they hold
	dots          []dot
	lines         []*line
	legend        []legendItem
	typefaces     typefaces
}

type rect struct{ x, y, width, height float64 }

// text is one line of text; x is its left edge or its middle, y its baseline.
type text struct {
	x, y   float64
	text   string
	size   float64
	bold   bool
	role   role
	middle bool
}

// box is a state, or what stands for an error that nobody catches.
type box struct {
	rect
	node      *graph.Node // nil for the implicit failure and for removed states
	full      string      // the whole name, for a tooltip
	owner     bool        // holds regions
	regions   []rect      // their frames
	class     graph.Class
	tone      Tone
	implicit  bool
	kind      asl.StateType
	link      string
	texts     []text
	iconAt    layout.Point
	textWidth float64
	placed    *layout.Node
}

// dot marks where a region begins.
type dot struct {
	x, y, radius float64
	placed       *layout.Node
}

// lineKind is how a line is drawn and what it means.
type lineKind string

const (
	ordinaryLine     lineKind = "next"
	catchLine        lineKind = "catch"
	implicitLine     lineKind = "implicit"
	compensationLine lineKind = "undo"
	removedLine      lineKind = "removed"
)

// line is an edge.
type line struct {
	kind   lineKind
	tone   Tone
	curve  []layout.Point
	arrow  bool
	labels []text
	plate  rect // behind the labels
	placed *layout.Edge
	edge   *graph.Edge // nil for lines that stand for no edge
	words  []string
}

// newPicture measures, places and collects everything.
func newPicture(g *graph.Graph, options Options) *picture {
	b := &pictureBuilder{picture: &picture{typefaces: newTypefaces()}, options: options}
	root := b.region(g.Root)
	layout.Layout(root, layout.Options{})
	b.place(root)
	return b.picture
}

// pictureBuilder turns regions into levels of a layout and remembers what
// stands for what.
type pictureBuilder struct {
	*picture
	options Options
}

// region makes the level of a region: its entry, its states and its edges.
func (b *pictureBuilder) region(r *graph.Region) *layout.Graph {
	level := &layout.Graph{}
	index := map[*graph.Node]int{}
	if r.Entry != nil {
		b.addDot(level, r.Owner == nil)
	}
	for _, node := range b.inFlowOrder(r) {
		index[node] = len(level.Nodes)
		level.Nodes = append(level.Nodes, b.state(node))
	}
	gone := b.options.Gone[r]
	ghosts := map[string]int{}
	for _, removed := range gone.States {
		ghosts[removed.Name] = len(level.Nodes)
		level.Nodes = append(level.Nodes, b.removed(removed))
	}
	if r.Entry != nil {
		b.addLine(level, &line{kind: ordinaryLine, arrow: true}, layout.Edge{From: 0, To: index[r.Entry], Weight: 4})
	}
	b.edges(level, r, index)
	b.goneEdges(level, gone.Edges, r, index, ghosts)
	return level
}

// goneEdges draws the edges that only the older revision has.
func (b *pictureBuilder) goneEdges(level *layout.Graph, edges []RemovedEdge, r *graph.Region, index map[*graph.Node]int, ghosts map[string]int) {
	if len(edges) == 0 {
		return
	}
	places := map[string]int{}
	for _, node := range r.Nodes {
		places[node.Name()] = index[node]
	}
	for name, at := range ghosts {
		if _, known := places[name]; !known {
			places[name] = at
		}
	}
	for _, edge := range edges {
		from, hasFrom := places[edge.From]
		to, hasTo := places[edge.To]
		if hasFrom && hasTo {
			b.addLine(level, &line{kind: removedLine, tone: Gone, arrow: true, words: labelWords(removedLabel(edge))},
				layout.Edge{From: from, To: to, Weight: 1})
		}
	}
}

// inFlowOrder puts the entry first, so that cycles are broken on the way back.
func (b *pictureBuilder) inFlowOrder(r *graph.Region) []*graph.Node {
	if r.Entry == nil {
		return r.Nodes
	}
	ordered := []*graph.Node{r.Entry}
	for _, node := range r.Nodes {
		if node != r.Entry {
			ordered = append(ordered, node)
		}
	}
	return ordered
}

func (b *pictureBuilder) addDot(level *layout.Graph, top bool) {
	radius := 4.0
	if top {
		radius = 7
	}
	placed := &layout.Node{Size: layout.Size{Width: 2 * radius, Height: 2 * radius}}
	b.dots = append(b.dots, dot{radius: radius, placed: placed})
	level.Nodes = append(level.Nodes, placed)
}

func (b *pictureBuilder) state(node *graph.Node) *layout.Node {
	drawn := b.measure(node)
	b.boxes = append(b.boxes, drawn)
	for _, inner := range node.Inner {
		drawn.placed.Inner = append(drawn.placed.Inner, b.region(inner))
	}
	return drawn.placed
}

// edges adds the edges of a region: those that stay in it, those of
// compensation, and where asked the implicit ones.
func (b *pictureBuilder) edges(level *layout.Graph, r *graph.Region, index map[*graph.Node]int) {
	implicit := -1
	straight := mainEdges(r)
	for _, node := range r.Nodes {
		for _, edge := range node.Out {
			switch {
			case edge.To != nil:
				b.edge(level, edge, index, straight[edge] && !inFan(edge))
			case b.options.Implicit && (edge.Kind == graph.Uncaught || edge.Kind == graph.NoMatch):
				if implicit < 0 {
					implicit = len(level.Nodes)
					level.Nodes = append(level.Nodes, b.implicitFailure(r))
				}
				b.addLine(level, &line{edge: edge, kind: implicitLine, arrow: true, words: labelWords(edge.Label)},
					layout.Edge{From: index[node], To: implicit, Weight: 0, Trunk: "implicit"})
			}
		}
	}
	b.compensations(level, r, index)
}

func (b *pictureBuilder) edge(level *layout.Graph, edge *graph.Edge, index map[*graph.Node]int, straight bool) {
	drawn := &line{edge: edge, kind: ordinaryLine, arrow: true, tone: b.options.Edges[edge], words: labelWords(edge.Label)}
	placed := layout.Edge{From: index[edge.From], To: index[edge.To], Weight: 4}
	switch edge.Kind {
	case graph.Catch:
		drawn.kind = catchLine
		placed.Weight = 1
		if drawn.tone == Plain || drawn.tone == Dimmed {
			placed.Trunk = "catch" // what an overlay shows has a line of its own
		}
	case graph.ChoiceRule, graph.Default:
		placed.Weight = 2
	}
	if straight {
		placed.Weight = 8
	}
	b.addLine(level, drawn, placed)
}

// compensations draws a line from an undo to the action it undoes. In the
// layout it points the other way, as the flow does.
func (b *pictureBuilder) compensations(level *layout.Graph, r *graph.Region, index map[*graph.Node]int) {
	byName := map[string]*graph.Node{}
	for _, node := range r.Nodes {
		byName[node.Name()] = node
	}
	for _, undo := range r.Nodes {
		for _, name := range b.options.Undoes[undo] {
			action := byName[name]
			if action == nil || action == undo {
				continue
			}
			drawn := &line{kind: compensationLine, arrow: true, words: []string{"undoes"}}
			if b.options.Marks[undo].Tone == Dimmed || b.options.Marks[action].Tone == Dimmed {
				drawn.tone = Dimmed
			}
			b.addLine(level, drawn,
				layout.Edge{From: index[action], To: index[undo], Weight: 0})
		}
	}
}

func (b *pictureBuilder) addLine(level *layout.Graph, drawn *line, placed layout.Edge) {
	if len(drawn.words) > 0 {
		width := 0.0
		for _, words := range drawn.words {
			width = max(width, b.typefaces.regular.width(words, labelSize))
		}
		placed.Label = layout.Size{Width: width + 10, Height: float64(len(drawn.words))*labelSize*lineSpacing + 4}
	}
	drawn.placed = &placed
	level.Edges = append(level.Edges, drawn.placed)
	b.lines = append(b.lines, drawn)
}

func labelWords(label string) []string {
	if label == "" {
		return nil
	}
	return wrap(printable.Line(label), labelColumns, labelLines)
}
