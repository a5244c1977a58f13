package simulate

import (
	"context"
	"fmt"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// TaskHandler answers one attempt of a Task. A failure of the task is part of
// the answer; the error is for what stops the simulation, such as a mock that
// is missing. Handlers compose: see [Middleware].
type TaskHandler func(ctx context.Context, call *TaskCall) (TaskAnswer, error)

// Middleware wraps a handler with another.
type Middleware func(next TaskHandler) TaskHandler

// Chain puts middleware around a handler, the first one outermost.
func Chain(handler TaskHandler, middleware ...Middleware) TaskHandler {
	for i := len(middleware) - 1; i >= 0; i-- {
		handler = middleware[i](handler)
	}
	return handler
}

// TaskCall is one attempt of a Task. It is the handler's until that returns.
type TaskCall struct {
	Machine    string // name of the state machine
	State      string
	Resource   *spec.Resource
	Parameters value.Value // the request: after Parameters or Arguments
	Input      value.Value // the input of the state
	Attempt    int         // 0 for the first try, 1 for the first retry, ...
	Item       int         // index of the innermost Map iteration; -1 outside of Maps
	Branch     int         // index of the innermost Parallel branch; -1 outside of Parallels
	Token      string      // the task token of a callback task
	Time       time.Time   // on the virtual clock
	Execution  *Identity
	Visit      int // id of the event with which the state was entered

	frame *frame // see [TaskCall.Instance]
}

// TaskAnswer is what a task did.
type TaskAnswer struct {
	Output    value.Value   // the result when it succeeded
	Failure   *Failure      // not nil when it failed
	Submitted value.Value   // output of the TaskSubmitted event; absent: Output
	Worker    string        // workerName of an activity
	Duration  time.Duration // virtual time until the answer
	Never     bool          // it never answers: only a timeout ends the attempt
	TimedOut  bool          // it times out, at once when the state sets no timeout
	Heartbeat time.Duration // how often a heartbeat is sent; 0: never

	// FailedAt tells where the failure showed, when it did not while the task ran.
	FailedAt FailurePoint
}

// FailurePoint is the moment in a task's life at which it failed.
type FailurePoint uint8

// The points of failure.
const (
	WhileRunning FailurePoint = iota
	OnSchedule                // Lambda and activities: ...ScheduleFailed
	OnStart                   // ...StartFailed
	OnSubmit                  // TaskSubmitFailed
)

// Unanswered is the error of a task that no handler answers.
type Unanswered struct {
	State    string
	Resource string
	Help     string // what to add, ready to be copied
}

// Error names the state and says what to do.
func (e *Unanswered) Error() string {
	if e.Help == "" {
		return fmt.Sprintf("state %q has no mock for %s", e.State, e.Resource)
	}
	return fmt.Sprintf("state %q has no mock for %s; %s", e.State, e.Resource, e.Help)
}
