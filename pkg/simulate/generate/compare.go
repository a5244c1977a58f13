package generate

import (
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// rule asks the data to make a Choice Rule hold, or fail; false when it cannot.
// A comparison with what is not there fails the execution, either way.
func (s sight) rule(rule *asl.ChoiceRule, holds bool) bool {
	return asl.Match(rule, asl.RuleCases[bool]{
		And: func(parts []*asl.ChoiceRule) bool { return s.parts(parts, holds, true) },
		Or:  func(parts []*asl.ChoiceRule) bool { return s.parts(parts, holds, false) },
		Not: func(part *asl.ChoiceRule) bool { return s.rule(part, !holds) },
		Test: func(rule *asl.ChoiceRule) bool {
			switch {
			case rule.Condition != nil:
				return s.condition(rule.Condition, holds)
			case rule.Variable == nil || rule.Variable.Path == nil || rule.Comparison == nil:
				return false
			}
			return s.comparison(rule, holds)
		},
	})
}

// parts asks for And (all) or Or. The first part that settles it ends the
// evaluation, so the parts after it may read what is not there.
func (s sight) parts(parts []*asl.ChoiceRule, holds, all bool) bool {
	if holds == all {
		for _, part := range parts {
			if !s.rule(part, holds) {
				return false
			}
		}
		return true
	}
	for i := range parts {
		mark := s.mark()
		ok := true
		for _, before := range parts[:i] {
			ok = ok && s.rule(before, !holds)
		}
		if ok && s.rule(parts[i], holds) {
			return true
		}
		s.back(mark)
	}
	return false
}

func (s sight) comparison(rule *asl.ChoiceRule, holds bool) bool {
	comparison := rule.Comparison
	if comparison.Value == nil {
		return false
	}
	if comparison.Operator == "IsPresent" {
		return s.present(rule, comparison.Value.Literal.Bool() == holds)
	}
	actual, ok := s.path(rule.Variable.Path)
	if !ok {
		return false
	}
	operand, ok := s.template(comparison.Value)
	compare := simulate.Comparator(comparison.Operator)
	if !ok || compare == nil {
		return false
	}
	if operand.unknown != nil && actual.unknown == nil {
		return s.meet(operand, comparisonTest(compare, actual.value(), holds, true))
	}
	chosen := operand.value()
	if operand.unknown != nil {
		chosen = typical(comparison.Operator)
		if !s.meet(operand, equals(chosen)) {
			return false
		}
	}
	return s.meet(actual, comparisonTest(compare, chosen, holds, false))
}

func comparisonTest(compare func(actual, operand value.Value) bool, other value.Value, holds, swapped bool) test {
	candidates := near(other)
	if other.Kind() == value.KindBool { // of the operators that ask for a property, too
		candidates = append(candidates, value.Null(), value.Int(1), value.String("example"), value.String(sometime))
	}
	return test{func(v value.Value) bool {
		if swapped {
			return compare(other, v) == holds
		}
		return compare(v, other) == holds
	}, candidates}
}

// sometime is a timestamp where none is better than another.
const sometime = "2030-01-01T00:00:00Z"

// typical is a value of the type that an operator compares.
func typical(operator string) value.Value {
	switch {
	case strings.HasPrefix(operator, "Numeric"):
		return value.Int(5)
	case strings.HasPrefix(operator, "Boolean"):
		return value.Bool(true)
	case strings.HasPrefix(operator, "Timestamp"):
		return value.String(sometime)
	}
	return value.String("example")
}

// near lists a value and others on both sides of it.
func near(v value.Value) []value.Value {
	switch v.Kind() {
	case value.KindNumber:
		return []value.Value{v, value.Float(v.Float() + 1), value.Float(v.Float() - 1)}
	case value.KindBool:
		return []value.Value{v, value.Bool(!v.Bool())}
	case value.KindString:
		if at, err := time.Parse(time.RFC3339, v.Str()); err == nil {
			return []value.Value{v, value.String(at.Add(time.Hour).Format(time.RFC3339)), value.String(at.Add(-time.Hour).Format(time.RFC3339))}
		}
		candidates := []value.Value{v, value.String(v.Str() + "x"), value.String("")}
		if strings.Contains(v.Str(), "*") {
			candidates = append(candidates, value.String(strings.ReplaceAll(v.Str(), "*", "x")))
		}
		return candidates
	}
	return []value.Value{v}
}

// present asks for a value to be there, or not.
func (s sight) present(rule *asl.ChoiceRule, there bool) bool {
	path := rule.Variable.Path
	if there {
		_, ok := s.path(path)
		return ok
	}
	root, ok := s.root(path)
	if !ok {
		return true
	}
	for i, step := range path.Steps {
		if step.Name == "" {
			break
		}
		if i == len(path.Steps)-1 {
			return s.without(root, step.Name)
		}
		if root, ok = s.get(root, step.Name); !ok {
			return true
		}
	}
	_, err := path.Eval(root.value())
	return err != nil
}
