package asl

import (
	"iter"

	"github.com/sfnctl/sfnctl/pkg/asl/intrinsic"
	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/syntax"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// ExpressionKind says what an [Expression] is.
type ExpressionKind uint8

// The kinds of expressions.
const (
	Broken           ExpressionKind = iota // it did not parse; a finding says why
	Literal                                // JSON that is taken as it stands
	PathExpression                         // a Path or Reference Path
	Intrinsic                              // a States.* call
	JSONataString                          // {% ... %}
	ObjectTemplate                         // an object with expressions in it
	ArrayTemplate                          // an array with expressions in it
	SubstitutionText                       // text with ${...} in a place that cannot be judged before it is filled in
)

// Expression is the value of a field that can hold an expression: a path, an
// intrinsic call, a JSONata string, a Payload Template, or plain JSON.
type Expression struct {
	Kind  ExpressionKind
	Node  syntax.Node // the source of the value
	Field string      // slash path from the state, as the service names it: "Arguments/a/b[0]", "Choices[1]/Condition"

	Literal   value.Value         // Literal, or any part of a template without expressions
	Path      *jsonpath.Path      // PathExpression
	Intrinsic *intrinsic.Call     // Intrinsic
	JSONata   *jsonata.Expression // JSONataString
	Source    string              // the expression's text: the path, the call, or what stands between {% and %}, trimmed
	Members   []*TemplateMember   // ObjectTemplate, in source order
	Items     []*Expression       // ArrayTemplate

	references *jsonata.References // JSONataString
}

// References returns what a JSONata expression reads from outside itself. The
// caller must not change it.
func (e *Expression) References() *jsonata.References { return e.references }

// TemplateMember is a member of an object in a template.
type TemplateMember struct {
	KeyNode *syntax.String // as written
	Key     string         // without ".$" where that marks an expression
	Dynamic bool           // JSONPath: the key ends in ".$"
	Value   *Expression
}

// All yields the expression and every expression inside it.
func (e *Expression) All() iter.Seq[*Expression] {
	return func(yield func(*Expression) bool) { e.yieldAll(yield) }
}

func (e *Expression) yieldAll(yield func(*Expression) bool) bool {
	if e == nil {
		return true
	}
	if !yield(e) {
		return false
	}
	for _, member := range e.Members {
		if !member.Value.yieldAll(yield) {
			return false
		}
	}
	for _, item := range e.Items {
		if !item.yieldAll(yield) {
			return false
		}
	}
	return true
}
