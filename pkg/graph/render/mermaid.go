package render

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/printable"
)

// writeMermaid writes a flowchart that code forges draw inside Markdown.
// Identifiers are numbers and labels are quoted with entities, so that no
// state name can break the syntax.
func writeMermaid(w io.Writer, g *graph.Graph, options Options) error {
	m := &mermaidWriter{options: options, classes: map[string][]string{}}
	if options.Title != "" {
		m.printf("---\ntitle: %s\n---\n", mermaidTitle(options.Title))
	}
	m.printf("flowchart TB\n")
	m.region(g.Root, "root", "  ")
	for _, r := range allRegions(g.Root) {
		m.edges(r)
	}
	m.compensations(g)
	m.styles()
	_, err := w.Write(m.buffer.Bytes())
	return err
}

func allRegions(r *graph.Region) []*graph.Region {
	regions := []*graph.Region{r}
	for _, node := range r.Nodes {
		for _, inner := range node.Inner {
			regions = append(regions, allRegions(inner)...)
		}
	}
	return regions
}

type mermaidWriter struct {
	buffer  bytes.Buffer
	options Options
	classes map[string][]string // style class: identifiers
	links   int
	styled  []string // linkStyle lines
}

func (m *mermaidWriter) printf(format string, args ...any) { fmt.Fprintf(&m.buffer, format, args...) }

// region writes the states of a region; the edges follow when all states are
// known, because Mermaid places a state where it is first named.
func (m *mermaidWriter) region(r *graph.Region, id, indent string) {
	if r.Entry != nil && r.Owner == nil {
		m.dot("start", indent)
	}
	for _, node := range r.Nodes {
		m.node(node, indent)
	}
	if m.options.Implicit && hasImplicit(r) {
		m.printf("%suncaught_%s{{\"error nobody catches\"}}\n", indent, id)
	}
	for i, state := range m.options.Gone[r].States {
		ghost := fmt.Sprintf("gone_%s_%d", id, i)
		m.printf("%s%s[\"<b>%s</b><br/>%s<br/>removed\"]\n", indent, ghost, mermaidText(printable.Line(state.Name)), mermaidText(state.Type.String()))
		m.classes[string(Gone)] = append(m.classes[string(Gone)], ghost)
	}
}

// dot writes a place where lines begin or meet.
func (m *mermaidWriter) dot(id, indent string) {
	m.printf("%s%s((\" \"))\n", indent, id)
	m.classes["start"] = append(m.classes["start"], id)
}

// owner writes a state that holds regions: a subgraph with a dot where its
// branches begin and one where they end. Edges attach to the dots, because
// Mermaid fails to lay out some edges to and from subgraphs.
func (m *mermaidWriter) owner(node *graph.Node, label, indent string) {
	m.printf("%ssubgraph n%d[\"%s\"]\n", indent, node.ID, label)
	m.dot(incoming(node), indent+"  ")
	for i, inner := range node.Inner {
		id := fmt.Sprintf("%d_%d", node.ID, i)
		if len(node.Inner) == 1 {
			m.region(inner, id, indent+"  ")
			continue
		}
		m.printf("%s  subgraph n%s[\" \"]\n", indent, id)
		m.region(inner, id, indent+"    ")
		m.printf("%s  end\n", indent)
	}
	m.dot(outgoing(node), indent+"  ")
	m.printf("%send\n", indent)
}

// incoming is what an edge to a state points to.
func incoming(node *graph.Node) string {
	if len(node.Inner) > 0 {
		return fmt.Sprintf("in%d", node.ID)
	}
	return fmt.Sprintf("n%d", node.ID)
}

// outgoing is what an edge from a state begins at.
func outgoing(node *graph.Node) string {
	if len(node.Inner) > 0 {
		return fmt.Sprintf("out%d", node.ID)
	}
	return fmt.Sprintf("n%d", node.ID)
}

func (m *mermaidWriter) node(node *graph.Node, indent string) {
	id := fmt.Sprintf("n%d", node.ID)
	class := m.options.Classes[node]
	lines := []string{"<b>" + mermaidText(printable.Line(node.Name())) + "</b>", mermaidText(caption(node))}
	if class != noClass {
		lines = append(lines, mermaidText(className(class)))
		style := strings.ReplaceAll(className(class), " ", "")
		m.classes[style] = append(m.classes[style], id)
	}
	if mark := m.options.Marks[node]; mark.Tone != Plain {
		if mark.Text != "" {
			lines = append(lines, mermaidText(printable.Line(mark.Text)))
		}
		m.classes[string(mark.Tone)] = append(m.classes[string(mark.Tone)], id)
	}
	label := strings.Join(lines, "<br/>")
	if len(node.Inner) > 0 {
		m.owner(node, strings.Join(lines, " · "), indent) // a subgraph has room for one line
		return
	}
	open, closing := "[", "]"
	switch {
	case class == graph.Success:
		open, closing = "([", "])"
	case class == graph.KnownFailure || class == graph.UnknownFailure:
		open, closing = "{{", "}}"
	case node.State.Choice != nil:
		open, closing = "{", "}"
	}
	m.printf("%s%s%s\"%s\"%s\n", indent, id, open, label, closing)
}

