// Package timeline turns the events of an execution into what a person reads:
// the states that were visited, nested as they ran, with their attempts and
// times; as text and as a self-contained HTML page.
package timeline

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Thread is a sequence of visits: the top level, a branch or an iteration.
type Thread struct {
	Owner   *Visit // the Parallel or Map; nil at the top level
	Index   int    // of the branch or iteration
	Visits  []*Visit
	Outcome string // "succeeded", "failed", "aborted"; "" while it runs
	attempt int    // of the owner
}

// Visit is one stay in a state.
type Visit struct {
	Thread   *Thread
	ID       int // of the event of the entry
	Name     string
	Type     string // "Task"
	Entered  time.Duration
	Left     time.Duration
	Input    value.Value
	Output   value.Value // absent when the state was not left
	Exited   bool
	Aborted  bool
	Caught   bool
	Attempts []*Attempt
	Assigned []history.Variable
	Threads  []*Thread // of a Parallel or Map, those of the last attempt
	Items    int       // of a Map
	MapRun   string    // ARN of the run of a distributed Map
	Failed   *history.Failure
	closed   bool // a Parallel or Map that has failed for good
}

// Attempt is one try of a Task, Parallel or Map.
type Attempt struct {
	Started  time.Duration
	Ended    time.Duration
	Resource string
	Request  value.Value
	Result   value.Value
	Failure  *history.Failure
	TimedOut bool
	Timeout  int // seconds; 0 when none is set
	Done     bool
}

// Build makes the tree of visits of an execution's events. It never fails: what
// does not fit is passed over.
func Build(events []history.Event) *Thread {
	b := &builder{events: events, root: &Thread{Index: -1}, threads: make([]*Thread, len(events)+1)}
	for i := range events {
		b.add(&events[i])
	}
	if n := len(events); n > 0 {
		b.root.cut(events[n-1].At)
	}
	return b.root
}

// cut ends the visits that are still open: something else ended.
func (t *Thread) cut(at time.Duration) {
	v := t.last()
	if v == nil || v.Exited {
		return
	}
	v.Left = max(v.Left, at)
	if n := len(v.Attempts); n == 0 || v.Attempts[n-1].Failure == nil {
		v.Aborted = v.Type != "Fail" && v.Failed == nil
	}
	for _, inner := range v.Threads {
		inner.cut(at)
	}
}

type builder struct {
	events  []history.Event
	root    *Thread
	threads []*Thread // by id of event
	starts  map[int]*Visit
}

func (b *builder) at(id int) *Thread {
	if id > 0 && id < len(b.threads) && b.threads[id] != nil {
		return b.threads[id]
	}
	return b.root
}

func (t *Thread) last() *Visit {
	if len(t.Visits) == 0 {
		return nil
	}
	return t.Visits[len(t.Visits)-1]
}

// owner returns the visit that an event on the thread is about when it names a
// Parallel or Map: the thread's own last visit or an owner further out.
func (b *builder) owner(t *Thread, matches func(v *Visit) bool) *Visit {
	for t != nil {
		if v := t.last(); v != nil && matches(v) {
			return v
		}
		if t.Owner == nil {
			return nil
		}
		if matches(t.Owner) {
			return t.Owner
		}
		t = t.Owner.Thread
	}
	return nil
}

func (b *builder) add(e *history.Event) {
	thread := b.at(e.Previous)
	switch {
	case e.IsEntered():
		thread = b.enter(e, thread)
	case e.IsExited():
		if v := b.owner(thread, func(v *Visit) bool { return v.Name == e.Name && !v.Exited }); v != nil {
			v.leave(e)
			thread = v.Thread
		}
	default:
		thread = b.other(e, thread)
	}
	if e.ID > 0 && e.ID < len(b.threads) {
		b.threads[e.ID] = thread
	}
}

// enter begins a visit; the first one after ParallelStateStarted begins a branch.
func (b *builder) enter(e *history.Event, thread *Thread) *Thread {
	if owner := b.starts[e.Previous]; owner != nil {
		thread = owner.begin(len(owner.Threads))
	}
	thread.Visits = append(thread.Visits, &Visit{
		Thread: thread, ID: e.ID, Name: e.Name, Type: strings.TrimSuffix(e.Type.String(), "StateEntered"),
		Entered: e.At, Left: e.At, Input: e.Payload,
	})
	return thread
}

