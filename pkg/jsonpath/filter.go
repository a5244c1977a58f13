package jsonpath

import (
	"regexp"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// Filter is the condition of a [StepFilter].
type Filter struct {
	Text       string // with its parentheses
	Expression Expression
	Start, End int // byte offsets of Text
}

// Expression is a condition: *[And], *[Or], *[Not], *[Exists] or *[Comparison].
type Expression interface {
	holds(*filtering, value.Value) bool
}

// And holds when both sides hold.
type And struct{ Left, Right Expression }

// Or holds when one side holds.
type Or struct{ Left, Right Expression }

// Not holds when its operand does not.
type Not struct{ Operand Expression }

// Exists holds when the path finds a value other than null.
type Exists struct{ Path *Path }

// Comparison compares two operands.
type Comparison struct {
	Left     Operand
	Operator Operator
	Right    Operand
}

// Operator is a comparison operator, as written in a filter.
type Operator string

// The operators. Those that are words may be written in either case.
const (
	Equal          Operator = "=="
	NotEqual       Operator = "!="
	Less           Operator = "<"
	LessOrEqual    Operator = "<="
	Greater        Operator = ">"
	GreaterOrEqual Operator = ">="
	Matches        Operator = "=~"       // the whole text matches a regular expression
	In             Operator = "in"       // left is an element of right
	NotIn          Operator = "nin"      // left is not an element of right
	SubsetOf       Operator = "subsetof" // every element of left is one of right
	AnyOf          Operator = "anyof"    // some element of left is one of right
	NoneOf         Operator = "noneof"   // no element of left is one of right
	All            Operator = "all"      // every element of right is one of left
	SizeIs         Operator = "size"     // left, an array or a string, has right elements
	Empty          Operator = "empty"    // left is empty: true or false
	Contains       Operator = "contains" // left, an array or a string, contains right
)

// Operand is one side of a [Comparison]: a path, a regular expression, or a
// literal.
type Operand struct {
	Path       *Path
	Pattern    *Pattern
	Literal    value.Value
	Bare       bool // a word without quotes, which the service takes as a string
	Start, End int  // byte offsets in the text that was parsed

	compared value.Value // Literal as the library sees it: a string, unless it is null, an array or an object
}

// Pattern is a regular expression in Java's syntax.
type Pattern struct {
	Source string // between the slashes
	Flags  string

	compiled *regexp.Regexp
	err      error // why it cannot be evaluated here
}

func walkExpression(e Expression, visit func(*Path)) {
	switch e := e.(type) {
	case *And:
		walkExpression(e.Left, visit)
		walkExpression(e.Right, visit)
	case *Or:
		walkExpression(e.Left, visit)
		walkExpression(e.Right, visit)
	case *Not:
		walkExpression(e.Operand, visit)
	case *Exists:
		e.Path.Walk(visit)
	case *Comparison:
		for _, operand := range []Operand{e.Left, e.Right} {
			if operand.Path != nil {
				operand.Path.Walk(visit)
			}
		}
	}
}
