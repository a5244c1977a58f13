package simulate

import (
	"math"
	"strconv"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// pass is a Pass: its result is Result, else its input; JSONata has Output.
func (x *Execution) pass(f *frame) {
	s, d := f.state, x.on(f, f.input)
	if s.jsonata {
		output, err := s.output.evalOr(d, f.input)
		x.finishState(f, d, output, err)
		return
	}
	result, err := d.field(s.inputPath)
	if err != nil {
		x.raise(f, err)
		return
	}
	x.trace(f, "afterInputPath", result)
	d.input = result
	if result, err = s.parameters.evalOr(d, result); err != nil {
		x.raise(f, err)
		return
	}
	x.trace(f, "afterParameters", result)
	if !s.pass.IsAbsent() {
		result = s.pass
		x.trace(f, "result", result)
	}
	x.trace(f, "afterResultSelector", result)
	d.input = result // what $ stands for in Assign
	x.finishResult(f, d, result)
}

// succeed is a Succeed, the end of its region.
func (x *Execution) succeed(f *frame) {
	x.passThrough(f, f.state.output, f.state.assign, route{kind: TakeEnd, index: -1})
}

// failState is a Fail: it has no exit, and raises its error where the frame belongs.
func (x *Execution) failState(f *frame) {
	d := x.on(f, f.input)
	x.trace(f, "afterInputPath", f.input)
	failure := &Failure{raisedBy: f.state}
	var err *evalError
	if failure.Error, failure.NoError, err = failText(d, f.state.fail.err, f.state.fail.errorPath); err != nil {
		x.raise(f, err)
		return
	}
	if failure.Cause, failure.NoCause, err = failText(d, f.state.fail.cause, f.state.fail.causePath); err != nil {
		x.raise(f, err)
		return
	}
	x.observe(f, route{kind: RaiseError, index: -1, failure: failure})
	x.control.giveUp(x, f, failure)
}

// failText evaluates Error or Cause, in the form with or without Path.
func failText(d *data, plain, path *template) (text string, absent bool, err *evalError) {
	t := plain
	if t == nil {
		t = path
	}
	if t == nil {
		return "", true, nil
	}
	v, err := t.eval(d)
	if err != nil {
		return "", false, err
	}
	if v.Kind() != value.KindString {
		if t.kind == jsonataTemplate {
			return "", false, t.typeError("string", v)
		}
		return "", false, runtimeError("The field '" + t.field + "' must be a string but was: " + v.Compact())
	}
	return v.Str(), false, nil
}

// maxWait is the longest delay that the service accepts: a little less than 2^31 seconds.
const maxWait = time.Duration(math.MaxInt32) * time.Second

// wait is a Wait: it goes on when the time is there.
func (x *Execution) wait(f *frame) {
	s, d := f.state, x.on(f, f.input)
	effective, err := d.field(s.inputPath)
	if err == nil {
		d.input = effective
		var delay time.Duration
		if delay, err = x.waitDelay(d, s.wait); err == nil {
			if delay >= maxWait {
				err = runtimeError("Wait state delay is too long.")
			} else {
				x.sim.later(f, max(delay, 0), stepWaitEnd)
				return
			}
		}
	}
	x.raise(f, err)
}

// waitEnd leaves a Wait.
func (x *Execution) waitEnd(f *frame) {
	x.passThrough(f, f.state.output, f.state.assign, f.state.following())
}

// waitDelay works out how long to wait. What lies in the past gives a negative delay.
func (x *Execution) waitDelay(d *data, w *waitState) (time.Duration, *evalError) {
	switch {
	case w.seconds != nil:
		return waitSeconds(d, w.seconds)
	case w.secondsPath != nil:
		return waitSecondsPath(d, w.secondsPath)
	case w.timestamp != nil:
		return x.waitTimestamp(d, w.timestamp)
	case w.timestampPath != nil:
		return x.waitTimestampPath(d, w.timestampPath)
	}
	return 0, nil
}

func waitSeconds(d *data, t *template) (time.Duration, *evalError) {
	v, err := t.eval(d)
	if err != nil {
		return 0, err
	}
	seconds, ok := v.Int()
	switch {
	case t.kind != jsonataTemplate:
		return spec.Duration(v.Float()), nil
	case v.Kind() != value.KindNumber:
		return 0, t.typeError("number", v)
	case !ok:
		return 0, t.typeError("integer", v)
	case seconds < 0 || seconds > spec.MaxSeconds:
		return 0, &evalError{name: spec.ErrorQueryEvaluation, location: t.field, late: true,
			cause: "The Seconds field must be between 0 and " + strconv.Itoa(spec.MaxSeconds) + " but was: " + v.Compact()}
	}
	return spec.Duration(float64(seconds)), nil
}

func waitSecondsPath(d *data, p *pathField) (time.Duration, *evalError) {
	v, lookupError := d.lookup(p.path)
	if lookupError != nil {
		return 0, runtimeError("The SecondsPath parameter does not reference an input value: " + p.text)
	}
	seconds, ok := v.Int()
	switch {
	case !ok:
		return 0, runtimeError("The SecondsPath parameter cannot be parsed as a long value: " + p.text + " == " + plainText(v))
	case seconds < 0:
		return 0, runtimeError("The SecondsPath parameter references a negative value: " + p.text + " == " + plainText(v))
	}
	return spec.Duration(float64(seconds)), nil
}

func (x *Execution) waitTimestamp(d *data, t *template) (time.Duration, *evalError) {
	v, err := t.eval(d)
	if err != nil {
		return 0, err
	}
	if t.kind == jsonataTemplate && v.Kind() != value.KindString {
		return 0, t.typeError("string", v)
	}
	at, ok := parseTimestamp(v.Str())
	if !ok {
		return 0, &evalError{name: spec.ErrorQueryEvaluation, location: t.field, late: true,
			cause: "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: " + v.Str()}
	}
	return x.until(at), nil
}

func (x *Execution) waitTimestampPath(d *data, p *pathField) (time.Duration, *evalError) {
	v, lookupError := d.lookup(p.path)
	if lookupError != nil {
		return 0, runtimeError("The TimestampPath parameter does not reference an input value: " + p.text)
	}
	at, ok := parseTimestamp(v.Str())
	if v.Kind() != value.KindString || !ok {
		return 0, runtimeError("The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: " +
			p.text + " == " + plainText(v))
	}
	return x.until(at), nil
}

// until returns the time from now to a moment, whole seconds of it: fractions
// of a second in a timestamp are dropped.
func (x *Execution) until(at time.Time) time.Duration {
	now := time.Unix(0, int64(x.sim.clock))
	if at.Sub(now) == math.MaxInt64 {
		return maxWait
	}
	return at.Truncate(time.Second).Sub(now)
}

// parseTimestamp reads a timestamp in the profile of the States Language: RFC
// 3339 with an upper-case T and, without an offset, an upper-case Z.
func parseTimestamp(text string) (time.Time, bool) {
	if len(text) < len("2006-01-02T15:04:05Z") || text[10] != 'T' {
		return time.Time{}, false
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	return at, err == nil
}

// plainText is how causes print a value: strings bare, the rest as JSON.
func plainText(v value.Value) string {
	if v.Kind() == value.KindString {
		return v.Str()
	}
	return v.Compact()
}
