package format

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// The layout of JSON is one that Prettier leaves as it is, so that the two can
// be used in one repository: an array or object stands on one line when it fits
// there, blanks inside of braces and none inside of brackets. Beyond that, states
// and what holds states always have lines of their own.

func writeJSON(tree *syntax.Tree, root kind, style Style) []byte {
	w := &jsonWriter{src: tree.File.Src, style: style}
	w.value(tree.Root, root, 0, 0)
	w.out.WriteString(style.Newline)
	return w.out.Bytes()
}

type jsonWriter struct {
	src   []byte
	style Style
	base  string // what every line starts with
	out   bytes.Buffer
	line  int // where the last line starts in out
}

// value writes n. after is the number of columns that follow on its last line.
func (w *jsonWriter) value(n syntax.Node, k kind, depth, after int) {
	room := w.style.Width - w.column() - after
	if text, ok := w.onOneLine(n, k, room); ok {
		w.out.WriteString(text)
		return
	}
	switch n := n.(type) {
	case *syntax.Object:
		w.object(n, k, depth)
	case *syntax.Array:
		w.array(n, k, depth)
	default:
		w.out.Write(w.source(n))
	}
}

func (w *jsonWriter) object(o *syntax.Object, k kind, depth int) {
	if len(o.Members) == 0 {
		w.out.WriteString("{}")
		return
	}
	w.out.WriteByte('{')
	for i, index := range k.arrange(o.Members) {
		member := &o.Members[index]
		if k == states && i > 0 && w.hasBlankLine(o.Members[index-1].Value, member.Key) {
			w.out.WriteString(w.style.Newline)
		}
		w.newLine(depth + 1)
		w.out.Write(w.source(member.Key))
		w.out.WriteString(": ")
		after := separator(i, len(o.Members))
		w.value(member.Value, k.of(member), depth+1, len(after))
		w.out.WriteString(after)
	}
	w.newLine(depth)
	w.out.WriteByte('}')
}

func (w *jsonWriter) array(a *syntax.Array, k kind, depth int) {
	w.out.WriteByte('[')
	filled := areNumbers(a.Items)
	for i, item := range a.Items {
		after := separator(i, len(a.Items))
		if i > 0 && filled && w.column()+1+item.Span().Len()+len(after) <= w.style.Width {
			w.out.WriteByte(' ')
		} else {
			w.newLine(depth + 1)
		}
		w.value(item, k, depth+1, len(after))
		w.out.WriteString(after)
	}
	w.newLine(depth)
	w.out.WriteByte(']')
}

// areNumbers reports whether a list is of numbers only, which share lines.
func areNumbers(items []syntax.Node) bool {
	for _, item := range items {
		if _, ok := item.(*syntax.Number); !ok {
			return false
		}
	}
	return len(items) > 1
}

// separator is what follows element i of n.
func separator(i, n int) string {
	if i < n-1 {
		return ","
	}
	return ""
}

func (w *jsonWriter) newLine(depth int) {
	w.out.WriteString(w.style.Newline)
	w.line = w.out.Len()
	w.out.WriteString(w.base)
	for range depth {
		w.out.WriteString(w.style.Indent)
	}
}

// tabWidth is how wide a tab counts.
const tabWidth = 2

// column returns the width of what stands on the last line.
func (w *jsonWriter) column() int { return widthOf(w.out.Bytes()[w.line:]) }

func widthOf(text []byte) int {
	return utf8.RuneCount(text) + (tabWidth-1)*bytes.Count(text, []byte("\t"))
}

func (w *jsonWriter) source(n syntax.Node) []byte {
	span := n.Span()
	return w.src[span.Start:span.End]
}

// hasBlankLine reports whether a blank line stands before a member.
func (w *jsonWriter) hasBlankLine(before, key syntax.Node) bool {
	between := w.src[before.Span().End:key.Span().Start]
	return bytes.Count(between, []byte("\n")) > 1
}

// onOneLine returns n as one line of at most room columns; ok is false when it
// does not fit, or is to have lines of its own.
func (w *jsonWriter) onOneLine(n syntax.Node, k kind, room int) (text string, ok bool) {
	var b strings.Builder
	f := flat{w: w, out: &b, room: room}
	f.value(n, k)
	return b.String(), !f.failed
}

// flat writes a value on one line until there is no room left, so that the
// attempt costs no more than the width of a line.
type flat struct {
	w      *jsonWriter
	out    *strings.Builder
	room   int
	failed bool
}

func (f *flat) put(text string) {
	f.room -= utf8.RuneCountInString(text)
	if f.room < 0 {
		f.failed = true
		return
	}
	f.out.WriteString(text)
}

func (f *flat) value(n syntax.Node, k kind) {
	if f.failed {
		return
	}
	switch n := n.(type) {
	case *syntax.Object:
		f.object(n, k)
	case *syntax.Array:
		f.array(n, k)
	default:
		if n.Span().Len() > utf8.UTFMax*(f.room+1) || bytes.ContainsAny(f.w.source(n), "\r\n") {
			f.failed = true
			return
		}
		f.put(string(f.w.source(n)))
	}
}

func (f *flat) object(o *syntax.Object, k kind) {
	if len(o.Members) == 0 {
		f.put("{}")
		return
	}
	if k.standsAlone() {
		f.failed = true
		return
	}
	f.put("{ ")
	for i, index := range k.arrangeSome(o.Members, f.room) {
		member := &o.Members[index]
		if i > 0 {
			f.put(", ")
		}
		f.value(member.Key, data)
		f.put(": ")
		f.value(member.Value, k.of(member))
	}
	f.put(" }")
}

// arrangeSome is arrange, unless there are more members than there is room.
func (k kind) arrangeSome(members []syntax.Member, room int) []int {
	if len(members) > max(room, 0) {
		members = members[:max(room, 0)] // each takes a column at least: it will not fit
	}
	return k.arrange(members)
}

func (f *flat) array(a *syntax.Array, k kind) {
	if isTable(a.Items) {
		f.failed = true
		return
	}
	f.put("[")
	for i, item := range a.Items {
		if f.failed {
			return
		}
		if i > 0 {
			f.put(", ")
		}
		f.value(item, k)
	}
	f.put("]")
}

// isTable reports whether a list has several elements that are all objects, or
// all arrays, of more than one member: each gets a line.
func isTable(items []syntax.Node) bool {
	if len(items) < 2 {
		return false
	}
	objects, arrays := 0, 0
	for _, item := range items {
		switch item := item.(type) {
		case *syntax.Object:
			if len(item.Members) < 2 {
				return false
			}
			objects++
		case *syntax.Array:
			if len(item.Items) < 2 {
				return false
			}
			arrays++
		}
		if objects > 0 && arrays > 0 {
			return false
		}
	}
	return objects == len(items) || arrays == len(items)
}
