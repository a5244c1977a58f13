package jsonpath

import "github.com/sfnctl/sfnctl/pkg/value"

// Set returns a copy of root in which the node that the Reference Path names
// is v, as ResultPath does it: missing objects on the way are created, and $
// replaces everything. It fails with an *[AssignError] where something else
// than an object is in the way or an array lacks the index.
func (p *Path) Set(root, v value.Value) (value.Value, error) {
	result := assign(p.Steps, root, v)
	if result.IsAbsent() {
		return result, &AssignError{Path: p.Text, Input: root.Compact()}
	}
	return result, nil
}

// assign returns an absent value when the steps do not fit.
func assign(steps []Step, node, v value.Value) value.Value {
	if len(steps) == 0 {
		return v
	}
	step, rest := &steps[0], steps[1:]
	switch step.Kind {
	case StepMember:
		if !node.IsAbsent() && node.Kind() != value.KindObject {
			return value.Value{}
		}
		member := assign(rest, node.Get(step.key), v)
		if member.IsAbsent() {
			return member
		}
		return node.With(step.key, member)
	case StepIndex:
		return assignIndex(step.Index, rest, node, v)
	}
	return value.Value{}
}

func assignIndex(index int, rest []Step, node, v value.Value) value.Value {
	if node.Index(index).IsAbsent() {
		return value.Value{}
	}
	item := assign(rest, node.Index(index), v)
	if item.IsAbsent() {
		return item
	}
	items := make([]value.Value, node.Len())
	copy(items, node.Items())
	items[index] = item
	return value.Array(items...)
}
