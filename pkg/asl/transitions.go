package asl

import (
	"fmt"
	"iter"
)

// transitions yields the fields of the state that name another state, each with
// its path from the state: "Next", "Default", "Choices[0]/Next", "Catch[1]/Next".
func (s *State) transitions() iter.Seq2[*Transition, string] {
	return func(yield func(*Transition, string) bool) {
		if s.Next != nil && !yield(s.Next, "Next") {
			return
		}
		for i, catcher := range s.Catch {
			if catcher.Next != nil && !yield(catcher.Next, fmt.Sprintf("Catch[%d]/Next", i)) {
				return
			}
		}
		if s.Choice == nil {
			return
		}
		for i, rule := range s.Choice.Rules {
			if rule.Next != nil && !yield(rule.Next, fmt.Sprintf("Choices[%d]/Next", i)) {
				return
			}
		}
		if s.Choice.Default != nil {
			yield(s.Choice.Default, "Default")
		}
	}
}

// Path returns where the state stands, owners first, for people:
// "Ship.Branches[1].Pack". A state at top level is its name alone.
func (s *State) Path() string {
	owner := s.Owner()
	switch {
	case owner == nil:
		return s.Name
	case owner.Type == Parallel:
		return fmt.Sprintf("%s.Branches[%d].%s", owner.Path(), s.Region.Index, s.Name)
	case owner.Map != nil && owner.Map.UsesIterator:
		return owner.Path() + ".Iterator." + s.Name
	}
	return owner.Path() + ".ItemProcessor." + s.Name
}
