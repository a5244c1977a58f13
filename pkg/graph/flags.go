package graph

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
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

// writers tells what each state writes, by Node.ID, and where variables belong.
type writers struct {
	scopes scopes
	writes [][]write
}

func findWriters(g *Graph) *writers {
	w := &writers{findScopes(g), make([][]write, len(g.Nodes))}
	for _, node := range g.Nodes {
		w.writes[node.ID] = writesOf(node)
	}
	return w
}

// scopes holds the variables that the states of each region assign.
type scopes map[*Region]map[string]bool

func findScopes(g *Graph) scopes {
	found := scopes{}
	for _, node := range g.Nodes {
		for _, assign := range assignsOf(node.State) {
			if found[node.Region] == nil {
				found[node.Region] = map[string]bool{}
			}
			for _, v := range assign.Variables {
				found[node.Region][v.Name] = true
			}
		}
	}
	return found
}

// of returns the region whose data a place belongs to; a variable belongs to
// the region in which it is assigned.
func (s scopes) of(region *Region, variable string) *Region {
	if variable == "" {
		return region
	}
	for r := region; r != nil; r = r.outer() {
		if s[r][variable] {
			return r
		}
	}
	return region
}

func assignsOf(state *asl.State) []*asl.Assign {
	var assigns []*asl.Assign
	add := func(a *asl.Assign) {
		if a != nil {
			assigns = append(assigns, a)
		}
	}
	add(state.Assign)
	for _, catcher := range state.Catch {
		add(catcher.Assign)
	}
	if state.Choice != nil {
		for _, rule := range state.Choice.Rules {
			add(rule.Assign)
		}
	}
	return assigns
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
	c.set = c.set || w.edge != nil && w.edge.Kind == Catch && len(w.at.path) > 0
	for _, alternative := range found {
		if alternative.kind == constant && !alternative.value.IsAbsent() {
			c.addConstant(alternative.value)
			c.set = true
		}
	}
}

// first returns the name under which the place is found: of a variable its own,
// of data the first on the path.
func (p place) first() string {
	switch {
	case p.variable != "":
		return "$" + p.variable
	case len(p.path) > 0:
		return p.path[0]
	}
	return ""
}

