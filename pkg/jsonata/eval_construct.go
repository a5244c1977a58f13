package jsonata

import (
	"math"

	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// arrayNode is an array constructor.
type arrayNode struct {
	items       []arrayItem
	constructed bool
}

type arrayItem struct {
	from  node // of a range, whose end is node
	node  node
	whole bool // written as an array: becomes one item
	span  ast.Span
}

func (n *arrayNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	items := make([]value.Value, 0, len(n.items))
	for i := range n.items {
		var err error
		if items, err = n.items[i].append(m, f, in, items); err != nil {
			return value.Value{}, err
		}
	}
	array := value.Array(items...)
	if n.constructed {
		array = array.WithTag(tagConstructed)
	}
	return array, nil
}

// append evaluates one item and appends what it yields: arrays by their items,
// unless the item is written as an array itself.
func (item *arrayItem) append(m *machine, f *frame, in value.Value, items []value.Value) ([]value.Value, error) {
	if item.from != nil {
		return m.rangeItems(f, in, item, items)
	}
	v, err := item.node.eval(m, f, in)
	switch {
	case err != nil:
		return nil, err
	case v.IsAbsent():
		return items, nil
	case v.Kind() == value.KindArray && !item.whole:
		return m.extend(items, v.Items())
	}
	return m.add(items, v)
}

// maxRange is the largest array that the language lets a range make.
const maxRange = 1e7

// rangeItems appends the integers of from..to.
func (m *machine) rangeItems(f *frame, in value.Value, item *arrayItem, items []value.Value) ([]value.Value, error) {
	from, to, err := both(m, f, in, item.from, item.node)
	if err != nil {
		return nil, err
	}
	switch {
	case !from.IsAbsent() && !isInteger(from):
		return nil, failureAt("T2003", item.span, "..", from)
	case !to.IsAbsent() && !isInteger(to):
		return nil, failureAt("T2004", item.span, "..", to)
	case from.IsAbsent() || to.IsAbsent() || from.Float() > to.Float():
		return items, nil
	}
	size := to.Float() - from.Float() + 1
	if size > maxRange {
		return nil, failureAt("D2014", item.span, "..", value.Float(size))
	}
	count := int(size)
	if err := m.allocateItems(len(items) + count); err != nil {
		return nil, err
	}
	if err := m.spend(count / 8); err != nil {
		return nil, err
	}
	if items == nil || cap(items)-len(items) < count {
		items = append(make([]value.Value, 0, len(items)+count), items...)
	}
	for i, at := 0, from.Float(); i < count; i, at = i+1, at+1 {
		items = append(items, value.Float(at))
	}
	return items, nil
}

func isInteger(v value.Value) bool {
	f := v.Float()
	return v.Kind() == value.KindNumber && f == math.Trunc(f) && !math.IsInf(f, 0)
}

// objectNode is an object constructor, or the pairs of a grouping.
type objectNode struct {
	pairs []pairNode
	span  ast.Span
	// plain says that all keys are strings that differ, so that nothing needs to
	// be grouped for a single item.
	plain bool
}

type pairNode struct {
	name  string // of a plain object
	key   node
	value node
}

func newObjectNode(list []ast.Pair, span ast.Span, compile func(ast.Node) node) *objectNode {
	n := &objectNode{span: span, plain: true}
	seen := map[string]bool{}
	for _, pair := range list {
		compiled := pairNode{key: compile(pair.Key), value: compile(pair.Value)}
		if literal, ok := compiled.key.(*literalNode); ok && literal.value.Kind() == value.KindString {
			compiled.name = literal.value.Str()
			n.plain = n.plain && !seen[compiled.name]
			seen[compiled.name] = true
		} else {
			n.plain = false
		}
		n.pairs = append(n.pairs, compiled)
	}
	return n
}

func (n *objectNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	if in.Kind() == value.KindArray {
		if in.Len() > 1 || !n.plain {
			return n.group(m, f, in.Items())
		}
		in = in.Index(0) // undefined when it is empty
	}
	if !n.plain {
		return n.group(m, f, []value.Value{in})
	}
	members := make([]value.Member, 0, len(n.pairs))
	for i := range n.pairs {
		v, err := n.pairs[i].value.eval(m, f, in)
		if err != nil {
			return value.Value{}, err
		}
		if v.IsAbsent() {
			continue
		}
		if members, err = m.addMember(members, n.pairs[i].name, v); err != nil {
			return value.Value{}, err
		}
	}
	return value.Object(members...), nil
}

// addMember appends a member to an object under construction.
func (m *machine) addMember(members []value.Member, key string, v value.Value) ([]value.Member, error) {
	if v.Tag() != 0 || v.IsAbsent() {
		m.nested = true
	}
	if m.memory -= memberSize; m.memory < 0 || len(members) >= m.limits.Sequence {
		return nil, errMemory()
	}
	if m.steps--; m.steps < 0 {
		return nil, errTime()
	}
	return append(members, value.Member{Key: key, Value: v}), nil
}

// groupData is what is collected under one key.
type groupData struct {
	key   string
	pair  int
	first value.Value
	items []value.Value // once there is more than one item
}

// context returns the collected items as the context of the value expression.
func (g *groupData) context() value.Value {
	if g.items == nil {
		return g.first
	}
	return value.Array(g.items...)
}

// collect appends one more item, an array by its items.
func (g *groupData) collect(m *machine, item value.Value) (err error) {
	if item.IsAbsent() {
		return nil
	}
	if g.items == nil {
		if g.first.IsAbsent() {
			g.first = item
			return nil
		}
		g.items, err = m.extend(nil, itemsOf(g.first))
		if err != nil {
			return err
		}
	}
	g.items, err = m.extend(g.items, itemsOf(item))
	return err
}

// groupSize is the memory that a new key takes, in bytes.
const groupSize = 160

// groups keeps the collected data in the order in which the keys were met.
type groups struct {
	list  []*groupData
	byKey map[string]*groupData
}

// place returns the data of a key, and whether it is new.
func (g *groups) place(key string, pair int) (*groupData, bool) {
	if data, ok := g.byKey[key]; ok {
		return data, false
	}
	if g.byKey == nil {
		g.byKey = map[string]*groupData{}
	}
	data := &groupData{key: key, pair: pair}
	g.byKey[key] = data
	g.list = append(g.list, data)
	return data, true
}

// group collects the items under the keys that they yield and evaluates the
// values over what has been collected.
func (n *objectNode) group(m *machine, f *frame, items []value.Value) (value.Value, error) {
	if len(items) == 0 {
		items = []value.Value{{}}
	}
	var found groups
	for _, item := range items {
		for i := range n.pairs {
			key, skip, err := n.key(m, f, item, i)
			if err != nil {
				return value.Value{}, err
			}
			if skip {
				continue
			}
			data, fresh := found.place(key, i)
			if fresh {
				data.first = item
				if err := m.allocate(groupSize); err != nil {
					return value.Value{}, err
				}
				continue
			}
			if data.pair != i {
				return value.Value{}, failureAt("D1009", n.span, "", value.String(key))
			}
			if err := data.collect(m, item); err != nil {
				return value.Value{}, err
			}
		}
	}
	return n.values(m, &found, func(data *groupData) (value.Value, error) {
		return n.pairs[data.pair].value.eval(m, f, data.context())
	})
}

// key evaluates the key of one pair; undefined skips the pair.
func (n *objectNode) key(m *machine, f *frame, item value.Value, pair int) (key string, skip bool, err error) {
	if err := m.spend(1); err != nil {
		return "", false, err
	}
	v, err := n.pairs[pair].key.eval(m, f, item)
	switch {
	case err != nil:
		return "", false, err
	case v.IsAbsent():
		return "", true, nil
	case v.Kind() != value.KindString:
		return "", false, failureAt("T1003", n.span, "", v)
	}
	return v.Str(), false, nil
}

// values makes the object of the collected data.
func (n *objectNode) values(m *machine, found *groups, eval func(*groupData) (value.Value, error)) (value.Value, error) {
	members := make([]value.Member, 0, len(found.list))
	for _, data := range found.list {
		v, err := eval(data)
		if err != nil {
			return value.Value{}, err
		}
		if v.IsAbsent() {
			continue
		}
		if members, err = m.addMember(members, data.key, v); err != nil {
			return value.Value{}, err
		}
	}
	return value.Object(members...), nil
}
