package jsonata

import (
	"errors"

	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/jsonata/signature"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// function is what an expression can call. As a value it is an extension.
type function interface {
	// arity is how many arguments a higher-order function passes at most.
	arity() int
	// call carries the call out. In is the context of the caller, for arguments
	// that default to it. The arguments are the caller's and must not be kept.
	// The result may be marked tagTail; see [machine.invoke].
	call(m *machine, args []value.Value, in value.Value) (value.Value, error)
}

func asFunction(v value.Value) (function, bool) {
	if v.Kind() != value.KindExtension {
		return nil, false
	}
	f, ok := v.Extension().(function)
	return f, ok
}

// invoke calls a function and carries out the calls in tail position that it
// ends with, one after another.
func (m *machine) invoke(callee value.Value, args []value.Value, in value.Value) (value.Value, error) {
	f, ok := asFunction(callee)
	if !ok {
		return value.Value{}, failure("T1006", value.Value{})
	}
	v, err := f.call(m, args, in)
	for err == nil && v.Tag()&tagTail != 0 {
		node := m.tail.node
		if f, ok = asFunction(m.tail.function); !ok {
			return value.Value{}, failureAt("T1006", node.span, node.name, value.Value{})
		}
		if v, err = f.call(m, m.tail.arguments, in); err != nil {
			err = located(err, node.span, node.name)
		}
	}
	return v, err
}

// callback calls a function on behalf of a built-in one. There is no context
// for arguments to default to.
func (m *machine) callback(callee value.Value, args ...value.Value) (value.Value, error) {
	base := len(m.arguments)
	m.arguments = append(m.arguments, args...)
	m.depth++
	v, err := m.invoke(callee, m.arguments[base:], value.Null())
	m.depth--
	m.arguments = m.arguments[:base]
	return v, err
}

// check matches arguments against a signature. Many parameters that may take
// many arguments are work.
func (m *machine) check(s *signature.Signature, args []value.Value, in value.Value) ([]value.Value, error) {
	if ways := s.Len() * len(args); ways > 64 {
		if err := m.spend(ways * len(args) / 32); err != nil {
			return nil, err
		}
	}
	checked, err := s.Check(args, in)
	var mismatch *signature.Error
	if errors.As(err, &mismatch) {
		e := failure(mismatch.Code, mismatch.Value)
		e.Index, e.Expected = mismatch.Index, mismatch.Expected
		return nil, e
	}
	return checked, nil
}

// lambdaNode is the definition of a function.
type lambdaNode struct {
	parameters []int // their slots
	arity      int
	slots      int
	signature  *signature.Signature
	body       node
	program    *program
}

func (n *lambdaNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	return value.Extension(&closure{node: n, frame: f, in: in}), m.allocate(64)
}

// closure is a function defined by an expression, with the variables and the
// context of the place where it was defined.
type closure struct {
	node  *lambdaNode
	frame *frame
	in    value.Value
}

func (c *closure) arity() int { return c.node.arity }

func (c *closure) call(m *machine, args []value.Value, in value.Value) (value.Value, error) {
	n := c.node
	if n.signature != nil {
		var err error
		if args, err = m.check(n.signature, args, in); err != nil {
			return value.Value{}, err
		}
	}
	return c.enter(m, args)
}

// enter evaluates the body with checked arguments.
func (c *closure) enter(m *machine, args []value.Value) (value.Value, error) {
	n := c.node
	if m.depth >= m.limits.Depth {
		return value.Value{}, errDepth()
	}
	if err := m.spend(1); err != nil {
		return value.Value{}, err
	}
	f := c.frame
	if n.slots > 0 {
		f = newFrame(c.frame, n.slots, 0)
		for i, slot := range n.parameters {
			f.slots[slot] = value.Value{}
			if i < len(args) {
				f.slots[slot] = args[i]
			}
		}
	}
	if n.program == m.program {
		return n.body.eval(m, f, c.in)
	}
	return c.enterProgram(m, f)
}

// enterProgram evaluates a body that belongs to another expression, such as one
// that $eval compiled. A tail call is carried out here, while its program is
// the current one.
func (c *closure) enterProgram(m *machine, f *frame) (value.Value, error) {
	caller := m.enter(c.node.program)
	v, err := c.node.body.eval(m, f, c.in)
	if err == nil && v.Tag()&tagTail != 0 {
		v, err = m.invoke(m.tail.function, m.tail.arguments, c.in)
	}
	m.enter(caller)
	return v, err
}

// callNode is a function call.
type callNode struct {
	procedure node
	arguments []node
	misspelt  node       // the variable that a bare name probably means; nil
	scope     *evalScope // of a call by the name $eval
	name      string
	span      ast.Span
	depth     int // expressions around it in the function body
	keep      bool
}

func (n *callNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	base := len(m.arguments)
	callee, err := n.prepare(m, f, in)
	if err != nil {
		m.arguments = m.arguments[:base]
		return value.Value{}, err
	}
	m.depth += n.depth
	var v value.Value
	if n.scope != nil {
		v, err = n.evalWithScope(m, callee, m.arguments[base:], f, in)
	} else {
		v, err = m.invoke(callee, m.arguments[base:], in)
	}
	m.depth -= n.depth
	m.arguments = m.arguments[:base]
	if err != nil {
		return value.Value{}, located(err, n.span, n.name)
	}
	if n.keep && isSequence(v) {
		v = v.WithTag(v.Tag() | tagKeep)
	}
	return collapse(v), nil
}

// prepare evaluates the function and pushes its arguments.
func (n *callNode) prepare(m *machine, f *frame, in value.Value) (value.Value, error) {
	callee, err := n.procedure.eval(m, f, in)
	if err != nil {
		return value.Value{}, err
	}
	if callee.IsAbsent() && n.misspelt != nil {
		if err := suggest("T1005", m, f, n.misspelt, n.span, n.name); err != nil {
			return value.Value{}, err
		}
	}
	for _, argument := range n.arguments {
		v, err := argument.eval(m, f, in)
		if err != nil {
			return value.Value{}, err
		}
		m.arguments = append(m.arguments, v)
	}
	return callee, nil
}

// suggest returns an error when a function that was called by a bare name would
// be there with a dollar sign.
func suggest(code string, m *machine, f *frame, meant node, span ast.Span, name string) error {
	v, err := meant.eval(m, f, value.Value{})
	if err != nil || v.IsAbsent() {
		return err
	}
	return failureAt(code, span, name, value.Value{})
}

// tailCallNode is a call in tail position: it leaves the call to the machine.
type tailCallNode struct{ call *callNode }

var tailMark = value.Value{}.WithTag(tagTail)

func (n *tailCallNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	if n.call.scope != nil {
		return n.call.eval(m, f, in)
	}
	base := len(m.arguments)
	callee, err := n.call.prepare(m, f, in)
	if err == nil {
		m.tail.function = callee
		m.tail.arguments = append(m.tail.arguments[:0], m.arguments[base:]...)
		m.tail.node = n.call
	}
	m.arguments = m.arguments[:base]
	return tailMark, err
}

// applyNode is left ~> right where right is not a call: an application of the
// function right, or the composition of two functions.
type applyNode struct {
	left, right node
	name        string
	span        ast.Span
	depth       int
	keep        bool
}

func (n *applyNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	left, right, err := both(m, f, in, n.left, n.right)
	if err != nil {
		return value.Value{}, err
	}
	if _, ok := asFunction(right); !ok {
		return value.Value{}, failureAt("T2006", n.span, "~>", right)
	}
	if _, ok := asFunction(left); ok {
		return value.Extension(&composition{left, right}), nil
	}
	m.depth += n.depth - 1
	v, err := m.callback(right, left)
	m.depth -= n.depth - 1
	if err != nil {
		return value.Value{}, located(err, n.span, n.name)
	}
	if n.keep && isSequence(v) {
		v = v.WithTag(v.Tag() | tagKeep)
	}
	return collapse(v), nil
}

// composition is f ~> g: a function of one argument.
type composition struct{ first, second value.Value }

func (c *composition) arity() int { return 1 }

func (c *composition) call(m *machine, args []value.Value, _ value.Value) (value.Value, error) {
	if m.depth++; m.depth >= m.limits.Depth {
		return value.Value{}, errDepth()
	}
	v, err := m.invoke(c.first, args[:min(1, len(args))], value.Null())
	if err == nil {
		v, err = m.invoke(c.second, []value.Value{collapse(v)}, value.Null())
	}
	m.depth--
	return v, err
}

// partialNode is a call with placeholders.
type partialNode struct {
	procedure node
	arguments []node // nil for a placeholder
	misspelt  node
	name      string
	span      ast.Span
}

func (n *partialNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	p := &partialFunction{given: make([]value.Value, len(n.arguments))}
	for i, argument := range n.arguments {
		if argument == nil {
			p.given[i] = unbound
			p.open++
			continue
		}
		v, err := argument.eval(m, f, in)
		if err != nil {
			return value.Value{}, err
		}
		p.given[i] = v
	}
	callee, err := n.procedure.eval(m, f, in)
	if err != nil {
		return value.Value{}, err
	}
	if callee.IsAbsent() && n.misspelt != nil {
		if err := suggest("T1007", m, f, n.misspelt, n.span, n.name); err != nil {
			return value.Value{}, err
		}
	}
	inner, ok := asFunction(callee)
	if !ok {
		return value.Value{}, failureAt("T1008", n.span, n.name, value.Value{})
	}
	p.function = inner
	return value.Extension(p), m.allocate(64 + itemSize*len(p.given))
}

// partialFunction is a function some of whose arguments are given. The signature
// of a function that the expression defines is not checked any more, and the
// context never fills in for an argument.
type partialFunction struct {
	function function
	given    []value.Value // unbound for an open one
	open     int
}

func (p *partialFunction) arity() int { return p.open }

func (p *partialFunction) call(m *machine, args []value.Value, in value.Value) (value.Value, error) {
	if m.depth >= m.limits.Depth {
		return value.Value{}, errDepth()
	}
	all := make([]value.Value, len(p.given))
	for i, v := range p.given {
		if v.Tag()&tagUnbound != 0 {
			v = value.Value{}
			if len(args) > 0 {
				v, args = args[0], args[1:]
			}
		}
		all[i] = v
	}
	if err := m.spend(len(all) + 1); err != nil {
		return value.Value{}, err
	}
	switch inner := p.function.(type) {
	case *closure:
		return inner.enter(m, all)
	case *builtin:
		v, err := inner.call(m, all, value.Null())
		return v, located(err, ast.Span{}, inner.name)
	}
	m.depth++
	v, err := p.function.call(m, all, in)
	m.depth--
	return v, err
}
