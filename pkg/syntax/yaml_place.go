package syntax

import (
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// closing returns the end of a collection: after its bracket in flow style,
// the end of the last child in block style.
func (r *yamlReader) closing(n *yaml.Node, start, end int, opener, closer byte) int {
	if n.Style&yaml.FlowStyle == 0 || start >= len(r.text) || r.text[start] != opener {
		return end
	}
	for i := max(end, start+1); i < len(r.text); i++ {
		switch c := r.text[i]; {
		case c == closer:
			return i + 1
		case c == '#' && strings.IndexByte(" \t\r\n", r.text[i-1]) >= 0:
			i = lineEnd(r.text, i) - 1
		}
	}
	return end
}

// yamlLines returns where the lines start: YAML knows more line breaks than
// [File] does. A byte order mark is in no line.
func yamlLines(text string) []int {
	lines := []int{len(text) - len(strings.TrimPrefix(text, byteOrderMark))}
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		i += size
		switch r {
		case '\r':
			if i < len(text) && text[i] == '\n' {
				i++
			}
		case '\n', '\u0085', '\u2028', '\u2029':
		default:
			continue
		}
		lines = append(lines, i)
	}
	return lines
}

// offset returns where n starts, with its anchor and tag. The library counts
// lines and code points; nodes come mostly in order, so that counting goes on
// from the node before.
func (r *yamlReader) offset(n *yaml.Node) int {
	line := n.Line - 2 // the line break that comes first, and counting from 1
	if line < 0 {
		return r.lines[0]
	}
	if line >= len(r.lines) {
		return len(r.text)
	}
	c := &r.cursor
	if c.column == 0 || c.line != line || c.column > n.Column || c.offset < r.lines[line] {
		c.line, c.column, c.offset = line, 1, r.lines[line]
	}
	for ; c.column < n.Column && c.offset < len(r.text); c.column++ {
		_, size := utf8.DecodeRuneInString(r.text[c.offset:])
		c.offset += size
	}
	return c.offset
}

// afterProperties returns where the content of n starts, after its anchor and
// its tag.
func (r *yamlReader) afterProperties(n *yaml.Node) int {
	at := r.offset(n)
	anchor := n.Anchor != ""
	tag := n.Style&yaml.TaggedStyle != 0
	for at < len(r.text) && (anchor || tag || n.Kind == yaml.ScalarNode) {
		switch c := r.text[at]; {
		case c == '&' && anchor:
			anchor = false
			at = endOfProperty(r.text, at)
		case c == '!':
			tag = false
			at = endOfProperty(r.text, at)
		default:
			return at
		}
		if n.Kind == yaml.ScalarNode && n.Value == "" && n.Style&^yaml.TaggedStyle == 0 {
			if next := skipSeparation(r.text, at); !(next < len(r.text) && (r.text[next] == '&' && anchor || r.text[next] == '!' && tag)) {
				return at // nothing follows
			}
		}
		at = skipSeparation(r.text, at)
	}
	return at
}

func endOfProperty(text string, at int) int {
	if strings.HasPrefix(text[at:], "!<") {
		if i := strings.IndexByte(text[at:], '>'); i >= 0 {
			return at + i + 1
		}
	}
	for at < len(text) && strings.IndexByte(" \t\r\n,[]{}", text[at]) < 0 {
		at++
	}
	return at
}

// skipSeparation skips blanks, line breaks and comments.
func skipSeparation(text string, at int) int {
	for at < len(text) {
		switch text[at] {
		case ' ', '\t', '\r', '\n':
			at++
		case '#':
			at = lineEnd(text, at)
		default:
			return at
		}
	}
	return at
}

// collectComments collects what follows a # outside of scalars.
func (r *yamlReader) collectComments() {
	at := 0
	for _, scalar := range append(r.scalars, Span{len(r.text), len(r.text)}) {
		for at < scalar.Start {
			i := strings.IndexByte(r.text[at:scalar.Start], '#')
			if i < 0 {
				break
			}
			at += i
			if at > 0 && strings.IndexByte(" \t\r\n", r.text[at-1]) < 0 && at != r.lines[0] {
				at++
				continue
			}
			end := lineEnd(r.text, at)
			text := strings.TrimSpace(strings.TrimLeft(r.text[at:end], "#"))
			r.tree.Comments = append(r.tree.Comments, Comment{Span{at, end}, text})
			at = end
		}
		at = max(at, scalar.End)
	}
}