// firsts returns the names of what a write can set to a constant.
func (w write) firsts() []string {
	if w.at.first() != "" || w.value == nil {
		return []string{w.at.first()}
	}
	var names []string
	for _, member := range w.value.Members {
		names = append(names, member.Key)
	}
	for _, member := range w.value.Literal.Members() {
		names = append(names, member.Key)
	}
	if w.value.JSONata != nil {
		ast.Walk(w.value.JSONata.Tree(), func(node ast.Node) bool {
			if object, ok := node.(*ast.Object); ok {
				for _, pair := range object.Pairs {
					if key, ok := pair.Key.(*ast.Literal); ok {
						names = append(names, key.Value.Str())
					}
				}
			}
			return true
		})
	}
	return names
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

// changesInput reports whether a state of the query language JSONPath looks at
// another value than its input.
func changesInput(state *asl.State) bool { return !isRoot(state.InputPath) }

// isRoot reports whether a path is absent or $.
func isRoot(e *asl.Expression) bool {
	return e == nil || e.Kind == asl.PathExpression && e.Path != nil && len(e.Path.Steps) == 0 && e.Source == "$"
}

// write is what leaving a state, or taking one of its edges, puts at a place.
type write struct {
	edge   *Edge // nil: the ordinary transition
	at     place
	value  *asl.Expression // nil: nobody knows what
	source dataSource
}

// dataSource says what "$" means in the value of a write.
type dataSource uint8

const (
	fromState dataSource = iota // the input of the state
	fromTask                    // the result of the task
)

type alternative struct {
	kind  alternativeKind
	value value.Value // constant; absent for none
	place place       // copied
}

type alternativeKind uint8

const (
	unknownValue alternativeKind = iota
	present
	constant
	copied
)

// valueOf returns what a write makes of a flag; false when it does not touch it.
func (w write) valueOf(f *flag, scopes scopes, region *Region) ([]alternative, bool) {
	if w.at.variable != f.variable || f.variable == "" && region != f.region || f.variable != "" && scopes.of(region, f.variable) != f.region {
		return nil, false
	}
	common := 0
	for common < min(len(w.at.path), len(f.path)) && w.at.path[common] == f.path[common] {
		common++
	}
	switch {
	case common == len(w.at.path):
		return alternativesAt(w.value, f.path[common:], w.source, 0), true
	case common == len(f.path): // it becomes an object that holds what is written
		return []alternative{{kind: present}}, true
	}
	return nil, false
}

// alternativesAt returns what a value can hold at a path.
func alternativesAt(e *asl.Expression, path []string, source dataSource, depth int) []alternative {
	if e == nil || depth > maxRuleDepth {
		return []alternative{{}}
	}
	switch e.Kind {
	case asl.Literal:
		return literalAlternative(e.Literal, path)
	case asl.ObjectTemplate:
		if len(path) == 0 {
			return []alternative{{kind: present}}
		}
		for _, member := range e.Members {
			if member.Key == path[0] {
				return alternativesAt(member.Value, path[1:], source, depth+1)
			}
		}
		return []alternative{{kind: constant}}
	case asl.PathExpression:
		if where, ok := placeOf(e); ok && (where.variable != "" || source == fromState) {
			return []alternative{{kind: copied, place: place{where.variable, append(slices.Clone(where.path), path...)}}}
		}
		if len(path) == 0 {
			return []alternative{{kind: present}}
		}
	case asl.JSONataString:
		if e.JSONata != nil {
			return jsonataAlternatives(e.JSONata.Tree(), path, depth)
		}
	}
	return []alternative{{}}
}

func literalAlternative(v value.Value, path []string) []alternative {
	for _, name := range path {
		v = v.Get(name)
	}
	if k := v.Kind(); k == value.KindObject || k == value.KindArray {
		return []alternative{{kind: present}}
	}
	return []alternative{{kind: constant, value: v}}
}

// jsonataAlternatives returns what an expression of JSONata can hold at a path.
func jsonataAlternatives(node ast.Node, path []string, depth int) []alternative {
	if where, ok := jsonataPlace(node); ok {
		return []alternative{{kind: copied, place: place{where.variable, append(slices.Clone(where.path), path...)}}}
	}
	if depth > maxRuleDepth {
		return []alternative{{}}
	}
	switch node := node.(type) {
	case *ast.Literal:
		return literalAlternative(node.Value, path)
	case *ast.Block:
		if len(node.Expressions) == 1 {
			return jsonataAlternatives(node.Expressions[0], path, depth+1)
		}
	case *ast.Conditional:
		found := jsonataAlternatives(node.Then, path, depth+1)
		if node.Else == nil {
			return append(found, alternative{kind: constant})
		}
		return append(found, jsonataAlternatives(node.Else, path, depth+1)...)
	case *ast.Object:
		return objectAlternatives(node, path, depth)
	case *ast.Call:
		return mergeAlternatives(node, path, depth)
	}
	return []alternative{{}}
}

func objectAlternatives(node *ast.Object, path []string, depth int) []alternative {
	if len(path) == 0 {
		return []alternative{{kind: present}}
	}
	for _, pair := range slices.Backward(node.Pairs) {
		key, ok := pair.Key.(*ast.Literal)
		if !ok {
			return []alternative{{}}
		}
		if key.Value.Str() == path[0] {
			return jsonataAlternatives(pair.Value, path[1:], depth+1)
		}
	}
	return []alternative{{kind: constant}}
}

// mergeAlternatives reads $merge([a, b]): of each member the last object that has
// it decides.
func mergeAlternatives(node *ast.Call, path []string, depth int) []alternative {
	function, ok := node.Procedure.(*ast.Variable)
	if !ok || function.Name != "merge" || len(node.Arguments) != 1 {
		return []alternative{{}}
	}
	list, ok := node.Arguments[0].(*ast.Array)
	if !ok {
		return []alternative{{}}
	}
	if len(path) == 0 {
		return []alternative{{kind: present}}
	}
	for _, item := range slices.Backward(list.Items) {
		found := jsonataAlternatives(item, path[:1], depth+1)
		if len(found) == 1 && found[0].kind == constant && found[0].value.IsAbsent() {
			continue
		}
		return jsonataAlternatives(item, path, depth+1)
	}
	return []alternative{{kind: constant}}
}

// writesOf returns what leaving a state does to the data and the variables.
func writesOf(node *Node) []write {
	state := node.State
	var writes []write
	assign := func(edge *Edge, a *asl.Assign, source dataSource) {
		if a == nil {
			return
		}
		for _, v := range a.Variables {
			writes = append(writes, write{edge: edge, at: place{variable: v.Name}, value: v.Value, source: source})
		}
	}
	results := state.Type == asl.Task || state.Type == asl.Parallel || state.Type == asl.Map
	source := fromState
	if results {
		source = fromTask
	}
	if w, ok := dataWrite(state, results); ok {
		writes = append(writes, w)
	}
	assign(nil, state.Assign, source)
	for _, edge := range node.Out {
		switch edge.Kind {
		case Catch:
			catcher := state.Catch[edge.Index]
			writes = append(writes, catcherWrites(edge, catcher, state.QueryLanguage)...)
			assign(edge, catcher.Assign, fromTask)
		case ChoiceRule:
			rule := state.Choice.Rules[edge.Index]
			if rule.Output != nil {
				writes = append(writes, write{edge: edge, value: rule.Output})
			}
			assign(edge, rule.Assign, fromState)
		}
	}
	return writes
}

// dataWrite returns what becomes of the data behind a state.
func dataWrite(state *asl.State, results bool) (write, bool) {
	if state.QueryLanguage == asl.JSONata {
		switch {
		case state.Output != nil:
			return write{value: state.Output}, true
		case results:
			return write{}, true
		}
		return write{}, false
	}
	if !isRoot(state.OutputPath) {
		return write{}, true
	}
	switch {
	case results:
		return resultWrite(state.ResultPath, state.ResultSelector, fromTask)
	case state.Type == asl.Pass:
		result := state.Parameters
		if state.Pass != nil && state.Pass.Result != nil {
			result = state.Pass.Result
		}
		if result == nil && isRoot(state.InputPath) && isRoot(state.ResultPath) {
			return write{}, false
		}
		return resultWrite(state.ResultPath, result, fromState)
	}
	return write{}, !isRoot(state.InputPath)
}

// resultWrite returns what a result does at a ResultPath.
func resultWrite(path, result *asl.Expression, source dataSource) (write, bool) {
	if path == nil {
		return write{value: result, source: source}, true
	}
	if path.Kind == asl.Literal && path.Literal.IsNull() {
		return write{}, false
	}
	where, ok := placeOf(path)
	if !ok {
		return write{}, true
	}
	return write{at: where, value: result, source: source}, true
}

// errorOutput is what a Catcher writes: an object with Error and Cause.
var errorOutput = &asl.Expression{Kind: asl.ObjectTemplate, Members: []*asl.TemplateMember{
	{Key: "Error", Value: &asl.Expression{Kind: asl.SubstitutionText}}, {Key: "Cause", Value: &asl.Expression{Kind: asl.SubstitutionText}},
}}

func catcherWrites(edge *Edge, catcher *asl.Catcher, language asl.QueryLanguage) []write {
	if language == asl.JSONata {
		value := catcher.Output
		if value == nil {
			value = errorOutput
		}
		return []write{{edge: edge, value: value}}
	}
	w, ok := resultWrite(catcher.ResultPath, errorOutput, fromTask)
	if !ok {
		return nil
	}
	w.edge = edge
	return []write{w}
}
