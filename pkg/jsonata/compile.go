package jsonata

import (
	"strconv"
	"sync"

	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// node is a compiled expression. It is immutable; eval computes it with the
// variables of f over the context in.
type node interface {
	eval(m *machine, f *frame, in value.Value) (value.Value, error)
}

// program is a compiled expression with what its evaluation needs to know.
type program struct {
	text    string
	root    node
	scope   *scope
	globals []string // names of the free variables
	library *Library

	machines sync.Pool // of *machine, to use again
}

// frame makes the frame for the variables that are bound outside any block.
func (p *program) frame(parent *frame) *frame {
	if len(p.scope.names) == 0 {
		return parent
	}
	return newFrame(parent, len(p.scope.names), 0)
}

type compiler struct {
	program *program
	scope   *scope
	globals map[string]int
	depth   int // expressions around the current one in the function body
}

func compileProgram(tree ast.Node, text string, library *Library) *program {
	return compileIn(nil, tree, text, library)
}

// compileIn compiles an expression that sees the variables of outer.
func compileIn(outer *scope, tree ast.Node, text string, library *Library) *program {
	p := &program{text: text, library: library}
	p.scope = &scope{parent: outer}
	p.scope.declareBound(tree)
	c := &compiler{program: p, scope: p.scope}
	if len(p.scope.names) == 0 {
		c.scope = outer
	}
	p.root = c.compile(tree)
	return p
}

// compile compiles one expression, one level further down.
func (c *compiler) compile(n ast.Node) node {
	c.depth++
	compiled := c.dispatch(n)
	if c.depth%deepStride == 0 {
		compiled = &deepNode{compiled, c.depth}
	}
	c.depth--
	return compiled
}

// deepStride is how many levels lie between two places that look how deep the
// evaluation is. Calls look as well, wherever they stand.
const deepStride = 8

// deepNode is an expression that lies deep inside others.
type deepNode struct {
	node
	depth int // expressions around it in the function body, itself included
}

func (n *deepNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	if m.depth+n.depth-deepStride >= m.limits.Depth {
		return value.Value{}, errDepth()
	}
	return n.node.eval(m, f, in)
}

func (c *compiler) dispatch(n ast.Node) node {
	switch n := n.(type) {
	case *ast.Literal:
		return &literalNode{n.Value}
	case *ast.Name:
		return &nameNode{n.Name}
	case *ast.Variable:
		return c.variable(n.Name)
	case *ast.Wildcard:
		return wildcardNode{}
	case *ast.Descendants:
		return descendantsNode{}
	case *ast.Parent:
		return c.parent(n.Slot)
	case *ast.Regex:
		return &literalNode{value.Extension(&regexFunction{program: n.Program, span: n.Span})}
	case *ast.Negate:
		return &negateNode{c.compile(n.Operand), n.Span}
	case *ast.Array:
		return c.array(n)
	case *ast.Object:
		return c.object(n.Pairs, n.Span)
	case *ast.Block:
		return c.block(n)
	case *ast.Binary:
		return c.binary(n)
	case *ast.Bind:
		return c.bind(n)
	case *ast.Conditional:
		return c.conditional(n)
	case *ast.Lambda:
		return c.lambda(n)
	case *ast.Call:
		return c.call(n)
	case *ast.Partial:
		return c.partial(n)
	case *ast.Apply:
		return c.apply(n)
	case *ast.Transform:
		return c.transform(n)
	case *ast.Path:
		return c.path(n)
	case *ast.Filter:
		return c.filter(n)
	}
	return &literalNode{}
}

func (c *compiler) compileAll(nodes []ast.Node) []node {
	compiled := make([]node, len(nodes))
	for i, n := range nodes {
		compiled[i] = c.compile(n)
	}
	return compiled
}

// variable compiles a reference by name. Scopes that bind the name are tried
// from the inside out, for a variable counts as bound only once it is.
func (c *compiler) variable(name string) node {
	switch name {
	case "":
		return contextNode{}
	case "$":
		return rootNode{}
	}
	return c.reference(name)
}

func (c *compiler) reference(name string) node {
	hops := 0
	var first, last *localNode
	for s := c.scope; s != nil; s = s.parent {
		if slot := s.slot(name); slot >= 0 {
			local := &localNode{hops: hops, slot: slot}
			if first == nil {
				first = local
			} else {
				last.outer = local
			}
			last = local
		}
		hops++
	}
	global := &globalNode{c.global(name)}
	if first == nil {
		return global
	}
	last.outer = global
	return first
}

func (c *compiler) global(name string) int {
	if index, ok := c.globals[name]; ok {
		return index
	}
	if c.globals == nil {
		c.globals = map[string]int{}
	}
	index := len(c.program.globals)
	c.program.globals = append(c.program.globals, name)
	c.globals[name] = index
	return index
}

// labelName is the name under which a tuple holds what a parent operator refers to.
func labelName(slot *ast.Slot) string { return "%" + strconv.Itoa(slot.Label) }

// parent compiles a parent operator: the ancestor is held by the tuple.
func (c *compiler) parent(slot *ast.Slot) node {
	hops := 0
	for s := c.scope; s != nil; s = s.parent {
		if at := s.slot(labelName(slot)); at >= 0 {
			return &localNode{hops: hops, slot: at, outer: &literalNode{}}
		}
		hops++
	}
	return &literalNode{}
}

// inScope compiles within a new scope when it has any names; what makes the
// frame must look at the length of its names, too.
func (c *compiler) inScope(s *scope, compile func()) {
	outer := c.scope
	s.parent = outer
	if len(s.names) > 0 {
		c.scope = s
	}
	compile()
	c.scope = outer
}

// scoped compiles an expression that is evaluated in a frame of its own.
func (c *compiler) scoped(n ast.Node) node {
	if !binds(n) {
		return c.compile(n)
	}
	s := &scope{}
	s.declareBound(n)
	var body node
	c.inScope(s, func() { body = c.compile(n) })
	return &blockNode{expressions: []node{body}, slots: len(s.names)}
}

func (c *compiler) block(n *ast.Block) node {
	s := &scope{}
	s.declareBound(n.Expressions...)
	b := &blockNode{}
	c.inScope(s, func() { b.expressions = c.compileAll(n.Expressions) })
	b.slots = len(s.names)
	if b.slots == 0 && len(b.expressions) == 1 && !isCall(b.expressions[0]) {
		return b.expressions[0]
	}
	return b
}

// isCall reports whether a node calls a function. The result of one may be a
// sequence inside a sequence, which each expression around it collapses once more.
func isCall(n node) bool {
	switch n.(type) {
	case *callNode, *applyNode:
		return true
	}
	return false
}

func (c *compiler) bind(n *ast.Bind) node {
	b := &bindNode{value: c.compile(n.Value)}
	if c.scope != nil {
		b.slot = c.scope.slot(n.Variable.Name)
	}
	return b
}

func (c *compiler) conditional(n *ast.Conditional) node {
	cond := &conditionalNode{condition: c.compile(n.Condition), then: c.compile(n.Then), otherwise: &literalNode{}}
	if n.Else != nil {
		cond.otherwise = c.compile(n.Else)
	}
	return cond
}

func (c *compiler) array(n *ast.Array) node {
	a := &arrayNode{constructed: n.Constructed}
	for _, item := range n.Items {
		switch item := item.(type) {
		case *ast.Range:
			c.depth++
			a.items = append(a.items, arrayItem{from: c.compile(item.From), node: c.compile(item.To), span: item.Operator})
			c.depth--
		default:
			a.items = append(a.items, arrayItem{node: c.compile(item), whole: isArray(item)})
		}
	}
	return a
}

// isArray reports whether the expression is written as an array, which becomes
// one item of an array around it.
func isArray(n ast.Node) bool {
	if filter, ok := n.(*ast.Filter); ok {
		n = filter.Node
	}
	_, ok := n.(*ast.Array)
	return ok
}

// object compiles an object constructor or the pairs of a grouping.
func (c *compiler) object(list []ast.Pair, span ast.Span) *objectNode {
	return newObjectNode(list, span, c.compile)
}

func (c *compiler) binary(n *ast.Binary) node {
	switch n.Operator {
	case "&":
		return c.concat(n)
	case "and":
		return &andNode{c.compile(n.Left), c.compile(n.Right), n.Token}
	case "or":
		return &orNode{c.compile(n.Left), c.compile(n.Right), n.Token}
	case "=", "!=":
		return &equalNode{c.compile(n.Left), c.compile(n.Right), n.Operator == "!="}
	case "in":
		return &inNode{c.compile(n.Left), c.compile(n.Right)}
	case "<", "<=", ">", ">=":
		return &compareNode{c.compile(n.Left), c.compile(n.Right), n.Operator, n.Token}
	case "??":
		return &coalesceNode{c.compile(n.Left), c.compile(n.Right), false}
	case "?:":
		return &coalesceNode{c.compile(n.Left), c.compile(n.Right), true}
	}
	return &arithmeticNode{c.compile(n.Left), c.compile(n.Right), n.Operator[0], n.Token}
}

// concat compiles a chain of & into one node.
func (c *compiler) concat(n *ast.Binary) node {
	node := &concatNode{span: n.Token}
	var collect func(part ast.Node)
	collect = func(part ast.Node) {
		if chain, ok := part.(*ast.Binary); ok && chain.Operator == "&" {
			collect(chain.Left)
			node.parts = append(node.parts, c.compile(chain.Right))
			return
		}
		node.parts = append(node.parts, c.compile(part))
	}
	collect(n)
	return node
}