func (m *mermaidWriter) edges(r *graph.Region) {
	id := "root"
	if r.Owner != nil {
		id = fmt.Sprintf("%d_%d", r.Owner.ID, r.Source.Index)
	}
	m.begin(r)
	for _, node := range r.Nodes {
		for _, edge := range node.Out {
			m.edge(edge, id)
		}
	}
	removed := m.options.Gone[r]
	from, to := ghostIDs(r, removed, "gone_"+id, outgoing), ghostIDs(r, removed, "gone_"+id, incoming)
	for _, edge := range removed.Edges {
		if from[edge.From] != "" && to[edge.To] != "" {
			label := strings.Join(wrapMermaid(removedLabel(edge)), "<br/>")
			m.link(fmt.Sprintf("%s -.->|\"%s\"| %s", from[edge.From], label, to[edge.To]), "stroke:"+toneColour(Gone))
		}
	}
}

// begin leads to where a region begins. A region without a good end gets an
// invisible line, which keeps the dot of its owner's end below.
func (m *mermaidWriter) begin(r *graph.Region) {
	switch {
	case r.Owner == nil && r.Entry != nil:
		m.link("start --> "+incoming(r.Entry), "")
	case r.Owner != nil && r.Entry != nil:
		m.link(incoming(r.Owner)+" --> "+incoming(r.Entry), "")
		for _, node := range r.Nodes {
			m.end(node)
		}
	case r.Owner != nil:
		m.link(incoming(r.Owner)+" ~~~ "+outgoing(r.Owner), "")
	}
}

// end leads from where a region ends well to the end of its owner.
func (m *mermaidWriter) end(node *graph.Node) {
	for _, edge := range node.Out {
		if edge.Kind == graph.End {
			m.link(outgoing(node)+" --> "+outgoing(node.Region.Owner), "")
		} else if edge.Kind == graph.FailEnd {
			m.link(outgoing(node)+" ~~~ "+outgoing(node.Region.Owner), "")
		}
	}
}

func (m *mermaidWriter) edge(edge *graph.Edge, region string) {
	label := ""
	if edge.Label != "" {
		label = "|\"" + strings.Join(wrapMermaid(edge.Label), "<br/>") + "\"|"
	}
	from := outgoing(edge.From)
	switch {
	case edge.To == nil:
		if m.options.Implicit && (edge.Kind == graph.Uncaught || edge.Kind == graph.NoMatch) {
			m.link(fmt.Sprintf("%s -.->%s uncaught_%s", from, label, region), "stroke:#cf222e")
		}
	case edge.Kind == graph.Catch:
		m.link(fmt.Sprintf("%s -.->%s %s", from, label, incoming(edge.To)), m.edgeStyle(edge, "stroke:#bc4c00"))
	default:
		m.link(fmt.Sprintf("%s -->%s %s", from, label, incoming(edge.To)), m.edgeStyle(edge, ""))
	}
}

func (m *mermaidWriter) compensations(g *graph.Graph) {
	byName := nodesByName(g)
	for _, undo := range g.Nodes {
		for _, name := range m.options.Undoes[undo] {
			if action := byName[name]; action != nil && action != undo {
				m.link(fmt.Sprintf("%s -. \"undoes\" .-> %s", outgoing(undo), incoming(action)), "stroke:#8250df")
			}
		}
	}
}

func (m *mermaidWriter) link(text, style string) {
	m.printf("  %s\n", text)
	if style != "" {
		m.styled = append(m.styled, fmt.Sprintf("  linkStyle %d %s\n", m.links, style))
	}
	m.links++
}

// edgeStyle is how an edge looks: by what an overlay says, else as its kind does.
func (m *mermaidWriter) edgeStyle(edge *graph.Edge, plain string) string {
	switch tone := m.options.Edges[edge]; tone {
	case Plain:
		return plain
	case Dimmed:
		return "opacity:0.4"
	default:
		return "stroke-width:3px,stroke:" + toneColour(tone)
	}
}

// styles writes the classes that were used, in a fixed order.
func (m *mermaidWriter) styles() {
	for _, style := range []mermaidStyle{
		{"start", "fill:#59636e,stroke:#59636e"},
		{"success", "fill:#dafbe1,stroke:#116329,stroke-width:2px,color:#1f2328"},
		{"knownfailure", "fill:#fff8c5,stroke:#7d4e00,stroke-width:2px,color:#1f2328"},
		{"unknownfailure", "fill:#ffebe9,stroke:#b31d28,stroke-width:4px,color:#1f2328"},
		toneStyle(Visited, ""), toneStyle(Added, ""), toneStyle(Failed, ""), toneStyle(Faulty, ""),
		toneStyle(Warned, ""), toneStyle(Changed, ""), toneStyle(Gone, ",stroke-dasharray:4 3"),
		{string(Dimmed), "opacity:0.4"},
	} {
		if ids := m.classes[style.name]; len(ids) > 0 {
			m.printf("  classDef %s %s\n  class %s %s\n", style.name, style.css, strings.Join(ids, ","), style.name)
		}
	}
	for _, line := range m.styled {
		m.printf("%s", line)
	}
}

type mermaidStyle struct{ name, css string }

func toneStyle(tone Tone, more string) mermaidStyle {
	return mermaidStyle{string(tone), "stroke:" + toneColour(tone) + ",stroke-width:3px" + more}
}

func wrapMermaid(label string) []string {
	lines := wrap(printable.Line(label), labelColumns, labelLines)
	for i := range lines {
		lines[i] = mermaidText(lines[i])
	}
	return lines
}

// mermaidText writes a text with entities for all characters that Mermaid or
// the HTML of a label could take for more than themselves.
func mermaidText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == ' ' || r == '.' || r == ',' || r == '·' || r == '…' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0x9f && r != '·':
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}

// mermaidTitle writes a title as a YAML string.
func mermaidTitle(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(printable.Line(s)) + `"`
}
