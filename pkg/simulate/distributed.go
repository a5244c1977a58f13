package simulate

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/simulate/s3"
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
	for !visit.exhausted && visit.running < group.limit && (visit.running == 0 || x.sim.running < maxRunning) {
		if x.group != nil {
			if x.sim.deep++; x.sim.deep > maxDeep {
				x.sim.err = fmt.Errorf("state %q: the simulation gives up after %d child executions that child executions have started", f.state.name, maxDeep)
				return
			}
		}
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

// Distributed Maps inside distributed Maps multiply, so what one simulation runs
// is bounded. The service bounds a single Map Run, to 10,000 children at a time.
const (
	maxRunning = 10_000 // children at a time, of all Maps
	maxDeep    = 50_000 // children that children start
)

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
	x.sim.running++
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
	x.sim.running--
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
	x.sim.running -= visit.running
	visit.running = 0
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

// batcherConfig is a compiled ItemBatcher.
type batcherConfig struct {
	maxItems, maxBytes *quantity
	input              *template
}

func (c *compiler) batcher(s *state, from *asl.ItemBatcher) *batcherConfig {
	if from == nil {
		return nil
	}
	return &batcherConfig{
		maxItems: c.quantity(s, "MaxItemsPerBatch", from.MaxItemsPerBatch, from.MaxItemsPerBatchPath),
		maxBytes: c.quantity(s, "MaxInputBytesPerBatch", from.MaxInputBytesPerBatch, from.MaxInputBytesPerBatchPath),
		input:    c.template(s, from.BatchInput),
	}
}

// batcher groups items into the inputs of child executions: as many as both
// limits allow, and never more than an input may hold.
type batcher struct {
	maxItems, maxBytes int
	input              value.Value // BatchInput; absent when there is none
	held               value.Value // an item that did not fit in the last batch
}

// prepare evaluates an ItemBatcher; nil when the Map has none.
func (c *batcherConfig) prepare(d *data) (*batcher, *evalError) {
	if c == nil {
		return nil, nil
	}
	b := &batcher{maxBytes: spec.MaxPayloadBytes}
	var err *evalError
	if b.maxItems, err = d.count(c.maxItems, 0); err == nil && c.maxItems != nil && b.maxItems <= 0 {
		err = notPositive(c.maxItems, b.maxItems)
	}
	if err != nil {
		return nil, err
	}
	if c.maxBytes != nil {
		if b.maxBytes, err = d.count(c.maxBytes, 0); err == nil && b.maxBytes <= 0 {
			err = notPositive(c.maxBytes, b.maxBytes)
		}
		if err != nil {
			return nil, err
		}
	}
	b.maxBytes = min(b.maxBytes, spec.MaxPayloadBytes)
	if c.input != nil {
		b.input, err = c.input.eval(d)
	}
	return b, err
}

func notPositive(q *quantity, n int) *evalError {
	return runtimeError("field " + q.field + " must be positive but was: " + strconv.Itoa(n))
}

// next makes the input of the next child execution of items, and tells how many
// it holds; any is false when there are none left.
func (b *batcher) next(item func() (value.Value, bool, *evalError)) (batch value.Value, count int, any bool, err *evalError) {
	const frameSize = len(`{"Items":[]}`)
	bytes := frameSize
	if !b.input.IsAbsent() {
		bytes += size(b.input) + len(`"BatchInput":,`)
	}
	var items []value.Value
	for b.maxItems == 0 || len(items) < b.maxItems {
		next := b.held
		b.held = value.Value{}
		if next.IsAbsent() {
			if next, any, err = item(); err != nil {
				return batch, 0, false, err
			} else if !any {
				break
			}
		}
		bytes += size(next) + 1
		if bytes > b.maxBytes && len(items) > 0 {
			b.held = next
			break
		}
		items = append(items, next)
	}
	if len(items) == 0 {
		return batch, 0, false, nil
	}
	members := make([]value.Member, 0, 2)
	if !b.input.IsAbsent() {
		members = append(members, value.Member{Key: "BatchInput", Value: b.input})
	}
	members = append(members, value.Member{Key: "Items", Value: value.Array(items...)})
	return value.Object(members...), len(items), true, nil
}

// readerConfig is a compiled ItemReader.
type readerConfig struct {
	lists      bool // s3:listObjectsV2 rather than s3:getObject
	parameters *template
	format     s3.Format
	maxItems   *quantity
}

func (c *compiler) reader(s *state, from *asl.ItemReader) *readerConfig {
	if from == nil {
		return nil
	}
	r := &readerConfig{
		lists:      strings.HasSuffix(textOf(from.Resource), ":listObjectsV2"),
		parameters: c.template(s, from.Parameters),
	}
	config := from.Config
	if config == nil {
		return r
	}
	r.format = s3.Format{
		InputType:      textOf(config.InputType),
		Transformation: textOf(config.Transformation),
		ManifestType:   textOf(config.ManifestType),
		HeaderGiven:    textOf(config.CSVHeaderLocation) == "GIVEN",
		Headers:        texts(config.CSVHeaders),
		Delimiter:      textOf(config.CSVDelimiter),
		Pointer:        textOf(config.ItemsPointer),
	}
	r.maxItems = c.quantity(s, "MaxItems", config.MaxItems, config.MaxItemsPath)
	return r
}

// prepare evaluates what the reader needs to know.
func (r *readerConfig) prepare(d *data, group *groupVisit) *evalError {
	reading := &itemReading{}
	var err *evalError
	if reading.parameters, err = r.parameters.evalOr(d, value.Object()); err != nil {
		return err
	}
	if reading.limit, err = d.count(r.maxItems, 0); err != nil {
		return err
	}
	group.items = reading
	return nil
}

// itemReading is the items that come from S3, read one after the other.
type itemReading struct {
	parameters value.Value
	limit      int // 0: none
	read       int
	items      s3.Items
}

// openItems opens the objects of an ItemReader. What fails here fails the Map Run.
func (x *Execution) openItems(f *frame, d *data, group *groupVisit) *evalError {
	reader := f.state.mapping.reader
	if reader == nil {
		return nil
	}
	reading := group.items.(*itemReading)
	if reading.limit < 0 {
		return readerFailure(errors.New("field MaxItems must be positive"))
	}
	bucket := reading.parameters.Get("Bucket").Str()
	var err error
	if reader.lists {
		reading.items, err = s3.OpenListing(x.store(), bucket, reading.parameters.Get("Prefix").Str(), reader.format)
	} else {
		reading.items, err = s3.OpenObject(x.store(), bucket, reading.parameters.Get("Key").Str(), reader.format)
	}
	if err != nil {
		return readerFailure(err)
	}
	group.mapping.source = "S3://" + bucket
	if !reader.lists {
		group.mapping.source += "/" + reading.parameters.Get("Key").Str()
	}
	return nil
}

func readerFailure(err error) *evalError {
	return &evalError{name: spec.ErrorItemReader, cause: err.Error(), bare: true}
}

// item reads the next item.
func (r *itemReading) item() (value.Value, string, bool, *evalError) {
	if r.limit > 0 && r.read == r.limit {
		return value.Value{}, "", false, nil
	}
	item, any, err := r.items.Next()
	if err != nil {
		return value.Value{}, "", false, readerFailure(err)
	}
	r.read++
	return item.Value, item.Key, any, nil
}

// store returns the store of the simulation, an empty one when there is none.
func (x *Execution) store() s3.Store {
	if x.sim.options.S3 == nil {
		return s3.Memory{}
	}
	return x.sim.options.S3
}
