package jsonata

import (
	"github.com/sfnctl/sfnctl/pkg/jsonata/parse"
	"github.com/sfnctl/sfnctl/pkg/value"
)

func otherFunctions() []Function {
	return []Function{
		{"boolean", "<x-:b>", boolean},
		{"not", "<x-:b>", not},
		{"exists", "<x:b>", exists},
		{"type", "<x:s>", typeOf},
		{"error", "<s?:x>", errorFunction},
		{"assert", "<bs?:x>", assert},
		{"eval", "<sx?:x>", evalWithoutScope},
	}
}

func boolean(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	ok, err := truthy(c.Arg(0))
	return value.Bool(ok), err
}

func not(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	ok, err := truthy(c.Arg(0))
	return value.Bool(!ok), err
}

func exists(c Call) (value.Value, error) { return value.Bool(c.Has(0)), nil }

func typeOf(c Call) (value.Value, error) {
	v := c.Arg(0)
	switch v.Kind() {
	case value.KindAbsent:
		return v, nil
	case value.KindExtension:
		return value.String("function"), nil
	case value.KindNumber:
		if _, err := isNumeric(v); err != nil {
			return value.Value{}, err
		}
	}
	return value.String(v.Kind().String()), nil
}

func errorFunction(c Call) (value.Value, error) {
	return value.Value{}, c.Fault("D3137", message(c.Arg(0), "$error() function evaluated"))
}

func assert(c Call) (value.Value, error) {
	if c.Arg(0).Bool() {
		return value.Value{}, nil
	}
	return value.Value{}, c.Fault("D3141", message(c.Arg(1), "$assert() statement failed"))
}

func message(v value.Value, fallback string) string {
	if v.Str() == "" {
		return fallback
	}
	return v.Str()
}

// evalScope is the scope of a call of $eval: the text sees its variables.
type evalScope struct{ scope *scope }

// evalWithScope carries out a call by the name $eval.
func (n *callNode) evalWithScope(m *machine, callee value.Value, args []value.Value, f *frame, in value.Value) (value.Value, error) {
	if function, ok := asFunction(callee); ok {
		if b, ok := function.(*builtin); ok && b.name == "eval" {
			args, err := m.check(b.signature, args, in)
			if err != nil {
				return value.Value{}, err
			}
			return m.evalText(args, n.scope.scope, f, in)
		}
	}
	return m.invoke(callee, args, in)
}

// evalWithoutScope is $eval called under another name: the text sees free
// variables only.
func evalWithoutScope(c Call) (value.Value, error) {
	return c.machine.evalText(c.Args, nil, nil, c.Context)
}

func (m *machine) evalText(args []value.Value, outer *scope, f *frame, in value.Value) (value.Value, error) {
	call := Call{Args: args}
	if !call.Has(0) {
		return value.Value{}, nil
	}
	if call.Has(1) {
		in = call.Arg(1)
		if in.Kind() == value.KindArray && !isSequence(in) {
			in = value.Array(in).WithTag(tagSequence | tagOuter)
		}
	}
	text := call.Arg(0).Str()
	if m.depth++; m.depth >= m.limits.Depth {
		return value.Value{}, errDepth()
	}
	if err := m.spend(len(text) + 1); err != nil {
		return value.Value{}, err
	}
	tree, err := parse.Parse(text, parse.Options{})
	if err != nil {
		return value.Value{}, wrapped("D3120", err)
	}
	program := compileIn(outer, tree, text, m.program.library)
	caller := m.enter(program)
	v, err := program.root.eval(m, program.frame(f), in)
	m.enter(caller)
	m.depth--
	if err != nil {
		return value.Value{}, wrapped("D3121", err)
	}
	return v, nil
}

// wrapped makes the error of $eval about another one. A limit that was passed
// stays what it is.
func wrapped(code string, err error) error {
	inner, ok := err.(*Error)
	if !ok || inner.Limit != NoLimit {
		return err
	}
	return failure(code, value.String(inner.Complete().Message))
}
