package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/printable"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// snippet is a line of source with a mark under a part of it.
type snippet struct {
	file  *syntax.File
	span  syntax.Span
	mark  rune // '^' where the finding is, '-' where it is explained
	label string
}

// cell is one character of a source line as it is shown.
type cell struct {
	offset int // in the file
	text   string
	width  int // columns of a terminal
}

// The width of source that is shown of a long line, and how much of it stands
// before the mark.
const (
	windowWidth = 110
	windowLead  = 40
)

// render returns the line of source and the line with the mark.
func (s snippet) render(gutter int, palette *Palette, severity diag.Severity) []string {
	line := s.file.Position(s.span.Start, syntax.Bytes).Line
	cells, before, after := window(s.file, s.file.LineSpan(line), s.span.Start)
	source := fmt.Sprintf("%s %s%s%s", palette.Faint(fmt.Sprintf("%*d |", gutter, line)), before, join(cells), after)
	pad, mark := s.underline(cells)
	marked := fmt.Sprintf("%s %s%s%s", palette.Faint(strings.Repeat(" ", gutter)+" |"),
		strings.Repeat(" ", runewidth.StringWidth(before)), pad, s.paint(palette, severity, mark))
	return []string{strings.TrimRight(source, " \t"), marked}
}

func (s snippet) paint(palette *Palette, severity diag.Severity, mark string) string {
	if s.label != "" {
		mark += " " + printable.Line(strings.ReplaceAll(s.label, "\n", " "))
	}
	if s.mark == '^' {
		return palette.Severity(severity, mark)
	}
	return palette.Faint(mark)
}

// underline returns the blanks before the mark and the mark. Tabs are repeated,
// so that the mark stands right whatever a terminal makes of them.
func (s snippet) underline(cells []cell) (pad, mark string) {
	var before, under strings.Builder
	for _, c := range cells {
		switch {
		case c.offset < s.span.Start && c.text == "\t":
			before.WriteByte('\t')
		case c.offset < s.span.Start:
			before.WriteString(strings.Repeat(" ", c.width))
		case c.offset < s.span.End:
			under.WriteString(strings.Repeat(string(s.mark), max(1, c.width)))
		}
	}
	if under.Len() == 0 {
		under.WriteRune(s.mark)
	}
	return before.String(), under.String()
}

// lineCells splits a part of a line into what is shown of it, up to a number of
// characters.
func lineCells(file *syntax.File, span syntax.Span, most int) []cell {
	var cells []cell
	for offset := span.Start; offset < span.End && len(cells) < most; {
		r, size := utf8.DecodeRune(file.Src[offset:span.End])
		shown := string(file.Src[offset : offset+size])
		if r != '\t' {
			shown = printable.Line(shown)
		}
		if r == '#' && printable.IsCommand(file.Src[offset:span.End]) {
			shown = `\u0023`
		}
		cells = append(cells, cell{offset, shown, runewidth.StringWidth(shown)})
		offset += size
	}
	return cells
}

// window returns what is shown of a line: all of a short one, of a long one the
// surroundings of the mark. It looks at no more than it shows, for a definition
// of a megabyte can stand in one line.
func window(file *syntax.File, line syntax.Span, mark int) (shown []cell, before, after string) {
	mark = max(line.Start, min(mark, line.End))
	from := back(file.Src, line.Start, mark, windowLead)
	cells := lineCells(file, syntax.Span{Start: from, End: line.End}, windowWidth+1)
	if len(cells) <= windowWidth {
		from = back(file.Src, line.Start, line.End, windowWidth)
		cells = lineCells(file, syntax.Span{Start: from, End: line.End}, windowWidth)
	} else {
		cells, after = cells[:windowWidth], "…"
	}
	if from > line.Start {
		before = "…"
	}
	return cells, before, after
}

// back returns the offset that many characters before another, not before start.
func back(src []byte, start, offset, characters int) int {
	for ; characters > 0 && offset > start; characters-- {
		_, size := utf8.DecodeLastRune(src[start:offset])
		offset -= size
	}
	return offset
}

func join(cells []cell) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(c.text)
	}
	return b.String()
}
