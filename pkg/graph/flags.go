package graph

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// A workflow often notes an outcome as a constant and asks for it later: a Pass
// sets $.outcome on each way, the ways join in a clean-up, and a Choice parts
// them again. flags follow such constants exactly, so that ways which no
// execution takes are no evidence. A flag is a place that Choices test; what is
// known of it is a set of values: absent, each constant of the definition, or
// anything else.

const (
	maxFlags     = 8  // tracked in one machine, the most telling first
	maxConstants = 13 // of one flag; the rest count as anything else
)

// facts holds, for each flag, the values that it cannot have; zero says that
// nothing is known.
type facts [maxFlags]uint16

const (
	absent   uint16 = 1 << 0  // there is no such value
	anything uint16 = 1 << 14 // a value that is none of the constants
	all      uint16 = 1<<15 - 1
)

// flag is a place that is followed.
type flag struct {
	place
	region    *Region // whose data it is, or in which the variable is assigned
	constants []value.Value
	presence  bool   // some Choice asks whether it is there
	written   bool   // some state writes it
	truthy    uint16 // the constants that JSONata takes for true
}

// bit returns the value as an element of the set.
func (f *flag) bit(v value.Value) uint16 {
	if v.IsAbsent() {
		return absent
	}
	for i, constant := range f.constants {
		if value.Equal(constant, v) {
			return 1 << (i + 1)
		}
	}
	return anything
}

func (f *flag) addConstant(v value.Value) {
	if k := v.Kind(); k == value.KindArray || k == value.KindObject || k == value.KindAbsent {
		return
	}
	if len(f.constants) < maxConstants && f.bit(v) == anything {
		f.constants = append(f.constants, v)
	}
}

// flags are the flags of a machine with what every edge does to them.
type flags struct {
	*writers
	list    []*flag
	changes map[*Node][]change // of the ordinary transition
	caught  map[*Edge][]change
	rules   map[*Edge][]change
	asks    map[*Node][]condition // of a Choice: the rules in order
}

// change is what leaving a state does to one flag: it gets a value of a set, or
// the value of another flag.
type change struct {
	flag   int
	values uint16
	from   int // -1: none
}

// apply makes the changes at once.
func apply(changes []change, k facts) facts {
	after := k
	for _, c := range changes {
		values := c.values
		if c.from >= 0 {
			values |= all &^ k[c.from]
		}
		after[c.flag] = all &^ values
	}
	return after
}

// findFlags finds the flags of a machine. It is nil when there are none.
func findFlags(g *Graph, data *writers, onFailure []bool) *flags {
	candidates := collectCandidates(g, data, onFailure)
	if len(candidates) == 0 {
		return nil
	}
	f := &flags{writers: data, changes: map[*Node][]change{}, caught: map[*Edge][]change{}, rules: map[*Edge][]change{}, asks: map[*Node][]condition{}}
	for _, c := range candidates[:min(len(candidates), maxFlags)] {
		f.list = append(f.list, &c.flag)
	}
	for _, node := range g.Nodes {
		f.compile(node)
	}
	return f
}

// candidate is a place that some Choice tests.
type candidate struct {
	flag
	asked   int  // Choices that test it
	failing bool // one of them stands on a failure path
	set     bool // some state sets it to a constant, or a Catcher does
}

// collectCandidates returns the places worth following, the most telling first:
// those that are set to constants, then those that a failure path asks for.
func collectCandidates(g *Graph, data *writers, onFailure []bool) []*candidate {
	byKey := map[*Region]map[string]*candidate{}
	var list []*candidate
	for _, node := range g.Nodes {
		if node.State.Choice == nil || changesInput(node.State) {
			continue
		}
		for _, rule := range node.State.Choice.Rules {
			asked := conditionOf(rule)
			asked.each(func(t *test) {
				if t.operator > isTrue || len(t.path) == 0 && t.variable == "" {
					return
				}
				region := data.scopes.of(node.Region, t.variable)
				if byKey[region] == nil {
					byKey[region] = map[string]*candidate{}
				}
				c := byKey[region][t.key()]
				if c == nil {
					c = &candidate{flag: flag{place: t.place, region: region}}
					byKey[region][t.key()] = c
					list = append(list, c)
				}
				c.asked++
				c.failing = c.failing || onFailure[node.ID]
				c.presence = c.presence || t.operator == isPresent
				if t.operator == equals {
					c.addConstant(t.operand)
				}
			})
		}
	}
	if len(list) > 0 {
		noteConstants(g, data, list)
	}
	list = slices.DeleteFunc(list, func(c *candidate) bool { return !c.set && !(c.failing && (c.asked > 1 || c.written)) })
	slices.SortStableFunc(list, func(x, y *candidate) int { return x.rank() - y.rank() })
	for _, c := range list {
		c.truthy = anything
		for i, constant := range c.constants {
			if isTruthy(constant) {
				c.truthy |= 1 << (i + 1)
			}
		}
	}
	return list
}

