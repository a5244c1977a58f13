package render

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/printable"
)

// writeDOT writes the graph for Graphviz. Identifiers are numbers, so that no
// state name can break the syntax.
func writeDOT(w io.Writer, g *graph.Graph, options Options) error {
	d := &dotWriter{options: options}
	d.printf("digraph statemachine {\n")
	if options.Title != "" {
		d.printf("  label=%s; labelloc=t; fontsize=16;\n", dotQuote(printable.Line(options.Title)))
	}
	d.printf("  compound=true; rankdir=TB; nodesep=0.4; ranksep=0.4;\n")
	d.printf("  fontname=\"Helvetica\"; node [fontname=\"Helvetica\" fontsize=11 shape=box style=\"rounded,filled\" fillcolor=\"#f6f8fa\" color=\"#818b98\"];\n")
	d.printf("  edge [fontname=\"Helvetica\" fontsize=9 color=\"#59636e\"];\n")
	d.region(g.Root, "  ")
	d.compensations(g)
	d.printf("}\n")
	_, err := w.Write(d.buffer.Bytes())
	return err
}

type dotWriter struct {
	buffer  bytes.Buffer
	options Options
}

func (d *dotWriter) printf(format string, args ...any) { fmt.Fprintf(&d.buffer, format, args...) }

func (d *dotWriter) region(r *graph.Region, indent string) {
	id := "root"
	if r.Owner != nil {
		id = fmt.Sprintf("%d_%d", r.Owner.ID, r.Source.Index)
	}
	if r.Entry != nil {
		d.printf("%sstart%s [shape=circle label=\"\" width=0.16 fixedsize=true fillcolor=\"#59636e\"];\n", indent, id)
	}
	for _, node := range r.Nodes {
		d.node(node, indent)
	}
	if r.Entry != nil {
		d.edgeLine(indent, "start"+id, r.Entry, nil)
	}
	d.gone(r, indent, id)
	implicit := false
	for _, node := range r.Nodes {
		for _, edge := range node.Out {
			if d.edge(edge, indent, id) {
				implicit = true
			}
		}
	}
	if implicit {
		d.printf("%suncaught%s [shape=octagon peripheries=2 style=\"dashed\" color=\"#b31d28\" label=\"error nobody catches\"];\n", indent, id)
	}
}

// node writes a state; one that owns regions becomes a cluster with an anchor
// that edges attach to.
func (d *dotWriter) node(node *graph.Node, indent string) {
	label := dotName(node.Name()) + "\n" + caption(node)
	if class := d.options.Classes[node]; class != noClass {
		label += "\n" + className(class)
	}
	if mark := d.options.Marks[node].Text; mark != "" {
		label += "\n" + printable.Line(mark)
	}
	if len(node.Inner) == 0 {
		d.printf("%sn%d [label=%s%s];\n", indent, node.ID, dotQuote(label), d.attributes(node))
		return
	}
	d.printf("%ssubgraph cluster_%d {\n%s  label=%s; style=rounded; color=\"#818b98\";\n", indent, node.ID, indent, dotQuote(label))
	d.printf("%s  n%d [shape=point style=invis width=0.01 label=\"\"];\n", indent, node.ID)
	for i, inner := range node.Inner {
		d.printf("%s  subgraph cluster_%d_%d {\n%s    label=\"\"; style=\"rounded,dashed\"; color=\"#b7bfc8\";\n", indent, node.ID, i, indent)
		d.region(inner, indent+"    ")
		d.printf("%s  }\n", indent)
	}
	d.printf("%s}\n", indent)
}

func dotID(node *graph.Node) string { return fmt.Sprintf("n%d", node.ID) }

// attributes give a terminal its shape and colour by class, and an overlay its
// border.
func (d *dotWriter) attributes(node *graph.Node) string {
	attributes := ""
	switch d.options.Classes[node] {
	case graph.Success:
		attributes = ` shape=box penwidth=2 fillcolor="#dafbe1" color="#116329"`
	case graph.KnownFailure:
		attributes = ` shape=octagon style=filled penwidth=2 fillcolor="#fff8c5" color="#7d4e00"`
	case graph.UnknownFailure:
		attributes = ` shape=doubleoctagon style=filled penwidth=2 fillcolor="#ffebe9" color="#b31d28"`
	}
	switch d.options.Marks[node].Tone {
	case Plain:
	case Dimmed:
		attributes += ` color="#d0d7de" fontcolor="#8c959f" fillcolor="#ffffff"`
	default:
		attributes += fmt.Sprintf(" penwidth=3 color=%q", toneColour(d.options.Marks[node].Tone))
	}
	return attributes
}

