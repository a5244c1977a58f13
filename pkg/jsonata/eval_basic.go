package jsonata

import (
	"math"

	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/value"
)

type literalNode struct{ value value.Value }

func (n *literalNode) eval(*machine, *frame, value.Value) (value.Value, error) { return n.value, nil }

// contextNode is $.
type contextNode struct{}

func (contextNode) eval(_ *machine, _ *frame, in value.Value) (value.Value, error) {
	if in.Tag()&tagOuter != 0 {
		return in.Index(0), nil
	}
	return collapse(in), nil
}

// rootNode is $$.
type rootNode struct{}

func (rootNode) eval(m *machine, _ *frame, _ value.Value) (value.Value, error) { return m.root, nil }

// localNode is a variable of an enclosing scope. As long as it is not bound,
// the variable of the same name further out is seen.
type localNode struct {
	hops, slot int
	outer      node
}

func (n *localNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	v := f.up(n.hops).slots[n.slot]
	switch {
	case v.Tag() == 0:
		return v, nil
	case v.Tag()&tagUnbound != 0:
		return n.outer.eval(m, f, in)
	}
	return collapse(v), nil
}

// globalNode is a variable of the environment or a function of the library.
type globalNode struct{ index int }

func (n *globalNode) eval(m *machine, _ *frame, _ value.Value) (value.Value, error) {
	return m.global(n.index), nil
}

type bindNode struct {
	slot  int
	value node
}

func (n *bindNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	v, err := n.value.eval(m, f, in)
	if err != nil {
		return value.Value{}, err
	}
	f.slots[n.slot] = v
	return v, nil
}

// blockNode evaluates expressions one after another, in a frame of its own when
// they bind variables.
type blockNode struct {
	expressions []node
	slots       int
}

func (n *blockNode) eval(m *machine, f *frame, in value.Value) (v value.Value, err error) {
	if n.slots > 0 {
		f = newFrame(f, n.slots, 0)
	}
	for _, expression := range n.expressions {
		if v, err = expression.eval(m, f, in); err != nil {
			return value.Value{}, err
		}
	}
	return collapse(v), nil
}

type conditionalNode struct{ condition, then, otherwise node }

func (n *conditionalNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	condition, err := n.condition.eval(m, f, in)
	if err != nil {
		return value.Value{}, err
	}
	truth, err := truthy(condition)
	if err != nil {
		return value.Value{}, err
	}
	branch := n.otherwise
	if truth {
		branch = n.then
	}
	v, err := branch.eval(m, f, in)
	return collapse(v), err
}

// coalesceNode is a ?? b, or a ?: b when it asks for the truth of a.
type coalesceNode struct {
	left, right node
	truth       bool
}

func (n *coalesceNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	left, err := n.left.eval(m, f, in)
	if err != nil {
		return value.Value{}, err
	}
	take := !left.IsAbsent()
	if n.truth {
		if take, err = truthy(left); err != nil {
			return value.Value{}, err
		}
	}
	if take {
		return left, nil
	}
	return n.right.eval(m, f, in)
}

type negateNode struct {
	operand node
	span    ast.Span
}

func (n *negateNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	v, err := n.operand.eval(m, f, in)
	if err != nil || v.IsAbsent() {
		return value.Value{}, err
	}
	ok, err := isNumeric(v)
	switch {
	case err != nil:
		return value.Value{}, located(err, n.span, "-")
	case !ok:
		return value.Value{}, failureAt("D1002", n.span, "-", v)
	}
	return value.Float(-v.Float()), nil
}

// isNumeric reports whether v is a number that computation may go on with: an
// infinite one is an error, NaN is not a number.
func isNumeric(v value.Value) (bool, error) {
	if v.Kind() != value.KindNumber {
		return false, nil
	}
	f := v.Float()
	if math.IsInf(f, 0) {
		return false, failure("D1001", v)
	}
	return !math.IsNaN(f), nil
}

// The truth of an array is that of its items: how deep arrays are looked into,
// and at how many items, for arrays that share their parts can have any number.
const (
	maxTruth      = maxNesting
	maxTruthItems = 1 << 20
)

// truthy casts v to a boolean as $boolean does; undefined counts as false.
func truthy(v value.Value) (bool, error) {
	if v.Kind() == value.KindBool {
		return v.Bool(), nil
	}
	looked := 0
	return truth(v, 0, &looked)
}

func truth(v value.Value, depth int, looked *int) (bool, error) {
	switch v.Kind() {
	case value.KindBool:
		return v.Bool(), nil
	case value.KindString:
		return v.Str() != "", nil
	case value.KindNumber:
		ok, err := isNumeric(v)
		return ok && v.Float() != 0, err
	case value.KindObject:
		return v.Len() > 0, nil
	case value.KindArray:
		return truthOfItems(v.Items(), depth, looked)
	}
	return false, nil
}

func truthOfItems(items []value.Value, depth int, looked *int) (bool, error) {
	if depth > maxTruth {
		return false, errDepth()
	}
	if *looked += len(items); *looked > maxTruthItems {
		return false, errTime()
	}
	for _, item := range items {
		if ok, err := truth(item, depth+1, looked); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}
