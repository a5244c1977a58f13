package simulate

// succeed is a Succeed, the end of its region.
func (x *Execution) succeed(f *frame) {
	x.passThrough(f, f.state.output, f.state.assign, route{kind: TakeEnd, index: -1})
}
