package parse

import (
	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/jsonata/fault"
)

// infix reads what follows left and the operator t, which has been consumed.
func (p *parser) infix(t token, left ast.Node) (ast.Node, *fault.Error) {
	switch t.text {
	case ".":
		return p.step(t, left)
	case "[":
		return p.predicate(t, left)
	case "{":
		return p.group(t, left)
	case "(":
		return p.call(t, left)
	case "^":
		return p.sort(t, left)
	case "@":
		return p.focus(t, left)
	case "#":
		return p.index(t, left)
	case "?":
		return p.conditional(left)
	case ":=":
		return p.bind(left)
	case "~>":
		return p.apply(t, left)
	}
	return p.binary(t, left)
}

func (p *parser) binary(t token, left ast.Node) (ast.Node, *fault.Error) {
	power := t.bindingPower()
	if t.text == "?:" { // takes everything to its right
		power = 0
	}
	right, err := p.expression(power)
	if err != nil {
		return nil, err
	}
	node := &ast.Binary{Span: left.Range().To(right.Range()), Operator: t.text, Token: t.Span, Left: left, Right: right}
	p.inherit(node, left)
	p.inherit(node, right)
	return node, nil
}

func (p *parser) apply(t token, left ast.Node) (ast.Node, *fault.Error) {
	right, err := p.expression(t.bindingPower())
	if err != nil {
		return nil, err
	}
	node := &ast.Apply{Span: left.Range().To(right.Range()), Token: t.Span, Left: left, Right: right}
	node.KeepArray = keepsArray(left) || keepsArray(right)
	return node, nil
}

func keepsArray(node ast.Node) bool {
	switch n := node.(type) {
	case *ast.Path:
		return n.KeepArray
	case *ast.Filter:
		return n.KeepArray
	case *ast.Apply:
		return n.KeepArray
	}
	return false
}

func (p *parser) conditional(condition ast.Node) (ast.Node, *fault.Error) {
	node := &ast.Conditional{Condition: condition}
	p.inherit(node, condition)
	var err *fault.Error
	if node.Then, err = p.expression(0); err != nil {
		return nil, err
	}
	p.inherit(node, node.Then)
	hasElse, err := p.accept(":")
	if err != nil {
		return nil, err
	}
	if hasElse {
		if node.Else, err = p.expression(0); err != nil {
			return nil, err
		}
		p.inherit(node, node.Else)
	}
	node.Span = p.from(condition.Range().Start)
	return node, nil
}

func (p *parser) bind(left ast.Node) (ast.Node, *fault.Error) {
	variable, ok := asVariable(left)
	if !ok {
		err := fault.New("S0212", left.Range())
		err.Token = left.Range().Of(p.text)
		return nil, err
	}
	right, err := p.expression(9) // chains to the right
	if err != nil {
		return nil, err
	}
	node := &ast.Bind{Span: left.Range().To(right.Range()), Variable: variable, Value: right}
	p.inherit(node, right)
	return node, nil
}

// asVariable returns the variable that node is, an empty predicate aside.
func asVariable(node ast.Node) (*ast.Variable, bool) {
	if filter, ok := node.(*ast.Filter); ok && len(filter.Predicates) == 0 && filter.Group == nil && filter.Focus == nil {
		node = filter.Node
	}
	variable, ok := node.(*ast.Variable)
	return variable, ok
}
