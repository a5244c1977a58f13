package render

import (
	"io"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/sfnctl/sfnctl/pkg/graph"
)

// writeText draws the graph for a terminal: one column of boxes, the main way
// from top to bottom, every other way out named at the side of its box.
func writeText(w io.Writer, g *graph.Graph, options Options) error {
	t := &textWriter{options: options}
	if options.Title != "" {
		t.line("", display(options.Title))
		t.line("", "")
	}
	t.region(g.Root, "")
	_, err := io.WriteString(w, t.b.String())
	return err
}

type textWriter struct {
	b       strings.Builder
	options Options
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
}

// readingOrder follows the main way from the entry as far as it goes, then
// takes up the other ways, those named first first.
func readingOrder(r *graph.Region) []*graph.Node {
	var ordered []*graph.Node
	seen := map[*graph.Node]bool{}
	follow := func(node *graph.Node) {
		for node != nil && !seen[node] {
			seen[node] = true
			ordered = append(ordered, node)
			node = mainTarget(node)
		}
	}
	follow(r.Entry)
	for i := 0; i < len(ordered); i++ {
		for _, edge := range ordered[i].Out {
			follow(edge.To)
		}
	}
	for _, node := range r.Nodes {
		follow(node)
	}
	return ordered
}

// mainTarget is where the ordinary way goes on: Next, or the first rule of a
// Choice.
func mainTarget(node *graph.Node) *graph.Node {
	for _, edge := range node.Out {
		if edge.Kind == graph.Next || edge.Kind == graph.ChoiceRule || edge.Kind == graph.Default {
			return edge.To
		}
	}
	return nil
}

// node draws one box and the ways out of it. The way to the state below it is
// an arrow; the others stand at its side.
func (t *textWriter) node(node, below *graph.Node, indent string) {
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
			row = row[:len(row)-len("│")] + "├─ " + exits[i]
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
	lines := wrap(display(node.Name()), 60, 2)
	lines = append(lines, wrap(display(caption(node)), 60, 2)...)
	if class := t.options.Classes[node]; class != noClass {
		lines = append(lines, classSign(class)+" "+className(class))
	}
	if undoes := t.options.Undoes[node]; len(undoes) > 0 {
		lines = append(lines, "↩ undoes "+display(strings.Join(undoes, ", ")))
	}
	if mark := t.options.Marks[node].Text; mark != "" {
		lines = append(lines, display(mark))
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
		label := display(edge.Label)
		ordinary := edge.Kind == graph.Next || edge.Kind == graph.ChoiceRule || edge.Kind == graph.Default
		switch {
		case edge.To != nil && edge.To == below && ordinary && down == "":
			down = label + " "
			if label != "" {
				down = label
			}
		case edge.To != nil:
			exits = append(exits, exitText(edge, label)+"▶ "+display(edge.To.Name()))
		case t.options.Implicit && (edge.Kind == graph.Uncaught || edge.Kind == graph.NoMatch):
			exits = append(exits, exitText(edge, label)+"▶ nobody catches it")
		}
	}
	return exits, down
}

func exitText(edge *graph.Edge, label string) string {
	switch {
	case edge.Failing():
		return "✗ " + label + " ─"
	case label == "":
		return ""
	}
	return label + " ─"
}
