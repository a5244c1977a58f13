// Package format lays out state machine definitions: the fields of every object
// of the language in one order, JSON in one layout, YAML line by line so that
// comments stay where they belong. What the author decides is kept: the order
// of states, the order and the text of data, numbers and strings as written. A
// text that cannot be read whole is refused, never changed.
package format

import (
	"bytes"
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Style is the layout that a file is given. The zero value is the default:
// two blanks, lines of 80 columns, the line breaks that the file has.
type Style struct {
	Indent  string // JSON: one level; "" is two blanks
	Width   int    // JSON: columns up to which an array or object stays on one line; 0 is 80
	Newline string // "\n" or "\r\n"; "" keeps that of the first line

	Machine string // in a template, the only state machine to lay out; "" for all
}

// defaultWidth is the width that most formatters of JSON and YAML use.
const defaultWidth = 80

// Refusal is the error for a text that is left as it is.
type Refusal struct {
	File    *syntax.File
	Span    syntax.Span // where the reason stands
	Message string      // why
	Help    string      // what to do; may be empty

	NoDefinition bool // the text is sound, but holds no state machine
}

// Error names the place and the reason.
func (r *Refusal) Error() string {
	at := r.File.Position(r.Span.Start, syntax.CodePoints)
	text := fmt.Sprintf("%s:%d:%d: not formatted: %s", r.File.Name, at.Line, at.Column, r.Message)
	if r.Help != "" {
		text += "; " + r.Help
	}
	return text
}

// Source returns the definition in file, formatted. The error is a [*Refusal].
func Source(file *syntax.File, style Style) ([]byte, error) {
	tree := parse(withoutMark(file))
	if fault := firstFault(tree); fault != nil {
		return nil, &Refusal{File: file, Span: fault.Span, Message: fault.Message, Help: fault.Help}
	}
	root := rootKind(tree.Root)
	switch {
	case root != data:
	case len(definitionsIn(tree.Root)) > 0:
		root, style = host, style.inTemplate(tree.File.Src)
	default:
		return nil, &Refusal{File: file, Message: "no state machine stands in this file",
			Help: `fmt takes definitions, which have "StartAt" and "States" at the top level, and templates with a definition that is not a string`, NoDefinition: true}
	}
	style = style.orDefaults(file.Src)
	for _, result := range layouts(tree, root, style) {
		if root == host {
			result = endLike(result, tree.File.Src)
		}
		if root == host && style.Machine != "" {
			result = only(tree, result, style.Machine)
		}
		if isFaithful(tree, root, result) {
			return result, nil
		}
	}
	return nil, doubt(file, tree)
}

// withoutMark returns the file without a byte order mark, which means nothing in
// UTF-8 and which the service refuses.
func withoutMark(file *syntax.File) *syntax.File {
	if text, found := bytes.CutPrefix(file.Src, []byte("\uFEFF")); found {
		return syntax.NewFile(file.Name, text)
	}
	return file
}

// parse reads a file by its name; JSON in a file that is named as YAML is read
// as JSON, whose layout is the stricter one.
func parse(file *syntax.File) *syntax.Tree {
	tree := syntax.Parse(file)
	if tree.Format == syntax.YAML && len(tree.Errors) == 0 && bytes.HasPrefix(bytes.TrimLeft(file.Src, " \t\r\n"), []byte("{")) {
		if strict := syntax.ParseJSON(file); len(strict.Errors) == 0 {
			return strict
		}
	}
	return tree
}

// firstFault returns the first error that makes the tree differ from the text.
// Duplicate keys are all in the tree, and a placeholder keeps its place.
func firstFault(tree *syntax.Tree) *syntax.Error {
	for i := range tree.Errors {
		switch tree.Errors[i].Code {
		case syntax.DuplicateKey, syntax.Substitution:
		default:
			return &tree.Errors[i]
		}
	}
	return nil
}

// doubt refuses a text whose new layout does not say the same. Where the text is
// a template, that is why.
func doubt(file *syntax.File, tree *syntax.Tree) *Refusal {
	if len(tree.Errors) > 0 {
		return &Refusal{File: file, Span: tree.Errors[0].Span, Message: tree.Errors[0].Message}
	}
	return &Refusal{File: file, Message: "the text holds something that would not survive a new layout"}
}

// rootKind tells a state machine and a single state, as TestState takes it, from
// other documents, which are data.
func rootKind(root syntax.Node) kind {
	object, ok := root.(*syntax.Object)
	if !ok {
		return data
	}
	if _, ok := object.Get("States").(*syntax.Object); ok {
		return machine
	}
	if text, ok := object.Get("Type").(*syntax.String); ok && spec.TypeByName(text.Value) != 0 {
		return state
	}
	return data
}

func (s Style) orDefaults(src []byte) Style {
	if s.Indent == "" {
		s.Indent = "  "
	}
	if s.Width <= 0 {
		s.Width = defaultWidth
	}
	if s.Newline == "" {
		s.Newline = "\n"
		if i := bytes.IndexByte(src, '\n'); i > 0 && src[i-1] == '\r' {
			s.Newline = "\r\n"
		}
	}
	return s
}

// layouts returns the text in its new layout, the best first.
func layouts(tree *syntax.Tree, root kind, style Style) [][]byte {
	if tree.Format == syntax.JSON && root == host {
		return [][]byte{writeTemplate(tree, style)}
	}
	if tree.Format == syntax.JSON {
		return [][]byte{writeJSON(tree, root, style)}
	}
	ordered := writeYAML(tree, root, style)
	if result, ok := indented(tree.File.Name, ordered, root, style); ok {
		return [][]byte{result, ordered}
	}
	return [][]byte{ordered}
}

// JSON returns any document in JSON in the same layout. Its members keep their
// order.
func JSON(file *syntax.File, style Style) ([]byte, error) {
	tree := syntax.ParseJSON(file)
	if fault := firstFault(tree); fault != nil {
		return nil, &Refusal{File: file, Span: fault.Span, Message: fault.Message, Help: fault.Help}
	}
	return writeJSON(tree, data, style.orDefaults(file.Src)), nil
}
