package simulate

import (
	"math"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/history"
)

// raise fails the frame's state because an expression could not be evaluated.
// JSONata leaves an EvaluationFailed event, which hangs on what was before the
// entry of the state.
func (x *Execution) raise(f *frame, err *evalError) {
	failure := f.failure(err)
	if err.name == errorQueryEvaluation {
		if !err.late {
			f.previous = f.enteredPrevious
		}
		x.emit(f, history.Event{Type: history.EvaluationFailed, Name: f.state.name, Details: &history.Details{
			Location: err.location, Failure: failure.event(),
		}})
	}
	x.fail(f, failure)
}

// fail fails the frame's state: the first Retrier that takes the error tries
// again, as long as it has attempts left; otherwise the first Catcher that
// takes it says where to go; otherwise the frame fails.
func (x *Execution) fail(f *frame, failure *Failure) {
	if x.probe != nil {
		x.probe.failed(x, f, failure)
		return
	}
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
		if failure.matches(c.errors) {
			x.catch(f, i, failure)
			return
		}
	}
	x.observe(f, uncaught(failure))
	x.frameFailed(f, failure)
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
		if !failure.matches(r.errors) {
			continue
		}
		for len(f.used) < len(f.state.retry) {
			f.used = append(f.used, 0)
		}
		if f.used[i] >= r.maxAttempts {
			x.observe(f, route{kind: Exhausted, index: i, failure: failure})
			return false
		}
		delay := r.delay(f.used[i], x.sim.random.Float64)
		f.used[i]++
		f.retries++
		x.retried++
		x.observe(f, route{kind: TakeRetrier, index: i, failure: failure})
		x.sim.later(f, delay, stepAttempt)
		return true
	}
	return false
}

// delay returns how long the Retrier waits before retry k, counted from 0.
func (r *retrier) delay(k int, random func() float64) time.Duration {
	seconds := r.interval * math.Pow(r.rate, float64(k))
	if r.limit > 0 && seconds > r.limit {
		seconds = r.limit
	}
	if r.jitter {
		seconds *= random()
	}
	return secondsToDuration(seconds)
}

// longest is a time that no execution reaches: a hundred years.
const longest = 100 * 366 * 24 * time.Hour

func secondsToDuration(seconds float64) time.Duration {
	if !(seconds < longest.Seconds()) {
		return longest
	}
	return time.Duration(seconds * float64(time.Second))
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
	if x.probe != nil {
		x.probe.failed(x, f, failure)
		return
	}
	if err.name == errorQueryEvaluation {
		x.emit(f, history.Event{Type: history.EvaluationFailed, Name: f.state.name, Details: &history.Details{
			Location: err.location, Failure: failure.event(),
		}})
	}
	x.observe(f, uncaught(failure))
	if failure.isFatal() {
		x.failed(f, failure)
		return
	}
	x.frameFailed(f, failure)
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
