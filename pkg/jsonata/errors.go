package jsonata

import (
	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/jsonata/fault"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Error is what [Compile] and [Expression.Evaluate] fail with.
type Error = fault.Error

// Limit says which limit of an evaluation an [Error] is about.
type Limit = fault.Limit

// The limits of an evaluation; see [Limits].
const (
	NoLimit     = fault.NoLimit
	LimitDepth  = fault.LimitDepth
	LimitTime   = fault.LimitTime
	LimitMemory = fault.LimitMemory
)

// failure makes an error about a value. Its place is filled in by the node that
// raised it.
func failure(code string, v value.Value) *Error { return &Error{Code: code, Value: v} }

// failureAt makes an error whose place is known.
func failureAt(code string, span ast.Span, token string, v value.Value) error {
	err := fault.New(code, span)
	err.Token, err.Value = token, v
	return err
}

// located fills in the place and the token of an error that has none.
func located(err error, span ast.Span, token string) error {
	if e, ok := err.(*Error); ok {
		return e.At(span, token)
	}
	return err // nil too
}
