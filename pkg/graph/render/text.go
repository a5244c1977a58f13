package render

import (
	"io"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/printable"
)

// writeText draws the graph for a terminal: one column of boxes, the main way
// from top to bottom, every other way out named at the side of its box.
func writeText(w io.Writer, g *graph.Graph, options Options) error {
	t := &textWriter{options: options, drawn: map[*graph.Node]bool{}}
	if options.Title != "" {
		t.line("", printable.Line(options.Title))
		t.line("", "")
	}
	t.region(g.Root, "")
	_, err := io.WriteString(w, t.b.String())
	return err
}

type textWriter struct {
	b       strings.Builder
	options Options
	drawn   map[*graph.Node]bool
}

func (t *textWriter) line(indent, text string) {
	t.b.WriteString(strings.TrimRight(indent+text, " "))
	t.b.WriteByte('\n')
}

func (t *textWriter) region(r *graph.Region, indent string) {
	ordered := readingOrder(r)
	if r.Entry != nil {
		t.line(indent, "   ●")
		t.line(indent, "   │")
	}
	for i, node := range ordered {
		var below *graph.Node
		if i+1 < len(ordered) {
			below = ordered[i+1]
		}
		t.node(node, below, indent)
	}
	t.gone(t.options.Gone[r], indent)
}

// gone lists what only an older revision has.
func (t *textWriter) gone(removed Removed, indent string) {
	for _, state := range removed.States {
		t.line(indent, "╌ removed: "+printable.Line(state.Name)+" ("+state.Type.String()+")")
	}
	for _, edge := range removed.Edges {
		way := " ─▶ "
		if edge.Label != "" {
			way = " ─ " + printable.Line(edge.Label) + " ─▶ "
		}
		t.line(indent, "╌ removed: "+printable.Line(edge.From)+way+printable.Line(edge.To))
	}
	if len(removed.States)+len(removed.Edges) > 0 {
		t.line(indent, "")
	}
}

// readingOrder follows the main way from the entry as far as it goes, then
// takes up the other ways, each where it begins.
func readingOrder(r *graph.Region) []*graph.Node {
	straight := mainEdges(r)
	var ordered []*graph.Node
	seen := map[*graph.Node]bool{}
	follow := func(node *graph.Node) {
		for node != nil && !seen[node] {
			seen[node] = true
			ordered = append(ordered, node)
			node = mainTarget(node, straight)
		}
	}
	for _, node := range flowOrder(r) {
		follow(node)
	}
	return ordered
}

// flowOrder sorts the states of a region so that each comes after those that
// lead to it, ways back aside; states that nothing reaches come last.
func flowOrder(r *graph.Region) []*graph.Node {
	var finished []*graph.Node
	seen := map[*graph.Node]bool{}
	if r.Entry != nil {
		finished = finishOrder(r.Entry, seen)
	}
	slices.Reverse(finished)
	for _, node := range r.Nodes {
		if !seen[node] {
			more := finishOrder(node, seen)
			slices.Reverse(more)
			finished = append(finished, more...)
		}
	}
	return finished
}

// finishOrder returns the states reached from start, each after all that it
// leads to. It walks without recursion, because a chain can be long.
func finishOrder(start *graph.Node, seen map[*graph.Node]bool) []*graph.Node {
	type frame struct {
		node *graph.Node
		left int // edges not followed yet, the last ones first
	}
	var finished []*graph.Node
	seen[start] = true
	stack := []frame{{start, len(start.Out)}}
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if top.left == 0 {
			finished = append(finished, top.node)
			stack = stack[:len(stack)-1]
			continue
		}
		top.left--
		if to := top.node.Out[top.left].To; to != nil && !seen[to] {
			seen[to] = true
			stack = append(stack, frame{to, len(to.Out)})
		}
	}
	return finished
}

// mainTarget is where the ordinary way goes on.
func mainTarget(node *graph.Node, straight map[*graph.Edge]bool) *graph.Node {
	var first *graph.Node
	for _, edge := range node.Out {
		switch {
		case straight[edge]:
			return edge.To
		case first == nil && ordinary(edge):
			first = edge.To
		}
	}
	return first
}

