package simulate

import (
	"context"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// StateTest is one call of the TestState API: one state, on its own, once.
type StateTest struct {
	Machine *asl.Machine // with the state
	State   string       // its name; "" for the only one there is

	Input     value.Value // absent for {}
	Variables []history.Variable
	Context   value.Value // the whole context object; absent: made up
	RoleARN   string
	Level     InspectionLevel
	Reveal    bool // revealSecrets
	Start     time.Time
	Seed      uint64

	Mock    *StateMock  // what the state's work comes to
	Handler TaskHandler // answers a Task without mock

	// The configuration of the state.
	RetrierRetryCount        int    // retries that the Retrier which takes the error has had
	MapIterationFailureCount *int   // iterations of a Map that fail
	ErrorCausedByState       string // where in a Map or Parallel the mocked error comes from
	MapItemReaderData        *string
}

// StateMock is a mocked result or error; one of the two is set.
type StateMock struct {
	Result      *string // JSON text
	ErrorOutput *Failure
	// Validate holds a result to the API of the resource; nil accepts everything.
	Validate func(v value.Value) (complaint string)
}

// InspectionLevel says how much a [StateReport] tells of the data.
type InspectionLevel uint8

// The levels.
const (
	InspectInfo InspectionLevel = iota
	InspectDebug
	InspectTrace
)

// StateReport is the answer of the TestState API.
type StateReport struct {
	Status     string // SUCCEEDED, FAILED, RETRIABLE, CAUGHT_ERROR
	Output     value.Value
	Failure    *Failure
	NextState  string
	Inspection []value.Member // the data at every stage, as JSON text in strings
}

// Rejection is what the API refuses a test for.
type Rejection struct {
	Code    string // ValidationException, InvalidDefinition, ...
	Message string
}

// Error gives code and message.
func (r *Rejection) Error() string { return r.Code + ": " + r.Message }

func invalidDefinition(text string) *Rejection {
	return &Rejection{"InvalidDefinition", "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: " + text + "'"}
}

func invalid(message string) *Rejection { return &Rejection{"ValidationException", message} }

// Run tests the state. The rejection tells what the API refuses the test for;
// the error is for failures of the surroundings.
func (t *StateTest) Run(ctx context.Context) (*StateReport, *Rejection, error) {
	state := t.find()
	if state == nil {
		return nil, invalid("State not found in definition"), nil
	}
	if rejection := t.check(state); rejection != nil {
		return nil, rejection, nil
	}
	c := &compiler{machine: t.Machine, lenient: true}
	program, compiled := c.single(state)
	if len(c.findings) > 0 {
		return nil, invalidDefinition(c.findings[0].Message + " at /States/" + state.Name), nil
	}
	p := &probe{test: t, level: t.Level}
	options := t.options()
	options.Trace = func(s Stage) { p.stage(s.Name, s.Data) }
	x := program.Start(t.Input, options)
	x.control = p
	x.root.item = t.mapItem(state, x.root.input)
	if !t.Context.IsAbsent() {
		x.data.fixedContext = t.Context
	}
	x.root.state = compiled
	if _, err := x.Run(ctx); err != nil {
		return nil, nil, err
	}
	if x.status == TimedOut { // the API waits for a state as long as for an Express workflow
		p.finish(x, "FAILED", x.failure)
	}
	if p.rejection != nil {
		return nil, p.rejection, nil
	}
	return p.report(compiled), nil, nil
}

// mapItem is Map.Item of the context object of a state inside a Map: its input
// counts as the first item. Absent for any other state.
func (t *StateTest) mapItem(s *asl.State, input value.Value) value.Value {
	for owner := s.Owner(); owner != nil; owner = owner.Owner() {
		if owner.Type == asl.Map {
			return value.Object(value.Member{Key: "Index", Value: value.Int(0)}, value.Member{Key: "Value", Value: input})
		}
	}
	return value.Value{}
}

func (t *StateTest) find() *asl.State {
	for state := range t.Machine.States() {
		if t.State == "" || state.Name == t.State {
			return state
		}
	}
	return nil
}

// options are those of the execution in which the state is tested: the service
// makes up an Express workflow.
func (t *StateTest) options() Options {
	o := Options{Type: asl.Express, Variables: t.Variables, Handler: t.Handler, Start: t.Start, Seed: t.Seed}
	o.Identity.RoleARN = t.RoleARN
	if t.Mock != nil {
		o.Handler = t.answer
	}
	return o
}

// answer answers a Task with the mock.
func (t *StateTest) answer(_ context.Context, _ *TaskCall) (TaskAnswer, error) {
	if t.Mock.ErrorOutput != nil {
		return TaskAnswer{Failure: t.Mock.ErrorOutput}, nil
	}
	result, err := value.Parse(*t.Mock.Result)
	return TaskAnswer{Output: result}, err
}

// single compiles one state, whose transitions may lead nowhere.
func (c *compiler) single(from *asl.State) (*Program, *state) {
	s := &state{ast: from, name: from.Name, kind: from.Type}
	s.region = &region{start: s, states: []*state{s}}
	c.state(s, map[string]*state{})
	return &Program{machine: c.machine, root: s.region}, s
}
