package syntax

import "strings"

// insert adds a part after the last one between brackets. write makes its
// text, given the indentation of its line and whether the parts stand on lines
// of their own.
func (w *writer) insert(around Span, parts []Span, write func(indent string, broken bool) string) (Edit, bool) {
	if len(parts) == 0 {
		return w.fill(around, write), true
	}
	last := parts[len(parts)-1]
	if !w.inPlace(around, parts) {
		return Edit{}, false
	}
	at := Span{last.End, last.End}
	if w.tree.Format == YAML {
		if at.End = w.trailingComma(last.End, around.End); at.End < 0 {
			return Edit{}, false
		}
	}
	if !hasLineBreak(w.src[around.Start:last.Start]) {
		return Edit{at, ", " + write(w.indentOf(last.Start), false)}, true
	}
	indent := w.indentOf(last.Start)
	if w.lineStart(last.Start)+len(indent) == last.Start {
		return Edit{at, "," + w.newline + indent + write(indent, true)}, true
	}
	return Edit{at, ", " + write(indent, false)}, true
}

// inPlace reports whether the parts stand one after the other in around, with
// nothing but separators between them: not so where a YAML alias stands for one,
// or where members are merged.
func (w *writer) inPlace(around Span, parts []Span) bool {
	at := around.Start
	flow := w.src[at] == '{' || w.src[at] == '['
	for _, part := range parts {
		if part.Start < at || part.End > around.End {
			return false
		}
		if flow && w.tree.Format == YAML && strings.ContainsAny(w.src[at:part.Start], "*:&") {
			return false
		}
		at = part.End
	}
	return !flow || w.tree.Format != YAML || !strings.ContainsAny(w.src[at:around.End], "*:")
}

// trailingComma returns the end of what the new text replaces after the last
// part: a comma that flow collections of YAML may end with. It returns -1 when
// something else stands there.
func (w *writer) trailingComma(from, to int) int {
	rest := strings.TrimLeft(w.src[from:to-1], " \t\r\n")
	switch {
	case rest == "":
		return from
	case rest[0] == ',' && strings.Trim(rest[1:], " \t\r\n") == "":
		return to - 1 - len(rest) + 1
	}
	return -1
}

// fill writes the first part between empty brackets.
func (w *writer) fill(around Span, write func(indent string, broken bool) string) Edit {
	inside := Span{around.Start + 1, around.End - 1}
	if !w.hasLines || w.tree.Format == YAML {
		return Edit{inside, write("", false)}
	}
	outer := w.indentOf(around.Start)
	indent := outer + w.unit
	return Edit{inside, w.newline + indent + write(indent, true) + w.newline + outer}
}

// insertBlock adds lines after a block collection of YAML.
func (w *writer) insertBlock(n Node, text string) (Edit, bool) {
	around := n.Span()
	end := lineEnd(w.src, around.End)
	if w.tree.Format != YAML {
		return Edit{}, false
	}
	if rest := strings.TrimLeft(w.src[around.End:end], " \t"); rest != "" && rest[0] != '#' {
		return Edit{}, false // the collection ends within a line of something else
	}
	return Edit{Span{end, end}, w.newline + w.columnOf(around.Start) + text}, true
}

// remove takes out part i.
func (w *writer) remove(around Span, parts []Span, i int, flow bool, empty string) (Edit, bool) {
	if !w.inPlace(around, parts) || w.tree.Format == YAML && strings.Contains(w.src[parts[i].Start:parts[i].End], "&") {
		return Edit{}, false
	}
	switch {
	case flow && len(parts) == 1:
		return Edit{Span{around.Start + 1, around.End - 1}, ""}, true
	case flow && i == len(parts)-1:
		return Edit{Span{parts[i-1].End, parts[i].End}, ""}, true
	case flow:
		return Edit{Span{parts[i].Start, parts[i+1].Start}, ""}, true
	case w.tree.Format != YAML:
		return Edit{}, false // braces are missing
	case len(parts) == 1:
		return Edit{around, w.indentOfKey(around) + empty}, true
	case i == 0:
		return Edit{Span{parts[0].Start, parts[1].Start}, ""}, true
	}
	return w.removeLines(parts[i]), true
}

// indentOfKey returns the blanks to put before what replaces a whole block list
// of YAML: its dashes may stand below the key itself, anything else may not.
func (w *writer) indentOfKey(list Span) string {
	isDash := list.Len() > 0 && w.src[list.Start] == '-' && (list.Len() == 1 || strings.IndexByte(" \t\r\n", w.src[list.Start+1]) >= 0)
	if w.tree.Format == YAML && isDash && strings.TrimSpace(w.src[w.lineStart(list.Start):list.Start]) == "" {
		return "  "
	}
	return ""
}

// removeLines takes out the lines of a part that starts a line.
func (w *writer) removeLines(part Span) Edit {
	return Edit{Span{w.lineStart(part.Start), nextLine(w.src, part.End)}, ""}
}
