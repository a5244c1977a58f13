package simulate

import "github.com/sfnctl/sfnctl/pkg/value"

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