// edge writes an edge and reports whether it leads to the implicit failure.
func (d *dotWriter) edge(edge *graph.Edge, indent, region string) (implicit bool) {
	from := fmt.Sprintf("n%d", edge.From.ID)
	tail := ""
	if len(edge.From.Inner) > 0 {
		tail = fmt.Sprintf(" ltail=cluster_%d", edge.From.ID)
	}
	if edge.To == nil {
		if !d.options.Implicit || edge.Kind != graph.Uncaught && edge.Kind != graph.NoMatch {
			return false
		}
		d.printf("%s%s -> uncaught%s [style=dotted color=\"#cf222e\" label=%s%s];\n", indent, from, region, dotQuote(dotLabel(edge.Label)), tail)
		return true
	}
	attributes := []string{}
	if edge.Label != "" {
		attributes = append(attributes, "label="+dotQuote(dotLabel(edge.Label)))
	}
	if edge.Kind == graph.Catch {
		attributes = append(attributes, `style=dashed color="#bc4c00" fontcolor="#bc4c00"`)
	}
	if tail != "" {
		attributes = append(attributes, strings.TrimSpace(tail))
	}
	if tone := d.options.Edges[edge]; tone == Dimmed {
		attributes = append(attributes, `color="#d0d7de" fontcolor="#8c959f"`)
	} else if tone != Plain {
		attributes = append(attributes, fmt.Sprintf("penwidth=3 color=%q", toneColour(tone)))
	}
	d.edgeLine(indent, from, edge.To, attributes)
	return false
}

func (d *dotWriter) edgeLine(indent, from string, to *graph.Node, attributes []string) {
	if len(to.Inner) > 0 && from != fmt.Sprintf("n%d", to.ID) {
		attributes = append(attributes, fmt.Sprintf("lhead=cluster_%d", to.ID))
	}
	if len(attributes) > 0 {
		d.printf("%s%s -> n%d [%s];\n", indent, from, to.ID, strings.Join(attributes, " "))
		return
	}
	d.printf("%s%s -> n%d;\n", indent, from, to.ID)
}

// gone writes what only an older revision of the region has.
func (d *dotWriter) gone(r *graph.Region, indent, region string) {
	removed := d.options.Gone[r]
	ids := ghostIDs(r, removed, "gone"+region, dotID)
	for i, state := range removed.States {
		label := dotName(state.Name) + "\n" + state.Type.String() + "\n" + string(Gone)
		d.printf("%sgone%s_%d [label=%s style=\"rounded,dashed\" color=%q];\n", indent, region, i, dotQuote(label), toneColour(Gone))
	}
	for _, edge := range removed.Edges {
		from, to := ids[edge.From], ids[edge.To]
		if from != "" && to != "" {
			d.printf("%s%s -> %s [style=dashed color=%q label=%s];\n", indent, from, to, toneColour(Gone), dotQuote(dotLabel(removedLabel(edge))))
		}
	}
}

// compensations draws which state undoes which, without moving anything.
func (d *dotWriter) compensations(g *graph.Graph) {
	byName := nodesByName(g)
	for _, undo := range g.Nodes {
		for _, name := range d.options.Undoes[undo] {
			if action := byName[name]; action != nil && action != undo {
				d.printf("  n%d -> n%d [style=dotted color=\"#8250df\" fontcolor=\"#8250df\" label=\"undoes\" constraint=false];\n", undo.ID, action.ID)
			}
		}
	}
}

func nodesByName(g *graph.Graph) map[string]*graph.Node {
	byName := map[string]*graph.Node{}
	for _, node := range g.Nodes {
		byName[node.Name()] = node
	}
	return byName
}

func dotName(name string) string {
	return strings.Join(wrap(printable.Line(name), nameColumns, nameLines), "\n")
}

func dotLabel(label string) string {
	return strings.Join(wrap(printable.Line(label), labelColumns, labelLines), "\n")
}

// dotQuote writes a string so that Graphviz shows just its characters: its own
// escapes (\N, \G, \l) are disarmed, line breaks are kept.
func dotQuote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", "").Replace(s) + `"`
}
