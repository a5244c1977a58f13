package data

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// shape is what can be in a JSON value: for each place, whether some execution
// can have it there. Shapes only ever claim that something is absent when no way
// can provide it; nil stands for a value of which nothing is known.
type shape struct {
	fields  map[string]*shape // of an object; a field that is not here is absent, unless the object is open
	isOpen  bool              // an object that may have any other field: a workflow's input with a result in it
	mayGrow bool              // an object of an API, which may have gained fields that the tables do not have
	isArray bool              // an array, whose elements are not known
	isLeaf  bool              // a number, text, boolean or null
	source  *source           // what has made the value; nil when several have
	size    int               // how many places it has, shared ones as often as they occur
}

// source is the state whose work has replaced what was there before.
type source struct {
	state  *asl.State
	byRule sourceKind
	before *shape // what the state got, nil when not known
}

// sourceKind says by which field a state has replaced its input.
type sourceKind uint8

const (
	byResult    sourceKind = iota // the result of a Task, Map or Parallel
	byTemplate                    // Parameters, ItemSelector, Arguments, Output
	bySelector                    // ResultSelector
	byConstant                    // Result of a Pass
	byCatcher                     // the error that a Catcher has taken
	byNarrowing                   // null as InputPath or OutputPath
)

// Shapes are bounded: what is deeper, wider or larger is not known. Templates can
// double a value at each step, so that the size is what keeps the cost linear.
const (
	maxShapeDepth  = 8
	maxShapeFields = 60
	maxShapeSize   = 300
	maxOpenFields  = 30 // of an object that may have any other field
)

func object(by *source) *shape { return &shape{fields: map[string]*shape{}, source: by} }

func array(by *source) *shape { return &shape{isArray: true, source: by} }

// set writes a field of an object under construction.
func (s *shape) set(name string, below *shape) {
	s.fields[name] = below
	s.size++
	if below != nil {
		s.size += below.size
	}
}

// bounded returns a finished shape, nil when it is too large to follow.
func (s *shape) bounded() *shape {
	if s.size > maxShapeSize || len(s.fields) > maxShapeFields || s.isOpen && len(s.fields) > maxOpenFields {
		return nil
	}
	return s
}

// field returns what is below a name; absent is true when nothing can be.
func (s *shape) field(name string) (below *shape, absent bool) {
	if s == nil {
		return nil, false
	}
	below, present := s.fields[name]
	return below, !present && !s.isOpen
}

// shapeOf returns the shape of a constant.
func shapeOf(v value.Value, by *source, depth int) *shape {
	switch {
	case depth > maxShapeDepth || v.Len() > maxShapeFields:
		return nil
	case v.Kind() == value.KindArray:
		return array(by)
	case v.Kind() == value.KindObject:
		made := object(by)
		for _, member := range v.Members() {
			made.set(member.Key, shapeOf(member.Value, by, depth+1))
		}
		return made.bounded()
	}
	return &shape{isLeaf: true, source: by}
}

// join returns a shape that allows what either allows.
func join(a, b *shape) *shape { return joinWithin(a, b, 0) }

func joinWithin(a, b *shape, depth int) *shape {
	switch {
	case a == b:
		return a
	case a == nil || b == nil || depth > maxShapeDepth:
		return nil
	case a.fields == nil && b.fields == nil && a.isArray == b.isArray && a.isLeaf == b.isLeaf:
		return &shape{isArray: a.isArray, isLeaf: a.isLeaf, source: same(a.source, b.source)}
	case a.fields == nil || b.fields == nil:
		return nil
	}
	joined := object(same(a.source, b.source))
	joined.isOpen, joined.mayGrow = a.isOpen || b.isOpen, a.mayGrow || b.mayGrow
	for name, below := range a.fields {
		if other, both := b.fields[name]; both {
			joined.set(name, joinWithin(below, other, depth+1))
		} else if !b.isOpen { // of an open object nothing is known there
			joined.set(name, below)
		}
	}
	for name, below := range b.fields {
		if _, both := a.fields[name]; !both && !a.isOpen {
			joined.set(name, below)
		}
	}
	return joined.bounded()
}

// same returns the source that two shapes have in common, nil when there is none.
// What the state got at different times is not followed.
func same(a, b *source) *source {
	switch {
	case a == b:
		return a
	case a == nil || b == nil || a.state != b.state || a.byRule != b.byRule:
		return nil
	case a.before == b.before:
		return a
	}
	return &source{state: a.state, byRule: a.byRule}
}

// equal reports whether two shapes allow the same.
func equal(a, b *shape) bool {
	switch {
	case a == b:
		return true
	case a == nil || b == nil || a.isArray != b.isArray || a.isLeaf != b.isLeaf || a.isOpen != b.isOpen || a.mayGrow != b.mayGrow || len(a.fields) != len(b.fields) || (a.fields == nil) != (b.fields == nil):
		return false
	}
	for name, below := range a.fields {
		other, both := b.fields[name]
		if !both || !equal(below, other) {
			return false
		}
	}
	return true
}

// with returns the shape after a value has been written at a path, as a
// ResultPath does. What nothing is known of is an object then.
func (s *shape) with(path []string, written *shape) *shape {
	if len(path) == 0 {
		return written
	}
	if s == nil {
		s = &shape{isOpen: true}
	}
	changed := object(s.source)
	changed.isOpen, changed.mayGrow = s.isOpen, s.mayGrow
	for name, below := range s.fields {
		if name != path[0] {
			changed.set(name, below)
		}
	}
	below, absent := s.field(path[0])
	if absent {
		below = object(s.source)
	}
	changed.set(path[0], below.with(path[1:], written))
	return changed.bounded()
}
