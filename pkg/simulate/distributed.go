package simulate

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// distributedVisit is a run of a distributed Map: every item, or batch of items,
// is the input of a child execution with a history of its own.
type distributedVisit struct {
	run       *MapRun
	label     string // of the Map: its own, or made up
	source    string // Map.Item.Source
	batches   *batcher
	writer    *resultWriter
	config    *writerConfig // ResultWriter; nil for none
	oldest    *Execution    // of the running children, a list in the order of their start
	newest    *Execution
	running   int
	exhausted bool
	tolerance tolerance
	itemCount int // items read
	failed    int // items whose child failed
	started   int // id of MapRunStarted
}

// tolerance is how many items may fail; nil for no threshold of that kind.
type tolerance struct {
	count   *int
	percent *float64
}

// exceeded reports whether failed of total items are more than the thresholds
// allow. Without any, one failure is too many. The total is unknown, -1, while
// items are still being read: then only the count can be exceeded.
func (t tolerance) exceeded(failed, total int) bool {
	if failed == 0 {
		return false
	}
	if t.count == nil && t.percent == nil {
		return true
	}
	if t.count != nil && failed > *t.count {
		return true
	}
	return t.percent != nil && total > 0 && float64(failed)*100/float64(total) > *t.percent
}

// distribute is an attempt of a distributed Map.
func (x *Execution) distribute(f *frame, d *data, group *groupVisit) {
	m := f.state.mapping
	length := 0
	if m.reader == nil {
		items, err := x.mapItems(f, d, group.input)
		if err != nil {
			x.raise(f, err)
			return
		}
		group.items, length = &valueItems{items: items}, items.Len()
	}
	x.emit(f, history.Event{Type: history.MapStateStarted, Index: length})
	visit, err := x.newMapRun(f, d, group)
	if err != nil {
		x.raise(f, err)
		return
	}
	group.mapping = visit
	x.sim.mapRuns = append(x.sim.mapRuns, visit.run)
	visit.started = x.emit(f, history.Event{Type: history.MapRunStarted, Name: visit.run.ARN})
	if err := x.openItems(f, d, group); err != nil {
		x.mapRunFailed(f, visit, failed(err.name, err.cause))
		return
	}
	f.group = group
	x.sim.later(f, 0, stepMapDispatch)
	if x.deadline < x.sim.clock+spec.Longest {
		x.sim.also(f, spec.Longest, stepTimeLimit)
	}
}

// newMapRun evaluates what governs a run before anything is read.
func (x *Execution) newMapRun(f *frame, d *data, group *groupVisit) (*distributedVisit, *evalError) {
	m := f.state.mapping
	visit := &distributedVisit{source: "STATE_DATA", config: m.writer, run: &MapRun{State: f.state.name, MaxConcurrency: group.wanted}}
	if m.failureCount != nil {
		count, err := d.count(m.failureCount, 0)
		if err != nil {
			return nil, err
		}
		if count < 0 {
			return nil, runtimeError("ToleratedFailureCount cannot be negative.")
		}
		visit.tolerance.count, visit.run.FailureCount = &count, count
	}
	if m.failurePercent != nil {
		percent, err := d.share(m.failurePercent)
		if err != nil {
			return nil, err
		}
		if percent < 0 || percent > 100 {
			return nil, runtimeError("ToleratedFailurePercentage must be between 0 and 100.")
		}
		visit.tolerance.percent, visit.run.FailurePercent = &percent, percent
	}
	if m.reader != nil {
		if err := m.reader.prepare(d, group); err != nil {
			return nil, err
		}
	}
	var err *evalError
	if visit.batches, err = m.batcher.prepare(d); err != nil {
		return nil, err
	}
	if visit.label = m.label; visit.label == "" {
		visit.label = x.sim.uuid()
	}
	visit.run.ARN = x.mapRunARN(visit.label)
	visit.writer, err = x.openWriter(f, d, visit.run)
	return visit, err
}

// mapDispatch starts child executions until enough of them run or there are no
// more items.
func (x *Execution) mapDispatch(f *frame) {
	group := f.group
	visit := group.mapping
	for !visit.exhausted && visit.running < group.limit {
		input, items, any, err := x.nextChildInput(f, group)
		if err != nil {
			x.stopChildren(visit)
			f.group = nil
			x.mapRunFailed(f, visit, x.itemFailure(f, err))
			return
		}
		if !any {
			visit.exhausted = true
			break
		}
		x.startChild(f, group, input, items)
	}
	if visit.exhausted && visit.running == 0 && !x.tooManyFailed(f, visit, visit.itemCount) {
		x.mapRunEnd(f)
	}
}

// itemFailure is the failure of reading an item or of working on it.
func (x *Execution) itemFailure(f *frame, err *evalError) *Failure {
	if err.name == spec.ErrorItemReader {
		return failed(err.name, err.cause)
	}
	return f.failure(err)
}

// nextChildInput returns the input of the next child execution and how many
// items it stands for.
func (x *Execution) nextChildInput(f *frame, group *groupVisit) (input value.Value, items int, any bool, err *evalError) {
	visit := group.mapping
	if visit.batches == nil {
		input, any, err = x.nextItem(f, group)
		return input, 1, any, err
	}
	return visit.batches.next(func() (value.Value, bool, *evalError) { return x.nextItem(f, group) })
}

