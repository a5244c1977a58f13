package syntax

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// The files yaml*.go are the only ones that know the library.

// ParseYAML parses f as YAML. The tree is the one that the same text in JSON
// would give: keys are strings, aliases and merge keys are resolved (their
// nodes span the text of the anchor), plain scalars follow the core schema of
// YAML 1.2, so that yes, no, on, off and dates are strings. It always returns a
// tree: a broken line is reported, left out, and the rest is read.
func ParseYAML(f *File) *Tree {
	if tree := refuseEncoding(f); tree != nil {
		tree.Format = YAML
		return tree
	}
	tree := &Tree{File: f, Format: YAML}
	text, problems := cleanYAML(string(f.Src))
	tree.Errors = problems
	r := &yamlReader{tree: tree, lines: yamlLines(text)}
	document := r.parse(text)
	if document == nil {
		tree.Root = NewBad(Span{0, len(f.Src)})
		if len(tree.Errors) == 0 {
			tree.fail(Span{0, len(f.Src)}, "the file is empty", "write a YAML mapping")
		}
	} else {
		tree.Root, _ = r.convert(document, 0)
	}
	r.collectComments()
	slices.SortStableFunc(tree.Errors, func(a, b Error) int { return a.Span.Start - b.Span.Start })
	return tree
}

func (t *Tree) fail(span Span, message, help string) {
	t.add(Error{Span: span, Message: message, Help: help})
}

// add reports e, as long as there are not too many errors.
func (t *Tree) add(e Error) {
	switch n := len(t.Errors); {
	case n < maxErrors:
		t.Errors = append(t.Errors, e)
	case n == maxErrors:
		t.Errors = append(t.Errors, tooMany(e.Span))
	}
}

// maxRepairs is how many broken lines are left out before reading ends.
const maxRepairs = 20

// parse reads the first document; nil when there is none that can be read. A line that the
// library stumbles over is reported and blanked, and the rest read again.
func (r *yamlReader) parse(text string) *yaml.Node {
	var document *yaml.Node
	for range maxRepairs {
		r.text = text
		var problem *yamlProblem
		if document, problem = r.read(text); problem == nil {
			return document
		}
		fault := yamlFault{text, *problem}
		e := fault.explain()
		r.tree.add(e)
		blanked, ok := fault.leaveOut(e.Span)
		if !ok {
			break
		}
		r.blanked = append(r.blanked, blanked)
		text = text[:blanked.Start] + blankOut(text[blanked.Start:blanked.End]) + text[blanked.End:]
	}
	return document
}

// yamlProblem is what the library says about a text it does not take.
type yamlProblem struct {
	message string
	line    int // as the library counts, from the line it read first; 0 when unknown
	read    int // how many bytes of the text were read
}

// read hands text to the library, and looks for a second document.
func (r *yamlReader) read(text string) (*yaml.Node, *yamlProblem) {
	source := &countingReader{text: strings.TrimPrefix(text, byteOrderMark), chunk: len(text) + 1}
	decoder := yaml.NewDecoder(source)
	document, err := decodeYAML(decoder)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, diagnoseYAML(text)
	}
	if document == nil || len(document.Content) == 0 {
		return nil, nil
	}
	next, err := decodeYAML(decoder)
	if err != nil && !errors.Is(err, io.EOF) {
		return document.Content[0], diagnoseYAML(text)
	}
	if err == nil && next != nil && len(next.Content) > 0 && !isEmptyYAML(next.Content[0]) {
		at := r.offset(next)
		r.tree.fail(Span{at, min(at+3, len(text))}, "a second document starts here; only the first one is read", "put it into a file of its own")
	}
	return document.Content[0], nil
}

func isEmptyYAML(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style == 0
}

// diagnoseYAML reads a broken text once more, byte for byte, so that it is
// known how far the library came.
func diagnoseYAML(text string) *yamlProblem {
	source := &countingReader{text: strings.TrimPrefix(text, byteOrderMark), chunk: 1}
	decoder := yaml.NewDecoder(source)
	_, err := decodeYAML(decoder)
	if err == nil {
		_, err = decodeYAML(decoder)
	}
	if err == nil {
		err = errors.New("the text cannot be read")
	}
	problem := yamlProblem{message: strings.TrimPrefix(err.Error(), "yaml: "), read: max(0, source.done-1) + len(text) - len(source.text)}
	if n, _ := fmt.Sscanf(problem.message, "line %d:", &problem.line); n == 1 {
		_, problem.message, _ = strings.Cut(problem.message, ": ")
	}
	return &problem
}

// decodeYAML reads one document. The library panics on some texts; that is an
// error of the text as well.
func decodeYAML(d *yaml.Decoder) (n *yaml.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			n, err = nil, fmt.Errorf("the text cannot be read: %v", p)
		}
	}()
	n = new(yaml.Node)
	return n, d.Decode(n)
}

// countingReader hands out a line break and then text. With the break, no place
// is on the library's line 0, which it takes for an unknown one.
type countingReader struct {
	text  string
	done  int // bytes handed out, the line break included
	chunk int
}

func (c *countingReader) Read(to []byte) (int, error) {
	if len(to) == 0 {
		return 0, nil
	}
	if c.done == 0 {
		c.done, to[0] = 1, '\n'
		return 1, nil
	}
	if c.done > len(c.text) {
		return 0, io.EOF
	}
	n := copy(to[:min(len(to), c.chunk)], c.text[c.done-1:])
	c.done += n
	return n, nil
}

// cleanYAML replaces what the library refuses as a whole (bytes that are not
// UTF-8, control characters) by blanks, so that offsets stay, and reports it.
func cleanYAML(text string) (string, []Error) {
	clean := []byte(text)
	var problems []Error
	for i, size := 0, 0; i < len(clean); i += size {
		if c := clean[i]; c >= ' ' && c <= '~' || c == '\n' {
			size = 1
			continue
		}
		var r rune
		r, size = utf8.DecodeRune(clean[i:])
		e := Error{Span: Span{i, i + size}}
		switch {
		case r == utf8.RuneError && size == 1:
			e.Code, e.Message, e.Help = BadEncoding, fmt.Sprintf("the byte 0x%02X is not UTF-8", clean[i]), "save the file as UTF-8"
		case r == 0:
			e.Code, e.Message, e.Help = BadEncoding, "NUL byte", "remove it; is the file text in UTF-8"
		case isYAMLCharacter(r):
			continue
		default:
			e.Message, e.Help = fmt.Sprintf("control character U+%04X", r), "remove it, or write it as an escape in double quotes"
		}
		copy(clean[i:i+size], "        ")
		if len(problems) < maxErrors {
			problems = append(problems, e)
		}
	}
	if at := strings.Index(text, "%YAML 1."); at >= 0 && (at == 0 || text[at-1] == '\n') && at+8 < len(clean) {
		clean[at+8] = '1' // the library knows 1.1 only by name, and reads 1.2 as well
	}
	return string(clean), problems
}

func isYAMLCharacter(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0x7E || r == 0x85 ||
		r >= 0xA0 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000
}

func blankOut(text string) string {
	blank := []byte(text)
	for i, c := range blank {
		if c != '\n' && c != '\r' {
			blank[i] = ' '
		}
	}
	return string(blank)
}
