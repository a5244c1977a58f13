// Package syntax holds source text and the tree parsed from it. It reads JSON
// with recovery, so that one broken file yields many errors and still a tree,
// and YAML into the same tree. It knows nothing of the Amazon States Language.
package syntax

import (
	"sort"
	"unicode/utf8"
)

// Span is a half-open range of bytes in a [File].
type Span struct{ Start, End int }

// Len returns the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether other lies within s.
func (s Span) Contains(other Span) bool { return s.Start <= other.Start && other.End <= s.End }

// Cover returns the smallest span that holds both s and other.
func (s Span) Cover(other Span) Span {
	return Span{Start: min(s.Start, other.Start), End: max(s.End, other.End)}
}

// File is a source text: a file, standard input, or a definition cut out of
// another file.
type File struct {
	Name  string     // as shown to the user: a path with slashes, or "-"
	Src   []byte     // never changed
	Outer *Embedding // where the text stands in another file; nil when it is a file itself
	lines []int      // offset of the first byte of each line

	milestones []milestone // nil when every byte is a character
}

// milestone is a place up to which the characters have been counted, so that a
// column in a line of a megabyte does not count the line anew.
type milestone struct{ offset, codePoints, utf16 int }

// milestoneDistance is how many bytes lie between two milestones, at least.
const milestoneDistance = 1024

// NewFile makes a file of src, which must not change afterwards.
func NewFile(name string, src []byte) *File {
	lines := []int{0}
	var all byte
	for i, c := range src {
		all |= c
		if c == '\n' || c == '\r' && (i+1 == len(src) || src[i+1] != '\n') {
			lines = append(lines, i+1)
		}
	}
	f := &File{Name: name, Src: src, lines: lines}
	if all >= utf8.RuneSelf {
		f.setMilestones()
	}
	return f
}

func (f *File) setMilestones() {
	at := milestone{}
	f.milestones = append(f.milestones, at)
	for at.offset < len(f.Src) {
		r, size := utf8.DecodeRune(f.Src[at.offset:])
		at = milestone{at.offset + size, at.codePoints + 1, at.utf16 + 1}
		if r > 0xFFFF {
			at.utf16++
		}
		if at.offset-f.milestones[len(f.milestones)-1].offset >= milestoneDistance {
			f.milestones = append(f.milestones, at)
		}
	}
}

// Unit says how columns are counted.
type Unit uint8

// The units in which consumers of positions count columns.
const (
	Bytes      Unit = iota // Go tools, many editors' problem matchers
	CodePoints             // people, SARIF with columnKind unicodeCodePoints
	UTF16                  // the Language Server Protocol, SARIF's default, Java
)

// Position is a place in a file as people count it: both numbers start at 1.
type Position struct{ Line, Column int }

// Position returns the line and column of the byte at offset. Offsets beyond
// the text count as its end.
func (f *File) Position(offset int, unit Unit) Position {
	offset = max(0, min(offset, len(f.Src)))
	line := sort.Search(len(f.lines), func(i int) bool { return f.lines[i] > offset }) - 1
	return Position{Line: line + 1, Column: 1 + f.width(Span{f.lines[line], offset}, unit)}
}

// width counts the characters of a span.
func (f *File) width(s Span, unit Unit) int {
	if unit == Bytes || f.milestones == nil {
		return s.Len()
	}
	if s.Len() <= milestoneDistance {
		return width(f.Src[s.Start:s.End], unit)
	}
	return f.charactersBefore(s.End, unit) - f.charactersBefore(s.Start, unit)
}

func (f *File) charactersBefore(offset int, unit Unit) int {
	last := sort.Search(len(f.milestones), func(i int) bool { return f.milestones[i].offset > offset }) - 1
	counted := f.milestones[last]
	if unit == UTF16 {
		return counted.utf16 + width(f.Src[counted.offset:offset], unit)
	}
	return counted.codePoints + width(f.Src[counted.offset:offset], unit)
}

// Lines returns the number of lines.
func (f *File) Lines() int { return len(f.lines) }

// LineSpan returns the span of line n, counted from 1, without its line break.
func (f *File) LineSpan(n int) Span {
	if n < 1 || n > len(f.lines) {
		return Span{len(f.Src), len(f.Src)}
	}
	start, end := f.lines[n-1], len(f.Src)
	if n < len(f.lines) {
		end = f.lines[n]
	}
	for end > start && (f.Src[end-1] == '\n' || f.Src[end-1] == '\r') {
		end--
	}
	return Span{start, end}
}

// Text returns the text of the span.
func (f *File) Text(s Span) string {
	start := max(0, min(s.Start, len(f.Src)))
	return string(f.Src[start:max(start, min(s.End, len(f.Src)))])
}

func width(text []byte, unit Unit) int {
	switch unit {
	case CodePoints:
		return utf8.RuneCount(text)
	case UTF16:
		n := 0
		for len(text) > 0 {
			r, size := utf8.DecodeRune(text)
			if r > 0xFFFF {
				n++
			}
			n++
			text = text[size:]
		}
		return n
	}
	return len(text)
}
