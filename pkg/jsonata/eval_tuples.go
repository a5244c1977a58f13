package jsonata

import (
	"github.com/sfnctl/sfnctl/pkg/value"
)

// tuple is one item of a path together with the names bound on the way to it.
type tuple struct {
	frame frame // the names; its parent is the frame of the path
	at    value.Value
}

// tupleStream is the tuples that a path inside a step hands on to the path
// around it, for parent operators there.
type tupleStream struct{ tuples []*tuple }

func tuplesOf(v value.Value) []*tuple {
	stream, ok := v.Extension().(*tupleStream)
	if !ok {
		return nil
	}
	return stream.tuples
}

// withoutTuples turns tuples that no path asks for into the values they are about.
func (m *machine) withoutTuples(v value.Value) value.Value {
	if v.Tag()&tagTuples == 0 {
		return v
	}
	return collapsed(valuesOf(tuplesOf(v)))
}

func valuesOf(tuples []*tuple) []value.Value {
	items := make([]value.Value, len(tuples))
	for i, t := range tuples {
		items[i] = t.at
	}
	return items
}

// tuplePathNode is a path that binds names on its way: with @, # or %.
type tuplePathNode struct {
	prefix *pathNode // the steps before the first that makes tuples
	steps  []*tupleStep
	layout []string // the names of the tuples, by slot
	group  *objectNode
	// exported says that the path around this one needs the tuples
	exported                 bool
	keepSingleton, keepArray bool
}

// tupleStep is one step over tuples. Slots that it does not bind are -1.
type tupleStep struct {
	node                   node
	sort                   *sortNode
	stages                 []stage
	focus, index, ancestor int
	imports                []int // where the names of tuples handed on by the step go
	whole                  bool
}

func (n *tuplePathNode) eval(m *machine, f *frame, in value.Value) (value.Value, error) {
	s, err := n.prefix.run(m, f, in)
	if err != nil {
		return value.Value{}, err
	}
	if len(n.prefix.steps) > 0 && s.isEmpty() {
		return n.nothing(m, f, s)
	}
	tuples, err := n.run(m, f, in, s)
	if err != nil {
		return value.Value{}, err
	}
	if n.group != nil {
		return n.group.groupTuples(m, f, tuples)
	}
	if n.exported {
		return value.Extension(&tupleStream{tuples}).WithTag(tagTuples), nil
	}
	for _, t := range tuples {
		if t.at.Tag() != 0 || t.at.IsAbsent() {
			m.nested = true
		}
	}
	if n.keepSingleton || n.keepArray {
		return collapse(value.Array(valuesOf(tuples)...).WithTag(tagSequence | tagKeep)), nil
	}
	return collapsed(valuesOf(tuples)), nil
}

// nothing is the value of a path that ends before it gets to tuples: undefined,
// or the empty array that it began with.
func (n *tuplePathNode) nothing(m *machine, f *frame, s stream) (value.Value, error) {
	if n.group == nil {
		return n.prefix.result(s), nil
	}
	empty, err := n.newTuple(m, f, value.Value{})
	if err != nil {
		return value.Value{}, err
	}
	return n.group.groupTuples(m, f, []*tuple{empty})
}

func (n *tuplePathNode) run(m *machine, f *frame, in value.Value, s stream) (tuples []*tuple, err error) {
	for i, step := range n.steps {
		switch {
		case i == 0 && step.whole && len(n.prefix.steps) == 0:
			begun, err := (&stepNode{node: step.node}).once(m, newFrame(f, len(n.layout), 0), in)
			if err != nil {
				return nil, err
			}
			if step.focus < 0 {
				s = begun
			}
			continue
		case tuples == nil && step.sort != nil:
			tuples, err = n.sortItems(m, f, step, s.list())
		case tuples == nil:
			if tuples, err = n.start(m, f, s.list()); err != nil {
				return nil, err
			}
			tuples, err = step.each(m, tuples)
		case step.sort != nil:
			tuples, err = step.sortTuples(m, tuples)
		default:
			tuples, err = step.each(m, tuples)
		}
		if err == nil {
			tuples, err = step.applyStages(m, tuples)
		}
		if err != nil {
			return nil, err
		}
	}
	if tuples == nil {
		return n.start(m, f, s.list())
	}
	return tuples, nil
}

