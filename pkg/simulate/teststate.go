package simulate

import (
	"context"
	"math"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// StateTest is one call of the TestState API: one state, on its own, once.
type StateTest struct {
	Machine *asl.Machine // with the state
	State   string       // its name; "" for the only one there is

	Input     value.Value // absent for {}
	Variables []history.Variable
	Context   value.Value // the whole context object; absent: made up
	RoleARN   string
	Level     InspectionLevel
	Reveal    bool // revealSecrets
	Start     time.Time
	Seed      uint64

	Mock    *StateMock  // what the state's work comes to
	Handler TaskHandler // answers a Task without mock

	// The configuration of the state.
	RetrierRetryCount        int    // retries that the Retrier which takes the error has had
	MapIterationFailureCount *int   // iterations of a Map that fail
	ErrorCausedByState       string // where in a Map or Parallel the mocked error comes from
	MapItemReaderData        *string
}

// StateMock is a mocked result or error; one of the two is set.
type StateMock struct {
	Result      *string // JSON text
	ErrorOutput *Failure
	// Validate holds a result to the API of the resource; nil accepts everything.
	Validate func(v value.Value) (complaint string)
}

// InspectionLevel says how much a [StateReport] tells of the data.
type InspectionLevel uint8

// The levels.
const (
	InspectInfo InspectionLevel = iota
	InspectDebug
	InspectTrace
)

// StateReport is the answer of the TestState API.
type StateReport struct {
	Status     string // SUCCEEDED, FAILED, RETRIABLE, CAUGHT_ERROR
	Output     value.Value
	Failure    *Failure
	NextState  string
	Inspection []value.Member // the data at every stage, as JSON text in strings
}

// Rejection is what the API refuses a test for.
type Rejection struct {
	Code    string // ValidationException, InvalidDefinition, ...
	Message string
}

// Error gives code and message.
func (r *Rejection) Error() string { return r.Code + ": " + r.Message }

func invalidDefinition(text string) *Rejection {
	return &Rejection{"InvalidDefinition", "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: " + text + "'"}
}

func invalid(message string) *Rejection { return &Rejection{"ValidationException", message} }

// Run tests the state. The rejection tells what the API refuses the test for;
// the error is for failures of the surroundings.
func (t *StateTest) Run(ctx context.Context) (*StateReport, *Rejection, error) {
	state := t.find()
	if state == nil {
		return nil, invalid("State not found in definition"), nil
	}
	if rejection := t.check(state); rejection != nil {
		return nil, rejection, nil
	}
	c := &compiler{machine: t.Machine, lenient: true}
	program, compiled := c.single(state)
	if len(c.findings) > 0 {
		return nil, invalidDefinition(c.findings[0].Message + " at /States/" + state.Name), nil
	}
	p := &probe{test: t, level: t.Level}
	options := t.options()
	options.Trace = func(s Stage) { p.stage(s.Name, s.Data) }
	x := program.Start(t.Input, options)
	x.control = p
	x.root.item = t.mapItem(state, x.root.input)
	if !t.Context.IsAbsent() {
		x.data.fixedContext = t.Context
	}
	x.root.state = compiled
	if _, err := x.Run(ctx); err != nil {
		return nil, nil, err
	}
	if x.status == TimedOut { // the API waits for a state as long as for an Express workflow
		p.finish(x, "FAILED", x.failure)
	}
	if p.rejection != nil {
		return nil, p.rejection, nil
	}
	return p.report(compiled), nil, nil
}

// mapItem is Map.Item of the context object of a state inside a Map: its input
// counts as the first item. Absent for any other state.
func (t *StateTest) mapItem(s *asl.State, input value.Value) value.Value {
	for owner := s.Owner(); owner != nil; owner = owner.Owner() {
		if owner.Type == asl.Map {
			return value.Object(value.Member{Key: "Index", Value: value.Int(0)}, value.Member{Key: "Value", Value: input})
		}
	}
	return value.Value{}
}

func (t *StateTest) find() *asl.State {
	for state := range t.Machine.States() {
		if t.State == "" || state.Name == t.State {
			return state
		}
	}
	return nil
}

// options are those of the execution in which the state is tested: the service
// makes up an Express workflow.
func (t *StateTest) options() Options {
	o := Options{Type: asl.Express, Variables: t.Variables, Handler: t.Handler, Start: t.Start, Seed: t.Seed}
	o.Identity.RoleARN = t.RoleARN
	if t.Mock != nil {
		o.Handler = t.answer
	}
	return o
}

// answer answers a Task with the mock.
func (t *StateTest) answer(_ context.Context, _ *TaskCall) (TaskAnswer, error) {
	if t.Mock.ErrorOutput != nil {
		return TaskAnswer{Failure: t.Mock.ErrorOutput}, nil
	}
	result, err := value.Parse(*t.Mock.Result)
	return TaskAnswer{Output: result}, err
}

// single compiles one state, whose transitions may lead nowhere.
func (c *compiler) single(from *asl.State) (*Program, *state) {
	s := &state{ast: from, name: from.Name, kind: from.Type}
	s.region = &region{start: s, states: []*state{s}}
	c.state(s, map[string]*state{})
	return &Program{machine: c.machine, root: s.region}, s
}

// check finds what the API refuses a test for before anything runs.
func (t *StateTest) check(s *asl.State) *Rejection {
	checks := []func(*asl.State) *Rejection{t.checkMock, t.checkContext, t.checkResult, t.checkConfiguration}
	for _, check := range checks {
		if rejection := check(s); rejection != nil {
			return rejection
		}
	}
	return nil
}

func isGroup(s *asl.State) bool { return s.Type == asl.Map || s.Type == asl.Parallel }

// checkMock checks whether the state can have a mock, or must.
func (t *StateTest) checkMock(s *asl.State) *Rejection {
	switch {
	case s.Type == asl.Parallel && s.Parallel != nil && len(s.Parallel.Branches) == 0:
		return invalidDefinition("Value cannot be empty at /States/" + s.Name + "/Branches")
	case t.Mock == nil && t.MapIterationFailureCount != nil:
		return invalid("TestState does not support MapIterationFailureCount when a mock is not specified.")
	case t.Mock == nil && isGroup(s):
		return &Rejection{"InvalidDefinition", "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]"}
	case t.Mock == nil && s.Type == asl.Task && t.RoleARN == "":
		return invalid("RoleArn must be specified when testing a Task state")
	case t.Mock == nil:
		return nil
	case t.Mock.Result != nil && t.Mock.ErrorOutput != nil:
		return invalid("A test mock should have only one of the following fields: [result, errorOutput].")
	case s.Type == asl.Pass || s.Type == asl.Fail || s.Type == asl.Succeed:
		return invalid("State type '" + s.Type.String() + "' is not supported when a mock is specified")
	case t.Reveal:
		return invalid("TestState does not support RevealSecrets when a mock is specified.")
	}
	return nil
}

// checkResult checks that the mocked result is JSON of the kind that the state's
// work gives.
func (t *StateTest) checkResult(s *asl.State) *Rejection {
	if t.Mock == nil || t.Mock.Result == nil {
		return nil
	}
	v, err := value.Parse(*t.Mock.Result)
	if err != nil {
		return invalid("Mocked result must be valid JSON")
	}
	switch s.Type {
	case asl.Map:
		if s.Map != nil && s.Map.ResultWriter != nil && s.Map.ResultWriter.Resource != nil {
			if v.Kind() != value.KindObject {
				return invalid("Mocked result must be a JSON object.")
			}
		} else if v.Kind() != value.KindArray {
			return invalid("Mocked result must be an array.")
		}
	case asl.Parallel:
		if v.Kind() != value.KindArray {
			return invalid("Mocked result must be an array.")
		}
		if s.Parallel != nil && v.Len() != len(s.Parallel.Branches) {
			return invalid("Mocked result must contain the same number of items as number of Parallel branches.")
		}
	case asl.Task:
		if t.Mock.Validate != nil {
			if complaint := t.Mock.Validate(v); complaint != "" {
				return invalid(complaint)
			}
		}
	}
	return nil
}

// checkConfiguration checks the number of iterations that are to fail, as far
// as that can be told from the mock alone.
func (t *StateTest) checkConfiguration(s *asl.State) *Rejection {
	if t.MapIterationFailureCount == nil || s.Type != asl.Map || t.Mock == nil || t.Mock.Result == nil {
		return nil
	}
	if v, err := value.Parse(*t.Mock.Result); err == nil && v.Kind() == value.KindArray && *t.MapIterationFailureCount > v.Len() {
		return tooManyFailures()
	}
	return nil
}

func tooManyFailures() *Rejection {
	return invalid("Map iteration failure count must be less than or equal to the number of Map iterations")
}

// contextFields are the members that a context object can have, and which of
// them are strings.
var contextFields = map[string]map[string]value.Kind{
	"Execution": {
		"Id": value.KindString, "Input": value.KindAbsent, "Name": value.KindString, "RoleArn": value.KindString,
		"StartTime": value.KindString, "RedriveCount": value.KindNumber, "RedriveTime": value.KindString,
	},
	"State":        {"EnteredTime": value.KindString, "Name": value.KindString, "RetryCount": value.KindNumber},
	"StateMachine": {"Id": value.KindString, "Name": value.KindString},
	"Task":         {"Token": value.KindString},
}

// checkContext checks a context object that the caller gives.
func (t *StateTest) checkContext(s *asl.State) *Rejection {
	if t.Context.IsAbsent() {
		return nil
	}
	const prefix = "Invalid Context object provided: "
	if t.Context.Kind() != value.KindObject {
		return invalid(prefix + "Context object must be a JSON object")
	}
	for _, member := range t.Context.Members() {
		fields, known := contextFields[member.Key]
		switch {
		case member.Key == "Map":
			return invalid(prefix + "'Map' field is not supported when mocking a Context object")
		case !known:
			return invalid(prefix + "Field '" + member.Key + "' is not allowed")
		case member.Key == "Task" && !hasToken(s):
			return invalid(prefix + "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern")
		case member.Value.Kind() != value.KindObject:
			return invalid(prefix + member.Key + " must be an object")
		}
		for _, field := range member.Value.Members() {
			kind, known := fields[field.Key]
			if !known {
				return invalid(prefix + "Field '" + field.Key + "' is not allowed")
			}
			if kind != value.KindAbsent && field.Value.Kind() != kind {
				return invalid(prefix + member.Key + "." + field.Key + " must be a " + kind.String())
			}
		}
	}
	return nil
}

func hasToken(s *asl.State) bool {
	if s.Task == nil || s.Task.Resource == nil {
		return false
	}
	r := spec.ParseResource(s.Task.Resource.Value)
	return r.Pattern != spec.RequestResponse
}

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
