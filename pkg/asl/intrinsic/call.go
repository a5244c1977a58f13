// Package intrinsic is the intrinsic functions of Amazon States Language:
// States.Format, States.Array and their like, as they stand in Payload
// Templates of JSONPath states. It parses a call, checks its arguments as far
// as they are literals, and evaluates it.
package intrinsic

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Call is a parsed call of an intrinsic function. It is immutable and safe for
// concurrent use.
type Call struct {
	Name       string // with "States."
	Function   Function
	Args       []Argument
	Text       string // as written
	Start, End int    // byte offsets in the text that was parsed
}

// ArgumentKind says what an [Argument] is.
type ArgumentKind uint8

// The kinds of arguments.
const (
	ArgumentLiteral ArgumentKind = iota // a string, number, boolean or null
	ArgumentPath                        // $..., $$... or $name...
	ArgumentCall                        // a nested call
)

// Argument is one argument of a call.
type Argument struct {
	Kind       ArgumentKind
	Literal    value.Value    // ArgumentLiteral, a string without its escapes
	Path       *jsonpath.Path // ArgumentPath; the offsets of its steps count from Start
	Call       *Call          // ArgumentCall
	Text       string         // as written
	Start, End int            // byte offsets in the text that was parsed
}

// Walk calls visit for c and for every call among its arguments, outer ones
// first.
func (c *Call) Walk(visit func(*Call)) {
	visit(c)
	for i := range c.Args {
		if nested := c.Args[i].Call; nested != nil {
			nested.Walk(visit)
		}
	}
}

// Paths calls visit for every path among the arguments, those of nested calls
// included.
func (c *Call) Paths(visit func(argument Argument)) {
	c.Walk(func(call *Call) {
		for _, argument := range call.Args {
			if argument.Kind == ArgumentPath {
				visit(argument)
			}
		}
	})
}

// Names returns the names of all intrinsic functions, sorted.
func Names() []string {
	names := make([]string, len(functions))
	for i := range functions {
		names[i] = functions[i].Name
	}
	slices.Sort(names)
	return names
}

// Lookup returns the function of that name; names are case-sensitive.
func Lookup(name string) (Function, bool) {
	for i := range functions {
		if functions[i].Name == name {
			return functions[i], true
		}
	}
	return Function{}, false
}
