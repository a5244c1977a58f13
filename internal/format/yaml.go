package format

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// YAML is laid out line by line: a member moves with its lines and with the
// comments above it, lines are indented by their depth, and what stands on a line
// is not touched. What is not a block mapping with one member a line stays in
// its order.

func writeYAML(tree *syntax.Tree, root kind, style Style) []byte {
	w := newYAMLWriter(tree, root)
	return tidy(w.value(tree.Root, root, 0, len(w.lines)), style.Newline)
}

// line is a line of the result without its line break.
type line struct {
	text   string
	frozen bool // a part of a scalar of several lines, whose blanks count
	outer  bool // a part of a template outside of its definitions
}

type yamlWriter struct {
	tree    *syntax.Tree
	lines   []line
	comment []int  // the column of the comment on a line that holds nothing else; else -1
	inside  []bool // whether a line goes on with a scalar of the line before
	aliases []alias
}

func newYAMLWriter(tree *syntax.Tree, root kind) *yamlWriter {
	n := tree.File.Lines()
	if n > 1 && tree.File.LineSpan(n).Len() == 0 {
		n-- // what follows the last line break
	}
	w := &yamlWriter{tree: tree, lines: make([]line, n), comment: make([]int, n), inside: make([]bool, n)}
	for i := range n {
		w.lines[i].text = tree.File.Text(tree.File.LineSpan(i + 1))
		w.comment[i] = -1
	}
	for _, c := range tree.Comments {
		at := w.lineOf(c.Span.Start)
		if column := w.columnOf(c.Span.Start); isBlank(w.lines[at].text[:column]) {
			w.comment[at] = column
		}
	}
	scalars := scalarsOf(tree)
	w.freeze(scalars)
	if root == host {
		w.markOuter()
	}
	w.aliases = aliasesOf(tree, scalars)
	return w
}

// lineOf returns the line, counted from 0, that holds a byte.
func (w *yamlWriter) lineOf(offset int) int {
	return w.tree.File.Position(offset, syntax.Bytes).Line - 1
}

// columnOf returns how many bytes stand before a byte on its line.
func (w *yamlWriter) columnOf(offset int) int {
	return w.tree.File.Position(offset, syntax.Bytes).Column - 1
}

func isBlank(text string) bool { return strings.Trim(text, " \t") == "" }

// freeze marks the lines of scalars that have several, and the blank lines that
// a block scalar with the indicator + ends with.
func (w *yamlWriter) freeze(scalars []syntax.Span) {
	for _, span := range scalars {
		if span.Len() == 0 {
			continue
		}
		first, last := w.lineOf(span.Start), w.lineOf(span.End-1)
		header := w.tree.File.Text(syntax.Span{Start: span.Start, End: min(span.End, span.Start+3)})
		if isBlock := header[0] == '|' || header[0] == '>'; isBlock && strings.Contains(strings.SplitN(header, "\n", 2)[0], "+") {
			for last+1 < len(w.lines) && isBlank(w.lines[last+1].text) {
				last++
			}
		}
		for i := first; i <= last && first < last; i++ {
			w.lines[i].frozen = true
			w.inside[i] = i > first
		}
	}
}

// value returns the lines from lo to hi, which hold n, in order.
func (w *yamlWriter) value(n syntax.Node, k kind, lo, hi int) []line {
	if k != data {
		start := w.lineOf(n.Span().Start)
		if lo <= start && start < hi {
			switch n := n.(type) {
			case *syntax.Object:
				return w.object(n, k, lo, hi)
			case *syntax.Array:
				return w.array(n, k, lo, hi)
			}
		}
	}
	return w.lines[lo:hi]
}

// object returns the lines of a mapping, its members in order.
func (w *yamlWriter) object(o *syntax.Object, k kind, lo, hi int) []line {
	m, ok := w.split(o, k, lo, hi)
	if !ok {
		return w.lines[lo:hi]
	}
	order := k.arrange(o.Members)
	if m.isMerged || w.separates(m, order) {
		slices.Sort(order)
	}
	result := slices.Clone(w.lines[lo:m.parts[0].lead])
	for position, index := range order {
		part := m.parts[index]
		lines := w.part(o.Members[index], k, part, m.indent(index))
		if position == 0 && index != 0 {
			lines, part.key = withoutBlankStart(lines, part.key)
		}
		if position == 0 {
			m.putDash(lines, part.key-part.lead)
		}
		result = append(result, lines...)
	}
	return append(result, w.lines[m.parts[len(m.parts)-1].end:hi]...)
}

