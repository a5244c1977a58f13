package jsonata

import (
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/sfnctl/sfnctl/pkg/jsonata/signature"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Function is a function that expressions can call.
type Function struct {
	Name string // without the dollar sign
	// Signature is checked before the call, as <s-:n>; "" leaves the arguments
	// as they are.
	Signature string
	// Call computes the result. It must not keep the slice of arguments.
	Call func(Call) (value.Value, error)
}

// Call is one call of a [Function].
type Call struct {
	Args    []value.Value // as the signature arranged them; optional ones at the end may be missing
	Context value.Value   // $ where the function was called
	machine *machine
}

// Arg returns argument i, absent when there is none.
func (c Call) Arg(i int) value.Value {
	if i < len(c.Args) {
		return c.Args[i]
	}
	return value.Value{}
}

// Has reports whether argument i is there and not undefined.
func (c Call) Has(i int) bool { return !c.Arg(i).IsAbsent() }

// Invoke calls a function that was passed as an argument.
func (c Call) Invoke(function value.Value, args ...value.Value) (value.Value, error) {
	return c.machine.callback(function, args...)
}

// Now returns the time stamp of the evaluation.
func (c Call) Now() time.Time { return c.machine.now() }

// RandomBits returns 64 random bits.
func (c Call) RandomBits() uint64 { return c.machine.randomBits() }

// Spend counts units of work against the limits of the evaluation; see [Limits].
func (c Call) Spend(units int) error { return c.machine.spend(units) }

// Allocate counts bytes of memory against the limits of the evaluation.
func (c Call) Allocate(bytes int) error { return c.machine.allocate(bytes) }

// AllocateText is Allocate for the bytes of a string, which must not be too long.
func (c Call) AllocateText(bytes int) error { return c.machine.allocateText(0, bytes) }

// Fail returns the error with this code of the language about a value.
func (c Call) Fail(code string, v value.Value) error { return failure(code, v) }

// Fault returns an error with a message of its own.
func (c Call) Fault(code, message string) error { return &Error{Code: code, Message: message} }

// builtin is a function of a library.
type builtin struct {
	name       string
	parameters int
	signature  *signature.Signature
	run        func(Call) (value.Value, error)
}

func (b *builtin) arity() int { return b.parameters }

func (b *builtin) call(m *machine, args []value.Value, in value.Value) (value.Value, error) {
	if b.signature != nil {
		checked, err := m.check(b.signature, args, in)
		if err != nil {
			return value.Value{}, err
		}
		args = checked
	}
	if err := m.spend(1 + effort(args)); err != nil {
		return value.Value{}, err
	}
	return b.run(Call{Args: args, Context: in, machine: m})
}

// effort estimates the work of looking through the arguments once.
func effort(args []value.Value) (units int) {
	for i := range args {
		switch args[i].Kind() {
		case value.KindString:
			units += len(args[i].Str()) / 64
		case value.KindArray, value.KindObject:
			units += args[i].Len() / 8
		}
	}
	return units
}

// Library is a set of functions. It is immutable.
type Library struct {
	functions map[string]value.Value
}

// function returns the function of that name, absent when there is none.
func (l *Library) function(name string) value.Value { return l.functions[name] }

// Has reports whether there is a function of that name.
func (l *Library) Has(name string) bool { return !l.functions[name].IsAbsent() }

// Names returns the names of all functions in alphabetical order.
func (l *Library) Names() []string { return slices.Sorted(maps.Keys(l.functions)) }

// With returns a library that has these functions, too. One with a name that is
// taken replaces the old one. It panics when a signature cannot be read, which
// is a mistake in the calling program.
func (l *Library) With(functions ...Function) *Library {
	extended := &Library{functions: maps.Clone(l.functions)}
	if extended.functions == nil {
		extended.functions = map[string]value.Value{}
	}
	for _, f := range functions {
		extended.functions[f.Name] = value.Extension(newBuiltin(f))
	}
	return extended
}

func newBuiltin(f Function) *builtin {
	b := &builtin{name: f.Name, run: f.Call}
	if f.Signature == "" {
		return b
	}
	parsed, err := signature.Parse(f.Signature)
	if err != nil {
		panic("jsonata: signature of $" + f.Name + ": " + err.Error())
	}
	b.signature, b.parameters = parsed, parsed.Len()
	switch f.Name {
	case "string", "zip": // what the reference declares beyond has a default or is variadic
		b.parameters--
	}
	return b
}

// Without returns a library that lacks the functions with these names: calling
// one of them fails as calling any undefined variable does.
func (l *Library) Without(names ...string) *Library {
	reduced := &Library{functions: maps.Clone(l.functions)}
	for _, name := range names {
		delete(reduced.functions, name)
	}
	return reduced
}

// Standard returns the functions of JSONata 2.0.6.
func Standard() *Library { return standard() }

// Extended returns [Standard] with [Extensions] and without $eval, which is what
// services that evaluate expressions of others commonly offer.
func Extended() *Library { return extended() }

var (
	standard = sync.OnceValue(func() *Library {
		library := &Library{}
		return library.With(slices.Concat(stringFunctions(), encodingFunctions(), patternFunctions(), numericFunctions(),
			aggregateFunctions(), arrayFunctions(), objectFunctions(), higherOrderFunctions(), otherFunctions(),
			dateFunctions())...)
	})
	extended = sync.OnceValue(func() *Library { return Standard().Without("eval").With(Extensions()...) })
)
