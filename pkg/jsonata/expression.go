package jsonata

import (
	"time"

	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/jsonata/parse"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Options say which language an expression is written in.
type Options struct {
	// Library holds the functions that the expression can call; nil means
	// [Standard].
	Library *Library
	// Coalescing accepts the operators ?? and ?: of JSONata 2.1, which 2.0.6
	// refuses.
	Coalescing bool
}

// Expression is a compiled expression. It is immutable and safe for concurrent
// use.
type Expression struct {
	text    string
	tree    ast.Node
	program *program
}

// Parse reads an expression into its syntax tree. The error is an [*Error] with
// the code, the message and the place.
func Parse(text string) (ast.Node, error) { return parse.Parse(text, parse.Options{}) }

// Compile reads an expression and prepares it for evaluation. The error is an
// [*Error] with the code, the message and the place.
func Compile(text string, opts Options) (*Expression, error) {
	tree, err := parse.Parse(text, parse.Options{Coalescing: opts.Coalescing})
	if err != nil {
		return nil, err
	}
	library := opts.Library
	if library == nil {
		library = Standard()
	}
	return &Expression{text: text, tree: tree, program: compileProgram(tree, text, library)}, nil
}

// Text returns the text that the expression was compiled from.
func (e *Expression) Text() string { return e.text }

// Tree returns the syntax tree, which must not be changed.
func (e *Expression) Tree() ast.Node { return e.tree }

// Environment is what an evaluation sees of the world. The zero Environment has
// no variables, a clock that stands at the beginning of 1970, the same random
// numbers every time, and the default limits.
type Environment struct {
	// Variables returns the value of a variable by its name without the dollar
	// sign, and whether there is one. It is asked before the library, once for
	// each name and evaluation.
	Variables func(name string) (value.Value, bool)
	// Clock tells the time of $now and $millis. It is read at most once in an
	// evaluation.
	Clock func() time.Time
	// Random returns 64 random bits.
	Random func() uint64
	// NonFinite returns what stands in the result for a number that JSON cannot
	// hold: an infinity, or NaN. Nil leaves it, and it prints as null.
	NonFinite func(float64) value.Value
	// Limits bound the evaluation.
	Limits Limits
}

// Evaluate computes the expression over input, which is its context ($) and
// root ($$); the absent value stands for no input. A nil env is the zero
// [Environment]. The result is absent when the expression yields undefined, and
// an extension when it yields a function. The error is an [*Error].
func (e *Expression) Evaluate(input value.Value, env *Environment) (value.Value, error) {
	m := newMachine(e.program, input, env)
	v, err := m.run(input)
	m.release()
	if err != nil {
		if failed, ok := err.(*Error); ok {
			return value.Value{}, failed.Complete()
		}
		return value.Value{}, err
	}
	return v, nil
}
