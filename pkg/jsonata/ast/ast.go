package ast

import (
	"github.com/sfnctl/sfnctl/pkg/jsonata/regex"
	"github.com/sfnctl/sfnctl/pkg/jsonata/signature"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Node is one expression of the tree. Its dynamic type is a pointer to one of
// the node types of this package.
type Node interface {
	// Range returns the bytes of the expression's text that the node covers.
	Range() Span
}

// Literal is a string, number, boolean or null.
type Literal struct {
	Span
	Value value.Value
}

// Name is a field name. It occurs as a step of a [Path] only.
type Name struct {
	Span
	Name string
}

// Variable is a reference to a variable. The name has no dollar sign: it is ""
// for the context ($) and "$" for the root of the input ($$).
type Variable struct {
	Span
	Name string
}

// Wildcard is the step *: the values of all fields.
type Wildcard struct{ Span }

// Descendants is the step **: the value itself and everything below it.
type Descendants struct{ Span }

// Parent is the operator %: the object that the value of an earlier step was
// taken from. Slot tells which step.
type Parent struct {
	Span
	Slot *Slot
}

// Slot identifies one ancestor that parent operators refer to. Slots that name
// the same step of a path have the same Label.
type Slot struct {
	Label int
	Level int // how many steps up are still to be found; 0 once resolved
}

// Regex is a regular expression literal.
type Regex struct {
	Span
	Program *regex.Regexp
}

// Negate is the unary minus.
type Negate struct {
	Span
	Operand Node
}

// Array is the constructor [a, b, c..d].
type Array struct {
	Span
	Items []Node // among them [Range]s
	// Constructed marks the first or last step of a path: the array stays one
	// item of the path's result.
	Constructed bool
}

// Range is From..To; it occurs as an item of an [Array] only.
type Range struct {
	Span
	Operator Span
	From, To Node
}

// Pair is one key : value of an [Object] or [Group].
type Pair struct {
	Key, Value Node
}

// Object is the constructor {key: value, ...}.
type Object struct {
	Span
	Pairs []Pair
}

// Block is (a; b; c): a scope for variables whose value is the last expression.
type Block struct {
	Span
	Expressions []Node
	// Constructed is set when an expression begins with a constructed array: as
	// the first step of a path the block is then evaluated once.
	Constructed bool
	Tuple       bool // it passes on the tuples of the path inside it
}

// Binary is an operator between two expressions: + - * / % & = != < <= > >= in
// and or, and the ?? and ?: of JSONata 2.1.
type Binary struct {
	Span
	Operator string
	Token    Span // of the operator
	Left     Node
	Right    Node
}

// Bind is $name := value.
type Bind struct {
	Span
	Variable *Variable
	Value    Node
}

// Conditional is condition ? then : else. Else is nil when it is missing.
type Conditional struct {
	Span
	Condition, Then, Else Node
}

// Lambda is function($a, $b)<signature>{body}.
type Lambda struct {
	Span
	Parameters []*Variable
	Signature  *signature.Signature // nil when none is given
	Body       Node
}

// Call is procedure(arguments).
type Call struct {
	Span
	Token     Span // of the opening parenthesis
	Procedure Node
	Arguments []Node
}

// Partial is a call with placeholders: f(?, 1). Its open arguments are nil.
type Partial struct {
	Span
	Token     Span
	Procedure Node
	Arguments []Node
}

// Apply is left ~> right.
type Apply struct {
	Span
	Token       Span
	Left, Right Node
	// KeepArray carries the empty predicate of one of the sides: a result of one
	// item stays an array.
	KeepArray bool
}

// Transform is |pattern|update, delete|. Delete is nil when it is missing.
type Transform struct {
	Span
	Pattern, Update, Delete Node
}

// Path is a location path: each step is evaluated for every item that the one
// before it yields.
type Path struct {
	Span
	Steps []*Step
	Group *Group // nil when the result is not grouped
	// KeepArray and KeepSingleton say that a result of one item stays an array,
	// because the path or one of its steps has an empty predicate.
	KeepArray, KeepSingleton bool
	Tuple                    bool // an enclosing path needs its tuples, for %
}

// Step is one step of a [Path]: an expression, or a sorting when Sort is set.
type Step struct {
	Span
	Node      Node
	Sort      *Sort
	Stages    []Stage
	Focus     *Variable // @$name, nil when absent
	Index     *Variable // #$name, nil when absent
	Ancestor  *Slot     // set when a parent operator names this step
	Tuple     bool      // from here on the path carries tuples
	KeepArray bool
}

// Sort is the order-by clause ^(term, ...).
type Sort struct {
	Span
	Terms []Term
}

// Term is one key of a [Sort].
type Term struct {
	Key        Node
	Descending bool
}

// Stage is what follows a step in brackets: a predicate or index, or the
// numbering #$name of what is left after one.
type Stage struct {
	Span
	Predicate Node
	Index     *Variable
}

// Group is the clause {key: value, ...} after an expression.
type Group struct {
	Span
	Pairs []Pair
}

// Filter is an expression other than a path with predicates, an empty predicate
// or a grouping after it.
type Filter struct {
	Span
	Node       Node
	Predicates []Stage
	Group      *Group
	KeepArray  bool
	Focus      *Variable // @$name, which has a meaning only once this is a step
	Ancestor   *Slot     // likewise: a parent operator in a predicate names it
}
