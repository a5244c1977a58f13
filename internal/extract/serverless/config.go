// Package serverless reads the state machines in serverless.yml, as the plugin
// serverless-step-functions deploys them. Variables are resolved as far as the
// files tell; no program is run.
package serverless

import (
	"fmt"
	"path"
	"strings"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// config is a serverless.yml being read.
type config struct {
	request *host.Request
	root    located
	trees   map[*syntax.File]*syntax.Tree
	depth   int // of variables being followed
	steps   int // variables followed so far
	err     error
}

// located is a node and the tree that it belongs to.
type located struct {
	tree *syntax.Tree
	node syntax.Node
}

// Bounds of how deep variables are followed, and how many in all: variables can
// stand for each other, and double each time.
const (
	maxDepth = 50
	maxSteps = 10_000
)

func newConfig(request *host.Request) *config {
	c := &config{request: request, trees: map[*syntax.File]*syntax.Tree{}}
	tree := c.parse(request.File)
	c.root = located{tree, tree.Root}
	return c
}

func (c *config) parse(file *syntax.File) *syntax.Tree {
	tree := c.trees[file]
	if tree == nil {
		tree = syntax.Parse(file)
		c.trees[file] = tree
	}
	return tree
}

// get returns a member, with the variable that it may be resolved.
func (c *config) get(from located, keys ...string) located {
	from = c.resolve(from)
	for _, key := range keys {
		object, _ := from.node.(*syntax.Object)
		from = c.resolve(located{from.tree, object.Get(key)})
	}
	return from
}

// resolve follows a string that is one variable to the node that it stands for.
// What is not known stays the string.
func (c *config) resolve(from located) located {
	for range maxDepth {
		text, ok := from.node.(*syntax.String)
		if !ok || from.tree.Tag(text) != "" || !isVariable(text.Value) {
			return from
		}
		next, ok := c.variable(text.Value[2:len(text.Value)-1], text.Span())
		if !ok || next.node == from.node {
			return from
		}
		from = next
	}
	return from
}

// isVariable reports whether a text is one ${...} as a whole.
func isVariable(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasPrefix(text, "${") && strings.HasSuffix(text, "}") && !strings.ContainsAny(text[2:len(text)-1], "{}") &&
		!strings.HasPrefix(text, "${AWS::")
}

// variable resolves ADDRESS, or ADDRESS, FALLBACK.
func (c *config) variable(text string, at syntax.Span) (located, bool) {
	c.steps++
	if c.depth >= maxDepth || c.steps > maxSteps {
		return located{}, false
	}
	c.depth++
	defer func() { c.depth-- }()
	for _, source := range strings.Split(text, ",") {
		if found, ok := c.source(strings.TrimSpace(source), at); ok {
			return found, true
		}
	}
	return located{}, false
}

// source resolves one address, or a literal.
func (c *config) source(text string, at syntax.Span) (located, bool) {
	if given, ok := c.request.Given(text); ok {
		return located{c.root.tree, host.Placed(at, given)}, true
	}
	if quoted := strings.Trim(text, `'"`); len(quoted) == len(text)-2 {
		return located{c.root.tree, host.Placed(at, quoted)}, true
	}
	if keys, ok := strings.CutPrefix(text, "self:"); ok {
		found := c.get(c.root, strings.Split(keys, ".")...)
		return found, found.node != nil
	}
	for _, prefix := range []string{"param:", "opt:"} {
		if name, ok := strings.CutPrefix(text, prefix); ok {
			given, ok := c.request.Given(name)
			return located{c.root.tree, host.Placed(at, given)}, ok
		}
	}
	if reference, ok := strings.CutPrefix(text, "file("); ok {
		return c.file(reference)
	}
	if text != "" && strings.Trim(text, "0123456789") == "" {
		return located{c.root.tree, syntax.NewNumber(at, text)}, true
	}
	return located{}, false
}

// file resolves file(PATH) and file(PATH):KEYS.
func (c *config) file(text string) (located, bool) {
	name, keys, found := strings.Cut(text, ")")
	if !found {
		return located{}, false
	}
	name = strings.Trim(name, `'" `)
	switch extension := strings.ToLower(path.Ext(name)); extension {
	case ".js", ".cjs", ".mjs", ".ts", ".cts", ".mts":
		c.err = fmt.Errorf("%s is a program, which is not executed", name)
		return located{}, false
	}
	file, err := c.request.Project.Open(c.request.File, name)
	if err != nil {
		c.err = err
		return located{}, false
	}
	tree := c.parse(file)
	if keys = strings.TrimPrefix(keys, ":"); keys == "" {
		return located{tree, tree.Root}, true
	}
	inside := c.get(located{tree, tree.Root}, strings.Split(keys, ".")...)
	return inside, inside.node != nil
}

// text returns the value of a node as text, with its variables filled in as far
// as they are known.
func (c *config) text(from located) host.Value {
	switch n := c.resolve(from).node.(type) {
	case *syntax.String:
		return host.Partly(c.fill(from.tree, n).String())
	case *syntax.Number:
		return host.Known(n.Text)
	case *syntax.Bool:
		if n.Value {
			return host.Known("true")
		}
		return host.Known("false")
	}
	return host.Unknown("value")
}

// fill fills in the variables inside of a text. Those inside others come first.
func (c *config) fill(tree *syntax.Tree, s *syntax.String) *host.Text {
	const rounds = 5
	out := host.TextOfString(tree.File, s)
	for range rounds {
		before := out.String()
		out = host.Expand(out, syntax.YAML, false, func(v host.Substitution) (host.Value, bool) {
			found, ok := c.variable(v.Name, v.Place)
			if !ok || c.depth >= maxDepth {
				return host.Value{}, false
			}
			c.depth++
			defer func() { c.depth-- }()
			value := c.text(found)
			return value, value.Known
		})
		if out.String() == before {
			break
		}
	}
	return out
}
