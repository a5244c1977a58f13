package parse

import (
	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/jsonata/regex"
	"github.com/sfnctl/sfnctl/pkg/value"
)

type kind uint8

const (
	endToken kind = iota
	nameToken
	variableToken
	operatorToken
	literalToken
	regexToken
)

// token is one lexical element.
type token struct {
	ast.Span
	kind    kind
	text    string      // the operator, the name without quotes or the variable without its dollar sign
	literal value.Value // of a literalToken
	regex   *regex.Regexp
}

// is reports whether the token is this operator.
func (t *token) is(operator string) bool { return t.kind == operatorToken && t.text == operator }

// bindingPower says how tightly an operator binds to what stands on its left; 0
// for what is not an infix operator.
func (t *token) bindingPower() int {
	if t.kind != operatorToken {
		return 0
	}
	return infixPower(t.text)
}

func infixPower(operator string) int {
	switch operator {
	case "[", "(", "@", "#":
		return 80
	case ".":
		return 75
	case "{":
		return 70
	case "*", "/", "%":
		return 60
	case "+", "-", "&":
		return 50
	case "=", "!=", "<", "<=", ">", ">=", "^", "~>", "in", "?:", "??":
		return 40
	case "and":
		return 30
	case "or":
		return 25
	case "?":
		return 20
	case ":=":
		return 10
	}
	return 0
}

// endsName reports whether a byte ends a name: white space, or an operator.
// The characters ! and ~ are not operators, but parts of some.
func endsName(c byte) bool {
	switch c {
	case ' ', '\t', '\n', '\r', '\v':
		return true
	}
	return isOperator(c)
}

func isOperator(c byte) bool {
	switch c {
	case '.', '[', ']', '{', '}', '(', ')', ',', '@', '#', ';', ':', '?', '+', '-', '*', '/', '%', '|', '=', '<', '>', '^', '&', '!', '~':
		return true
	}
	return false
}
