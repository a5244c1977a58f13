package simulate

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