// newTuple makes a tuple without names.
func (n *tuplePathNode) newTuple(m *machine, f *frame, item value.Value) (*tuple, error) {
	t := &tuple{at: item}
	t.frame.parent = f
	t.frame.slots = make([]value.Value, len(n.layout))
	for i := range t.frame.slots {
		t.frame.slots[i] = unbound
	}
	return t, m.countTuple(t)
}

func (m *machine) countTuple(t *tuple) error {
	if err := m.spend(1); err != nil {
		return err
	}
	return m.allocate(64 + itemSize*len(t.frame.slots))
}

// start makes the first tuples of the items so far.
func (n *tuplePathNode) start(m *machine, f *frame, items []value.Value) ([]*tuple, error) {
	tuples := make([]*tuple, 0, len(items))
	for _, item := range items {
		t, err := n.newTuple(m, f, item)
		if err != nil {
			return nil, err
		}
		tuples = append(tuples, t)
	}
	return tuples, nil
}

// sortItems sorts plain items and numbers them.
func (n *tuplePathNode) sortItems(m *machine, f *frame, step *tupleStep, items []value.Value) ([]*tuple, error) {
	// the keys are compiled for the frame of a tuple
	sorted, err := step.sort.sort(m, newFrame(f, len(n.layout), 0), items)
	if err != nil {
		return nil, err
	}
	tuples, err := n.start(m, f, sorted)
	if err == nil && step.index >= 0 {
		numberTuples(tuples, step.index)
	}
	return tuples, err
}

func numberTuples(tuples []*tuple, slot int) {
	for i, t := range tuples {
		t.frame.slots[slot] = value.Float(float64(i))
	}
}

func (s *tupleStep) sortTuples(m *machine, tuples []*tuple) ([]*tuple, error) {
	if len(tuples) <= 1 {
		return tuples, nil
	}
	order, err := s.sort.order(m, len(tuples), func(i int) (*frame, value.Value) {
		return &tuples[i].frame, tuples[i].at
	})
	if err != nil {
		return nil, err
	}
	sorted := make([]*tuple, len(tuples))
	for i, from := range order {
		sorted[i] = tuples[from]
	}
	return sorted, nil
}

// each evaluates the step for every tuple; each item of the result makes a new
// tuple.
func (s *tupleStep) each(m *machine, tuples []*tuple) ([]*tuple, error) {
	made := make([]*tuple, 0, len(tuples))
	for _, t := range tuples {
		v, err := s.node.eval(m, &t.frame, t.at)
		if err != nil {
			return nil, err
		}
		if v.IsAbsent() {
			continue
		}
		if v.Tag()&tagTuples != 0 {
			made, err = s.take(m, made, t, tuplesOf(v))
		} else {
			made, err = s.spread(m, made, t, v)
		}
		if err != nil {
			return nil, err
		}
	}
	return made, nil
}

// derive makes a tuple with the names of another one.
func (t *tuple) derive(m *machine, at value.Value) (*tuple, error) {
	derived := &tuple{at: at, frame: frame{parent: t.frame.parent}}
	derived.frame.slots = append([]value.Value(nil), t.frame.slots...)
	return derived, m.countTuple(derived)
}

func (s *tupleStep) spread(m *machine, made []*tuple, t *tuple, v value.Value) ([]*tuple, error) {
	for i, item := range itemsOf(v) {
		derived, err := t.derive(m, item)
		if err != nil {
			return nil, err
		}
		slots := derived.frame.slots
		if s.focus >= 0 { // the item is bound and the context stays
			slots[s.focus] = item
			derived.at = t.at
		}
		if s.index >= 0 {
			slots[s.index] = value.Float(float64(i))
		}
		if s.ancestor >= 0 {
			slots[s.ancestor] = t.at
		}
		made = append(made, derived)
	}
	return made, nil
}

// take merges tuples that the step hands on into tuples of this path.
func (s *tupleStep) take(m *machine, made []*tuple, t *tuple, inner []*tuple) ([]*tuple, error) {
	for _, from := range inner {
		derived, err := t.derive(m, from.at)
		if err != nil {
			return nil, err
		}
		for i, slot := range s.imports {
			if v := from.frame.slots[i]; slot >= 0 && v.Tag()&tagUnbound == 0 {
				derived.frame.slots[slot] = v
			}
		}
		made = append(made, derived)
	}
	return made, nil
}

