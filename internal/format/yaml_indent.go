package format

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// indented returns a text in YAML with the same lines, each indented by its
// depth: members one level deeper than their key, the dashes of a sequence, too,
// one blank after a dash. Lines within a scalar or within braces keep their
// place under the line that they go on from. ok is false where a line cannot be
// moved.
func indented(name string, text []byte, root kind, style Style) (result []byte, ok bool) {
	file := syntax.NewFile(name, text)
	tree := parse(file)
	w := newYAMLWriter(tree, root)
	n := &indenter{yamlWriter: w, unit: 2, moves: make([]move, len(w.lines))}
	if strings.Trim(style.Indent, " ") == "" {
		n.unit = len(style.Indent)
	}
	if root == host {
		n.definitions()
	} else {
		n.node(tree.Root, 0, 0, len(w.lines))
	}
	lines, ok := n.result()
	return tidy(lines, style.Newline), ok
}

// move says what becomes of the start of a line.
type move struct {
	known  bool
	old    int    // how many bytes are replaced
	prefix string // by what
	stops  []stop // where something begins on the line
}

// stop is a column at which a key or a dash stands, before and after.
type stop struct{ old, new int }

type indenter struct {
	*yamlWriter
	unit  int
	moves []move
}

// node indents a collection in block style, whose text begins on a line from lo
// on and ends before hi, to a column.
func (n *indenter) node(value syntax.Node, column, lo, hi int) {
	start := n.lineOf(value.Span().Start)
	if start < lo || start >= hi || value.Span().Len() == 0 {
		return // an alias stands here
	}
	src := n.tree.File.Src
	old := n.columnOf(value.Span().Start)
	switch value := value.(type) {
	case *syntax.Object:
		if len(value.Members) > 0 && src[value.Span().Start] != '{' {
			n.shift(start, hi, column-old)
			n.object(value, column, old, start, hi)
		}
	case *syntax.Array:
		if len(value.Items) > 0 && src[value.Span().Start] == '-' {
			n.shift(start, hi, column-old)
			n.array(value, column, old, start, hi)
		}
	}
}

// shift moves lines, blank ones and comments aside, by a number of columns.
func (n *indenter) shift(lo, hi, by int) {
	for at := lo; at < hi; at++ {
		if n.comment[at] >= 0 || len(n.moves[at].stops) > 0 {
			continue
		}
		indent := leading(n.lines[at].text)
		if indent == len(n.lines[at].text) && (!n.lines[at].frozen || indent < -by) {
			continue
		}
		n.moves[at].known = indent+by >= 0
		n.moves[at].old, n.moves[at].prefix = indent, strings.Repeat(" ", max(0, indent+by))
	}
}

func leading(text string) int { return len(text) - len(strings.TrimLeft(text, " ")) }

// object indents the members of a mapping. Members that are merged in stand
// elsewhere.
func (n *indenter) object(o *syntax.Object, column, old, lo, hi int) {
	var keys []int
	var values []syntax.Node
	for _, member := range o.Members {
		at := n.lineOf(member.Key.Span().Start)
		if at < lo || at >= hi || n.columnOf(member.Key.Span().Start) != old || len(keys) > 0 && at <= keys[len(keys)-1] {
			continue
		}
		keys, values = append(keys, at), append(values, member.Value)
	}
	for i, at := range keys {
		end := hi
		if i+1 < len(keys) {
			end = keys[i+1]
		}
		n.begin(at, old, column)
		n.shift(at+1, end, column-old)
		n.node(values[i], column+n.unit, at+1, end)
	}
}

// array indents the elements of a sequence.
func (n *indenter) array(a *syntax.Array, column, old, lo, hi int) {
	starts := make([]int, 0, len(a.Items))
	for at := lo; at < hi; at++ {
		if n.startsElement(at, old, lo) {
			starts = append(starts, at)
		}
	}
	if len(starts) != len(a.Items) {
		return
	}
	for i, at := range starts {
		end := hi
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		n.begin(at, old, column)
		n.shift(at+1, end, column-old)
		n.element(a.Items[i], column, old, at, end)
	}
}

// startsElement reports whether the dash of an element stands on a line; before
// the first one there can be other dashes.
func (n *indenter) startsElement(at, column, first int) bool {
	text := n.lines[at].text
	if len(text) <= column || text[column] != '-' || n.inside[at] {
		return false
	}
	return (len(text) == column+1 || text[column+1] == ' ') && (at == first || isBlank(text[:column]))
}

func (n *indenter) element(item syntax.Node, column, old, at, hi int) {
	start := n.lineOf(item.Span().Start)
	if start == at && item.Span().Len() > 0 {
		inner := n.columnOf(item.Span().Start)
		if inner > old && isBlank(n.lines[at].text[old+1:inner]) {
			n.moves[at].prefix += "- "
			n.moves[at].old = inner
			n.node(item, column+2, at, hi)
			return
		}
	}
	n.node(item, column+2, at+1, hi)
}

// begin records that a key or a dash stands at a column of a line.
func (n *indenter) begin(at, old, column int) {
	m := &n.moves[at]
	if len(m.stops) == 0 {
		m.known, m.old, m.prefix = true, old, strings.Repeat(" ", column)
	}
	m.stops = append(m.stops, stop{old, column})
}

// result writes the lines; ok is false when one cannot be moved.
func (n *indenter) result() (lines []line, ok bool) {
	lines = slices.Clone(n.lines)
	for at := range lines {
		m := n.moves[at]
		switch {
		case lines[at].outer:
		case n.comment[at] >= 0:
			lines[at].text = strings.Repeat(" ", n.columnOfComment(at)) + strings.TrimLeft(lines[at].text, " \t")
		case m.known:
			lines[at].text = m.prefix + lines[at].text[m.old:]
		case !isBlank(lines[at].text) && leading(lines[at].text) > 0:
			return nil, false
		}
	}
	return lines, true
}

// columnOfComment returns where a comment goes: with the line that it stands
// above, else with the nearest line before that has something at its column.
func (n *indenter) columnOfComment(at int) int {
	column := n.comment[at]
	const reach = 200 // lines looked at
	for next := at + 1; next < min(len(n.lines), at+reach); next++ {
		if stops := n.moves[next].stops; len(stops) > 0 {
			if stops[0].old == column {
				return stops[0].new
			}
			break
		}
	}
	for before := at - 1; before >= max(0, at-reach); before-- {
		for _, s := range n.moves[before].stops {
			if s.old == column {
				return s.new
			}
		}
	}
	return column
}
