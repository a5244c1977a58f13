package asl

import "iter"

// All yields the rule and the rules nested in its And, Or and Not, each before
// what it holds. The recursion is as deep as the rules, which the parser bounds.
func (r *ChoiceRule) All() iter.Seq[*ChoiceRule] {
	return func(yield func(*ChoiceRule) bool) { r.yieldAll(yield) }
}

func (r *ChoiceRule) yieldAll(yield func(*ChoiceRule) bool) bool {
	if r == nil {
		return true
	}
	if !yield(r) {
		return false
	}
	for _, parts := range [][]*ChoiceRule{r.And, r.Or} {
		for _, part := range parts {
			if !part.yieldAll(yield) {
				return false
			}
		}
	}
	return r.Not.yieldAll(yield)
}

// ChoiceRules yields every rule of a Choice, nested ones included; none for
// states of other types.
func (s *State) ChoiceRules() iter.Seq[*ChoiceRule] {
	return func(yield func(*ChoiceRule) bool) {
		if s.Choice == nil {
			return
		}
		for _, rule := range s.Choice.Rules {
			if !rule.yieldAll(yield) {
				return
			}
		}
	}
}

// RuleCases says what a Choice Rule becomes, by its form. And and Or are given
// the parts themselves, so that a case may leave some of them out.
type RuleCases[T any] struct {
	And, Or func(parts []*ChoiceRule) T
	Not     func(part *ChoiceRule) T
	Test    func(rule *ChoiceRule) T // a data test, a Condition, or a rule that is broken
}

// Match takes a Choice Rule apart: it calls the case of the rule's form.
func Match[T any](r *ChoiceRule, cases RuleCases[T]) T {
	switch {
	case r.And != nil:
		return cases.And(r.And)
	case r.Or != nil:
		return cases.Or(r.Or)
	case r.Not != nil:
		return cases.Not(r.Not)
	}
	return cases.Test(r)
}

// Settled yields the tests whose outcome is certain once the rule has the given
// result: all parts of an And that holds, all parts of an Or that does not.
func (r *ChoiceRule) Settled(result bool) iter.Seq2[*ChoiceRule, bool] {
	return func(yield func(*ChoiceRule, bool) bool) { r.yieldSettled(result, yield) }
}

func (r *ChoiceRule) yieldSettled(result bool, yield func(*ChoiceRule, bool) bool) bool {
	all := func(parts []*ChoiceRule, settled bool) bool {
		for _, part := range parts {
			if settled && !part.yieldSettled(result, yield) {
				return false
			}
		}
		return true
	}
	return Match(r, RuleCases[bool]{
		And:  func(parts []*ChoiceRule) bool { return all(parts, result || len(parts) == 1) },
		Or:   func(parts []*ChoiceRule) bool { return all(parts, !result || len(parts) == 1) },
		Not:  func(part *ChoiceRule) bool { return part.yieldSettled(!result, yield) },
		Test: func(rule *ChoiceRule) bool { return yield(rule, result) },
	})
}
