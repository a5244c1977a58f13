package simulate

import (
	"errors"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// choice is a Choice: the first rule that holds says where to go. What the rule
// itself has of Output and Assign replaces that of the state, which is for
// Default alone.
func (x *Execution) choice(f *frame) {
	s, d := f.state, x.on(f, f.input)
	index, rule, err := x.chosenRule(f, d)
	switch {
	case err != nil:
		x.raise(f, err)
	case rule != nil:
		x.passThrough(f, rule.output, rule.assign, route{kind: TakeRule, index: index, to: rule.next})
	case s.choice.otherwise != nil:
		x.passThrough(f, s.output, s.assign, route{kind: TakeDefault, index: -1, to: s.choice.otherwise})
	default:
		x.raise(f, runtimeError("Failed to transition out of the state. The state does not point to a next state."))
	}
}

// chosenRule returns the first rule that holds with its index; nil for none.
func (x *Execution) chosenRule(f *frame, d *data) (int, *choiceRule, *evalError) {
	if !f.state.jsonata {
		input, err := d.field(f.state.inputPath)
		if err != nil {
			return 0, nil, err
		}
		d.input = input
	}
	for i, rule := range f.state.choice.rules {
		holds, err := rule.holds(d)
		if err != nil {
			return 0, nil, err
		}
		if holds {
			return i, rule, nil
		}
	}
	return 0, nil, nil
}

func (r *choiceRule) holds(d *data) (bool, *evalError) {
	if r.condition == nil {
		return r.test.holds(d)
	}
	v, err := r.condition.eval(d)
	if err != nil {
		return false, err
	}
	if v.Kind() != value.KindBool {
		return false, r.condition.typeError("boolean", v)
	}
	return v.Bool(), nil
}

func (c *compiler) choice(s *state, byName map[string]*state) {
	s.choice = &choiceState{}
	from := s.ast.Choice
	if from == nil {
		return
	}
	s.choice.otherwise = c.target(from.Default, "Default", s.name, byName)
	for i, rule := range from.Rules {
		compiled := &choiceRule{
			condition: c.template(s, rule.Condition),
			assign:    c.assignment(s, rule.Assign),
			output:    c.template(s, rule.Output),
			next:      c.target(rule.Next, "a rule", s.name, byName),
		}
		if rule.Condition == nil {
			compiled.test = c.test(s, rule)
		}
		if compiled.next == nil && rule.Next == nil {
			c.report(s.ast.NameNode, s.name, "add Next to it", "rule %s of state %q says not where to go", strconv.Itoa(i), s.name)
		}
		s.choice.rules = append(s.choice.rules, compiled)
	}
}

// test compiles a JSONPath rule.
func (c *compiler) test(s *state, rule *asl.ChoiceRule) ruleTest {
	return asl.Match(rule, asl.RuleCases[ruleTest]{
		And: func(parts []*asl.ChoiceRule) ruleTest { return ruleTest{kind: andTest, parts: c.tests(s, parts)} },
		Or:  func(parts []*asl.ChoiceRule) ruleTest { return ruleTest{kind: orTest, parts: c.tests(s, parts)} },
		Not: func(part *asl.ChoiceRule) ruleTest {
			return ruleTest{kind: notTest, parts: []ruleTest{c.test(s, part)}}
		},
		Test: func(rule *asl.ChoiceRule) ruleTest { return c.dataTest(s, rule) },
	})
}

func (c *compiler) dataTest(s *state, rule *asl.ChoiceRule) ruleTest {
	if rule.Variable == nil || rule.Comparison == nil {
		c.report(s.ast.NameNode, s.name, "add Variable and one comparison operator", "a rule of state %q compares nothing", s.name)
		return ruleTest{}
	}
	return c.comparison(s, rule)
}

func (c *compiler) tests(s *state, rules []*asl.ChoiceRule) []ruleTest {
	tests := make([]ruleTest, len(rules))
	for i, rule := range rules {
		tests[i] = c.test(s, rule)
	}
	return tests
}

type testKind uint8

const (
	noTest testKind = iota
	andTest
	orTest
	notTest
	compareTest
	isTest
	presentTest
)

// ruleTest is a compiled JSONPath rule, or a part of one.
type ruleTest struct {
	kind     testKind
	parts    []ruleTest
	variable *pathField
	operator comparator
	operand  value.Value
	path     *pathField // the operand of a ...Path operator
	property func(value.Value) bool
}

// comparator decides a comparison of two values. Values of another type than
// the operator's never match; that is no error.
type comparator func(actual, operand value.Value) bool

// properties are the operators that ask what a value is.
var properties = map[string]func(value.Value) bool{
	"IsNull":      func(v value.Value) bool { return v.IsNull() },
	"IsNumeric":   func(v value.Value) bool { return v.Kind() == value.KindNumber },
	"IsString":    func(v value.Value) bool { return v.Kind() == value.KindString },
	"IsBoolean":   func(v value.Value) bool { return v.Kind() == value.KindBool },
	"IsTimestamp": isTimestamp,
}

func isTimestamp(v value.Value) bool {
	_, ok := parseTimestamp(v.Str())
	return ok
}

// orders are the suffixes of the comparing operators.
var orders = map[string]func(sign int) bool{
	"Equals":            func(sign int) bool { return sign == 0 },
	"LessThan":          func(sign int) bool { return sign < 0 },
	"GreaterThan":       func(sign int) bool { return sign > 0 },
	"LessThanEquals":    func(sign int) bool { return sign <= 0 },
	"GreaterThanEquals": func(sign int) bool { return sign >= 0 },
}

// compares are the prefixes of the comparing operators: the sign of the
// comparison, or false when the values are not of the operator's type.
var compares = map[string]func(a, b value.Value) (int, bool){
	"String":    compareStrings,
	"Numeric":   compareNumbers,
	"Boolean":   compareBooleans,
	"Timestamp": compareTimestamps,
}

// compareStrings orders as Java does: by UTF-16 code units.
func compareStrings(a, b value.Value) (int, bool) {
	if a.Kind() != value.KindString || b.Kind() != value.KindString {
		return 0, false
	}
	return value.CompareUTF16(a.Str(), b.Str()), true
}

func compareNumbers(a, b value.Value) (int, bool) {
	if a.Kind() != value.KindNumber || b.Kind() != value.KindNumber {
		return 0, false
	}
	return value.Compare(a, b)
}

func compareBooleans(a, b value.Value) (int, bool) {
	if a.Kind() != value.KindBool || b.Kind() != value.KindBool {
		return 0, false
	}
	if a.Bool() == b.Bool() {
		return 0, true
	}
	return 1, true
}

func compareTimestamps(a, b value.Value) (int, bool) {
	x, okX := parseTimestamp(a.Str())
	y, okY := parseTimestamp(b.Str())
	return x.Compare(y), okX && okY
}

// comparison compiles a data-test rule.
func (c *compiler) comparison(s *state, rule *asl.ChoiceRule) ruleTest {
	name := rule.Comparison.Operator
	t := ruleTest{variable: c.path(s, rule.Variable)}
	if t.variable == nil || t.variable.path == nil {
		return t
	}
	operand := c.template(s, rule.Comparison.Value)
	if operand != nil {
		t.operand = operand.literal
	}
	if name == "IsPresent" {
		t.kind = presentTest
		return t
	}
	if property := properties[name]; property != nil {
		t.kind, t.property = isTest, property
		return t
	}
	t.kind = compareTest
	if plain, found := strings.CutSuffix(name, "Path"); found {
		name, t.path = plain, c.path(s, rule.Comparison.Value)
	}
	if t.operator = comparatorFor(name); t.operator == nil {
		c.report(rule.Comparison.OperatorNode, s.name, "", "state %q compares with %q, which is no operator", s.name, name)
	}
	return t
}

func comparatorFor(name string) comparator {
	if name == "StringMatches" {
		return func(actual, pattern value.Value) bool {
			return actual.Kind() == value.KindString && matchesPattern(actual.Str(), pattern.Str())
		}
	}
	for prefix, compare := range compares {
		suffix, found := strings.CutPrefix(name, prefix)
		if order := orders[suffix]; found && order != nil {
			return func(actual, operand value.Value) bool {
				sign, comparable := compare(actual, operand)
				return comparable && order(sign)
			}
		}
	}
	return nil
}

// holds decides the test. And and Or stop at the first part that settles them.
func (t *ruleTest) holds(d *data) (bool, *evalError) {
	switch t.kind {
	case andTest, orTest:
		for i := range t.parts {
			holds, err := t.parts[i].holds(d)
			if err != nil {
				return false, err
			}
			if holds == (t.kind == orTest) {
				return holds, nil
			}
		}
		return t.kind == andTest, nil
	case notTest:
		holds, err := t.parts[0].holds(d)
		return !holds, err
	case presentTest:
		_, err := d.lookup(t.variable.path)
		return (err == nil) == t.operand.Bool(), nil
	case isTest:
		actual, err := d.operand(t.variable)
		return t.property(actual) == t.operand.Bool(), err
	}
	return t.compare(d)
}

func (t *ruleTest) compare(d *data) (bool, *evalError) {
	actual, err := d.operand(t.variable)
	if err != nil {
		return false, err
	}
	operand := t.operand
	if t.path != nil {
		if operand, err = d.operand(t.path); err != nil {
			return false, err
		}
	}
	return t.operator(actual, operand), nil
}

// operand evaluates a path of a rule; what is not there cannot be compared.
func (d *data) operand(p *pathField) (value.Value, *evalError) {
	v, err := d.lookup(p.path)
	if err == nil {
		return v, nil
	}
	var missing *jsonpath.NotFoundError
	if errors.As(err, &missing) {
		return v, runtimeError("Invalid path '" + p.text + "': The choice state's condition path references an invalid value.")
	}
	return v, runtimeError(err.Error())
}

// matchesPattern reports whether text matches a StringMatches pattern: "*" is
// any run of characters, a backslash takes the meaning from what follows it.
func matchesPattern(text, pattern string) bool {
	// The last star seen and how much of the text it has taken: on a mismatch
	// it takes one more character.
	star, taken := -1, 0
	t, p := 0, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, taken = p, t
			p++
			continue
		case p < len(pattern):
			at := p
			if pattern[p] == '\\' && p+1 < len(pattern) {
				at++
			}
			if pattern[at] == text[t] {
				t, p = t+1, at+1
				continue
			}
		}
		if star < 0 {
			return false
		}
		taken++
		t, p = taken, star+1
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

// Comparator returns what an operator of a data-test rule asks of a value and
// its operand, such as NumericLessThan or IsNull; nil when there is no such
// operator. A ...Path operator compares as the one without Path. IsPresent asks
// for a place rather than a value, so it has none.
func Comparator(operator string) func(actual, operand value.Value) bool {
	if property := properties[operator]; property != nil {
		return func(actual, operand value.Value) bool { return property(actual) == operand.Bool() }
	}
	return comparatorFor(strings.TrimSuffix(operator, "Path"))
}
