package jsonpath

import (
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Eval evaluates the path. root is what the path starts from: the caller
// chooses it by [Path.Root]. A definite path yields the node or a
// *[NotFoundError]; any other path yields an array, empty when nothing is
// found, or a *[LimitError] when it visits too much.
func (p *Path) Eval(root value.Value) (value.Value, error) {
	if !p.definite {
		return p.evalMany(root)
	}
	v := root
	for i := range p.Steps {
		next := p.Steps[i].child(v)
		if next.IsAbsent() {
			return value.Value{}, p.notFound(v, i)
		}
		v = next
	}
	if v.IsAbsent() {
		return v, p.notFound(v, 0)
	}
	return v, nil
}

// child returns what a step of a definite path selects; absent when nothing.
func (s *Step) child(v value.Value) value.Value {
	switch s.Kind {
	case StepMember, StepFunction:
		return v.Get(s.key)
	case StepIndex:
		return v.Index(s.Index)
	case StepFromEnd:
		return v.Index(v.Len() - s.Index)
	case StepNames:
		return pick(v, s.Names)
	}
	return value.Value{}
}

func (s *Step) isElement() bool { return s.Kind == StepIndex || s.Kind == StepFromEnd }

func element(v value.Value, index int) value.Value {
	if index < 0 {
		index += v.Len()
	}
	return v.Index(index)
}

// pick returns an object with those members of v that names lists. A path that
// ends with several names yields one such object.
func pick(v value.Value, names []string) value.Value {
	if v.Kind() != value.KindObject {
		return value.Value{}
	}
	members := make([]value.Member, 0, len(names))
	for _, name := range names {
		if member := v.Get(name); !member.IsAbsent() {
			members = append(members, value.Member{Key: name, Value: member})
		}
	}
	return value.Object(members...)
}

// notFound explains, as the service does, why step i finds nothing in v.
func (p *Path) notFound(v value.Value, i int) error {
	here := "$" + stepsText(p.Steps[:i])
	if i == len(p.Steps) {
		return &NotFoundError{Path: p.Text, Reason: "No results for path: " + here}
	}
	step := &p.Steps[i]
	there := here + step.text()
	last := i == len(p.Steps)-1
	switch {
	case step.isElement() && v.Kind() == value.KindArray:
		return p.pastEnd(there, i)
	case step.isElement():
		return &NotFoundError{Path: p.Text, Reason: "Filter: " + step.text() + " can only be applied to arrays. Current context is: " + v.Compact()}
	case v.Kind() != value.KindObject:
		return &NotFoundError{Path: p.Text, Reason: "Property " + step.text() + " not found in path " + here}
	case last:
		return &NotFoundError{Path: p.Text, Reason: "No results for path: " + there}
	}
	return &NotFoundError{Path: p.Text, Reason: "Missing property in path " + there}
}

// pastEnd explains an index that the array lacks. The library takes null for
// the element and goes on, so what fails is the next step.
func (p *Path) pastEnd(there string, i int) error {
	if i == len(p.Steps)-1 {
		return &NotFoundError{Path: p.Text, Reason: "Index out of bounds when evaluating path " + there, PastEnd: true}
	}
	next := &p.Steps[i+1]
	if next.isElement() {
		return &NotFoundError{Path: p.Text, Reason: "The path " + there + " is null"}
	}
	return &NotFoundError{Path: p.Text, Reason: "Property " + next.text() + " not found in path " + there}
}