func (v *Visit) begin(index int) *Thread {
	t := &Thread{Owner: v, Index: index, attempt: len(v.Attempts)}
	v.Threads = append(v.Threads, t)
	return t
}

func (v *Visit) leave(e *history.Event) {
	v.Exited, v.Left, v.Output = true, e.At, e.Payload
	if e.Details != nil {
		v.Assigned = e.Details.Assigned
	}
	if n := len(v.Attempts); n > 0 && v.Attempts[n-1].Failure != nil {
		v.Caught = true
	}
}

// other takes the events that are neither entry nor exit of a state.
func (b *builder) other(e *history.Event, thread *Thread) *Thread {
	switch e.Type {
	case history.TaskScheduled, history.LambdaFunctionScheduled, history.ActivityScheduled:
		if v := thread.last(); v != nil {
			v.schedule(e)
		}
	case history.TaskSucceeded, history.LambdaFunctionSucceeded, history.ActivitySucceeded:
		thread.finish(e, nil, false)
	case history.TaskTimedOut, history.LambdaFunctionTimedOut, history.ActivityTimedOut:
		thread.finish(e, e.Failure(), true)
	case history.TaskFailed, history.LambdaFunctionFailed, history.ActivityFailed, history.TaskStartFailed, history.TaskSubmitFailed,
		history.LambdaFunctionScheduleFailed, history.LambdaFunctionStartFailed, history.ActivityScheduleFailed:
		thread.finish(e, e.Failure(), false)
	case history.EvaluationFailed:
		return b.evaluation(e, thread)
	case history.TaskStateAborted, history.WaitStateAborted, history.ParallelStateAborted, history.MapStateAborted:
		return thread
	case history.ExecutionFailed, history.ExecutionTimedOut:
		b.ended(e, thread)
		return b.root
	}
	return b.group(e, thread)
}

func (v *Visit) schedule(e *history.Event) {
	a := &Attempt{Started: e.At, Ended: e.At, Request: e.Payload}
	if d := e.Details; d != nil {
		a.Resource, a.Timeout = d.Resource, d.Timeout
		if e.Type == history.TaskScheduled {
			a.Resource = d.ResourceType + ":" + d.Resource
		}
	}
	v.Attempts = append(v.Attempts, a)
}

func (t *Thread) finish(e *history.Event, failure *history.Failure, timedOut bool) {
	v := t.last()
	if v == nil || len(v.Attempts) == 0 {
		return
	}
	a := v.Attempts[len(v.Attempts)-1]
	a.Ended, a.Result, a.Failure, a.TimedOut, a.Done = e.At, e.Payload, failure, timedOut, true
}

// evaluation puts the failure of an expression on the state that it names.
func (b *builder) evaluation(e *history.Event, thread *Thread) *Thread {
	v := b.visitOf(e, thread)
	if v == nil {
		return thread
	}
	failure := e.Failure()
	if n := len(v.Attempts); n == 0 || v.Attempts[n-1].Done && v.Attempts[n-1].Failure != nil {
		v.Attempts = append(v.Attempts, &Attempt{Started: e.At})
	}
	a := v.Attempts[len(v.Attempts)-1]
	a.Ended, a.Failure, a.Done = e.At, failure, true
	return v.Thread
}

// entry finds the visit that the cause of a failure is about.
var entry = regexp.MustCompile(`\(entered at the event id #(\d+)\)`)

// visitOf returns the visit in which an expression failed. The event hangs on
// what was before the entry of the state, which branches share; the cause says
// which entry it was.
func (b *builder) visitOf(e *history.Event, thread *Thread) *Visit {
	if failure := e.Failure(); failure != nil {
		if found := entry.FindStringSubmatch(failure.Cause); found != nil {
			id, _ := strconv.Atoi(found[1])
			for _, v := range b.at(id).Visits {
				if v.ID == id && v.Name == e.Name {
					return v
				}
			}
		}
	}
	if v := b.find(thread, e.Name); v != nil {
		return v
	}
	return b.find(b.root, e.Name)
}