// node draws one box and the ways out of it. The way to the state below it is
// an arrow; the others stand at its side.
func (t *textWriter) node(node, below *graph.Node, indent string) {
	t.drawn[node] = true
	lines := t.lines(node)
	exits, down := t.exits(node, below)
	width := 0
	for _, line := range lines {
		width = max(width, runewidth.StringWidth(line))
	}
	t.line(indent, "╭"+strings.Repeat("─", width+2)+"╮")
	for i := 0; i < max(len(lines), len(exits)); i++ {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		row := "│ " + line + strings.Repeat(" ", width-runewidth.StringWidth(line)) + " │"
		if i < len(exits) {
			row = row[:len(row)-len("│")] + "├─" + exits[i]
		}
		t.line(indent, row)
	}
	for i, inner := range node.Inner {
		t.line(indent, "├"+strings.Repeat("─", width+2)+"╯")
		if len(node.Inner) > 1 {
			t.line(indent, "│  branch "+number(float64(i+1)))
		}
		t.region(inner, indent+"│  ")
	}
	t.bottom(node, width, down, indent)
}

func (t *textWriter) bottom(node *graph.Node, width int, down, indent string) {
	closing := "╯"
	if len(node.Inner) > 0 {
		closing = "─"
	}
	if down == "" {
		t.line(indent, "╰"+strings.Repeat("─", width+2)+closing)
		t.line(indent, "")
		return
	}
	t.line(indent, "╰──┬"+strings.Repeat("─", max(0, width-1))+closing)
	if down != " " {
		t.line(indent, "   │ "+down)
	}
	t.line(indent, "   ▼")
}

// lines are the texts inside the box of a state.
func (t *textWriter) lines(node *graph.Node) []string {
	lines := wrap(printable.Line(node.Name()), 60, 2)
	lines = append(lines, wrap(printable.Line(caption(node)), 60, 2)...)
	if class := t.options.Classes[node]; class != noClass {
		lines = append(lines, classSign(class)+" "+className(class))
	}
	if undoes := t.options.Undoes[node]; len(undoes) > 0 {
		lines = append(lines, "↩ undoes "+printable.Line(strings.Join(undoes, ", ")))
	}
	if mark := t.options.Marks[node].Text; mark != "" {
		lines = append(lines, printable.Line(mark))
	}
	return lines
}

func classSign(class graph.Class) string {
	switch class {
	case graph.Success:
		return "✔"
	case graph.KnownFailure:
		return "!"
	}
	return "✘"
}

// exits returns the ways out that go elsewhere than below, and the label of the
// way down: "" for none, " " for one without a label.
func (t *textWriter) exits(node, below *graph.Node) (exits []string, down string) {
	for _, edge := range node.Out {
		label := printable.Line(edge.Label)
		switch {
		case edge.To != nil && edge.To == below && ordinary(edge) && down == "":
			down = label + " "
			if label != "" {
				down = label
			}
		case edge.To != nil:
			exits = append(exits, exitText(edge, label)+t.arrow(edge)+printable.Line(edge.To.Name())+t.toneText(edge))
		case t.options.Implicit && (edge.Kind == graph.Uncaught || edge.Kind == graph.NoMatch):
			exits = append(exits, exitText(edge, label)+"▶ nobody catches it")
		}
	}
	return exits, down
}

func exitText(edge *graph.Edge, label string) string {
	switch {
	case edge.Failing():
		return " ✗ " + label + " ─"
	case label == "":
		return "─"
	}
	return " " + label + " ─"
}

// arrow points to a state below, or up to one that was drawn already.
func (t *textWriter) arrow(edge *graph.Edge) string {
	if t.drawn[edge.To] {
		return "▲ "
	}
	return "▶ "
}

// toneText says what an overlay says about an edge.
func (t *textWriter) toneText(edge *graph.Edge) string {
	switch t.options.Edges[edge] {
	case Visited, Failed:
		return "  (taken)"
	case Added:
		return "  (added)"
	}
	return ""
}
