package simulate

import (
	"strconv"

	"github.com/sfnctl/sfnctl/pkg/asl"
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
