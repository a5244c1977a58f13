package jsonata

import (
	"math"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// predicate is what stands in brackets: a number known beforehand is an index,
// anything else is evaluated for each item.
type predicate struct {
	test    node
	index   float64
	isIndex bool
}

// filter applies the predicate to v, one value counting as an array of one. The
// result is a sequence that has not been collapsed, or a single value that is
// no array, or the array at an index as it is; none says that nothing is left.
func (p *predicate) filter(m *machine, f *frame, v value.Value) (result value.Value, none bool, err error) {
	if p.isIndex {
		result, ok := at(v, p.index)
		return result, !ok, nil
	}
	if v.Kind() != value.KindArray {
		return p.filterSingle(m, f, v)
	}
	items := v.Items()
	var kept []value.Value
	for i := range items {
		if err := m.spend(1); err != nil {
			return value.Value{}, false, err
		}
		times, err := p.keeps(m, f, items[i], i, len(items))
		if err != nil {
			return value.Value{}, false, err
		}
		for range times {
			if kept, err = m.add(kept, items[i]); err != nil {
				return value.Value{}, false, err
			}
		}
	}
	if len(kept) == 1 && kept[0].Kind() != value.KindArray && !kept[0].IsAbsent() {
		return kept[0], false, nil
	}
	return newSequence(kept), len(kept) == 0, nil
}

func (p *predicate) filterSingle(m *machine, f *frame, v value.Value) (result value.Value, none bool, err error) {
	times, err := p.keeps(m, f, v, 0, 1)
	switch {
	case err != nil || times == 0:
		return value.Value{}, true, err
	case times == 1 && !v.IsAbsent():
		return v, false, nil
	}
	if v.IsAbsent() {
		m.nested = true // the sequence holds an undefined item
	}
	kept := make([]value.Value, times)
	for i := range kept {
		kept[i] = v
	}
	return newSequence(kept), false, m.allocateItems(times)
}

// at returns the item at an index, which is rounded down; a negative one counts
// from the end.
func at(v value.Value, index float64) (value.Value, bool) {
	if v.Kind() != value.KindArray {
		index = position(index, 1)
		return v, index == 0 && !v.IsAbsent()
	}
	items := v.Items()
	index = position(index, len(items))
	if index < 0 || index >= float64(len(items)) {
		return value.Value{}, false
	}
	item := items[int(index)]
	return item, !item.IsAbsent()
}

func position(index float64, length int) float64 {
	index = math.Floor(index)
	if index < 0 {
		index += float64(length)
	}
	return index
}

// keeps evaluates the predicate for the item at position i of length and says
// how many times it is kept: a number keeps the item at that position, an array
// of numbers those at any of them, anything else is a truth value.
func (p *predicate) keeps(m *machine, f *frame, item value.Value, i, length int) (int, error) {
	v, err := p.test.eval(m, f, item)
	if err != nil {
		return 0, err
	}
	switch v.Kind() {
	case value.KindBool:
		return count(v.Bool()), nil
	case value.KindNumber:
		if ok, err := isNumeric(v); ok || err != nil {
			return count(position(v.Float(), length) == float64(i)), err
		}
	case value.KindArray:
		if ok, err := allNumeric(v.Items()); ok || err != nil {
			return timesAt(v.Items(), i, length), err
		}
		if err := m.spend(v.Len() / 4); err != nil {
			return 0, err
		}
	}
	ok, err := truthy(v)
	return count(ok), err
}

func count(ok bool) int {
	if ok {
		return 1
	}
	return 0
}

func allNumeric(items []value.Value) (bool, error) {
	for _, item := range items {
		if ok, err := isNumeric(item); !ok || err != nil {
			return false, err
		}
	}
	return true, nil
}

func timesAt(indexes []value.Value, i, length int) (times int) {
	for _, index := range indexes {
		if position(index.Float(), length) == float64(i) {
			times++
		}
	}
	return times
}

// filterNode is an expression other than a path with predicates, a grouping or
// an empty predicate.
type filterNode struct {
	node       node
	predicates []predicate
	group      *objectNode
	keep       bool
	layout     []string // the names in the tuples of a block that hands them on
}

func (n *filterNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	v, err := n.node.eval(m, f, in)
	if err != nil {
		return value.Value{}, err
	}
	if v.Tag()&tagTuples != 0 {
		return n.filterTuples(m, f, v)
	}
	none := false
	tests := f
	if n.layout != nil { // compiled for the frame of a tuple
		tests = newFrame(f, len(n.layout), 0)
	}
	for i := range n.predicates {
		if v, none, err = n.predicates[i].filter(m, tests, v); err != nil {
			return value.Value{}, err
		}
		if none {
			v = value.Value{}
			break
		}
	}
	if n.group != nil {
		items := itemsOf(v)
		if none {
			items = nil
		}
		return n.group.group(m, f, items)
	}
	if n.keep && len(n.predicates) > 0 && v.Kind() != value.KindArray && !v.IsAbsent() {
		v = newSequence([]value.Value{v}) // a predicate always leaves a sequence
	}
	if n.keep && isSequence(v) {
		v = v.WithTag(v.Tag() | tagKeep)
	}
	return collapse(v), nil
}

// wildcardNode is *.
type wildcardNode struct{}

func (wildcardNode) eval(m *machine, _ *frame, in value.Value) (value.Value, error) {
	if in.Tag()&tagOuter != 0 {
		in = in.Index(0)
	}
	var found []value.Value
	plain := false
	take := func(v value.Value) (err error) {
		if v.Kind() == value.KindArray {
			plain = true // joining with an array makes a plain one
			found, err = m.flatten(found, v, 0)
			return err
		}
		found, err = m.add(found, v)
		return err
	}
	for _, item := range in.Items() {
		if err := take(item); err != nil {
			return value.Value{}, err
		}
	}
	for _, member := range in.Members() {
		if err := take(member.Value); err != nil {
			return value.Value{}, err
		}
	}
	if plain {
		return value.Array(found...), nil
	}
	return collapsed(found), nil
}

// flatten appends the items of v at every depth.
func (m *machine) flatten(found []value.Value, v value.Value, depth int) ([]value.Value, error) {
	if v.Kind() != value.KindArray {
		return m.add(found, v)
	}
	if err := m.descend(v.Len(), depth); err != nil {
		return nil, err
	}
	var err error
	for _, item := range v.Items() {
		if found, err = m.flatten(found, item, depth+1); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// descendantsNode is **.
type descendantsNode struct{}

func (descendantsNode) eval(m *machine, _ *frame, in value.Value) (value.Value, error) {
	if in.IsAbsent() {
		return in, nil
	}
	found, err := m.descendants(nil, in, 0)
	return collapsed(found), err
}

// descendants appends v and everything below it, arrays by their items only.
func (m *machine) descendants(found []value.Value, v value.Value, depth int) ([]value.Value, error) {
	if err := m.descend(v.Len(), depth); err != nil {
		return nil, err
	}
	var err error
	if v.Kind() != value.KindArray {
		if found, err = m.add(found, v); err != nil {
			return nil, err
		}
	}
	for _, item := range v.Items() {
		if found, err = m.descendants(found, item, depth+1); err != nil {
			return nil, err
		}
	}
	for _, member := range v.Members() {
		if found, err = m.descendants(found, member.Value, depth+1); err != nil {
			return nil, err
		}
	}
	return found, nil
}
