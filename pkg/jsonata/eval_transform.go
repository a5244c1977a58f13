package jsonata

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/jsonata/signature"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// transformNode is |pattern|update, delete|.
type transformNode struct {
	clone, pattern, update, delete node
	span, updateSpan, deleteSpan   ast.Span
	depth                          int
}

func (n *transformNode) eval(m *machine, f *frame, _ value.Value) (value.Value, error) {
	return value.Extension(&transformFunction{n, f, m.program}), nil
}

// transformFunction copies its argument and changes what the pattern finds in
// the copy.
type transformFunction struct {
	node    *transformNode
	frame   *frame
	program *program
}

func (t *transformFunction) arity() int { return 1 }

// transformSignature is <(oa):o>.
var transformSignature = func() *signature.Signature {
	parsed, _ := signature.Parse("<(oa):o>")
	return parsed
}()

func (t *transformFunction) call(m *machine, args []value.Value, in value.Value) (value.Value, error) {
	args, err := m.check(transformSignature, args, in)
	if err != nil || args[0].IsAbsent() {
		return value.Value{}, err
	}
	if m.depth++; m.depth >= m.limits.Depth {
		return value.Value{}, errDepth()
	}
	caller := m.enter(t.program)
	v, err := t.transform(m, args[0])
	m.enter(caller)
	m.depth--
	return v, err
}

func (t *transformFunction) transform(m *machine, original value.Value) (value.Value, error) {
	n := t.node
	clone, err := n.clone.eval(m, t.frame, value.Value{})
	if err != nil {
		return value.Value{}, err
	}
	if _, ok := asFunction(clone); !ok {
		return value.Value{}, failureAt("T2013", n.span, "", value.Value{})
	}
	copied, err := m.callback(clone, original)
	if err != nil {
		return value.Value{}, err
	}
	matches, err := n.pattern.eval(m, t.frame, copied)
	if err != nil {
		return value.Value{}, err
	}
	edits := edits{machine: m, fresh: map[value.Identity]value.Value{}}
	if !matches.IsAbsent() {
		for _, match := range itemsOf(matches) {
			if err := t.edit(m, &edits, match); err != nil {
				return value.Value{}, err
			}
		}
	}
	return edits.apply(copied, 0)
}

// edit changes one match. It sees what the edits before it made of the match.
func (t *transformFunction) edit(m *machine, edits *edits, match value.Value) error {
	n := t.node
	current, err := edits.apply(match, 0)
	if err != nil {
		return err
	}
	update, err := n.update.eval(m, t.frame, current)
	switch {
	case err != nil:
		return err
	case update.Kind() != value.KindObject && !update.IsAbsent():
		return failureAt("T2011", n.updateSpan, "", update)
	}
	if err := m.spend(current.Len() + update.Len()); err != nil {
		return err
	}
	changed := merge(current, update)
	if n.delete != nil {
		deletions, err := n.delete.eval(m, t.frame, changed)
		if err != nil {
			return err
		}
		if changed, err = n.without(changed, deletions); err != nil {
			return err
		}
	}
	if match.Kind() == value.KindObject {
		edits.fresh[match.Identity()] = changed
	}
	return m.allocate(changed.Len() * memberSize)
}

// merge sets the members of update in the object v.
func merge(v, update value.Value) value.Value {
	if update.Len() == 0 || v.Kind() != value.KindObject {
		return v
	}
	return value.Object(slices.Concat(v.Members(), update.Members())...)
}

func (n *transformNode) without(v, deletions value.Value) (value.Value, error) {
	if deletions.IsAbsent() {
		return v, nil
	}
	for _, name := range itemsOf(deletions) {
		if name.Kind() != value.KindString {
			return value.Value{}, failureAt("T2012", n.deleteSpan, "", deletions)
		}
		v = v.Without(name.Str())
	}
	return v, nil
}

// edits holds what has become of objects of the copy.
type edits struct {
	machine *machine
	fresh   map[value.Identity]value.Value
}

// apply returns v with all edits inside it carried out. An object that an edit
// put inside itself stands there as it was before.
func (e *edits) apply(v value.Value, depth int) (value.Value, error) {
	if len(e.fresh) == 0 {
		return v, nil
	}
	switch v.Kind() {
	case value.KindArray:
		return e.applyToItems(v, depth)
	case value.KindObject:
		changed, edited := e.fresh[v.Identity()]
		if !edited {
			return e.applyToMembers(v, depth)
		}
		delete(e.fresh, v.Identity())
		applied, err := e.applyToMembers(changed, depth)
		e.fresh[v.Identity()] = changed
		return applied, err
	}
	return v, nil
}

func (e *edits) applyToItems(v value.Value, depth int) (value.Value, error) {
	if err := e.machine.descend(v.Len(), depth); err != nil {
		return v, err
	}
	var fresh []value.Value
	for i, item := range v.Items() {
		applied, err := e.apply(item, depth+1)
		if err != nil {
			return v, err
		}
		if fresh == nil && applied.Identity() != item.Identity() {
			if err := e.machine.allocateItems(v.Len()); err != nil {
				return v, err
			}
			fresh = slices.Clone(v.Items())
		}
		if fresh != nil {
			fresh[i] = applied
		}
	}
	if fresh == nil {
		return v, nil
	}
	return value.Array(fresh...).WithTag(v.Tag()), nil
}

func (e *edits) applyToMembers(v value.Value, depth int) (value.Value, error) {
	if err := e.machine.descend(v.Len(), depth); err != nil {
		return v, err
	}
	var fresh []value.Member
	for i, member := range v.Members() {
		applied, err := e.apply(member.Value, depth+1)
		if err != nil {
			return v, err
		}
		if fresh == nil && applied.Identity() != member.Value.Identity() {
			if err := e.machine.allocate(v.Len() * memberSize); err != nil {
				return v, err
			}
			fresh = slices.Clone(v.Members())
		}
		if fresh != nil {
			fresh[i].Value = applied
		}
	}
	if fresh == nil {
		return v, nil
	}
	return value.Object(fresh...), nil
}
