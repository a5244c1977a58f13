package simulate

import (
	"github.com/sfnctl/sfnctl/pkg/value"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// The way of data through a state: the parts that several state types share.
//
// JSONPath: InputPath, Parameters, the work, then Assign and ResultSelector
// side by side, ResultPath into the state's raw input, OutputPath.
// JSONata: Arguments, the work, then Output and Assign side by side.

// effectiveInput evaluates InputPath and Parameters, or Arguments.
func (x *Execution) effectiveInput(f *frame, d *data) (value.Value, *evalError) {
	s := f.state
	if s.jsonata {
		arguments, err := s.parameters.evalOr(d, f.input)
		if err == nil && s.parameters != nil {
			x.trace(f, "afterArguments", arguments)
		}
		return arguments, err
	}
	input, err := d.field(s.inputPath)
	if err != nil {
		return input, err
	}
	x.trace(f, "afterInputPath", input)
	d.input = input
	if s.mapping != nil {
		return input, nil
	}
	parameters, err := s.parameters.evalOr(d, input)
	if err == nil {
		x.trace(f, "afterParameters", parameters)
	}
	return parameters, err
}

// finishWork leaves a Task, Parallel or Map with the result of its work.
func (x *Execution) finishWork(f *frame, result value.Value) {
	s, d := f.state, x.on(f, f.input)
	x.trace(f, "result", result)
	if s.jsonata {
		d.result = result
		output, err := s.output.evalOr(d, result)
		x.finishState(f, d, output, err)
		return
	}
	d.input = result
	selected, err := s.resultSelector.evalOr(d, result)
	if err != nil {
		x.raise(f, err)
		return
	}
	x.trace(f, "afterResultSelector", selected)
	x.finishResult(f, d, selected)
}

// finishResult leaves a JSONPath state with its effective result. The data must
// be set to what $ stands for in Assign.
func (x *Execution) finishResult(f *frame, d *data, result value.Value) {
	s := f.state
	assigned, err := s.assign.evaluate(d)
	if err != nil {
		x.raise(f, err)
		return
	}
	output, err := setPath(s.resultPath, f.input, result)
	if err == nil {
		x.trace(f, "afterResultPath", output)
		d.input = output
		output, err = d.field(s.outputPath)
	}
	if err != nil {
		x.raise(f, err)
		return
	}
	if x.exceeds(f, output) {
		return
	}
	x.leave(f, output, assigned, f.state.following())
}

// finishState leaves a JSONata state with its output.
func (x *Execution) finishState(f *frame, d *data, output value.Value, err *evalError) {
	if err != nil {
		x.raise(f, err)
		return
	}
	assigned, err := f.state.assign.evaluate(d)
	if err != nil {
		x.raise(f, err)
		return
	}
	if x.exceeds(f, output) {
		return
	}
	x.leave(f, output, assigned, f.state.following())
}

// passThrough leaves a state that does no work on its data: Choice, Wait, Succeed.
func (x *Execution) passThrough(f *frame, output *template, assign *assignment, to route) {
	s, d := f.state, x.on(f, f.input)
	var result value.Value
	var err *evalError
	if s.jsonata {
		result, err = output.evalOr(d, f.input)
	} else {
		result, err = x.passPaths(f, d)
	}
	if err != nil {
		x.raise(f, err)
		return
	}
	assigned, err := assign.evaluate(d)
	if err != nil {
		x.raise(f, err)
		return
	}
	if x.exceeds(f, result) {
		return
	}
	x.leave(f, result, assigned, to)
}

// passPaths applies InputPath and OutputPath of a state without result. The
// data is left at the effective input, which Assign sees.
func (x *Execution) passPaths(f *frame, d *data) (value.Value, *evalError) {
	input, err := d.field(f.state.inputPath)
	if err != nil {
		return input, err
	}
	x.trace(f, "afterInputPath", input)
	d.input = input
	return d.field(f.state.outputPath)
}

// following returns the way to the next state, or the end of the region.
func (s *state) following() route {
	if s.end || s.next == nil {
		return route{kind: TakeEnd, index: -1}
	}
	return route{kind: TakeNext, index: -1, to: s.next}
}

// exceeds fails the state when its output is larger than a state may hand on.
// An output that is the input was measured before.
func (x *Execution) exceeds(f *frame, output value.Value) bool {
	if output == f.input || !tooLarge(output, spec.MaxPayloadBytes) {
		return false
	}
	x.fail(f, dataLimit(f.state.name))
	return true
}
