package parse

import (
	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/jsonata/fault"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// prefix reads an expression that begins with t, which has been consumed.
func (p *parser) prefix(t token) (ast.Node, *fault.Error) {
	switch t.kind {
	case nameToken:
		return namePath(t), nil
	case variableToken:
		return &ast.Variable{Span: t.Span, Name: t.text}, nil
	case literalToken:
		return &ast.Literal{Span: t.Span, Value: t.literal}, nil
	case regexToken:
		return &ast.Regex{Span: t.Span, Program: t.regex}, nil
	case endToken:
		p.misused(fault.New("S0207", t.Span))
		return &ast.Literal{Span: t.Span, Value: value.Null()}, nil
	}
	return p.prefixOperator(t)
}

func (p *parser) prefixOperator(t token) (ast.Node, *fault.Error) {
	switch t.text {
	case "and", "or", "in": // field names, too
		return namePath(t), nil
	case "*":
		return &ast.Wildcard{Span: t.Span}, nil
	case "**":
		return &ast.Descendants{Span: t.Span}, nil
	case "%":
		return p.newParent(t.Span), nil
	case "-":
		return p.negate(t)
	case "(":
		return p.block(t)
	case "[":
		return p.array(t)
	case "{":
		return p.object(t)
	case "|":
		return p.transform(t)
	}
	return nil, p.unexpected("S0211", &t)
}

func namePath(t token) *ast.Path {
	step := &ast.Step{Span: t.Span, Node: &ast.Name{Span: t.Span, Name: t.text}}
	return &ast.Path{Span: t.Span, Steps: []*ast.Step{step}}
}

func (p *parser) negate(t token) (ast.Node, *fault.Error) {
	operand, err := p.expression(70)
	if err != nil {
		return nil, err
	}
	inner := operand
	if filter, ok := operand.(*ast.Filter); ok {
		inner = filter.Node
	}
	if literal, ok := inner.(*ast.Literal); ok && literal.Value.Kind() == value.KindNumber {
		literal.Value = value.Float(-literal.Value.Float())
		literal.Span.Start = t.Start
		return operand, nil
	}
	node := &ast.Negate{Span: p.from(t.Start), Operand: operand}
	p.inherit(node, operand)
	return node, nil
}

func (p *parser) block(t token) (ast.Node, *fault.Error) {
	node := &ast.Block{}
	for !p.tok.is(")") {
		part, err := p.expression(0)
		if err != nil {
			return nil, err
		}
		node.Expressions = append(node.Expressions, part)
		p.inherit(node, part)
		node.Constructed = node.Constructed || beginsConstructed(part)
		more, err := p.accept(";")
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
	}
	err := p.expectClosing(")")
	node.Span = p.from(t.Start)
	return node, err
}

// beginsConstructed reports whether the first step of a path is an array that
// is kept as one item.
func beginsConstructed(node ast.Node) bool {
	if path, ok := node.(*ast.Path); ok {
		return isConstructed(path.Steps[0].Node)
	}
	return isConstructed(node)
}

func isConstructed(node ast.Node) bool {
	switch n := unwrap(node).(type) {
	case *ast.Array:
		return n.Constructed
	case *ast.Block:
		return n.Constructed
	}
	return false
}

func (p *parser) array(t token) (ast.Node, *fault.Error) {
	node := &ast.Array{}
	for !p.tok.is("]") {
		item, err := p.arrayItem()
		if err != nil {
			return nil, err
		}
		node.Items = append(node.Items, item)
		p.inherit(node, item)
		if !p.tok.is(",") {
			break
		}
		if err := p.read(false); err != nil {
			return nil, err
		}
		if p.tok.is("]") { // a comma must be followed by an item
			return nil, p.unexpected("S0211", &p.tok)
		}
	}
	err := p.expectClosing("]")
	node.Span = p.from(t.Start)
	return node, err
}

func (p *parser) arrayItem() (ast.Node, *fault.Error) {
	item, err := p.expression(0)
	if err != nil || !p.tok.is("..") {
		return item, err
	}
	operator := p.tok.Span
	if err := p.read(false); err != nil {
		return nil, err
	}
	to, err := p.expression(0)
	if err != nil {
		return nil, err
	}
	node := &ast.Range{Span: item.Range().To(to.Range()), Operator: operator, From: item, To: to}
	p.inherit(node, item)
	p.inherit(node, to)
	return node, nil
}

func (p *parser) object(t token) (ast.Node, *fault.Error) {
	pairs, err := p.pairs()
	if err != nil {
		return nil, err
	}
	node := &ast.Object{Span: p.from(t.Start), Pairs: pairs}
	for _, pair := range pairs {
		p.inherit(node, pair.Key)
		p.inherit(node, pair.Value)
	}
	return node, nil
}

// pairs reads key: value, ... up to the closing brace.
func (p *parser) pairs() ([]ast.Pair, *fault.Error) {
	var pairs []ast.Pair
	for more := !p.tok.is("}"); more; {
		key, err := p.expression(0)
		if err != nil {
			return nil, err
		}
		if err := p.expect(":"); err != nil {
			return nil, err
		}
		val, err := p.expression(0)
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, ast.Pair{Key: key, Value: val})
		if more, err = p.accept(","); err != nil {
			return nil, err
		}
	}
	return pairs, p.expectClosing("}")
}

func (p *parser) transform(t token) (ast.Node, *fault.Error) {
	node := &ast.Transform{}
	var err *fault.Error
	if node.Pattern, err = p.expression(0); err != nil {
		return nil, err
	}
	if err = p.expect("|"); err != nil {
		return nil, err
	}
	if node.Update, err = p.expression(0); err != nil {
		return nil, err
	}
	deletes, err := p.accept(",")
	if err == nil && deletes {
		node.Delete, err = p.expression(0)
	}
	if err != nil {
		return nil, err
	}
	// what follows is read as an operand, as the reference does: a slash right
	// after a transform opens a regular expression
	err = p.expect("|")
	node.Span = p.from(t.Start)
	return node, err
}
