package simulate

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/history"
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

// taskVisit is one attempt of a Task.
type taskVisit struct {
	details *history.Details // resource and service, for the events
	answer  TaskAnswer
	expires bool       // the attempt ends by a timeout
	missed  bool       // the timeout is a missed heartbeat
	child   *Execution // the execution that the attempt waits for
	timeout time.Duration
	failure *Failure // how the attempt failed
}

// task is an attempt of a Task: the request is made, the task is scheduled. Its
// answer is asked for at once, which settles when it comes.
func (x *Execution) task(f *frame) {
	s := f.state
	f.task = taskVisit{details: s.task.marker}
	f.token = ""
	if s.task.resource.Pattern == spec.WaitForTaskToken {
		f.token = x.sim.token()
	}
	d := x.on(f, f.input)
	request, timeouts, err := x.taskRequest(f, d)
	if err != nil {
		x.raise(f, err)
		return
	}
	if tooLarge(request, spec.MaxPayloadBytes) {
		x.fail(f, dataLimit(limitName(s.task.resource)))
		return
	}
	for _, check := range s.task.checks {
		if err := check(request); err != nil {
			x.raise(f, err)
			return
		}
	}
	if !x.ask(f, request) {
		return
	}
	x.scheduled(f, request, timeouts)
}

// taskTimes are what a Task sets of TimeoutSeconds, HeartbeatSeconds and
// Credentials; 0 and "" for what it does not.
type taskTimes struct {
	timeout, heartbeat int
	role               string
}

func (x *Execution) taskRequest(f *frame, d *data) (value.Value, taskTimes, *evalError) {
	var times taskTimes
	task := f.state.task
	request, err := x.effectiveInput(f, d)
	if err != nil {
		return request, times, err
	}
	if times.timeout, err = d.seconds(task.timeout); err != nil {
		return request, times, err
	}
	if times.heartbeat, err = d.seconds(task.heartbeat); err != nil {
		return request, times, err
	}
	if task.credentials != nil {
		credentials, err := task.credentials.eval(d)
		if err != nil {
			return request, times, err
		}
		times.role = credentials.Get("RoleArn").Str()
	}
	return addedByService(task.resource, request), times, nil
}

// ask gets the answer of the task; false when the frame has been dealt with.
func (x *Execution) ask(f *frame, request value.Value) bool {
	s := f.state
	call := &x.sim.call
	*call = TaskCall{
		Machine: x.identity.MachineName, State: s.name, Resource: s.task.resource,
		Parameters: request, Input: f.input, Attempt: f.retries, Token: f.token,
		Item: -1, Branch: -1, Time: x.Now(), Execution: &x.identity, Visit: f.enteredID, frame: f,
	}
	x.place(f, call)
	answer, err := x.handle(call)
	if err == nil {
		f.task.answer = answer
		return true
	}
	var unanswered *Unanswered
	if errors.As(err, &unanswered) {
		if x.startNested(f, request) {
			return true
		}
		if s.task.kind == activityTask {
			x.sim.note("an activity without a mock counts as one that does not exist: " + strings.TrimSpace(err.Error()))
			x.raise(f, runtimeError("The activity "+s.task.resource.Text+" does not exist."))
			return false
		}
	}
	x.sim.err = err
	return false
}

func (x *Execution) handle(call *TaskCall) (TaskAnswer, error) {
	if x.sim.options.Handler == nil {
		return TaskAnswer{}, &Unanswered{State: call.State, Resource: call.Resource.Text}
	}
	return x.sim.options.Handler(x.sim.ctx, call)
}

// place tells a call in which iteration and branch it is made.
func (x *Execution) place(f *frame, call *TaskCall) {
	for ; f.owner != nil; f = f.owner {
		if isMap := f.owner.state.mapping != nil; isMap && call.Item < 0 {
			call.Item = f.index
		} else if !isMap && call.Branch < 0 {
			call.Branch = f.index
		}
	}
	if call.Item < 0 {
		call.Item = x.itemIndex
	}
}

