package simulate

import (
	"context"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// simulation is what an execution shares with the executions it starts: the
// clock, the agenda, and what comes from outside.
type simulation struct {
	ctx     context.Context
	options Options
	*workspace
	clock   time.Duration // since the epoch
	random  *rand.Rand
	mapRuns []*MapRun
	notes   []string
	nested  int                   // executions that tasks have started
	running int                   // children of distributed Maps that run
	deep    int                   // children that children of distributed Maps have started
	started map[string]*Execution // of those, the Standard ones by ARN: names are used once
	arena   value.Arena
	err     error

	formattedAt time.Duration // the last moment that was formatted, and how
	formatted   value.Value
}

// Execution is one run of a program.
type Execution struct {
	sim      *simulation
	program  *Program
	kind     asl.WorkflowType
	identity Identity
	input    value.Value

	root     *frame
	data     data
	events   []history.Event
	count    int // events written
	entered  int // states entered
	retried  int // attempts that Retriers granted
	started  time.Duration
	deadline time.Duration // when its time is over

	ended    bool
	status   Status
	output   value.Value
	failure  *Failure
	terminal string
	finished time.Duration

	parent  *frame      // whose state started this execution; nil for none
	waits   uint32      // the generation of the parent that waits for its end
	group   *groupVisit // the distributed Map whose child it is
	forget  bool        // keeps no events
	control control     // what becomes of states: see there

	// Of a child of a distributed Map: which one it is, and for how many items.
	itemIndex, items int
	older, newer     *Execution // its neighbours among the running children

	contextExecutionValue value.Value
	contextMachine        value.Value
	contextOverlay        value.Value
	jsonataEnvironment    *jsonata.Environment
}

// Start makes an execution of the program on input, absent standing for {}.
// Nothing has happened yet: see [Execution.Run] and [Execution.Step].
func (p *Program) Start(input value.Value, options Options) *Execution {
	if options.Start.IsZero() {
		options.Start = time.Unix(0, 0)
	}
	sim := &simulation{
		options: options, workspace: p.workspace(),
		clock:  time.Duration(options.Start.UnixNano()),
		random: rand.New(rand.NewPCG(options.Seed, 0x9E3779B97F4A7C15)),
		ctx:    context.Background(),
	}
	sim.arena.Reserve(int(p.members.Load()), int(p.objects.Load()))
	x := sim.newExecution(p, options.Type, options.Identity, input)
	x.contextOverlay = options.Context
	x.root.scope.set(options.Variables)
	x.begin()
	return x
}

// newExecution makes an execution at the start of its program.
func (sim *simulation) newExecution(p *Program, kind asl.WorkflowType, identity Identity, input value.Value) *Execution {
	if input.IsAbsent() {
		input = value.Object()
	}
	x := &Execution{sim: sim, program: p, kind: kind, input: input, started: sim.clock, control: execution{}}
	x.identity = sim.complete(identity, kind)
	x.data.x = x
	x.deadline = x.started + x.durationLimit()
	x.contextMachine = value.Object(
		value.Member{Key: "Id", Value: value.String(x.identity.MachineARN)},
		value.Member{Key: "Name", Value: value.String(x.identity.MachineName)},
	)
	x.root = x.newFrame(p.root, nil, 0, entryInput(input))
	x.itemIndex = -1
	return x
}

// entryInput is the input as the first state gets it: an object in compact form,
// anything else as it came, blanks included.
func entryInput(input value.Value) value.Value {
	if input.Kind() == value.KindObject {
		return input.WithRaw("")
	}
	return input
}

// begin writes the first event and gives the first state its turn.
func (x *Execution) begin() {
	if !x.sim.options.WithoutHistory && !x.forget {
		x.events = make([]history.Event, 0, max(8, min(x.program.events.Load(), spec.MaxHistoryEvents)))
	}
	x.emit(x.root, history.Event{Type: history.ExecutionStarted, Payload: x.input, Details: &history.Details{RoleARN: x.identity.RoleARN}})
	// The entry of the first state points at nothing, not at ExecutionStarted.
	x.root.previous = 0
	x.sim.also(x.root, 0, stepEnter)
}

// Run takes the execution to its end. The error is for failures of the
// surroundings, such as a task that nobody answers or a cancelled context; a
// workflow that fails is a Result like any other.
func (x *Execution) Run(ctx context.Context) (*Result, error) {
	if x.ended {
		return x.Result(), x.sim.err
	}
	if err := x.sim.run(ctx); err != nil {
		return x.Result(), err
	}
	x.sim.hand(x)
	return x.Result(), nil
}

// hand gives the memory of a simulation that is over back to its program.
func (sim *simulation) hand(x *Execution) {
	if !x.ended || sim.workspace == nil || len(sim.agenda.later) > 0 {
		return
	}
	if x.root != nil && x.root.owner == nil {
		sim.frames.put(x.root)
		x.root = nil
	}
	sim.call = TaskCall{}
	members, objects := sim.arena.Used()
	x.program.members.Store(int64(members))
	x.program.objects.Store(int64(objects))
	x.program.spare.Put(sim.workspace)
	sim.workspace = nil
}

// Step takes one turn; false when the execution has ended, or nothing is left to do.
func (x *Execution) Step(ctx context.Context) (bool, error) {
	x.sim.ctx = ctx
	if x.ended || x.sim.err != nil {
		return false, x.sim.err
	}
	more := x.sim.takeTurn()
	return more && !x.ended, x.sim.err
}

// Now returns the virtual time.
func (x *Execution) Now() time.Time { return time.Unix(0, int64(x.sim.clock)).UTC() }

// Events returns the events written so far.
func (x *Execution) Events() []history.Event { return x.events }

// Result returns how the execution stands or ended.
func (x *Execution) Result() *Result {
	r := &Result{
		Status: x.status, Input: x.input, Output: x.output, Failure: x.failure, Terminal: x.terminal,
		Duration: x.finished - x.started, Events: x.events, Identity: x.identity,
		Transitions: x.entered + x.retried, Retries: x.retried,
	}
	if x.parent == nil {
		r.Notes = x.sim.notes
		for _, run := range x.sim.mapRuns {
			r.MapRuns = append(r.MapRuns, *run)
		}
	}
	if !x.ended {
		r.Duration = x.sim.clock - x.started
	}
	return r
}

// emit writes an event of the frame's thread and makes it the one that the next
// event of the thread points at.
func (x *Execution) emit(f *frame, event history.Event) int {
	event.Previous = f.previous
	id := x.write(&event)
	f.previous = id
	return id
}

// aside writes an event that hangs on the thread but does not carry it on.
func (x *Execution) aside(previous int, event history.Event) int {
	event.Previous = previous
	return x.write(&event)
}

// write adds an event. The last event that fits in a history must end the
// execution: when it would not, the service ends it with an error instead.
func (x *Execution) write(event *history.Event) int {
	if x.ended {
		return x.count
	}
	switch {
	case x.kind == asl.Standard && x.count == spec.MaxHistoryEvents-1 && event.Type != history.ExecutionSucceeded:
		event = x.overflow()
	case x.kind == asl.Express && x.count == maxExpressEvents-1:
		event = x.exhaust()
	}
	x.count++
	if !x.sim.options.WithoutHistory && !x.forget {
		event.ID, event.At = x.count, x.sim.clock
		x.events = append(x.events, *event)
	}
	return x.count
}

// maxExpressEvents is after how many events an Express execution, which has no
// limit of events, counts as out of its five minutes: two milliseconds for an
// event are little. It ends loops that take no virtual time.
const maxExpressEvents = 150_000

func (x *Execution) exhaust() *history.Event {
	failure := timedOut()
	defer x.end(TimedOut, value.Value{}, failure, x.root.terminal(nil))
	return &history.Event{Type: history.ExecutionTimedOut, Details: &history.Details{Failure: failure.event()}}
}

func (x *Execution) overflow() *history.Event {
	failure := failed(spec.ErrorRuntime, "The execution reached the maximum number of history events ("+strconv.Itoa(spec.MaxHistoryEvents)+").")
	defer x.end(Failed, value.Value{}, failure, "")
	return &history.Event{Type: history.ExecutionFailed, Previous: x.count, Details: &history.Details{Failure: failure.event()}}
}

func (x *Execution) succeeded(f *frame, output value.Value) {
	x.emit(f, history.Event{Type: history.ExecutionSucceeded, Payload: output})
	x.end(Succeeded, output, nil, f.state.name)
}

// failed ends the execution with a failure that came up in frame f, which may
// be deep inside.
func (x *Execution) failed(f *frame, failure *Failure) {
	x.emit(f, history.Event{Type: history.ExecutionFailed, Details: &history.Details{Failure: failure.event()}})
	x.end(Failed, value.Value{}, failure, f.terminal(failure))
}

// timeLimit ends the execution because its time is over. Nothing can catch that.
func (x *Execution) timeLimit() {
	failure := timedOut()
	x.aside(0, history.Event{Type: history.ExecutionTimedOut, Details: &history.Details{Failure: failure.event()}})
	x.end(TimedOut, value.Value{}, failure, x.root.terminal(nil))
}

// Stop aborts the execution, as the StopExecution API does.
func (x *Execution) Stop() {
	x.aside(0, history.Event{Type: history.ExecutionAborted, Details: &history.Details{}})
	x.end(Aborted, value.Value{}, nil, "")
}

// end settles how the execution ended; only the first call counts.
func (x *Execution) end(status Status, output value.Value, failure *Failure, terminal string) {
	if x.ended {
		return
	}
	x.ended = true
	x.status, x.output, x.failure, x.terminal, x.finished = status, output, failure, terminal, x.sim.clock
	x.program.events.Store(int64(x.count))
	x.stopStarted(x.root)
	x.tellParent()
}

// trace tells the data at a stage of the frame's state to whoever wants to know.
func (x *Execution) trace(f *frame, stage string, v value.Value) {
	if x.sim.options.Trace != nil && x.parent == nil {
		x.sim.options.Trace(Stage{State: f.state.name, Visit: f.enteredID, Name: stage, At: x.sim.clock, Data: v})
	}
}

// note keeps something that the user may want to know, once.
func (sim *simulation) note(text string) {
	for _, known := range sim.notes {
		if known == text {
			return
		}
	}
	sim.notes = append(sim.notes, text)
}