func (c *candidate) rank() int {
	if c.set {
		return 0
	}
	return 1
}

func isTruthy(v value.Value) bool {
	switch v.Kind() {
	case value.KindBool:
		return v.Bool()
	case value.KindNumber:
		return v.Float() != 0
	case value.KindString:
		return v.Str() != ""
	}
	return false
}

// noteConstants tells which candidates some state sets to constants.
func noteConstants(g *Graph, data *writers, list []*candidate) {
	// By region and the first name, so that a write finds what it can touch.
	index := map[*Region]map[string][]*candidate{}
	for _, c := range list {
		if index[c.region] == nil {
			index[c.region] = map[string][]*candidate{}
		}
		index[c.region][c.first()] = append(index[c.region][c.first()], c)
	}
	for _, node := range g.Nodes {
		for _, w := range data.writes[node.ID] {
			byName := index[data.scopes.of(node.Region, w.at.variable)]
			if len(byName) == 0 {
				continue
			}
			for _, name := range w.firsts() {
				for _, c := range byName[name] {
					c.noteWrite(w, data, node)
				}
			}
		}
	}
}

func (c *candidate) noteWrite(w write, data *writers, node *Node) {
	found, writes := w.valueOf(&c.flag, data.scopes, node.Region)
	if !writes {
		return
	}
	c.written = true
	c.set = c.set || w.edge != nil && w.edge.Kind == Catch && (len(w.at.path) > 0 || w.at.variable != "")
	for _, alternative := range found {
		if alternative.kind == constant && !alternative.value.IsAbsent() {
			c.addConstant(alternative.value)
			c.set = true
		}
	}
}

// compile finds what a state and the edges out of it do to the flags.
func (f *flags) compile(node *Node) {
	if choice := node.State.Choice; choice != nil && !changesInput(node.State) {
		var rules []condition
		followed := false
		for _, rule := range choice.Rules {
			asked := conditionOf(rule)
			asked.each(func(t *test) {
				t.flag = f.find(node.Region, t.place)
				followed = followed || t.flag >= 0
			})
			rules = append(rules, asked)
		}
		if followed {
			f.asks[node] = rules
		}
	}
	for _, w := range f.writes[node.ID] {
		changes := f.changesOf(node.Region, w)
		switch {
		case len(changes) == 0:
		case w.edge == nil:
			f.changes[node] = append(f.changes[node], changes...)
		case w.edge.Kind == Catch:
			f.caught[w.edge] = append(f.caught[w.edge], changes...)
		default:
			f.rules[w.edge] = append(f.rules[w.edge], changes...)
		}
	}
}

func (f *flags) changesOf(region *Region, w write) []change {
	var changes []change
	for i, flag := range f.list {
		found, writes := w.valueOf(flag, f.scopes, region)
		if !writes {
			continue
		}
		c := change{flag: i, from: -1}
		for _, alternative := range found {
			switch alternative.kind {
			case constant:
				c.values |= flag.bit(alternative.value)
			case present:
				c.values |= all &^ absent
			case copied:
				from := f.find(region, alternative.place)
				if from < 0 {
					c.values = all
				} else if from == i || f.sameConstants(from, i) {
					c.from = from
				} else {
					c.values = all
				}
			default:
				c.values = all
			}
		}
		changes = append(changes, c)
	}
	return changes
}

func (f *flags) find(region *Region, where place) int {
	key := where.key()
	return slices.IndexFunc(f.list, func(x *flag) bool {
		return x.key() == key && x.region == f.scopes.of(region, where.variable)
	})
}

func (f *flags) sameConstants(i, j int) bool {
	return slices.EqualFunc(f.list[i].constants, f.list[j].constants, value.Equal)
}

// start is what is known at the beginning: no variable has a value.
func (f *flags) start() facts {
	var k facts
	if f != nil {
		k = f.forget(k, nil)
	}
	return k
}

// forget drops what is known of the flags in a region, as it begins; of the
// whole machine when it is nil. A variable has no value then, and what a machine
// asks for because one of its own states may have written it is taken for absent.
func (f *flags) forget(k facts, region *Region) facts {
	if f == nil {
		return k
	}
	for i, flag := range f.list {
		if region == nil || flag.region == region {
			if k[i] = 0; flag.variable != "" || region == nil && flag.presence && flag.written {
				k[i] = all &^ absent
			}
		}
	}
	return k
}

