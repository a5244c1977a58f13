package format

import (
	"fmt"
	"math/rand"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Every definition of the corpus, written as YAML with its members shuffled and
// a comment above each key of a state, comes out in order, with each comment
// still above its key.
func TestCommentsStayWithTheirKeys(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	checked := 0
	for _, folder := range []string{"corpus/asl", "lintset/valid"} {
		corpusFiles(t, folder, func(name string, src []byte) {
			tree := syntax.Parse(syntax.NewFile(name, src))
			if tree.Format != syntax.JSON || len(tree.Errors) > 0 || rootKind(tree.Root) != machine {
				return
			}
			w := yamlEmitter{random: random, unit: 2 + random.Intn(3)}
			w.value(tree.Root, machine, 0)
			path := strings.TrimSuffix(filepath.Base(name), ".json") + ".yaml"
			result, err := Source(syntax.NewFile(path, []byte(w.out.String())), Style{})
			if err != nil {
				t.Errorf("%s: %v", name, err)
				return
			}
			checked++
			checkResult(t, path, []byte(w.out.String()), result)
			checkComments(t, name, string(result))
			again := parse(syntax.NewFile(path, result))
			checkIndent(t, name, again)
			checkOrder(t, name, again.Root, machine)
		})
	}
	if checked < 300 {
		t.Errorf("only %d definitions", checked)
	}
}

func checkComments(t *testing.T, name, text string) {
	t.Helper()
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		key, found := strings.CutPrefix(strings.TrimSpace(line), "# about ")
		if found && !strings.HasPrefix(strings.TrimLeft(lines[i+1], " -"), key) {
			t.Errorf("%s: the comment on %s stands above %s", name, key, lines[i+1])
		}
	}
}

// checkIndent wants every key on an even column.
func checkIndent(t *testing.T, name string, tree *syntax.Tree) {
	t.Helper()
	syntax.Walk(tree.Root, func(n syntax.Node) bool {
		o, _ := n.(*syntax.Object)
		for i := 0; o != nil && i < len(o.Members); i++ {
			if at := tree.File.Position(o.Members[i].Key.Span().Start, syntax.Bytes); at.Column%2 == 0 {
				t.Errorf("%s:%d: %s stands in column %d", name, at.Line, o.Members[i].Key.Value, at.Column)
			}
		}
		return true
	})
}

func checkOrder(t *testing.T, name string, n syntax.Node, k kind) {
	t.Helper()
	switch n := n.(type) {
	case *syntax.Object:
		for i, index := range k.arrange(n.Members) {
			if i != index {
				t.Errorf("%s: %s is not in its place", name, n.Members[i].Key.Value)
			}
			checkOrder(t, name, n.Members[i].Value, k.member(n.Members[i].Key.Value))
		}
	case *syntax.Array:
		for _, item := range n.Items {
			checkOrder(t, name, item, k)
		}
	}
}

// yamlEmitter writes JSON as block YAML.
type yamlEmitter struct {
	random *rand.Rand
	unit   int // blanks a level
	out    strings.Builder
}

func (w *yamlEmitter) indent(depth int) string { return strings.Repeat(" ", w.unit*depth) }

func (w *yamlEmitter) value(n syntax.Node, k kind, depth int) {
	indent := w.indent(depth)
	if sizeOf(n) == 0 {
		w.out.WriteString(indent + outlineEmpty(n) + "\n")
		return
	}
	switch n := n.(type) {
	case *syntax.Object:
		order := make([]int, len(n.Members))
		for i := range order {
			order[i] = i
		}
		if k.hasOrder() {
			order = w.random.Perm(len(n.Members))
		}
		for position, i := range order {
			member := n.Members[i]
			key := fmt.Sprintf("%q", member.Key.Value)
			if k == state && w.random.Intn(2) == 0 {
				fmt.Fprintf(&w.out, "%s# about %s\n", indent, key)
			} else if position > 0 && w.random.Intn(5) == 0 {
				w.out.WriteString("\n")
			}
			w.out.WriteString(indent + key + ":")
			w.child(member.Value, k.member(member.Key.Value), depth)
		}
	case *syntax.Array:
		for _, item := range n.Items {
			start := w.out.Len()
			w.value(item, k, depth+1)
			text := w.out.String()
			w.out.Reset()
			w.out.WriteString(text[:start] + indent + "-" + text[start+len(indent)+1:])
		}
	case *syntax.String:
		fmt.Fprintf(&w.out, "%s%q\n", indent, n.Value)
	case *syntax.Number:
		w.out.WriteString(indent + n.Text + "\n")
	case *syntax.Bool:
		fmt.Fprintf(&w.out, "%s%v\n", indent, n.Value)
	default:
		w.out.WriteString(indent + "null\n")
	}
}

// child writes the value of a member, after its key or on lines below.
func (w *yamlEmitter) child(n syntax.Node, k kind, depth int) {
	if s, ok := n.(*syntax.String); ok {
		if text := s.Value; strings.Contains(text, "\n") && strings.TrimSpace(text) == text && !strings.Contains(text, "\r") {
			w.out.WriteString(" |-\n")
			for _, line := range strings.Split(text, "\n") {
				w.out.WriteString(w.indent(depth+1) + line + "\n")
			}
			return
		}
	}
	if sizeOf(n) <= 0 {
		w.out.WriteString(" ")
		w.value(n, k, 0)
		return
	}
	w.out.WriteString("\n")
	w.value(n, k, depth+1)
}

// sizeOf is the number of members or elements; -1 of a scalar.
func sizeOf(n syntax.Node) int {
	switch n := n.(type) {
	case *syntax.Object:
		return len(n.Members)
	case *syntax.Array:
		return len(n.Items)
	}
	return -1
}

func outlineEmpty(n syntax.Node) string {
	if _, ok := n.(*syntax.Array); ok {
		return "[]"
	}
	return "{}"
}
