package simulate

import (
	"errors"
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

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