// scheduled writes that the task is scheduled.
func (x *Execution) scheduled(f *frame, request value.Value, times taskTimes) {
	kind := f.state.task.kind
	if f.task.answer.FailedAt == OnSchedule && kind != serviceTask {
		x.emitTask(f, taskEvents[kind].scheduleFailed, value.Value{}, f.task.answer.Failure)
		x.fail(f, f.task.answer.Failure)
		return
	}
	details := f.task.details
	if times != (taskTimes{}) || details.Region != x.identity.Region {
		details = &history.Details{
			ResourceType: details.ResourceType, Resource: details.Resource, Region: x.identity.Region,
			Timeout: times.timeout, Heartbeat: times.heartbeat, RoleARN: times.role,
		}
	}
	x.emit(f, history.Event{Type: taskEvents[kind].scheduled, Payload: request, Details: details})
	f.task.timeout = time.Duration(times.timeout) * time.Second
	f.task.settle(times)
	f.task.limitHTTP(f.state.task.resource)
	x.sim.later(f, 0, stepTaskStart)
}

// settle works out how the attempt ends: by the answer, or by a timeout or a
// missed heartbeat when that comes first. Afterwards answer.Duration is when.
func (t *taskVisit) settle(times taskTimes) {
	answer := &t.answer
	if answer.Never || answer.TimedOut {
		answer.Duration = spec.Longest
	}
	if times.timeout > 0 && answer.Duration > t.timeout {
		answer.Duration, t.expires, t.missed = t.timeout, true, false
	}
	heartbeat := time.Duration(times.heartbeat) * time.Second
	if heartbeat > 0 && heartbeat < answer.Duration && (answer.Heartbeat == 0 || answer.Heartbeat > heartbeat) {
		answer.Duration, t.expires, t.missed = heartbeat, true, true
	}
	if answer.TimedOut && !t.expires {
		answer.Duration, t.expires = 0, true
	}
}

// limitHTTP makes an HTTP task fail whose endpoint does not answer in time.
func (t *taskVisit) limitHTTP(r *spec.Resource) {
	if r.IsHTTP() && t.answer.Duration > spec.HTTPTaskTimeout {
		t.answer = TaskAnswer{Duration: spec.HTTPTaskTimeout, Failure: failed("States.Http.Socket", "The HTTP request timed out after 60 seconds.")}
		t.expires = false
	}
}

// taskStart writes that the task started, and was submitted when its service
// takes a job; the rest follows when the answer is due.
func (x *Execution) taskStart(f *frame) {
	answer, task := &f.task.answer, f.state.task
	events := &taskEvents[task.kind]
	if answer.FailedAt == OnStart {
		x.emitTask(f, events.startFailed, value.Value{}, answer.Failure)
		x.fail(f, answer.Failure)
		return
	}
	started := history.Event{Type: events.started, Details: f.task.details}
	if task.kind == activityTask {
		started.Details = &history.Details{WorkerName: answer.Worker}
	}
	x.emit(f, started)
	if submits(task.resource) && !x.submitted(f) {
		return
	}
	if child := f.task.child; child != nil {
		x.await(f, child)
		return
	}
	x.sim.later(f, answer.Duration, stepTaskEnd)
}

// submitted writes that the service took the job; false when it did not.
func (x *Execution) submitted(f *frame) bool {
	answer := &f.task.answer
	if answer.FailedAt == OnSubmit {
		x.emitTask(f, history.TaskSubmitFailed, value.Value{}, answer.Failure)
		x.fail(f, answer.Failure)
		return false
	}
	output := answer.Submitted
	switch {
	case !output.IsAbsent():
	case answer.Failure == nil && !answer.Never && !f.task.expires:
		output = answer.Output
	default:
		output = value.Object()
	}
	x.emitTask(f, history.TaskSubmitted, output, nil)
	return true
}

