package parse

import (
	"errors"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/jsonata/fault"
	"github.com/sfnctl/sfnctl/pkg/jsonata/signature"
)

// call reads the arguments of a call, or the definition of a function when the
// name in front says so.
func (p *parser) call(t token, procedure ast.Node) (ast.Node, *fault.Error) {
	arguments, partial, err := p.arguments()
	if err != nil {
		return nil, err
	}
	if isLambda(procedure) {
		return p.lambda(procedure, arguments)
	}
	span := p.from(procedure.Range().Start)
	var node ast.Node = &ast.Call{Span: span, Token: t.Span, Procedure: procedure, Arguments: arguments}
	if partial {
		node = &ast.Partial{Span: span, Token: t.Span, Procedure: procedure, Arguments: arguments}
	}
	for _, argument := range arguments {
		p.inherit(node, argument)
	}
	return node, nil
}

// arguments reads up to the closing parenthesis. A placeholder is nil.
func (p *parser) arguments() (arguments []ast.Node, partial bool, err *fault.Error) {
	for more := !p.tok.is(")"); more; {
		if p.tok.is("?") {
			partial = true
			arguments = append(arguments, nil)
			err = p.read(false)
		} else {
			var argument ast.Node
			argument, err = p.expression(0)
			arguments = append(arguments, argument)
		}
		if err != nil {
			return nil, false, err
		}
		if more, err = p.accept(","); err != nil {
			return nil, false, err
		}
	}
	return arguments, partial, p.expectClosing(")")
}

// isLambda reports whether a call of this name defines a function.
func isLambda(procedure ast.Node) bool {
	path, ok := procedure.(*ast.Path)
	if !ok || len(path.Steps) != 1 || path.Group != nil {
		return false
	}
	step := path.Steps[0]
	name, ok := step.Node.(*ast.Name)
	return ok && (name.Name == "function" || name.Name == "λ") && len(step.Stages) == 0 && step.Focus == nil && step.Index == nil
}

func (p *parser) lambda(keyword ast.Node, arguments []ast.Node) (ast.Node, *fault.Error) {
	node := &ast.Lambda{}
	for i, argument := range arguments {
		variable, ok := asVariable(argument)
		if argument == nil || !ok {
			err := fault.New("S0208", keyword.Range())
			if argument != nil {
				err = fault.New("S0208", argument.Range())
				err.Token = argument.Range().Of(p.text)
			}
			err.Index = i + 1
			return nil, err
		}
		node.Parameters = append(node.Parameters, variable)
	}
	if p.tok.is("<") {
		var err *fault.Error
		if node.Signature, err = p.signature(); err != nil {
			return nil, err
		}
	}
	if err := p.expect("{"); err != nil {
		return nil, err
	}
	var err *fault.Error
	if node.Body, err = p.expression(0); err != nil {
		return nil, err
	}
	// as in the reference, what follows is read as an operand
	err = p.expect("}")
	node.Span = p.from(keyword.Range().Start)
	return node, err
}

// signature reads a signature token by token: its text is that of the tokens
// without the white space between them.
func (p *parser) signature() (*signature.Signature, *fault.Error) {
	start := p.tok.Span
	var text strings.Builder
	text.WriteByte('<')
	for depth := 1; depth > 0; {
		if err := p.read(false); err != nil {
			return nil, err
		}
		switch {
		case p.tok.is("<"):
			depth++
		case p.tok.is(">"):
			depth--
		}
		if p.tok.is("{") || p.tok.kind == endToken {
			break
		}
		text.WriteString(p.tok.text)
	}
	if err := p.expect(">"); err != nil {
		return nil, err
	}
	parsed, err := signature.Parse(text.String())
	var failure *signature.Error
	if errors.As(err, &failure) {
		err := fault.New(failure.Code, p.from(start.Start))
		err.Value = failure.Value
		return nil, err
	}
	return parsed, nil
}
