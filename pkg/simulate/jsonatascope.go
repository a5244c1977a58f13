package simulate

import (
	"math"
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
			NonFinite: nonFinite,
			Limits:    serviceLimits(),
		}
	}
	return x.jsonataEnvironment
}

// nonFinite is how the service writes a number that JSON cannot hold.
func nonFinite(number float64) value.Value {
	switch {
	case math.IsInf(number, 1):
		return value.String("Infinity")
	case math.IsInf(number, -1):
		return value.String("-Infinity")
	}
	return value.String("NaN")
}

// serviceLimits are the limits of an expression. The service documents that there
// are limits of memory, time (one second) and recursion, not how large they are.
// Public measurements found [1..873782] to pass and one more to fail, 360,145
// numbers to be the most that $range makes, a string of 2^22 characters to pass
// and one of 2^23 to fail, and recursive functions to end at a depth of 99 to 101.
func serviceLimits() jsonata.Limits {
	return jsonata.Limits{
		Depth: 101, Steps: 10_000_000, Memory: 64 << 20, Sequence: 873_782, Range: 360_145, Text: 1<<23 - 1,
	}
}

// variable resolves a free name of an expression.
func (d *data) variable(name string) (value.Value, bool) {
	if name == "states" {
		return d.statesObject(), true
	}
	return d.frame.scope.get(name)
}
