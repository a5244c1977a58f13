package jsonata

import (
	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
)

func (c *compiler) call(n *ast.Call) *callNode {
	call := &callNode{span: n.Token, depth: c.depth, name: procedureName(n.Procedure)}
	call.procedure = c.compile(n.Procedure)
	call.arguments = c.compileAll(n.Arguments)
	call.misspelt = c.misspelt(n.Procedure)
	if call.name == "eval" {
		call.scope = &evalScope{c.scope}
	}
	return call
}

func (c *compiler) partial(n *ast.Partial) node {
	partial := &partialNode{span: n.Token, name: procedureName(n.Procedure)}
	partial.procedure = c.compile(n.Procedure)
	partial.misspelt = c.misspelt(n.Procedure)
	for _, argument := range n.Arguments {
		if argument == nil {
			partial.arguments = append(partial.arguments, nil)
			continue
		}
		partial.arguments = append(partial.arguments, c.compile(argument))
	}
	return partial
}

// procedureName is what a message calls a function.
func procedureName(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Variable:
		return n.Name
	case *ast.Path:
		if name, ok := n.Steps[0].Node.(*ast.Name); ok {
			return name.Name
		}
	case *ast.Filter:
		return procedureName(n.Node)
	}
	return ""
}

// misspelt returns the variable that a function called by a bare name probably
// means; nil when it is not called so.
func (c *compiler) misspelt(procedure ast.Node) node {
	path, ok := procedure.(*ast.Path)
	if !ok {
		return nil
	}
	name, ok := path.Steps[0].Node.(*ast.Name)
	if !ok || name.Name == "" {
		return nil
	}
	return c.reference(name.Name)
}

func (c *compiler) apply(n *ast.Apply) node {
	left := c.compile(n.Left)
	right := n.Right
	if filter, ok := right.(*ast.Filter); ok {
		// predicates and a grouping after a call are passed over by the reference
		if _, isCall := filter.Node.(*ast.Call); isCall {
			right = filter.Node
		}
	}
	if call, ok := right.(*ast.Call); ok {
		// the left side becomes the first argument
		compiled := c.call(call)
		compiled.arguments = append([]node{left}, compiled.arguments...)
		return keep(compiled, n.KeepArray)
	}
	return keep(&applyNode{left: left, right: c.compile(right), name: procedureName(right), span: n.Token, depth: c.depth}, n.KeepArray)
}

// keep wraps a node whose sequences stay arrays when they have one item.
func keep(n node, keepArray bool) node {
	if !keepArray {
		return n
	}
	switch n := n.(type) {
	case *callNode:
		n.keep = true
	case *applyNode:
		n.keep = true
	}
	return n
}

func (c *compiler) transform(n *ast.Transform) node {
	t := &transformNode{span: n.Span, depth: c.depth}
	t.clone = c.reference("clone")
	t.pattern, t.update = c.compile(n.Pattern), c.compile(n.Update)
	t.updateSpan = n.Update.Range()
	if n.Delete != nil {
		t.delete = c.compile(n.Delete)
		t.deleteSpan = n.Delete.Range()
	}
	return t
}

func (c *compiler) lambda(n *ast.Lambda) node {
	s := &scope{}
	l := &lambdaNode{signature: n.Signature, arity: len(n.Parameters), program: c.program}
	for _, parameter := range n.Parameters {
		l.parameters = append(l.parameters, s.declare(parameter.Name))
	}
	s.declareBound(n.Body)
	outerDepth := c.depth
	c.depth = 0
	c.inScope(s, func() { l.body = c.tail(n.Body) })
	c.depth = outerDepth
	l.slots = len(s.names)
	return l
}

// tail compiles the body of a function: a call in tail position, in a branch of
// a condition or at the end of a block, does not grow the stack.
func (c *compiler) tail(n ast.Node) node {
	c.depth++
	defer func() { c.depth-- }()
	switch n := n.(type) {
	case *ast.Call:
		call := c.call(n)
		return &tailCallNode{call}
	case *ast.Conditional:
		cond := &conditionalNode{condition: c.compile(n.Condition), then: c.tail(n.Then), otherwise: &literalNode{}}
		if n.Else != nil {
			cond.otherwise = c.tail(n.Else)
		}
		return cond
	case *ast.Block:
		return c.tailBlock(n)
	}
	c.depth--
	compiled := c.compile(n)
	c.depth++
	return compiled
}

func (c *compiler) tailBlock(n *ast.Block) node {
	s := &scope{}
	s.declareBound(n.Expressions...)
	b := &blockNode{}
	c.inScope(s, func() {
		for i, expression := range n.Expressions {
			if i == len(n.Expressions)-1 {
				b.expressions = append(b.expressions, c.tail(expression))
				continue
			}
			b.expressions = append(b.expressions, c.compile(expression))
		}
	})
	b.slots = len(s.names)
	return b
}
