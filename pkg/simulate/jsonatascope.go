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
		}
	}
	return x.jsonataEnvironment
}

// variable resolves a free name of an expression.
func (d *data) variable(name string) (value.Value, bool) {
	if name == "states" {
		return d.statesObject(), true
	}
	return d.frame.scope.get(name)
}