// nextItem reads an item and applies ItemSelector to it.
func (x *Execution) nextItem(f *frame, group *groupVisit) (value.Value, bool, *evalError) {
	visit := group.mapping
	item, key, any, err := group.items.item()
	if err != nil || !any {
		return item, false, err
	}
	index := visit.itemCount
	visit.itemCount++
	if f.state.mapping.itemSelector == nil && key == "" {
		return item, true, nil
	}
	input, err := x.iterationInput(f, group.input, item, key, x.sim.contextItem(index, item, key, visit.source))
	return input, true, err
}

// startChild starts a child execution.
func (x *Execution) startChild(f *frame, group *groupVisit, input value.Value, items int) {
	m, visit := f.state.mapping, group.mapping
	kind := asl.Standard
	if m.express {
		kind = asl.Express
	}
	label := visit.label
	child := x.sim.newExecution(m.program, kind, Identity{
		MachineName: x.identity.MachineName + "/" + label, MachineARN: x.identity.MachineARN + "/" + label,
		RoleARN: x.identity.RoleARN, Region: x.identity.Region, Account: x.identity.Account,
	}, input)
	child.itemIndex, child.items = group.next, items
	child.forget = x.sim.options.Child == nil
	child.parent, child.group = f, group
	group.next++
	visit.running++
	visit.run.Executions.Total++
	visit.add(child)
	child.begin()
}

// childDone takes the end of a child execution.
func (x *Execution) childDone(f *frame, group *groupVisit, child *Execution) {
	visit := group.mapping
	if f.group != group || x.ended {
		return
	}
	visit.running--
	visit.drop(child)
	visit.run.count(child)
	if child.status != Succeeded {
		visit.failed += child.items
	}
	if err := visit.keep(group, child); err != nil {
		x.stopChildren(visit)
		f.group = nil
		x.mapRunFailed(f, visit, failed(spec.ErrorResultWriter, err.Error()))
		return
	}
	if x.tooManyFailed(f, visit, -1) {
		return
	}
	x.sim.also(f, 0, stepMapDispatch)
}

// tooManyFailed fails the Map when more items have failed than it tolerates. The
// share of them is known only with the total: when all items have been read.
func (x *Execution) tooManyFailed(f *frame, visit *distributedVisit, total int) bool {
	if !visit.tolerance.exceeded(visit.failed, total) {
		return false
	}
	x.stopChildren(visit)
	f.group = nil
	x.mapRunFailed(f, visit, failed(spec.ErrorThreshold, "The specified tolerated failure threshold was exceeded"))
	return true
}

// count adds how a child ended to the counts of the run.
func (r *MapRun) count(child *Execution) {
	add := func(c *Counts, n int) {
		switch child.status {
		case Succeeded:
			c.Succeeded += n
		case TimedOut:
			c.TimedOut += n
		case Aborted:
			c.Aborted += n
		default:
			c.Failed += n
		}
	}
	add(&r.Items, child.items)
	add(&r.Executions, 1)
}

// add puts a child at the end of the list of those that run.
func (v *distributedVisit) add(child *Execution) {
	child.older = v.newest
	if v.newest == nil {
		v.oldest = child
	} else {
		v.newest.newer = child
	}
	v.newest = child
}

// drop takes a child that has ended from the list.
func (v *distributedVisit) drop(child *Execution) {
	if child.older == nil {
		v.oldest = child.newer
	} else {
		child.older.newer = child.newer
	}
	if child.newer == nil {
		v.newest = child.older
	} else {
		child.newer.older = child.older
	}
	child.older, child.newer = nil, nil
}

// stopChildren aborts the child executions that still run.
func (x *Execution) stopChildren(visit *distributedVisit) {
	for child := visit.oldest; child != nil; child = child.newer {
		child.group = nil
		child.Stop()
		visit.run.count(child)
	}
	visit.oldest, visit.newest = nil, nil
}

// mapRunFailed fails the Map because its run failed.
func (x *Execution) mapRunFailed(f *frame, visit *distributedVisit, failure *Failure) {
	visit.run.Status, visit.run.Items.Total = Failed, visit.itemCount
	if visit.writer != nil {
		// What has been written stays; that the run failed is the worse news.
		_, _ = visit.writer.finish()
	}
	x.emit(f, history.Event{Type: history.MapRunFailed, Details: &history.Details{Failure: failure.event()}})
	x.fail(f, failure)
}

// mapRunEnd leaves a distributed Map all of whose children have ended. The exit
// hangs on MapRunStarted.
func (x *Execution) mapRunEnd(f *frame) {
	group := f.group
	visit := group.mapping
	f.group = nil
	result, err := visit.result(group)
	if err != nil {
		x.mapRunFailed(f, visit, failed(spec.ErrorResultWriter, err.Error()))
		return
	}
	visit.run.Status, visit.run.Items.Total = Succeeded, visit.itemCount
	succeeded := x.aside(visit.started, history.Event{Type: history.MapRunSucceeded})
	if result.IsAbsent() {
		x.fail(f, dataLimit(f.state.name))
		return
	}
	x.aside(succeeded, history.Event{Type: history.MapStateSucceeded})
	f.previous = visit.started
	x.finishWork(f, result)
}
