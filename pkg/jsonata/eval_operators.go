package jsonata

import (
	"math"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// both evaluates two operands.
func both(m *machine, f *frame, in value.Value, left, right node) (a, b value.Value, err error) {
	if a, err = left.eval(m, f, in); err != nil {
		return a, b, err
	}
	b, err = right.eval(m, f, in)
	return a, b, err
}

type arithmeticNode struct {
	left, right node
	operator    byte
	span        ast.Span
}

func (n *arithmeticNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	a, b, err := both(m, f, in, n.left, n.right)
	if err != nil {
		return value.Value{}, err
	}
	for i, operand := range [...]value.Value{a, b} {
		ok, err := isNumeric(operand)
		switch {
		case err != nil:
			return value.Value{}, located(err, n.span, string(n.operator))
		case !ok && !operand.IsAbsent():
			return value.Value{}, failureAt([...]string{"T2001", "T2002"}[i], n.span, string(n.operator), operand)
		}
	}
	if a.IsAbsent() || b.IsAbsent() {
		return value.Value{}, nil
	}
	result := calculate(n.operator, a.Float(), b.Float())
	if math.IsInf(result, 0) || math.IsNaN(result) {
		m.beyond = true
	}
	return value.Float(result), nil
}

func calculate(operator byte, a, b float64) float64 {
	switch operator {
	case '+':
		return a + b
	case '-':
		return a - b
	case '*':
		return a * b
	case '/':
		return a / b
	}
	return math.Mod(a, b)
}

type equalNode struct {
	left, right node
	negated     bool
}

func (n *equalNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	a, b, err := both(m, f, in, n.left, n.right)
	if err != nil {
		return value.Value{}, err
	}
	if a.IsAbsent() || b.IsAbsent() { // false for both operators
		return value.Bool(false), nil
	}
	equal, err := m.equal(a, b, 0)
	return value.Bool(equal != n.negated), err
}

// equal compares two values deeply.
func (m *machine) equal(a, b value.Value, depth int) (bool, error) {
	if a.Kind() != b.Kind() {
		return false, nil
	}
	switch a.Kind() {
	case value.KindArray:
		return m.equalItems(a, b, depth)
	case value.KindObject:
		return m.equalMembers(a, b, depth)
	}
	return value.Equal(a, b), nil
}

func (m *machine) equalItems(a, b value.Value, depth int) (bool, error) {
	left, right := a.Items(), b.Items()
	if len(left) != len(right) {
		return false, nil
	}
	if err := m.descend(len(left), depth); err != nil {
		return false, err
	}
	for i := range left {
		if ok, err := m.equal(left[i], right[i], depth+1); !ok || err != nil {
			return false, err
		}
	}
	return true, nil
}

func (m *machine) equalMembers(a, b value.Value, depth int) (bool, error) {
	if a.Len() != b.Len() {
		return false, nil
	}
	if err := m.descend(a.Len(), depth); err != nil {
		return false, err
	}
	for _, member := range a.Members() {
		if !b.Has(member.Key) {
			return false, nil
		}
		if ok, err := m.equal(member.Value, b.Get(member.Key), depth+1); !ok || err != nil {
			return false, err
		}
	}
	return true, nil
}

// descend counts the work on a container of so many parts at this depth.
func (m *machine) descend(parts, depth int) error {
	if depth > maxNesting {
		return errDepth()
	}
	return m.spend(parts/4 + 1)
}

type compareNode struct {
	left, right node
	operator    string
	span        ast.Span
}

func (n *compareNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	a, b, err := both(m, f, in, n.left, n.right)
	if err != nil {
		return value.Value{}, err
	}
	switch {
	case !isComparable(a):
		return value.Value{}, failureAt("T2010", n.span, n.operator, a)
	case !isComparable(b):
		return value.Value{}, failureAt("T2010", n.span, n.operator, b)
	case a.IsAbsent() || b.IsAbsent():
		return value.Value{}, nil
	case a.Kind() != b.Kind():
		err := failure("T2009", a)
		err.Value2 = b
		return value.Value{}, located(err, n.span, n.operator)
	}
	if a.Kind() == value.KindNumber {
		return value.Bool(n.holdsForNumbers(a.Float(), b.Float())), nil
	}
	return value.Bool(n.holds(compareStrings(a.Str(), b.Str()))), nil
}

func isComparable(v value.Value) bool {
	return v.Kind() == value.KindAbsent || v.Kind() == value.KindNumber || v.Kind() == value.KindString
}

func (n *compareNode) holdsForNumbers(a, b float64) bool {
	switch n.operator {
	case "<":
		return a < b
	case "<=":
		return a <= b
	case ">":
		return a > b
	}
	return a >= b
}

func (n *compareNode) holds(order int) bool {
	switch n.operator {
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	}
	return order >= 0
}

// compareStrings orders strings by their UTF-16 units. That is the order of
// their bytes but for the characters from U+E000 to U+FFFF, which come after
// those that need two units.
func compareStrings(a, b string) int {
	order := strings.Compare(a, b)
	if order == 0 {
		return 0
	}
	for i := 0; i < len(a) && i < len(b); i++ {
		if a[i] == b[i] {
			continue
		}
		if a[i] >= 0xEE && b[i] >= 0xEE && (a[i] >= 0xF0) != (b[i] >= 0xF0) {
			return -order
		}
		break
	}
	return order
}

type inNode struct{ left, right node }

func (n *inNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	a, b, err := both(m, f, in, n.left, n.right)
	if err != nil {
		return value.Value{}, err
	}
	if a.IsAbsent() || b.IsAbsent() {
		return value.Bool(false), nil
	}
	items := itemsOf(b)
	for _, item := range items {
		if value.Identical(a.WithTag(0), item.WithTag(0)) {
			return value.Bool(true), nil
		}
	}
	return value.Bool(false), m.spend(len(items)/8 + 1)
}

type andNode struct {
	left, right node
	span        ast.Span
}

func (n *andNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	if left, err := operandTruth(m, f, in, n.left, n.span, "and"); !left || err != nil {
		return value.Bool(false), err
	}
	right, err := operandTruth(m, f, in, n.right, n.span, "and")
	return value.Bool(right), err
}

type orNode struct {
	left, right node
	span        ast.Span
}

func (n *orNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	if left, err := operandTruth(m, f, in, n.left, n.span, "or"); left || err != nil {
		return value.Bool(left), err
	}
	right, err := operandTruth(m, f, in, n.right, n.span, "or")
	return value.Bool(right), err
}

func operandTruth(m *machine, f *frame, in value.Value, operand node, span ast.Span, operator string) (bool, error) {
	v, err := operand.eval(m, f, in)
	if err != nil {
		return false, err
	}
	ok, err := truthy(v)
	if err != nil {
		return false, located(err, span, operator)
	}
	return ok, nil
}

// concatNode is a chain of &.
type concatNode struct {
	parts []node
	span  ast.Span
}

func (n *concatNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	var space [64]byte
	buf := space[:0]
	for _, part := range n.parts {
		v, err := part.eval(m, f, in)
		if err != nil {
			return value.Value{}, err
		}
		if v.Kind() == value.KindString {
			if err := m.allocateText(len(buf), len(v.Str())); err != nil {
				return value.Value{}, err
			}
			buf = append(buf, v.Str()...)
			continue
		}
		if buf, err = m.appendString(buf, v); err != nil {
			return value.Value{}, located(err, n.span, "&")
		}
	}
	return value.String(paired(string(buf))), m.spend(len(buf) / 64)
}