// applyStages applies predicates to all tuples together, and numbers them.
func (s *tupleStep) applyStages(m *machine, tuples []*tuple) (_ []*tuple, err error) {
	for i := range s.stages {
		stage := &s.stages[i]
		if stage.numbering {
			numberTuples(tuples, stage.slot)
			continue
		}
		if tuples, err = stage.filterTuples(m, tuples); err != nil {
			return nil, err
		}
	}
	return tuples, nil
}

func (p *predicate) filterTuples(m *machine, tuples []*tuple) ([]*tuple, error) {
	if p.isIndex {
		index := position(p.index, len(tuples))
		if index < 0 || index >= float64(len(tuples)) {
			return []*tuple{}, nil
		}
		return tuples[int(index) : int(index)+1 : int(index)+1], nil
	}
	kept := []*tuple{}
	for i, t := range tuples {
		times, err := p.keeps(m, &t.frame, t.at, i, len(tuples))
		if err != nil {
			return nil, err
		}
		for range times {
			kept = append(kept, t)
		}
		if err := m.allocateItems(times); err != nil {
			return nil, err
		}
	}
	return kept, nil
}

// filterTuples applies the predicates of an expression that hands on tuples. They
// are compiled for a frame of the names of the tuples within that of the expression.
func (n *filterNode) filterTuples(m *machine, f *frame, v value.Value) (value.Value, error) {
	inner := tuplesOf(v)
	tuples := make([]*tuple, len(inner))
	for i, t := range inner {
		tuples[i] = &tuple{frame: frame{parent: f, slots: t.frame.slots}, at: t.at}
	}
	for i := range n.predicates {
		var err error
		if tuples, err = n.predicates[i].filterTuples(m, tuples); err != nil {
			return value.Value{}, err
		}
	}
	return value.Extension(&tupleStream{tuples}).WithTag(tagTuples), nil
}

// groupTuples is [objectNode.group] over tuples. In the value expression every
// name stands for the values that it has in the tuples of the group.
func (n *objectNode) groupTuples(m *machine, f *frame, tuples []*tuple) (value.Value, error) {
	type group struct {
		*groupData
		tuples []*tuple
	}
	var found groups
	members := map[string]*group{}
	for _, t := range tuples {
		for i := range n.pairs {
			key, skip, err := n.key(m, &t.frame, t.at, i)
			if err != nil {
				return value.Value{}, err
			}
			if skip {
				continue
			}
			data, fresh := found.place(key, i)
			if fresh {
				members[key] = &group{groupData: data}
				if err := m.allocate(groupSize); err != nil {
					return value.Value{}, err
				}
			}
			if data.pair != i {
				return value.Value{}, failureAt("D1009", n.span, "", value.String(key))
			}
			members[key].tuples = append(members[key].tuples, t)
		}
	}
	return n.values(m, &found, func(data *groupData) (value.Value, error) {
		merged, err := m.mergeTuples(members[data.key].tuples)
		if err != nil {
			return value.Value{}, err
		}
		return n.pairs[data.pair].value.eval(m, &merged.frame, merged.at)
	})
}

// mergeTuples joins the values of each name.
func (m *machine) mergeTuples(tuples []*tuple) (*tuple, error) {
	if len(tuples) == 1 {
		return tuples[0], nil
	}
	var at groupData
	slots := make([]groupData, len(tuples[0].frame.slots))
	for _, t := range tuples {
		if err := at.collect(m, t.at); err != nil {
			return nil, err
		}
		for i, v := range t.frame.slots {
			if v.Tag()&tagUnbound != 0 {
				continue
			}
			if err := slots[i].collect(m, v); err != nil {
				return nil, err
			}
		}
	}
	merged, err := tuples[0].derive(m, at.context())
	if err != nil {
		return nil, err
	}
	for i := range slots {
		if v := slots[i].context(); !v.IsAbsent() {
			merged.frame.slots[i] = v
		}
	}
	return merged, nil
}
