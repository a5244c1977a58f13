package host

import (
	"sort"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Text is text put together from pieces, each with its place in one file: the
// strings of a join, the lines of a heredoc, the values of substitutions.
type Text struct {
	file   *syntax.File
	src    []byte
	pieces []piece

	plain   bool // not JSON, so that quotes mean nothing
	quoted  bool // the text so far ends inside a JSON string
	escaped bool // and after a backslash there
}

// piece is a segment of the text. A settled one is the outcome of a
// substitution and is not searched for more of them.
type piece struct {
	syntax.Segment
	settled bool
}

// NewText returns an empty text whose pieces come from file.
func NewText(file *syntax.File) *Text { return &Text{file: file} }

// TextOfFile returns all of a file.
func TextOfFile(file *syntax.File) *Text {
	t := NewText(file)
	t.copy(string(file.Src), 0)
	return t
}

// TextOfString returns the value of a string.
func TextOfString(file *syntax.File, s *syntax.String) *Text {
	t := NewText(file)
	t.AppendString(s)
	return t
}

// File is the file that the pieces come from.
func (t *Text) File() *syntax.File { return t.file }

// String returns the text.
func (t *Text) String() string { return string(t.src) }

// Len returns the length in bytes.
func (t *Text) Len() int { return len(t.src) }

// copy appends text that stands in the file at start as it is.
func (t *Text) copy(text string, start int) {
	t.add(text, syntax.Span{Start: start, End: start + len(text)}, true, false)
}

// AppendAt appends text that comes from a place of the file as a whole.
func (t *Text) AppendAt(text string, place syntax.Span) { t.add(text, place, false, false) }

// AppendString appends the value of a string, byte by byte where the source has
// the same bytes.
func (t *Text) AppendString(s *syntax.String) {
	value := s.Value
	for start := 0; start < len(value); {
		at := s.Offset(start)
		end := start
		for end < len(value) && s.Offset(end) == at+end-start && at+end-start < len(t.file.Src) && t.file.Src[at+end-start] == value[end] {
			end++
		}
		if end > start {
			t.copy(value[start:end], at)
			start = end
			continue
		}
		for end++; end < len(value) && (s.Offset(end) == at || !utf8.RuneStart(value[end])); end++ {
		}
		t.add(value[start:end], syntax.Span{Start: at, End: max(at, s.Offset(end))}, false, false)
		start = end
	}
}

// AppendLiteral appends a value whose source is given: the bytes that both have
// in the same order are exact, an escape stands for what it means as a whole.
// skip returns how many bytes of the source at its start make one escape, or
// stand for nothing.
func (t *Text) AppendLiteral(value string, start int, source string, escape func(source string) (size int, means string)) {
	for i, j := 0, 0; j < len(value); {
		if i >= len(source) {
			t.add(value[j:], syntax.Span{Start: start + i, End: start + i}, false, false)
			return
		}
		if size, means := escape(source[i:]); size > 0 {
			if len(means) <= len(value)-j && value[j:j+len(means)] == means {
				if means != "" {
					t.add(means, syntax.Span{Start: start + i, End: start + i + size}, false, false)
				}
				i, j = i+size, j+len(means)
				continue
			}
		}
		if source[i] == value[j] {
			t.copy(value[j:j+1], start+i)
			j++
		}
		i++
	}
}

// AppendPart appends the bytes from start to end of another text. When that has
// another file, they all stand for place.
func (t *Text) AppendPart(of *Text, start, end int, place syntax.Span) {
	if of.file != t.file {
		t.add(string(of.src[start:end]), place, false, true)
		return
	}
	first := sort.Search(len(of.pieces), func(i int) bool { return of.pieces[i].Inner.End > start })
	for _, p := range of.pieces[first:] {
		if p.Inner.Start >= end {
			break
		}
		from, to := max(start, p.Inner.Start), min(end, p.Inner.End)
		if from >= to {
			continue
		}
		t.add(string(of.src[from:to]), p.outer(from, to), p.Exact, p.settled)
	}
}

// AppendValue appends what a substitution stands for. Outside of a JSON string,
// a value that is not known becomes a string of its own: reading definitions
// takes text with a placeholder for a value of any type.
func (t *Text) AppendValue(v Value, place syntax.Span, notation syntax.Format) {
	text := v.Text
	if notation == syntax.JSON && !v.Known && !t.quoted && !t.plain {
		text = `"` + text + `"`
	}
	t.add(text, place, false, true)
}

func (t *Text) add(text string, outer syntax.Span, exact, settled bool) {
	if text == "" {
		return
	}
	inner := syntax.Span{Start: len(t.src), End: len(t.src) + len(text)}
	t.src = append(t.src, text...)
	t.follow(text)
	if n := len(t.pieces); n > 0 && exact {
		last := &t.pieces[n-1]
		if last.Exact && last.settled == settled && last.Outer.End == outer.Start {
			last.Inner.End, last.Outer.End = inner.End, outer.End
			return
		}
	}
	t.pieces = append(t.pieces, piece{syntax.Segment{Inner: inner, Outer: outer, Exact: exact}, settled})
}

// follow keeps track of whether the text ends inside a JSON string.
func (t *Text) follow(text string) {
	for i := range len(text) {
		switch c := text[i]; {
		case t.escaped:
			t.escaped = false
		case t.quoted && c == '\\':
			t.escaped = true
		case c == '"':
			t.quoted = !t.quoted
		}
	}
}

// Place returns where the bytes from start to end come from.
func (t *Text) Place(start, end int) syntax.Span {
	first := sort.Search(len(t.pieces), func(i int) bool { return t.pieces[i].Inner.End > start })
	if first == len(t.pieces) {
		return syntax.Span{}
	}
	place := t.pieces[first].outer(start, end)
	for _, p := range t.pieces[first+1:] {
		if p.Inner.Start >= end {
			break
		}
		place = place.Cover(p.outer(start, end))
	}
	return place
}

// outer returns where the part of a piece between start and end comes from.
func (p piece) outer(start, end int) syntax.Span {
	if !p.Exact {
		return p.Outer
	}
	shift := p.Outer.Start - p.Inner.Start
	return syntax.Span{Start: max(start, p.Inner.Start) + shift, End: min(end, p.Inner.End) + shift}
}

// Embedded returns the text as a file that knows where it stands in the other.
// A text that is all of its file is that file.
func (t *Text) Embedded() *syntax.File {
	whole := syntax.Span{End: len(t.file.Src)}
	if len(t.pieces) == 1 && t.pieces[0].Exact && t.pieces[0].Outer == whole {
		return t.file
	}
	embedding := &syntax.Embedding{File: t.file, Segments: make([]syntax.Segment, len(t.pieces))}
	for i, p := range t.pieces {
		embedding.Segments[i] = p.Segment
	}
	inner := syntax.NewFile(t.file.Name, t.src)
	inner.Outer = embedding
	return inner
}

// Node returns the text as a string that stands at span.
func (t *Text) Node(span syntax.Span) *syntax.String {
	places := make([]int, 0, len(t.src)+1)
	for _, p := range t.pieces {
		for i := range p.Inner.Len() {
			at := p.Outer.Start
			if p.Exact {
				at += i
			}
			places = append(places, at)
		}
	}
	end := span.End
	if n := len(t.pieces); n > 0 {
		end = t.pieces[n-1].Outer.End
	}
	return syntax.NewStringAt(span, string(t.src), append(places, end))
}

// Plain makes the text one that is not JSON, so that values need no quotes.
func (t *Text) Plain() { t.plain = true }
