// Package parse reads the text of a JSONata expression into a syntax tree by
// top-down operator precedence.
package parse

import (
	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/jsonata/fault"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// MaxHeight is how many expressions may stand inside one another, operands of a
// chain of operators included.
const MaxHeight = 2000

// Options says which language to read.
type Options struct {
	// Coalescing accepts the operators ?? and ?: of JSONata 2.1.
	Coalescing bool
}

// Parse reads an expression. The error is a *fault.Error with its message.
func Parse(text string, opts Options) (ast.Node, error) {
	p := &parser{lexer: lexer{text: text, coalescing: opts.Coalescing}}
	node, err := p.parse()
	if err != nil {
		return nil, err.Complete()
	}
	return node, nil
}

type parser struct {
	lexer
	tok     token // the next one, not yet consumed
	lastEnd int   // where the last consumed token ends
	depth   int   // of nested calls of expression
	height  int   // of the highest expression read at this level
	// misuse is the first construct that is well formed but has no meaning. It
	// is reported when nothing else is wrong with the text.
	misuse *fault.Error
	ancestry
}

func (p *parser) parse() (ast.Node, *fault.Error) {
	if err := p.read(false); err != nil {
		return nil, err
	}
	node, err := p.expression(0)
	switch {
	case err != nil:
		return nil, err
	case p.tok.kind != endToken:
		return nil, p.unexpected("S0201", &p.tok)
	}
	if p.misuse == nil && p.isSeeking(node) {
		p.misused(fault.New("S0217", node.Range()))
	}
	if p.misuse != nil {
		return nil, p.misuse
	}
	return node, nil
}

// misused notes a construct without a meaning.
func (p *parser) misused(err *fault.Error) {
	if p.misuse == nil {
		p.misuse = err
	}
}

// unexpected makes an error about a token.
func (p *parser) unexpected(code string, t *token) *fault.Error {
	err := fault.New(code, t.Span)
	err.Token = t.text
	if t.kind == endToken {
		err.Token = "(end)"
	}
	if t.literal.Kind() != value.KindString {
		err.Literal = t.literal
	}
	return err
}

// read replaces the next token by the one after it.
func (p *parser) read(operatorExpected bool) *fault.Error {
	p.lastEnd = p.tok.End
	next, err := p.next(operatorExpected)
	if err != nil {
		return err
	}
	p.tok = next
	if next.is("!") || next.is("~") {
		return p.unexpected("S0204", &next)
	}
	return nil
}

// expect consumes the operator that must come next; an operand follows it.
func (p *parser) expect(operator string) *fault.Error { return p.expectThen(operator, false) }

// expectClosing consumes the bracket that must come next; an operator follows.
func (p *parser) expectClosing(bracket string) *fault.Error { return p.expectThen(bracket, true) }

func (p *parser) expectThen(operator string, operatorExpected bool) *fault.Error {
	if !p.tok.is(operator) {
		code := "S0202"
		if p.tok.kind == endToken {
			code = "S0203"
		}
		err := p.unexpected(code, &p.tok)
		err.Expected = operator
		return err
	}
	return p.read(operatorExpected)
}

// accept consumes the operator if it comes next; an operand follows it.
func (p *parser) accept(operator string) (bool, *fault.Error) {
	if !p.tok.is(operator) {
		return false, nil
	}
	return true, p.read(false)
}

// from returns the span from start to the last consumed token.
func (p *parser) from(start int) ast.Span { return ast.Span{Start: start, End: p.lastEnd} }

// expression reads an expression whose operators bind more tightly than power.
func (p *parser) expression(power int) (ast.Node, *fault.Error) {
	siblings := p.height
	if p.depth++; p.depth > MaxHeight {
		return nil, p.tooDeep()
	}
	p.height = 0
	first := p.tok
	if err := p.read(true); err != nil {
		return nil, err
	}
	left, err := p.prefix(first)
	for err == nil {
		if p.height++; p.height > MaxHeight {
			return nil, p.tooDeep()
		}
		operator := p.tok
		if operator.bindingPower() <= power {
			break
		}
		if err = p.read(false); err == nil {
			left, err = p.infix(operator, left)
		}
	}
	p.depth--
	p.height = max(p.height, siblings)
	return left, err
}

func (p *parser) tooDeep() *fault.Error {
	return fault.Exceeded(fault.LimitDepth).At(p.tok.Span, "")
}
