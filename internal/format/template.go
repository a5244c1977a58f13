package format

import (
	"bytes"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// In a template, of CloudFormation or the Serverless Framework, only the
// definitions are laid out that are written as objects; the rest of the file
// stays as it is.

// isDefinition reports whether a member of a template holds a definition.
func isDefinition(m *syntax.Member) bool {
	value, ok := m.Value.(*syntax.Object)
	return ok && strings.EqualFold(m.Key.Value, "Definition") && value.Get("StartAt") != nil && rootKind(value) == machine
}

// definition is a member of a template that holds one.
type definition struct {
	name  string // the logical id of the state machine
	key   *syntax.String
	value *syntax.Object
}

// definitionsIn finds the definitions in a template, in source order. What YAML
// aliases stand for is found once, where it is written.
func definitionsIn(root syntax.Node) []definition {
	var found []definition
	seen := map[*syntax.Object]bool{}
	var visit func(n syntax.Node, name string)
	visit = func(n syntax.Node, name string) {
		switch n := n.(type) {
		case *syntax.Array:
			for _, item := range n.Items {
				visit(item, name)
			}
		case *syntax.Object:
			if seen[n] {
				return
			}
			seen[n] = true
			for i := range n.Members {
				m := &n.Members[i]
				switch {
				case isDefinition(m):
					found = append(found, definition{name, m.Key, m.Value.(*syntax.Object)})
				case m.Key.Value == "Properties":
					visit(m.Value, name)
				default:
					visit(m.Value, m.Key.Value)
				}
			}
		}
	}
	visit(root, "")
	slices.SortStableFunc(found, func(a, b definition) int { return a.value.Span().Start - b.value.Span().Start })
	end := 0
	return slices.DeleteFunc(found, func(d definition) bool {
		again := d.value.Span().Start < end || d.key.Span().Start > d.value.Span().Start
		end = max(end, d.value.Span().End)
		return again
	})
}

// Machines lists the state machines in a template whose definitions are written
// as objects; none when it is not a template or cannot be read.
func Machines(file *syntax.File) []string {
	tree := parse(withoutMark(file))
	if firstFault(tree) != nil || rootKind(tree.Root) != data {
		return nil
	}
	var names []string
	for _, d := range definitionsIn(tree.Root) {
		names = append(names, d.name)
	}
	return names
}

// only takes over from a formatted template the definitions of one state machine.
func only(tree *syntax.Tree, result []byte, name string) []byte {
	before := definitionsIn(tree.Root)
	after := definitionsIn(parse(syntax.NewFile(tree.File.Name, result)).Root)
	if len(before) != len(after) {
		return result
	}
	var out bytes.Buffer
	done := 0
	for i, d := range before {
		if d.name != name {
			continue
		}
		out.Write(tree.File.Src[done:d.value.Span().Start])
		out.Write(result[after[i].value.Span().Start:after[i].value.Span().End])
		done = d.value.Span().End
	}
	out.Write(tree.File.Src[done:])
	return out.Bytes()
}

// inTemplate is the style for a template: it keeps the line breaks of the file
// and, unless another one is asked for, its indentation.
func (s Style) inTemplate(src []byte) Style {
	s.Newline = ""
	for line := range bytes.Lines(src) {
		text := bytes.TrimLeft(line, " \t")
		if indent := len(line) - len(text); s.Indent == "" && indent > 0 && len(bytes.TrimSpace(text)) > 0 {
			s.Indent = string(line[:min(indent, maxIndent)])
		}
	}
	return s
}

const maxIndent = 8

// writeTemplate lays out the definitions of a template in JSON. One that is all
// on one line is made for machines, and stays.
func writeTemplate(tree *syntax.Tree, style Style) []byte {
	src := tree.File.Src
	if !bytes.Contains(bytes.TrimSpace(src), []byte("\n")) {
		return src
	}
	w := &jsonWriter{src: src, style: style}
	done := 0
	for _, d := range definitionsIn(tree.Root) {
		span := d.value.Span()
		w.out.Write(src[done:span.Start])
		w.line = bytes.LastIndexByte(w.out.Bytes(), '\n') + 1
		line := w.out.Bytes()[w.line:]
		w.base = string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
		w.value(d.value, machine, 0, 0)
		done = span.End
	}
	w.out.Write(src[done:])
	return w.out.Bytes()
}

// endLike returns text without its last line break when src has none.
func endLike(text, src []byte) []byte {
	if bytes.HasSuffix(src, []byte("\n")) {
		return text
	}
	return bytes.TrimRight(text, "\r\n")
}

// markOuter marks the lines outside of definitions, and those in braces, which
// stay as they are.
func (w *yamlWriter) markOuter() {
	for i := range w.lines {
		w.lines[i].outer = true
	}
	for _, d := range definitionsIn(w.tree.Root) {
		if w.tree.File.Src[d.value.Span().Start] == '{' {
			continue
		}
		for at := w.lineOf(d.value.Span().Start); at <= w.lineOf(max(0, d.value.Span().End-1)); at++ {
			w.lines[at].outer = false
		}
	}
}

// definitions indents the definitions of a template from where they stand, by
// the step between their key and them.
func (n *indenter) definitions() {
	for _, d := range definitionsIn(n.tree.Root) {
		span := d.value.Span()
		column := n.columnOf(span.Start)
		if step := column - n.columnOf(d.key.Span().Start); step > 0 && step <= maxIndent {
			n.unit = step
		}
		n.node(d.value, column, n.lineOf(span.Start), n.lineOf(max(0, span.End-1))+1)
	}
}