// find returns the visit of the state named name that was begun last and not left.
func (b *builder) find(t *Thread, name string) *Visit {
	v := t.last()
	if v == nil || v.Exited {
		return nil
	}
	for i := len(v.Threads) - 1; i >= 0; i-- {
		if inner := b.find(v.Threads[i], name); inner != nil {
			return inner
		}
	}
	if v.Name == name {
		return v
	}
	return nil
}

// ended puts the failure of the execution on the state in which it came up.
func (b *builder) ended(e *history.Event, thread *Thread) {
	if v := thread.last(); v != nil && !v.Exited {
		v.Left, v.Failed = e.At, e.Failure()
	}
}

// group takes the events about Parallel and Map states.
func (b *builder) group(e *history.Event, thread *Thread) *Thread {
	name := e.Type.String()
	switch {
	case e.Type == history.ParallelStateStarted || e.Type == history.MapStateStarted:
		return b.start(e, thread, strings.TrimSuffix(name, "StateStarted"))
	case e.Type == history.MapIterationStarted:
		if v := b.owner(thread, named(e.Name)); v != nil {
			return v.begin(e.Index)
		}
	case e.Type == history.MapIterationSucceeded || e.Type == history.MapIterationFailed || e.Type == history.MapIterationAborted:
		if v := b.owner(thread, named(e.Name)); v != nil {
			v.settle(e.Index, strings.ToLower(strings.TrimPrefix(name, "MapIteration")))
			if e.Type == history.MapIterationSucceeded {
				return v.Thread
			}
		}
	case e.Type == history.MapRunStarted:
		if v := thread.last(); v != nil {
			v.MapRun = e.Name
		}
	case e.Type == history.ParallelStateFailed || e.Type == history.MapStateFailed:
		kind := strings.TrimSuffix(name, "StateFailed")
		if v := b.owner(thread, func(v *Visit) bool { return v.Type == kind && !v.Exited && !v.closed }); v != nil {
			v.closed = true
			v.fail(e.At, b.failureOf(thread, v))
			return v.Thread
		}
	}
	return thread
}

func named(name string) func(*Visit) bool {
	return func(v *Visit) bool { return v.Name == name && v.Type == "Map" && !v.Exited }
}

// start begins an attempt of a Parallel or Map.
func (b *builder) start(e *history.Event, thread *Thread, kind string) *Thread {
	v := b.owner(thread, func(v *Visit) bool { return v.Type == kind && !v.Exited && !v.closed })
	if v == nil {
		return thread
	}
	if n := len(v.Attempts); n > 0 {
		// The new attempt hangs on what made the last one fail.
		at := e.At
		if e.Previous > 0 && e.Previous <= len(b.events) {
			at = b.events[e.Previous-1].At
		}
		v.fail(at, b.failureOf(thread, v))
	}
	v.Attempts = append(v.Attempts, &Attempt{Started: e.At, Ended: e.At})
	v.Threads, v.Items = nil, e.Index
	if b.starts == nil {
		b.starts = map[int]*Visit{}
	}
	if kind == "Parallel" {
		b.starts[e.ID] = v
	}
	return v.Thread
}

// failureOf returns what failed in the thread that made its owner fail.
func (b *builder) failureOf(t *Thread, owner *Visit) *history.Failure {
	if last := t.last(); last != nil && last != owner {
		if t.Outcome == "" {
			t.Outcome = "failed"
		}
		if n := len(last.Attempts); n > 0 && last.Attempts[n-1].Failure != nil {
			return last.Attempts[n-1].Failure
		}
	}
	return nil
}

// fail ends the last attempt of a Parallel or Map, and what ran in it.
func (v *Visit) fail(at time.Duration, failure *history.Failure) {
	for _, inner := range v.Threads {
		inner.cut(at)
	}
	if n := len(v.Attempts); n > 0 && !v.Attempts[n-1].Done {
		a := v.Attempts[n-1]
		a.Ended, a.Done = at, true
		if failure == nil {
			failure = &history.Failure{NoError: true, NoCause: true}
		}
		a.Failure = failure
	}
}

func (v *Visit) settle(index int, outcome string) {
	for i := len(v.Threads) - 1; i >= 0; i-- {
		if v.Threads[i].Index == index {
			v.Threads[i].Outcome = outcome
			return
		}
	}
}
