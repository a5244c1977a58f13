// Package serverless reads the state machines in serverless.yml, as the plugin
// serverless-step-functions deploys them. Variables are resolved as far as the
// files tell; no program is run.
package serverless

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// config is a serverless.yml being read.
type config struct {
	request *host.Request
	root    located
	trees   map[*syntax.File]*syntax.Tree
	depth   int   // of variables being followed
	steps   int   // variables followed so far
	err     error // why a variable has no value
}

// located is a node and the tree that it belongs to.
type located struct {
	tree *syntax.Tree
	node syntax.Node
}

// Bounds of how deep variables are followed, and how many in all: variables can
// stand for each other, and double each time.
const (
	maxDepth   = 50
	maxSteps   = 10_000
	maxAddress = 4096 // bytes
)

func newConfig(request *host.Request) *config {
	c := &config{request: request, trees: map[*syntax.File]*syntax.Tree{}}
	tree := c.parse(request.File)
	c.root = located{tree, tree.Root}
	return c
}

func (c *config) parse(file *syntax.File) *syntax.Tree {
	tree := c.trees[file]
	if tree == nil && IsProgram(path.Base(file.Name)) {
		tree = parseProgram(file)
		c.trees[file] = tree
	}
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
		from = c.resolve(located{from.tree, child(from.node, key)})
	}
	return from
}

// child returns a member of an object, or an item of a list by its index.
func child(node syntax.Node, key string) syntax.Node {
	switch node := node.(type) {
	case *syntax.Object:
		return node.Get(key)
	case *syntax.Array:
		if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(node.Items) {
			return node.Items[i]
		}
	}
	return nil
}

// resolve follows a string that is one variable to the node that it stands for.
// What is not known stays the string.
func (c *config) resolve(from located) located {
	for range maxDepth {
		text, ok := from.node.(*syntax.String)
		if !ok || from.tree.Tag(text) != "" {
			return from
		}
		content, ok := variableIn(text.Value)
		if !ok {
			return from
		}
		next, ok := c.variable(content, text.Span())
		if !ok || next.node == from.node {
			return from
		}
		from = next
	}
	return from
}

// variableIn returns what stands between the braces of a text that is one
// ${...} as a whole. Other variables may stand inside.
func variableIn(text string) (content string, ok bool) {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "${") || strings.HasPrefix(text, "${AWS::") {
		return "", false
	}
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return text[2:i], i == len(text)-1
			}
		}
	}
	return "", false
}

// variable resolves SOURCE, or SOURCE, FALLBACK: the first source that is known
// counts. When none is, c.err says why the first one is not.
func (c *config) variable(text string, at syntax.Span) (located, bool) {
	c.steps++
	if c.depth >= maxDepth || c.steps > maxSteps {
		c.unknown("its variables stand for each other without end")
		return located{}, false
	}
	c.depth++
	defer func() { c.depth-- }()
	before := c.err
	for _, source := range splitSources(text) {
		if found, ok := c.nestedSource(source, at); ok {
			c.err = before
			return found, true
		}
	}
	return located{}, false
}

// splitSources splits at the commas that stand neither in quotes nor in braces.
func splitSources(text string) []string {
	var sources []string
	depth, start, quote := 0, 0, byte(0)
	for i := range len(text) {
		switch b := text[i]; {
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '\'' || b == '"':
			quote = b
		case b == '{' || b == '(':
			depth++
		case b == '}' || b == ')':
			depth--
		case b == ',' && depth == 0:
			sources = append(sources, strings.TrimSpace(text[start:i]))
			start = i + 1
		}
	}
	return append(sources, strings.TrimSpace(text[start:]))
}

// nestedSource resolves a source that may hold variables: one that is a variable
// as a whole can give any value, the others give a part of the address.
func (c *config) nestedSource(text string, at syntax.Span) (located, bool) {
	if content, ok := variableIn(text); ok {
		return c.variable(content, at)
	}
	address, ok := c.address(text, at)
	if !ok {
		return located{}, false
	}
	return c.source(address, at)
}

// address fills in the variables inside of an address, the innermost first.
func (c *config) address(text string, at syntax.Span) (string, bool) {
	for range maxDepth {
		start := strings.LastIndex(text, "${")
		if start < 0 {
			return text, true
		}
		length := strings.IndexByte(text[start:], '}')
		if length < 0 || len(text) > maxAddress {
			return "", false
		}
		found, ok := c.variable(text[start+2:start+length], at)
		if !ok {
			return "", false
		}
		value := c.text(found)
		if !value.Known {
			return "", false
		}
		text = text[:start] + value.Text + text[start+length+1:]
	}
	return "", false
}

// unknown notes why a variable has no value; the first reason counts.
func (c *config) unknown(reason string) {
	if c.err == nil {
		c.err = errors.New(reason)
	}
}

