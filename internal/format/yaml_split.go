package format

import (
	"sort"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// mapping tells on which lines the members of a block mapping stand.
type mapping struct {
	column   int
	dash     string // what stands before the first key on its line; blanks, or a dash of the sequence around
	parts    []part
	spans    []syntax.Span // of the parts, in bytes
	isMerged bool          // members of another mapping are merged in, whose place counts
}

// part is the range of lines of one member: its comments from lead, its key, and
// its value up to end.
type part struct{ lead, key, end int }

// split finds the members of a block mapping on the lines from lo to hi. ok is
// false when it is none with one member a line.
func (w *yamlWriter) split(o *syntax.Object, k kind, lo, hi int) (m mapping, ok bool) {
	if len(o.Members) == 0 || w.tree.File.Src[o.Span().Start] == '{' {
		return m, false
	}
	first := o.Members[0].Key.Span().Start
	m.column = w.columnOf(first)
	before := lo - 1
	for i, member := range o.Members {
		key := w.lineOf(member.Key.Span().Start)
		if key <= before || key >= hi || w.columnOf(member.Key.Span().Start) != m.column {
			return m, false
		}
		head := w.lines[key].text[:m.column]
		switch {
		case i == 0:
			m.dash = head
			if strings.Trim(head, " -") != "" {
				return m, false
			}
		case !isBlank(head):
			return m, false
		}
		m.parts = append(m.parts, part{lead: key, key: key})
		before = key
	}
	w.bound(&m, o, k, lo, hi)
	return m, true
}

// bound finds where the parts begin and end.
func (w *yamlWriter) bound(m *mapping, o *syntax.Object, k kind, lo, hi int) {
	last := len(m.parts) - 1
	for i := range m.parts {
		if i > 0 {
			m.parts[i].lead = w.leadOf(m.parts[i].key, m.parts[i-1].key+1, m.column)
			m.parts[i-1].end = m.parts[i].lead
		}
	}
	if isBlank(m.dash) && k != machine {
		m.parts[0].lead = w.commentsAbove(m.parts[0].key, lo, m.column)
	}
	m.parts[last].end = w.endOf(o, m.parts[last].key, hi, m.column)
	for i := range m.parts {
		p := m.parts[i]
		m.spans = append(m.spans, syntax.Span{Start: w.offsetOf(p.key), End: w.offsetOf(p.end)})
		for at := p.key + 1; at < p.end && !m.isMerged; at++ {
			text := w.lines[at].text
			m.isMerged = len(text) > m.column && isBlank(text[:m.column]) && strings.HasPrefix(text[m.column:], "<<") && !w.lines[at].frozen
		}
	}
}

// commentsAbove returns the first of the comment lines right above the first
// key. A blank line ends them: what is above it concerns the mapping.
func (w *yamlWriter) commentsAbove(key, limit, column int) int {
	for key > limit && w.comment[key-1] == column {
		key--
	}
	return key
}

// endOf returns the line after the last member: comments that stand deeper are
// part of it, those at the column of the mapping close the mapping.
func (w *yamlWriter) endOf(o *syntax.Object, key, hi, column int) int {
	end := max(key, w.lineOf(max(0, o.Span().End-1))) + 1
	for at := end; at < hi; at++ {
		switch {
		case w.lines[at].frozen || w.comment[at] > column:
			end = at + 1
		case !isBlank(w.lines[at].text):
			return min(end, hi)
		}
	}
	return min(end, hi)
}

func (w *yamlWriter) offsetOf(at int) int {
	if at >= len(w.lines) {
		return len(w.tree.File.Src)
	}
	return w.tree.File.LineSpan(at + 1).Start
}

// indent returns what stands before the key of a part, a dash replaced by blanks.
func (m *mapping) indent(i int) string {
	if i == 0 {
		return strings.Repeat(" ", len(m.dash))
	}
	return ""
}

// putDash gives the dash to the part that has come to stand first; its comments
// go above it.
func (m *mapping) putDash(lines []line, key int) {
	at := strings.IndexByte(m.dash, '-')
	if at < 0 {
		return
	}
	for i := range lines[:key] {
		lines[i].text = m.dash[:at] + strings.TrimLeft(lines[i].text, " \t")
	}
	lines[key].text = m.dash + lines[key].text[m.column:]
}

// separates reports whether an order would put an alias before its anchor.
func (w *yamlWriter) separates(m mapping, order []int) bool {
	if len(w.aliases) == 0 {
		return false
	}
	position := make([]int, len(order))
	for p, index := range order {
		position[index] = p
	}
	from, to := m.spans[0].Start, m.spans[len(m.spans)-1].End
	next := sort.Search(len(w.aliases), func(i int) bool { return w.aliases[i].place >= from })
	for ; next < len(w.aliases) && w.aliases[next].place < to; next++ {
		a := w.aliases[next]
		anchor, use := m.partAt(a.anchor), m.partAt(a.place)
		if anchor >= 0 && use >= 0 && position[anchor] > position[use] {
			return true
		}
	}
	return false
}

// partAt returns the part that holds a byte; -1 when none does.
func (m *mapping) partAt(offset int) int {
	i := sort.Search(len(m.spans), func(i int) bool { return m.spans[i].End > offset })
	if i == len(m.spans) || m.spans[i].Start > offset {
		return -1
	}
	return i
}
