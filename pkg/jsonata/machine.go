package jsonata

import (
	"math/rand/v2"
	"time"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// machine is the state of one evaluation.
type machine struct {
	env     *Environment
	limits  Limits
	program *program
	globals []value.Value // of program: what its free variables are bound to
	root    value.Value   // $$

	steps  int  // units of work left
	memory int  // bytes left
	depth  int  // expressions entered at the current function call
	nested bool // a marked value has been stored in another one
	beyond bool // a number has become infinite, or none at all

	arguments []value.Value // a stack: the arguments of the calls under way
	tail      tailCall

	others map[*program][]value.Value // globals of the programs left for now
	clock  time.Time
	random func() uint64
}

// tailCall is a call in tail position that the function call underneath is to
// carry out.
type tailCall struct {
	function  value.Value
	arguments []value.Value
	node      *callNode
}

func newMachine(p *program, input value.Value, env *Environment) *machine {
	m, ok := p.machines.Get().(*machine)
	if !ok {
		m = &machine{program: p, globals: make([]value.Value, len(p.globals))}
	}
	if env == nil {
		env = &Environment{}
	}
	m.env, m.root, m.limits = env, input.WithTag(0), env.Limits.withDefaults()
	m.steps, m.memory = m.limits.Steps, m.limits.Memory
	for i := range m.globals {
		m.globals[i] = unbound
	}
	return m
}

// release keeps the machine for another evaluation of the same program. It holds
// on to nothing but its memory.
func (m *machine) release() {
	if m.others != nil { // it left its program: not worth tidying up
		return
	}
	clear(m.globals)
	clear(m.arguments[:cap(m.arguments)])
	clear(m.tail.arguments[:cap(m.tail.arguments)])
	*m = machine{
		program: m.program, globals: m.globals, arguments: m.arguments[:0],
		tail: tailCall{arguments: m.tail.arguments[:0]},
	}
	m.program.machines.Put(m)
}

func newGlobals(p *program) []value.Value {
	globals := make([]value.Value, len(p.globals))
	for i := range globals {
		globals[i] = unbound
	}
	return globals
}

// run evaluates the program over input. An input array counts as one item: it
// is wrapped.
func (m *machine) run(input value.Value) (value.Value, error) {
	context := input.WithTag(0)
	if input.Kind() == value.KindArray {
		context = value.Array(context).WithTag(tagSequence | tagOuter)
	}
	v, err := m.program.root.eval(m, m.program.frame(nil), context)
	if err != nil {
		return value.Value{}, err
	}
	return m.finish(v)
}

// global returns the value of a free variable: from the environment, else from
// the library.
func (m *machine) global(index int) value.Value {
	v := m.globals[index]
	if v.Tag()&tagUnbound == 0 {
		return v
	}
	v = m.lookUp(m.program.globals[index])
	m.globals[index] = v
	return v
}

func (m *machine) lookUp(name string) value.Value {
	if m.env.Variables != nil {
		if v, ok := m.env.Variables(name); ok {
			return v.WithTag(0)
		}
	}
	return m.program.library.function(name)
}

// enter makes p the program whose free variables are looked up, and returns the
// one to go back to.
func (m *machine) enter(p *program) *program {
	previous := m.program
	if p == previous {
		return previous
	}
	if m.others == nil {
		m.others = map[*program][]value.Value{}
	}
	m.others[previous] = m.globals
	globals, ok := m.others[p]
	if !ok {
		globals = newGlobals(p)
	}
	m.program, m.globals = p, globals
	return previous
}

// now returns the time stamp of the evaluation.
func (m *machine) now() time.Time {
	if m.clock.IsZero() {
		m.clock = time.Unix(0, 0)
		if m.env.Clock != nil {
			m.clock = m.env.Clock()
		}
	}
	return m.clock.UTC()
}

// randomBits returns 64 random bits.
func (m *machine) randomBits() uint64 {
	if m.random == nil {
		m.random = m.env.Random
		if m.random == nil {
			m.random = rand.NewPCG(1, 2).Uint64
		}
	}
	return m.random()
}

// randomFloat returns a random number in [0, 1).
func (m *machine) randomFloat() float64 { return float64(m.randomBits()>>11) / (1 << 53) }