// source resolves one address, or a literal.
func (c *config) source(text string, at syntax.Span) (located, bool) {
	if given, ok := c.request.Given(text); ok {
		return c.literal(given, at), true
	}
	if n := len(text); n >= 2 && (text[0] == '\'' || text[0] == '"') && text[n-1] == text[0] {
		return c.literal(text[1:n-1], at), true
	}
	if reference, ok := strings.CutPrefix(text, "file("); ok {
		return c.file(reference)
	}
	if argument, ok := strings.CutPrefix(text, "strToBool("); ok {
		return located{c.root.tree, syntax.NewBool(at, isTrue(strings.TrimSuffix(argument, ")")))}, true
	}
	switch {
	case text == "":
		return located{}, false
	case strings.Trim(text, "0123456789") == "":
		return located{c.root.tree, syntax.NewNumber(at, text)}, true
	case text == "true" || text == "false":
		return located{c.root.tree, syntax.NewBool(at, text == "true")}, true
	case text == "null":
		return located{c.root.tree, syntax.NewNull(at)}, true
	}
	kind, name, _ := strings.Cut(text, ":")
	return c.addressed(kind, name, at)
}

func isTrue(text string) bool {
	text = strings.ToLower(strings.Trim(text, ` '"`))
	return text == "true" || text == "1"
}

func (c *config) literal(text string, at syntax.Span) located {
	return located{c.root.tree, host.Placed(at, text)}
}

// addressed resolves KIND:NAME.
func (c *config) addressed(kind, name string, at syntax.Span) (located, bool) {
	switch kind {
	case "self":
		return c.self(name, at)
	case "sls":
		if name == "stage" {
			return c.stage(at)
		}
		c.unknown("only a deployment knows ${sls:" + name + "}")
	case "aws":
		if found := c.get(c.root, "provider", name); name == "region" && found.node != nil {
			return found, true
		}
		c.unknown("only a deployment knows ${aws:" + name + "}")
	case "param":
		return c.param(name, at)
	case "opt":
		if given, ok := c.request.Given(name); ok {
			return c.literal(given, at), true
		}
		c.unknown("the command line gives ${opt:" + name + "}, which has no default")
	case "env":
		c.unknown("the environment gives ${env:" + name + "}, which has no default")
	case "ssm", "cf", "s3", "git", "output", "vault", "doppler", "terraform":
		c.unknown("only a deployment knows ${" + kind + ":" + name + "}, which has no default")
	default:
		if strings.HasPrefix(kind, "cf(") || strings.HasPrefix(kind, "ssm(") {
			c.unknown("only a deployment knows ${" + kind + ":" + name + "}, which has no default")
		}
	}
	return located{}, false
}

// self resolves a path in serverless.yml. The framework itself fills in the
// stage and the region when the file has none.
func (c *config) self(name string, at syntax.Span) (located, bool) {
	found := c.root
	if name != "" {
		found = c.get(c.root, strings.Split(name, ".")...)
	}
	switch {
	case found.node != nil:
		return found, true
	case name == "provider.stage":
		return c.stage(at)
	case name == "provider.region":
		return c.literal("us-east-1", at), true
	}
	c.unknown("there is no " + name + " in " + path.Base(c.request.File.Name))
	return located{}, false
}

// stage returns the stage: of the command line, of the provider, else "dev".
func (c *config) stage(at syntax.Span) (located, bool) {
	if given, ok := c.request.Given("stage"); ok {
		return c.literal(given, at), true
	}
	if found := c.get(c.root, "provider", "stage"); found.node != nil {
		return found, c.text(found).Known
	}
	return c.literal("dev", at), true
}

// param resolves a parameter: of the command line, of the stage, else of all
// stages.
func (c *config) param(name string, at syntax.Span) (located, bool) {
	if given, ok := c.request.Given(name); ok {
		return c.literal(given, at), true
	}
	sections := []string{"default"}
	if stage, ok := c.stage(at); ok {
		sections = []string{c.text(stage).Text, "default"}
	}
	for _, section := range sections {
		if found := c.get(c.root, "params", section, name); found.node != nil {
			return found, true
		}
		if found := c.get(c.root, "stages", section, "params", name); found.node != nil {
			return found, true
		}
	}
	c.unknown("the command line gives ${param:" + name + "}, which has no default")
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
		c.err = cmp.Or(c.err, fmt.Errorf("%s is a program, which is not executed", name))
		return located{}, false
	}
	file, err := c.request.Project.Open(c.request.File, name)
	if err != nil {
		c.err = cmp.Or(c.err, err)
		return located{}, false
	}
	tree := c.parse(file)
	if keys = strings.TrimPrefix(strings.TrimSpace(keys), ":"); keys == "" {
		return located{tree, tree.Root}, true
	}
	inside := c.get(located{tree, tree.Root}, strings.Split(keys, ".")...)
	if inside.node == nil {
		c.unknown("there is no " + keys + " in " + name)
	}
	return inside, inside.node != nil
}

// text returns the value of a node as text, with its variables filled in as far
// as they are known.
func (c *config) text(from located) host.Value {
	from = c.resolve(from)
	switch n := from.node.(type) {
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