// forgetInside drops what is known inside the regions of a state.
func (f *flags) forgetInside(k facts, owner *Node) facts {
	if f == nil || len(owner.Inner) == 0 {
		return k
	}
	for i, flag := range f.list {
		for region := flag.region; region != nil; region = region.outer() {
			if region.Owner == owner {
				k[i] = 0
			}
		}
	}
	return k
}

// left is what is known behind a state that is left by its ordinary transition.
func (f *flags) left(node *Node, k facts) facts {
	if f == nil {
		return k
	}
	return apply(f.changes[node], f.forgetInside(k, node))
}

// behindCatcher is what is known behind a Catcher.
func (f *flags) behindCatcher(edge *Edge, k facts) facts {
	if f == nil {
		return k
	}
	return apply(f.caught[edge], f.forgetInside(k, edge.From))
}

// along is what is known behind an edge of a Choice; false when no execution
// that knows k takes it.
func (f *flags) along(edge *Edge, k facts) (facts, bool) {
	if f == nil {
		return k, true
	}
	if rules := f.asks[edge.From]; len(rules) > 0 && (edge.Kind == ChoiceRule || edge.Kind == Default || edge.Kind == NoMatch) {
		taken := len(rules)
		if edge.Kind == ChoiceRule {
			taken = edge.Index
		}
		possible := true
		for _, rule := range rules[:min(taken, maxAsked)] {
			if k, possible = f.assume(rule, false, edge.From, k); !possible {
				return k, false
			}
		}
		if edge.Kind == ChoiceRule {
			if k, possible = f.assume(rules[taken], true, edge.From, k); !possible {
				return k, false
			}
		}
	}
	return apply(f.rules[edge], k), true
}

// decide reports whether what is known leaves only one way out of a Choice.
func (f *flags) decide(choice *Node, k facts) bool {
	if f == nil || len(f.asks[choice]) == 0 {
		return false
	}
	ways := 0
	for _, edge := range choice.Out {
		if _, possible := f.along(edge, k); possible {
			ways++
		}
	}
	return ways == 1
}

// behind is what is known behind any edge, from what is known in the state and
// what is known once it is left by an ordinary transition.
func (f *flags) behind(edge *Edge, in, left facts) (facts, bool) {
	if edge.Kind == Catch {
		return f.behindCatcher(edge, in), true
	}
	return f.along(edge, left)
}

// maxAsked bounds the earlier rules of a Choice that are taken into account, so
// that a Choice with a thousand rules does not cost a million tests.
const maxAsked = 32

// assume narrows what is known to the executions in which the condition holds,
// or does not; false when there are none.
func (f *flags) assume(c condition, holds bool, at *Node, k facts) (facts, bool) {
	switch c.kind {
	case single:
		return f.assumeTest(c.test, holds, at, k)
	case negation:
		return f.assume(c.parts[0], !holds, at, k)
	case allOf, anyOf:
		if (c.kind == allOf) == holds {
			possible := true
			for _, part := range c.parts {
				if k, possible = f.assume(part, holds, at, k); !possible {
					return k, false
				}
			}
			return k, true
		}
		return f.assumeOne(c.parts, holds, at, k)
	}
	return k, true
}

// assumeOne narrows k to the executions in which one part holds, or one does
// not: exactly when a single part is left that can.
func (f *flags) assumeOne(parts []condition, holds bool, at *Node, k facts) (facts, bool) {
	left, narrowed := 0, k
	for _, part := range parts {
		if found, possible := f.assume(part, holds, at, k); possible {
			left++
			narrowed = found
		}
	}
	switch left {
	case 0:
		return k, false
	case 1:
		return narrowed, true
	}
	return k, true
}

func (f *flags) assumeTest(t test, holds bool, at *Node, k facts) (facts, bool) {
	i := t.flag
	if i < 0 {
		return k, true
	}
	flag := f.list[i]
	var yes, no uint16
	switch t.operator {
	case equals:
		yes = flag.bit(t.operand)
		if no = all &^ yes; yes == anything { // one of the constants that are not followed
			no = all
		}
		if at.State.QueryLanguage != asl.JSONata && flag.variable == "" {
			no &^= absent // a data-test on a value that is not there fails the execution
		}
	case isPresent:
		yes, no = all&^absent, absent
	case isNull:
		yes = flag.bit(value.Null())
		if no = all &^ yes; yes == anything {
			no = all
		}
	case isTrue:
		yes, no = flag.truthy, all&^flag.truthy|anything
	default:
		return k, true
	}
	if !holds {
		yes = no
	}
	values := all &^ k[i] & yes
	k[i] = all &^ values
	return k, values != 0
}
