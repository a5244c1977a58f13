package simulate

import (
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/simulate/s3"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Options is what an execution takes from outside. The zero value runs a
// Standard workflow at 1970-01-01 in which every Task fails for want of a handler.
type Options struct {
	Type      asl.WorkflowType
	Start     time.Time   // what the virtual clock shows at the start
	Seed      uint64      // of ids, uuids, random numbers and jitter
	Handler   TaskHandler // answers the tasks
	S3        s3.Store    // read by ItemReader, written by ResultWriter; nil: there is no bucket
	Identity  Identity
	Variables []history.Variable // set before the first state
	Context   value.Value        // what the context object shows instead of what is computed, member by member

	// Machines resolves the state machine that a startExecution task names, by
	// ARN or name; nil or a nil result: there is none but what is mocked.
	Machines func(name string) *Program

	// Trace, when set, gets the data at every stage of every state.
	Trace func(Stage)

	// Observe, when set, gets every transition that is taken.
	Observe func(Transition)

	// Child, when set, gets every finished child execution: of distributed Maps
	// and of nested state machines. Their histories are kept only when it is set.
	Child func(*Result)

	// WithoutHistory leaves out the events, of which an execution then keeps
	// only the number.
	WithoutHistory bool
}

// Identity is who an execution is: names and ARNs as the context object and
// the events show them. Empty members are made up.
type Identity struct {
	MachineName, MachineARN     string
	ExecutionName, ExecutionARN string
	RoleARN                     string
	StartTime                   string // as written, when it differs from the clock's start
	Region, Account             string
}

// Status is how an execution stands.
type Status uint8

// The statuses of an execution.
const (
	Running Status = iota
	Succeeded
	Failed
	TimedOut
	Aborted
)

// String returns the status as the API spells it.
func (s Status) String() string {
	return [...]string{"RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"}[s]
}

// Result is the end of an execution.
type Result struct {
	Status   Status
	Input    value.Value
	Output   value.Value // absent unless Succeeded
	Failure  *Failure    // nil when Succeeded
	Terminal string      // the state in which the execution ended, with those around it: "Both/Refused"; "" when it was cut off elsewhere
	Duration time.Duration

	Transitions int // states entered and retries, as Standard workflows are billed; without those of child executions
	Retries     int

	Events   []history.Event
	Identity Identity
	MapRuns  []MapRun // the distributed Maps that ran, in the order of their start
	Notes    []string // what the user may want to know about how the run was answered
}

// MapRun is what a distributed Map did.
type MapRun struct {
	ARN, State     string
	Status         Status
	Items          Counts
	Executions     Counts // as many as Items, or fewer when there is an ItemBatcher
	MaxConcurrency int
	FailureCount   int     // tolerated
	FailurePercent float64 // tolerated
}

// Counts says how items or child executions ended.
type Counts struct {
	Total, Succeeded, Failed, TimedOut, Aborted, ResultsWritten int
}

// Stage is the data at one stage of a state, for traces and inspection.
type Stage struct {
	State string
	Visit int    // id of the event with which the state was entered
	Name  string // "input", "afterInputPath", "afterParameters", "result", ...
	At    time.Duration
	Data  value.Value
}
