package jsonata

import (
	"math"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// smallResult is how many bytes an evaluation may allocate without its result
// being measured: shared parts cannot have multiplied to much within them.
const smallResult = 600

// finish prepares a result for the world outside: without marks, and within the
// limits once everything that is shared is written out.
func (m *machine) finish(v value.Value) (value.Value, error) {
	v = m.withoutTuples(v)
	if m.limits.Memory-m.memory > smallResult {
		m.memory = m.limits.Memory
		if err := m.measure(v, 0); err != nil {
			return value.Value{}, err
		}
	}
	if !m.nested && !(m.beyond && m.env.NonFinite != nil) {
		return v.WithTag(0), nil
	}
	return m.clean(v), nil
}

// measure counts what v takes when it is printed.
func (m *machine) measure(v value.Value, depth int) error {
	if depth > maxNesting {
		return errDepth()
	}
	switch v.Kind() {
	case value.KindString:
		return m.allocate(len(v.Str()))
	case value.KindArray:
		if err := m.weigh(v.Len(), itemSize); err != nil {
			return err
		}
		for _, item := range v.Items() {
			if err := m.measure(item, depth+1); err != nil {
				return err
			}
		}
	case value.KindObject:
		if err := m.weigh(v.Len(), memberSize); err != nil {
			return err
		}
		for _, member := range v.Members() {
			if err := m.measure(member.Value, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *machine) weigh(count, size int) error {
	if err := m.allocate(count*size + itemSize); err != nil {
		return err
	}
	return m.spend(count/8 + 1)
}

// clean returns v without marks. Undefined items of arrays become null, which
// is how they print, and numbers that JSON cannot hold what the host wants.
func (m *machine) clean(v value.Value) value.Value {
	switch v.Kind() {
	case value.KindArray:
		return cleanItems(m, v).WithTag(0)
	case value.KindObject:
		return cleanMembers(m, v).WithTag(0)
	case value.KindNumber:
		if number := v.Float(); m.beyond && m.env.NonFinite != nil && (math.IsInf(number, 0) || math.IsNaN(number)) {
			return m.env.NonFinite(number)
		}
	}
	return v.WithTag(0)
}

func cleanItems(m *machine, v value.Value) value.Value {
	var fresh []value.Value
	for i, item := range v.Items() {
		cleaned := m.clean(item)
		if cleaned.IsAbsent() {
			cleaned = value.Null()
		}
		if fresh == nil && !value.Identical(cleaned, item) {
			fresh = append([]value.Value(nil), v.Items()...)
		}
		if fresh != nil {
			fresh[i] = cleaned
		}
	}
	if fresh == nil {
		return v
	}
	return value.Array(fresh...)
}

func cleanMembers(m *machine, v value.Value) value.Value {
	var fresh []value.Member
	for i, member := range v.Members() {
		cleaned := m.clean(member.Value)
		if fresh == nil && !value.Identical(cleaned, member.Value) {
			fresh = append([]value.Member(nil), v.Members()...)
		}
		if fresh != nil {
			fresh[i].Value = cleaned
		}
	}
	if fresh == nil {
		return v
	}
	return value.Object(fresh...)
}
