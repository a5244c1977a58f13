package simulate

import (
	"time"

	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// environment returns what JSONata expressions of the execution see: $states,
// the workflow variables, the virtual clock and the seeded random numbers.
func (x *Execution) environment() *jsonata.Environment {
	if x.jsonataEnvironment == nil {
		x.jsonataEnvironment = &jsonata.Environment{
			Variables: x.data.variable,
			Clock:     func() time.Time { return x.Now() },
			Random:    x.sim.random.Uint64,
			Limits:    serviceLimits(),
		}
	}
	return x.jsonataEnvironment
}

// serviceLimits are the limits of an expression. The service documents that there
// are limits of memory, time (one second) and recursion, not how large they are:
// these let through what is known to pass and stop what is known to fail there,
// such as [1..900000].
func serviceLimits() jsonata.Limits {
	return jsonata.Limits{Depth: 500, Steps: 10_000_000, Memory: 64 << 20, Sequence: 500_000}
}

// variable resolves a free name of an expression.
func (d *data) variable(name string) (value.Value, bool) {
	if name == "states" {
		return d.statesObject(), true
	}
	return d.frame.scope.get(name)
}