// part returns the lines of one member: comments, key and value. The key stands
// after indent, which replaces a dash.
func (w *yamlWriter) part(member syntax.Member, k kind, p part, indent string) []line {
	lines := slices.Clone(w.lines[p.lead:p.key])
	head := w.lines[p.key]
	head.text = indent + head.text[len(indent):]
	lines = append(lines, head)
	return append(lines, w.value(member.Value, k.of(&member), p.key+1, p.end)...)
}

// withoutBlankStart drops blank lines before the comments of a member that
// comes to stand first.
func withoutBlankStart(lines []line, key int) ([]line, int) {
	for len(lines) > 1 && isBlank(lines[0].text) {
		lines = lines[1:]
		key--
	}
	return lines, key
}

// array returns the lines of a sequence, each element in order.
func (w *yamlWriter) array(a *syntax.Array, k kind, lo, hi int) []line {
	if len(a.Items) == 0 || w.tree.File.Src[a.Span().Start] != '-' {
		return w.lines[lo:hi]
	}
	starts := make([]int, 0, len(a.Items))
	limit := lo
	for _, item := range a.Items {
		start, ok := w.dashOf(item, limit, hi)
		if !ok {
			return w.lines[lo:hi] // an alias stands for an element
		}
		starts = append(starts, start)
		limit = start + 1
	}
	result := slices.Clone(w.lines[lo:starts[0]])
	for i, item := range a.Items {
		end := hi
		if i+1 < len(starts) {
			end = w.leadOf(starts[i+1], starts[i]+1, dashColumn(w.lines[starts[i+1]].text))
		}
		result = append(result, w.value(item, k, starts[i], end)...)
		if i+1 < len(starts) {
			result = append(result, w.lines[end:starts[i+1]]...)
		}
	}
	return result
}

// dashOf returns the line of the dash of an element, which can stand on a line
// above its first member.
func (w *yamlWriter) dashOf(item syntax.Node, lo, hi int) (int, bool) {
	at := w.lineOf(item.Span().Start)
	if at >= hi {
		return 0, false
	}
	for ; at >= lo; at-- {
		text := strings.TrimLeft(w.lines[at].text, " ")
		if !w.lines[at].frozen && (text == "-" || strings.HasPrefix(text, "- ")) {
			return at, true
		}
	}
	return 0, false
}

func dashColumn(text string) int { return len(text) - len(strings.TrimLeft(text, " ")) }

// leadOf returns the first of the comment and blank lines above a line that
// belong to it: those at its column or before. Deeper ones belong to what comes
// before.
func (w *yamlWriter) leadOf(at, limit, column int) int {
	lead := at
	for lead > limit && !w.lines[lead-1].frozen && (isBlank(w.lines[lead-1].text) || w.isComment(lead-1, column)) {
		lead--
	}
	return lead
}

// isComment reports whether a line consists of a comment at column or before.
func (w *yamlWriter) isComment(at, column int) bool {
	return w.comment[at] >= 0 && w.comment[at] <= column
}

// tidy makes a text of lines: no blanks at the ends of lines, never two blank
// lines together nor one at the start or the end of the text.
func tidy(lines []line, newline string) []byte {
	var out strings.Builder
	blanks, written := 0, false
	for _, l := range lines {
		text := l.text
		if !l.frozen && !l.outer {
			text = strings.TrimRight(text, " \t")
		}
		if text == "" && !l.frozen && !l.outer {
			blanks++
			continue
		}
		if blanks > 0 && written {
			out.WriteString(newline)
		}
		blanks, written = 0, true
		out.WriteString(text)
		out.WriteString(newline)
	}
	return []byte(out.String())
}
