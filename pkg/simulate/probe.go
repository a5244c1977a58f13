package simulate

import (
	"math"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// probe is the [control] of an execution that tests one state. It notes the data
// at every stage, and ends the execution where the state is left or fails.
type probe struct {
	test      *StateTest
	level     InspectionLevel
	status    string
	failure   *Failure
	next      string
	output    value.Value
	stages    map[string]value.Value
	numbers   []value.Member // maxConcurrency, toleratedFailureCount, ...
	details   []value.Member // errorDetails
	variables []history.Variable
	rejection *Rejection
}

func (p *probe) stage(name string, v value.Value) {
	if p.stages == nil {
		p.stages = map[string]value.Value{}
	}
	if _, known := p.stages[name]; !known {
		p.stages[name] = v
	}
}

func (p *probe) alone() bool { return true }

// leave ends the test: the state was left by itself or through a Catcher.
func (p *probe) leave(x *Execution, f *frame, output value.Value, assigned []history.Variable, to route) {
	p.output = output
	if p.status == "" {
		p.status = "SUCCEEDED"
	}
	if to.to != nil {
		p.next = to.to.name
	}
	f.scope.set(assigned)
	p.variables = f.scope.variables
	x.end(Succeeded, output, nil, "")
}

// giveUp ends the test with a failure that is the state's own.
func (p *probe) giveUp(x *Execution, f *frame, failure *Failure) { p.fail(x, f, failure) }

// fail ends the test with a failure: it says which Retrier would try again, or
// which Catcher takes it.
func (p *probe) fail(x *Execution, f *frame, failure *Failure) {
	if p.status != "" {
		p.finish(x, "FAILED", failure)
		return
	}
	p.failure = failure
	if failure.isFatal() {
		p.finish(x, "FAILED", failure)
		return
	}
	if p.retriable(f.state, failure) {
		p.finish(x, "RETRIABLE", failure)
		return
	}
	for i, c := range f.state.catch {
		if failure.takenBy(c.errors) {
			p.status = "CAUGHT_ERROR"
			p.details = append(p.details, value.Member{Key: "catchIndex", Value: value.Int(int64(i))})
			x.catch(f, i, failure)
			return
		}
	}
	p.finish(x, "FAILED", failure)
}

func (p *probe) finish(x *Execution, status string, failure *Failure) {
	p.status, p.failure, p.next = status, failure, ""
	x.end(Failed, value.Value{}, failure, "")
}

// retriable notes the Retrier that takes the failure, and reports whether it
// has an attempt left.
func (p *probe) retriable(s *state, failure *Failure) bool {
	for i, r := range s.retry {
		if !failure.takenBy(r.errors) {
			continue
		}
		p.details = append(p.details, value.Member{Key: "retryIndex", Value: value.Int(int64(i))})
		if p.test.RetrierRetryCount >= r.maxAttempts {
			return false
		}
		delay := r.backoff.Seconds(p.test.RetrierRetryCount + 1)
		p.details = append(p.details, value.Member{Key: "retryBackoffIntervalSeconds", Value: value.Float(math.Round(delay))})
		return true
	}
	return false
}

// group tests a Parallel or Map, whose work is never done: the mock stands for it.
func (p *probe) group(x *Execution, f *frame) {
	d := x.on(f, f.input)
	input, err := x.effectiveInput(f, d)
	if err != nil {
		x.raise(f, err)
		return
	}
	var tolerated tolerance
	iterations := -1
	if f.state.kind == asl.Map {
		if iterations, tolerated, err = p.mapping(x, f, d, input); err != nil {
			x.raise(f, err)
			return
		}
	}
	failures := p.test.MapIterationFailureCount
	switch {
	case p.test.Mock.ErrorOutput != nil:
		x.fail(f, p.test.Mock.ErrorOutput)
	case failures != nil && iterations >= 0 && *failures > iterations:
		p.rejection = tooManyFailures()
		x.end(Failed, value.Value{}, nil, "")
	case failures != nil && (tolerated.count != nil || tolerated.percent != nil) && tolerated.exceeded(*failures, iterations):
		x.fail(f, failed(spec.ErrorThreshold, "The specified tolerated failure threshold was exceeded"))
	default:
		result, parseError := value.Parse(*p.test.Mock.Result)
		if parseError != nil {
			result = value.Null()
		}
		x.finishWork(f, result)
	}
}

// mapping works out the items and numbers of a Map.
func (p *probe) mapping(x *Execution, f *frame, d *data, input value.Value) (int, tolerance, *evalError) {
	var t tolerance
	m := f.state.mapping
	items, err := p.items(x, f, d, input)
	if err != nil {
		return 0, t, err
	}
	limit, err := d.count(m.maxConcurrency, 0)
	if err != nil {
		return 0, t, err
	}
	p.number("maxConcurrency", float64(limit))
	if m.failureCount != nil {
		count, err := d.count(m.failureCount, 0)
		if err != nil {
			return 0, t, err
		}
		p.number("toleratedFailureCount", float64(count))
		t.count = &count
	}
	if m.failurePercent != nil {
		percent, err := d.share(m.failurePercent)
		if err != nil {
			return 0, t, err
		}
		p.number("toleratedFailurePercentage", percent)
		t.percent = &percent
	}
	return items, t, nil
}

// items returns how many iterations the Map has; -1 when that is not known.
func (p *probe) items(x *Execution, f *frame, d *data, input value.Value) (int, *evalError) {
	if f.state.mapping.reader == nil {
		items, err := x.mapItems(f, d, input)
		if err != nil {
			return 0, err
		}
		if !f.state.jsonata {
			p.stage("afterItemsPath", items)
		}
		return items.Len(), p.children(x, f, input, &valueItems{items: items})
	}
	if p.test.MapItemReaderData == nil {
		return -1, nil
	}
	data, err := value.Parse(*p.test.MapItemReaderData)
	if err != nil || !f.state.mapping.takes(data) {
		return -1, nil
	}
	return data.Len(), p.children(x, f, input, &valueItems{items: data})
}

// children notes the inputs of the iterations as ItemSelector makes them, and of
// the child executions as ItemBatcher does.
func (p *probe) children(x *Execution, f *frame, input value.Value, items itemSource) *evalError {
	m := f.state.mapping
	if m.itemSelector == nil && m.batcher == nil {
		return nil
	}
	var selected []value.Value
	for {
		item, key, any, err := items.item()
		if err != nil {
			return err
		}
		if !any {
			break
		}
		source := ""
		if m.distributed {
			source = "STATE_DATA"
		}
		made, err := x.iterationInput(f, input, item, key, x.sim.contextItem(len(selected), item, key, source))
		if err != nil {
			return err
		}
		selected = append(selected, made)
	}
	if m.itemSelector != nil {
		p.stage("afterItemSelector", value.Array(selected...))
	}
	return p.batches(x, f, m.batcher, selected)
}

// batches notes what ItemBatcher makes of the items.
func (p *probe) batches(x *Execution, f *frame, config *batcherConfig, items []value.Value) *evalError {
	if config == nil {
		return nil
	}
	batches, err := config.prepare(x.on(f, f.input))
	if err != nil {
		return err
	}
	var made []value.Value
	for {
		batch, _, any, err := batches.next(func() (value.Value, bool, *evalError) {
			if len(items) == 0 {
				return value.Value{}, false, nil
			}
			item := items[0]
			items = items[1:]
			return item, true, nil
		})
		if err != nil {
			return err
		}
		if !any {
			break
		}
		made = append(made, batch)
	}
	p.stage("afterItemBatcher", value.Array(made...))
	return nil
}

func (p *probe) number(name string, n float64) {
	p.numbers = append(p.numbers, value.Member{Key: name, Value: value.Float(n)})
}

// report returns the answer of the API.
func (p *probe) report(s *state) *StateReport {
	r := &StateReport{Status: p.status, Failure: p.failure, NextState: p.next}
	if p.status == "SUCCEEDED" || p.status == "CAUGHT_ERROR" {
		r.Output = p.output
	}
	if p.level == InspectInfo {
		return r
	}
	for _, name := range stagesOf(s) {
		if v, known := p.stages[name]; known {
			r.Inspection = append(r.Inspection, value.Member{Key: name, Value: value.String(v.Text())})
		}
	}
	r.Inspection = append(r.Inspection, p.numbers...)
	if len(p.details) > 0 {
		r.Inspection = append(r.Inspection, value.Member{Key: "errorDetails", Value: value.Object(p.details...)})
	}
	if len(p.variables) > 0 {
		var members []value.Member
		for _, variable := range p.variables {
			members = append(members, value.Member{Key: variable.Name, Value: variable.Value})
		}
		r.Inspection = append(r.Inspection, value.Member{Key: "variables", Value: value.String(value.Object(members...).Text())})
	}
	return r
}

// Value returns the report as the API answers.
func (r *StateReport) Value() value.Value {
	var members []value.Member
	add := func(key string, v value.Value) { members = append(members, value.Member{Key: key, Value: v}) }
	if r.Failure != nil && !r.Failure.NoCause {
		add("cause", value.String(r.Failure.Cause))
	}
	if r.Failure != nil && !r.Failure.NoError {
		add("error", value.String(r.Failure.Error))
	}
	if len(r.Inspection) > 0 {
		add("inspectionData", value.Object(r.Inspection...))
	}
	if r.NextState != "" {
		add("nextState", value.String(r.NextState))
	}
	if !r.Output.IsAbsent() {
		add("output", value.String(r.Output.Text()))
	}
	add("status", value.String(r.Status))
	return value.Object(members...)
}

// stagesOf lists the stages that the service shows of a state, in the order in
// which the data passes them.
func stagesOf(s *state) []string {
	switch {
	case s.jsonata && (s.kind == asl.Map || s.kind == asl.Parallel):
		return []string{"input", "afterItemSelector", "afterItemBatcher"}
	case s.jsonata:
		return []string{"input", "afterArguments", "result"}
	case s.kind == asl.Pass && !s.pass.IsAbsent():
		return []string{"input", "result", "afterResultSelector", "afterResultPath"}
	case s.kind == asl.Pass:
		return []string{"input", "afterInputPath", "afterParameters", "afterResultSelector", "afterResultPath"}
	case s.kind == asl.Task:
		return []string{"input", "afterInputPath", "afterParameters", "result", "afterResultSelector", "afterResultPath"}
	case s.kind == asl.Parallel:
		return []string{"input", "afterResultSelector", "afterResultPath"}
	case s.kind == asl.Map:
		return []string{"input", "afterInputPath", "afterItemsPath", "afterItemSelector", "afterItemBatcher", "afterResultSelector", "afterResultPath"}
	}
	return []string{"input", "afterInputPath"}
}
