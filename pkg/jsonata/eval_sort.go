package jsonata

import (
	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// sortNode is an order-by clause.
type sortNode struct {
	terms []sortTerm
	span  ast.Span
}

type sortTerm struct {
	key        node
	descending bool
}

// sort returns the items in order. The keys are evaluated once for each item.
func (n *sortNode) sort(m *machine, f *frame, items []value.Value) ([]value.Value, error) {
	if len(items) <= 1 {
		return items, nil
	}
	order, err := n.order(m, len(items), func(i int) (*frame, value.Value) { return f, items[i] })
	if err != nil {
		return nil, err
	}
	if err := m.allocateItems(len(items)); err != nil {
		return nil, err
	}
	sorted := make([]value.Value, len(items))
	for i, from := range order {
		sorted[i] = items[from]
	}
	return sorted, nil
}

// order returns the positions of count items in order.
func (n *sortNode) order(m *machine, count int, context func(i int) (*frame, value.Value)) ([]int, error) {
	keys := sortKeys{node: n, machine: m, context: context}
	if err := m.allocateItems(count * len(n.terms)); err != nil {
		return nil, err
	}
	if err := m.spend(count * len(n.terms)); err != nil {
		return nil, err
	}
	keys.values = make([]value.Value, count*len(n.terms))
	for i := range keys.values {
		keys.values[i] = unbound
	}
	order := make([]int, count)
	for i := range order {
		order[i] = i
	}
	return mergeSort(order, keys.swap)
}

// sortKeys holds the keys evaluated so far. A key beyond the first is needed
// only where those before it are equal.
type sortKeys struct {
	node    *sortNode
	machine *machine
	context func(i int) (*frame, value.Value)
	values  []value.Value
}

func (k *sortKeys) key(item, term int) (value.Value, error) {
	at := item*len(k.node.terms) + term
	if v := k.values[at]; v.Tag()&tagUnbound == 0 {
		return v, nil
	}
	if err := k.machine.spend(1); err != nil {
		return value.Value{}, err
	}
	f, in := k.context(item)
	v, err := k.node.terms[term].key.eval(k.machine, f, in)
	k.values[at] = v
	return v, err
}

// swap reports whether item b belongs before item a.
func (k *sortKeys) swap(a, b int) (bool, error) {
	for term := range k.node.terms {
		left, err := k.key(a, term)
		if err != nil {
			return false, err
		}
		right, err := k.key(b, term)
		if err != nil {
			return false, err
		}
		order, err := k.node.compare(left, right)
		switch {
		case err != nil:
			return false, err
		case order == 0:
			continue
		case left.IsAbsent() || right.IsAbsent():
			return order > 0, nil // undefined comes last in either direction
		}
		return (order > 0) != k.node.terms[term].descending, nil
	}
	return false, k.machine.spend(1)
}

func (n *sortNode) compare(a, b value.Value) (int, error) {
	switch {
	case a.IsAbsent() && b.IsAbsent():
		return 0, nil
	case a.IsAbsent():
		return 1, nil
	case b.IsAbsent():
		return -1, nil
	case !isComparable(a):
		return 0, failureAt("T2008", n.span, "", a)
	case !isComparable(b):
		return 0, failureAt("T2008", n.span, "", b)
	case a.Kind() != b.Kind():
		err := failure("T2007", a)
		err.Value2 = b
		return 0, err.At(n.span, "")
	case a.Kind() == value.KindString:
		return compareStrings(a.Str(), b.Str()), nil
	case a.Float() == b.Float():
		return 0, nil
	case a.Float() < b.Float():
		return -1, nil
	}
	return 1, nil
}

// mergeSort sorts stably by a comparator that says whether two items in this
// order must be swapped. It makes the comparisons of the reference, so that
// comparators that contradict themselves lead to the same order.
func mergeSort[T any](items []T, swap func(a, b T) (bool, error)) ([]T, error) {
	if len(items) <= 1 {
		return items, nil
	}
	middle := len(items) / 2
	left, err := mergeSort(items[:middle:middle], swap)
	if err != nil {
		return nil, err
	}
	right, err := mergeSort(items[middle:], swap)
	if err != nil {
		return nil, err
	}
	merged := make([]T, 0, len(items))
	for len(left) > 0 && len(right) > 0 {
		swapped, err := swap(left[0], right[0])
		if err != nil {
			return nil, err
		}
		if swapped {
			merged, right = append(merged, right[0]), right[1:]
		} else {
			merged, left = append(merged, left[0]), left[1:]
		}
	}
	return append(append(merged, left...), right...), nil
}
