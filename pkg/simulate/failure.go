package simulate

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Failure is what makes a state, a branch or an execution fail. Error and
// Cause can each be absent: a Fail state need have neither, and a worker may
// send none.
type Failure struct {
	Error, Cause     string
	NoError, NoCause bool

	heartbeat bool   // a timeout because of a missed heartbeat
	raisedBy  *state // the Fail state that raised it; nil for none
}

// failed makes a failure with error and cause.
func failed(name, cause string) *Failure { return &Failure{Error: name, Cause: cause} }

// timedOut is the failure of a task over its time: the service records no cause.
func timedOut() *Failure { return &Failure{Error: spec.ErrorTimeout, NoCause: true} }

// event returns the failure as events carry it.
func (f *Failure) event() *history.Failure {
	return &history.Failure{Error: f.Error, Cause: f.Cause, NoError: f.NoError, NoCause: f.NoCause}
}

// output returns the Error Output that a Catcher sees. The service writes null
// for what a worker or Fail state left out, but an empty Cause for a timeout.
func (f *Failure) output() value.Value {
	name, cause := value.String(f.Error), value.String(f.Cause)
	if f.NoError {
		name = value.Null()
	}
	if f.NoCause && f.Error != spec.ErrorTimeout {
		cause = value.Null()
	}
	return value.Object(value.Member{Key: "Error", Value: name}, value.Member{Key: "Cause", Value: cause})
}

// takenBy reports whether a Retrier or Catcher with the names takes the failure.
func (f *Failure) takenBy(names []string) bool {
	switch {
	case f.NoError:
		return spec.Takes(names, "")
	case f.heartbeat:
		return spec.Takes(names, spec.ErrorHeartbeatTimeout)
	}
	return spec.Takes(names, f.Error)
}

// isFatal reports whether nothing can retry or catch the failure.
func (f *Failure) isFatal() bool { return !f.NoError && spec.Uncatchable(f.Error) }

// raise fails the frame's state because an expression could not be evaluated.
// JSONata leaves an EvaluationFailed event, which hangs on what was before the
// entry of the state.
func (x *Execution) raise(f *frame, err *evalError) {
	failure := f.failure(err)
	if err.name == spec.ErrorQueryEvaluation {
		if !err.late {
			f.previous = f.enteredPrevious
		}
		x.emit(f, history.Event{Type: history.EvaluationFailed, Name: f.state.name, Details: &history.Details{
			Location: err.location, Failure: failure.event(),
		}})
	}
	x.fail(f, failure)
}

// fail fails the frame's state.
func (x *Execution) fail(f *frame, failure *Failure) { x.control.fail(x, f, failure) }

// takeFailure asks who takes a failure of the frame's state: the first Retrier
// that takes the error tries again, as long as it has attempts left; otherwise
// the first Catcher that takes it says where to go; otherwise the frame fails.
func (x *Execution) takeFailure(f *frame, failure *Failure) {
	if failure.isFatal() {
		x.observe(f, uncaught(failure))
		x.failed(f, failure)
		return
	}
	if x.retry(f, failure) {
		return
	}
	x.closeGroup(f)
	for i, c := range f.state.catchers() {
		if failure.takenBy(c.errors) {
			x.catch(f, i, failure)
			return
		}
	}
	x.observe(f, uncaught(failure))
	x.control.giveUp(x, f, failure)
}

func uncaught(failure *Failure) route {
	return route{kind: Uncaught, index: -1, failure: failure}
}

// catchers returns the Catchers of a state that may have none.
func (s *state) catchers() []*catcher {
	if s == nil {
		return nil
	}
	return s.catch
}

// retry gives the state another attempt when a Retrier has one for the failure.
// Only the first Retrier that takes the error counts: when it has used up its
// attempts, the later ones are not asked.
func (x *Execution) retry(f *frame, failure *Failure) bool {
	if f.state == nil {
		return false
	}
	for i, r := range f.state.retry {
		if !failure.takenBy(r.errors) {
			continue
		}
		for len(f.used) < len(f.state.retry) {
			f.used = append(f.used, 0)
		}
		if f.used[i] >= r.maxAttempts {
			x.observe(f, route{kind: Exhausted, index: i, failure: failure})
			return false
		}
		delay := r.backoff.Delay(f.used[i]+1, x.sim.random.Float64)
		f.used[i]++
		f.retries++
		x.retried++
		x.observe(f, route{kind: TakeRetrier, index: i, failure: failure})
		x.sim.later(f, delay, stepAttempt)
		return true
	}
	return false
}

// catch leaves the state through its Catcher i. Of the state's own fields none
// applies: not ResultSelector, ResultPath, OutputPath, nor Output and Assign.
func (x *Execution) catch(f *frame, i int, failure *Failure) {
	c := f.state.catch[i]
	errorOutput := failure.output()
	d := x.on(f, f.input)
	output := errorOutput
	var err *evalError
	if f.state.jsonata {
		d.errorOutput = errorOutput
		output, err = c.output.evalOr(d, errorOutput)
	} else {
		output, err = setPath(c.resultPath, f.input, errorOutput)
		d.input = errorOutput // what $ stands for in the Catcher's Assign
	}
	if err != nil {
		x.raiseUncaught(f, err)
		return
	}
	assigned, err := c.assign.evaluate(d)
	if err != nil {
		x.raiseUncaught(f, err)
		return
	}
	x.leave(f, output, assigned, route{kind: TakeCatcher, index: i, to: c.next, failure: failure})
}

// raiseUncaught is raise for a failure in a Catcher itself, which the state's
// Retriers and Catchers are not asked about again.
func (x *Execution) raiseUncaught(f *frame, err *evalError) {
	failure := f.failure(err)
	if err.name == spec.ErrorQueryEvaluation {
		x.emit(f, history.Event{Type: history.EvaluationFailed, Name: f.state.name, Details: &history.Details{
			Location: err.location, Failure: failure.event(),
		}})
	}
	x.observe(f, uncaught(failure))
	if failure.isFatal() && !x.control.alone() {
		x.failed(f, failure)
		return
	}
	x.control.giveUp(x, f, failure)
}

// closeGroup writes that a Parallel or Map has failed for good.
func (x *Execution) closeGroup(f *frame) {
	if f.state == nil {
		return
	}
	switch f.state.kind {
	case asl.Parallel:
		x.emit(f, history.Event{Type: history.ParallelStateFailed})
	case asl.Map:
		x.emit(f, history.Event{Type: history.MapStateFailed})
	}
}
