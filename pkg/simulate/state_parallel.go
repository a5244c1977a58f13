package simulate

import (
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// parallel is an attempt of a Parallel: every branch gets a frame of its own
// and the same input.
func (x *Execution) parallel(f *frame) {
	input, err := x.effectiveInput(f, x.on(f, f.input))
	if err != nil {
		x.raise(f, err)
		return
	}
	if tooLarge(input, spec.MaxPayloadBytes) {
		x.fail(f, dataLimit(f.state.name))
		return
	}
	started := x.emit(f, history.Event{Type: history.ParallelStateStarted})
	f.group = &groupVisit{results: make([]value.Value, len(f.state.branches))}
	for i, branch := range f.state.branches {
		member := x.newFrame(branch, f, i, input)
		member.previous = started
		x.sim.later(member, 0, stepEnter)
	}
	if len(f.state.branches) == 0 {
		x.parallelEnd(f, started)
	}
}

// parallelEnd leaves a Parallel when its last branch has ended. Its exit points
// at the last event of that branch, not at ParallelStateSucceeded.
func (x *Execution) parallelEnd(f *frame, previous int) {
	results := f.group.results
	f.group = nil
	f.previous = previous
	x.aside(previous, history.Event{Type: history.ParallelStateSucceeded})
	x.finishWork(f, value.Array(results...))
}
