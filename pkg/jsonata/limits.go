package jsonata

import (
	"github.com/sfnctl/sfnctl/pkg/jsonata/fault"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Limits bound one evaluation. An evaluation that passes one of them fails with
// an [Error] whose Limit tells which. A field that is zero has the value of
// [DefaultLimits].
type Limits struct {
	Depth    int // expressions that are evaluated inside one another, function calls included
	Steps    int // units of work: a function call, an item visited, a few bytes of text scanned
	Memory   int // bytes allocated in all for arrays, objects and strings, an estimate
	Sequence int // items of one array, members of one object
	Range    int // items that one call of $range makes; 0: as Sequence
	Text     int // bytes of one string that & or a function builds; 0: as Memory
}

// DefaultLimits are the limits for fields of [Limits] that are zero. They admit
// the largest range that the language allows, ten million numbers.
func DefaultLimits() Limits {
	return Limits{Depth: 10_000, Steps: 10_000_000, Memory: 1 << 30, Sequence: 10_000_000}
}

func (l Limits) withDefaults() Limits {
	defaults := DefaultLimits()
	fill := func(field *int, value int) {
		if *field <= 0 {
			*field = value
		}
	}
	fill(&l.Depth, defaults.Depth)
	fill(&l.Steps, defaults.Steps)
	fill(&l.Memory, defaults.Memory)
	fill(&l.Sequence, defaults.Sequence)
	fill(&l.Range, l.Sequence)
	fill(&l.Text, l.Memory)
	return l
}

// maxNesting is how deep arrays and objects may nest.
const maxNesting = value.MaxDepth

// The sizes that the memory estimate counts with, in bytes.
const (
	itemSize   = 24
	memberSize = 40
)

func errDepth() error  { return fault.Exceeded(fault.LimitDepth) }
func errTime() error   { return fault.Exceeded(fault.LimitTime) }
func errMemory() error { return fault.Exceeded(fault.LimitMemory) }

// spend counts units of work.
func (m *machine) spend(units int) error {
	if m.steps -= units; m.steps < 0 {
		return errTime()
	}
	return nil
}

// allocate counts bytes of memory.
func (m *machine) allocate(bytes int) error {
	if m.memory -= bytes; m.memory < 0 || bytes < 0 {
		return errMemory()
	}
	return nil
}

// allocateText counts the memory of a string that grows by some bytes.
func (m *machine) allocateText(length, more int) error {
	if length+more > m.limits.Text {
		return errMemory()
	}
	return m.allocate(more)
}

// allocateItems counts the memory of an array of n items.
func (m *machine) allocateItems(n int) error {
	if n > m.limits.Sequence || n < 0 {
		return errMemory()
	}
	return m.allocate(n * itemSize)
}

// add appends one item to a result under construction.
func (m *machine) add(items []value.Value, v value.Value) ([]value.Value, error) {
	if v.Tag() != 0 || v.IsAbsent() {
		m.nested = true
	}
	if m.memory -= itemSize; m.memory < 0 || len(items) >= m.limits.Sequence {
		return nil, errMemory()
	}
	if m.steps--; m.steps < 0 {
		return nil, errTime()
	}
	return append(items, v), nil
}

// extend appends many items to a result under construction.
func (m *machine) extend(items, more []value.Value) ([]value.Value, error) {
	if len(items)+len(more) > m.limits.Sequence {
		return nil, errMemory()
	}
	if err := m.allocate(len(more) * itemSize); err != nil {
		return nil, err
	}
	if err := m.spend(len(more)/8 + 1); err != nil {
		return nil, err
	}
	return append(items, more...), nil
}
