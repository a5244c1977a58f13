package syntax

import (
	"bytes"
	"encoding/json"
	"strings"
)

// writer writes new text in the style of a file.
type writer struct {
	tree     *Tree
	src      string
	unit     string // one level of indentation
	newline  string
	hasLines bool // the file has more than one line
}

func (t *Tree) writer() *writer {
	w := &writer{tree: t, src: t.text, unit: "  ", newline: "\n"}
	if len(w.src) != len(t.File.Src) {
		w.src = string(t.File.Src)
	}
	end := lineEnd(w.src, 0)
	w.hasLines = strings.TrimLeft(w.src[end:], "\r\n \t") != ""
	if strings.HasPrefix(w.src[end:], "\r") {
		w.newline = w.src[end:afterBreak(w.src, end)]
	}
	if unit := w.firstIndent(); unit != "" && t.Format == JSON {
		w.unit = unit
	}
	return w
}

// firstIndent returns the indentation of the first member of the root.
func (w *writer) firstIndent() string {
	root, ok := w.tree.Root.(*Object)
	if !ok || len(root.Members) == 0 {
		return ""
	}
	outer, inner := w.indentOf(root.span.Start), w.indentOf(root.Members[0].Key.span.Start)
	return strings.TrimPrefix(inner, outer)
}

// parse reads a value given as JSON text.
func (w *writer) parse(value string) (Node, bool) {
	tree := ParseJSON(NewFile("", []byte(value)))
	return tree.Root, len(tree.Errors) == 0
}

// indentOf returns the blanks at the start of the line that holds at.
func (w *writer) indentOf(at int) string {
	line := w.lineStart(at)
	return w.src[line : line+countBlanks(w.src[line:])]
}

func (w *writer) lineStart(at int) int {
	start := strings.LastIndexAny(w.src[:at], "\r\n") + 1
	if start == 0 && strings.HasPrefix(w.src, byteOrderMark) && at >= len(byteOrderMark) {
		return len(byteOrderMark)
	}
	return start
}

// columnOf returns blanks as wide as what stands before at on its line.
func (w *writer) columnOf(at int) string {
	return strings.Repeat(" ", len([]rune(w.src[w.lineStart(at):at])))
}

// colon returns what stands between key and value in o, or its habit of the
// whole file.
func (w *writer) colon(o *Object) string {
	if w.tree.Format == YAML {
		return ": "
	}
	for _, object := range []Node{o, w.tree.Root} {
		object, ok := object.(*Object)
		if !ok {
			continue
		}
		for _, m := range object.Members {
			from, to := m.Key.span.End, m.Value.Span().Start
			if to > from && to-from < 8 && strings.Trim(w.src[from:to], " ") == ":" {
				return w.src[from:to]
			}
		}
	}
	return ": "
}

// flow writes a value with brackets: on one line, or broken into lines that
// stand deeper than indent.
func (w *writer) flow(n Node, indent string, broken bool) string {
	switch n := n.(type) {
	case *Object:
		parts := make([]string, 0, len(n.Members))
		for _, m := range n.Members {
			parts = append(parts, quoteJSON(m.Key.Value)+": "+w.flow(m.Value, indent+w.unit, broken))
		}
		return w.brackets("{", parts, "}", indent, broken)
	case *Array:
		broken = broken && !isShort(n)
		parts := make([]string, 0, len(n.Items))
		for _, item := range n.Items {
			parts = append(parts, w.flow(item, indent+w.unit, broken))
		}
		return w.brackets("[", parts, "]", indent, broken)
	case *String:
		return quoteJSON(n.Value)
	case *Number:
		return n.Text
	case *Bool:
		if n.Value {
			return "true"
		}
		return "false"
	}
	return "null"
}

func (w *writer) brackets(opener string, parts []string, closer, indent string, broken bool) string {
	if len(parts) == 0 || !broken {
		return opener + strings.Join(parts, ", ") + closer
	}
	line := w.newline + indent
	return opener + line + w.unit + strings.Join(parts, ","+line+w.unit) + line + closer
}

// isShort reports whether a stays on one line: scalars that fit there.
func isShort(a *Array) bool {
	size := 0
	for _, item := range a.Items {
		switch item := item.(type) {
		case *Object, *Array:
			return false
		case *String:
			size += len(item.Value)
		}
		size += 4
	}
	return size <= 80
}

func quoteJSON(text string) string {
	if strings.IndexFunc(text, needsEscape) < 0 {
		return `"` + text + `"`
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// needsEscape reports whether a character may have to be escaped in JSON; all
// others stand for themselves.
func needsEscape(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == '\\' }

// flowKey writes a key between braces: YAML keys stay plain where they can.
func (w *writer) flowKey(key string) string {
	if w.tree.Format == JSON || w.src[w.tree.Root.Span().Start] == '{' {
		return quoteJSON(key)
	}
	return w.plain(key)
}

// plain writes a YAML string without quotes where it stays a string.
func (w *writer) plain(text string) string {
	if text == "" || resolvePlain(text) != plainString || strings.TrimSpace(text) != text {
		return quoteJSON(text)
	}
	switch strings.ToLower(text) {
	case "yes", "no", "on", "off", "y", "n", "<<", "=":
		return quoteJSON(text) // a boolean to readers of YAML 1.1
	}
	for i, r := range text {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || !(r >= '0' && r <= '9' || strings.ContainsRune(" ./-()", r))) {
			return quoteJSON(text)
		}
	}
	return text
}

// blockMember writes a member of a YAML block mapping whose lines start with
// indent; the first line is without it.
func (w *writer) blockMember(key string, n Node, indent string) string {
	switch n := n.(type) {
	case *Object:
		if len(n.Members) > 0 {
			return w.plain(key) + ":" + w.newline + indent + "  " + w.block(n, indent+"  ")
		}
	case *Array:
		if len(n.Items) > 0 && !isShort(n) {
			return w.plain(key) + ":" + w.newline + indent + "  " + w.block(n, indent+"  ")
		}
	}
	return w.plain(key) + ": " + w.block(n, indent)
}

func (w *writer) blockItem(n Node, indent string) string {
	return "- " + w.block(n, indent+"  ")
}

// block writes a value in YAML's block style.
func (w *writer) block(n Node, indent string) string {
	var lines []string
	switch n := n.(type) {
	case *Object:
		for _, m := range n.Members {
			lines = append(lines, w.blockMember(m.Key.Value, m.Value, indent))
		}
	case *Array:
		if isShort(n) {
			return w.flow(n, indent, false)
		}
		for _, item := range n.Items {
			lines = append(lines, w.blockItem(item, indent))
		}
	case *String:
		return w.plain(n.Value)
	}
	if len(lines) == 0 {
		return w.flow(n, indent, false)
	}
	return strings.Join(lines, w.newline+indent)
}