// taskEnd ends the attempt with the answer, or without one.
func (x *Execution) taskEnd(f *frame) {
	answer, task := &f.task.answer, f.state.task
	events := &taskEvents[task.kind]
	failure := answer.Failure
	switch {
	case f.task.expires || answer.Never:
		x.abortChildren(f)
		failure = timedOut()
		failure.heartbeat = f.task.missed
		x.taskFailed(f, events.timedOut, failure)
		return
	case failure == nil && tooLarge(answer.Output, spec.MaxPayloadBytes):
		failure = dataLimit(limitName(task.resource))
	}
	if failure != nil {
		x.taskFailed(f, events.failed, failure)
		return
	}
	x.emitTask(f, events.succeeded, answer.Output, nil)
	x.finishWork(f, answer.Output)
}

// taskFailed writes how the attempt failed. What follows from it comes after
// everything else that is due now: tasks that fail at the same moment all leave
// their events before the first of them aborts the others.
func (x *Execution) taskFailed(f *frame, event history.Type, failure *Failure) {
	x.emitTask(f, event, value.Value{}, failure)
	f.task.failure = failure
	x.sim.later(f, 0, stepTaskFailed)
}

// kindEvents are the events that tasks of one kind leave.
type kindEvents struct {
	scheduled, scheduleFailed, started, startFailed, succeeded, failed, timedOut history.Type
}

var taskEvents = [...]kindEvents{
	serviceTask: {
		scheduled: history.TaskScheduled, started: history.TaskStarted, startFailed: history.TaskStartFailed,
		succeeded: history.TaskSucceeded, failed: history.TaskFailed, timedOut: history.TaskTimedOut,
	},
	lambdaTask: {
		scheduled: history.LambdaFunctionScheduled, scheduleFailed: history.LambdaFunctionScheduleFailed,
		started: history.LambdaFunctionStarted, startFailed: history.LambdaFunctionStartFailed,
		succeeded: history.LambdaFunctionSucceeded, failed: history.LambdaFunctionFailed, timedOut: history.LambdaFunctionTimedOut,
	},
	activityTask: {
		scheduled: history.ActivityScheduled, scheduleFailed: history.ActivityScheduleFailed,
		started: history.ActivityStarted, startFailed: history.ActivityFailed,
		succeeded: history.ActivitySucceeded, failed: history.ActivityFailed, timedOut: history.ActivityTimedOut,
	},
}

// emitTask writes an event about the frame's task.
func (x *Execution) emitTask(f *frame, kind history.Type, output value.Value, failure *Failure) {
	details := f.task.details
	if failure != nil {
		copied := *details
		copied.Failure = failure.event()
		details = &copied
	}
	x.emit(f, history.Event{Type: kind, Payload: output, Details: details})
}

// parameterCheck finds what the service refuses in a request before it calls
// anything.
type parameterCheck func(request value.Value) *evalError

// checksFor returns the checks for a resource.
func checksFor(r *spec.Resource) []parameterCheck {
	if r.Service == "apigateway" && r.Action == "invoke" {
		return []parameterCheck{listsOfText("Headers"), listsOfText("QueryParameters")}
	}
	return nil
}

// listsOfText checks that a member of the request, if there, is an object of
// arrays: API Gateway takes any number of values for a header.
func listsOfText(field string) parameterCheck {
	return func(request value.Value) *evalError {
		v := request.Get(field)
		if v.IsAbsent() || v.IsNull() {
			return nil
		}
		valid := v.Kind() == value.KindObject
		for _, member := range v.Members() {
			valid = valid && member.Value.Kind() == value.KindArray
		}
		if valid {
			return nil
		}
		return runtimeError("The Parameters '" + request.Compact() + "' could not be used to start the Task: [The value of the field '" +
			field + "' has an invalid format]")
	}
}

// addedByService adds to a request what the service adds by itself: for a job of
// ECS, who started it.
func addedByService(r *spec.Resource, request value.Value) value.Value {
	if r.Service == "ecs" && r.Action == "runTask" && r.Pattern == spec.Sync && !request.Has("StartedBy") {
		return request.With("StartedBy", value.String("AWS Step Functions"))
	}
	return request
}
