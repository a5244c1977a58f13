package generate

import (
	"context"
	"slices"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/simulate/mock"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// The bounds of a search: how many states it enters, and how often one state on
// one way, which a loop over constants may need.
const (
	maxEntered = 4000
	maxVisits  = 60
)

// walk searches a way through a machine on which everything that is read can
// be had. It goes on by calling what follows, so that a refusal anywhere leads
// back to the last Choice that can go another way.
type walk struct {
	solver
	ctx     context.Context
	machine *asl.Machine
	soon    value.Value // a timestamp in the near future of the start
	input   term
	results map[*asl.State]*unknown // of the tasks that the walk has met
	likely  map[*asl.State]value.Value
	goal    func() bool // whether the end that the walk has come to will do

	failing *asl.State            // the state that is to fail; nil when all is to go well
	faults  map[*asl.State]string // the tasks that fail on the present way, and with which error
	failed  bool                  // the state that is to fail has done so
	detours int                   // how many tasks may fail on the way there
	passing bool                  // a task that has failed does its work when it is called again

	leads   map[*asl.State]prospect
	visits  map[*asl.State]int
	entered int
	depth   int   // states on the present way
	stop    *stop // the farthest that the walk has come
}

// stop is where a walk could not go on, with the values chosen until then.
type stop struct {
	depth   int
	state   *asl.State
	input   value.Value
	results map[*asl.State]value.Value
}

// stopped keeps how far the walk has come.
func (w *walk) stopped(state *asl.State) {
	if w.stop != nil && w.stop.depth >= w.depth {
		return
	}
	w.stop = &stop{w.depth, state, w.input.value(), map[*asl.State]value.Value{}}
	for task, result := range w.results {
		w.stop.results[task] = result.value()
	}
}

// place is the region in which a walk is, and what follows it.
type place struct {
	region *asl.Region
	owner  *place
	end    func(output term) bool
	raise  func(error string) bool
	input  term // of the execution
	item   term // Map.Item of the context object
}

func (w *walk) start() bool {
	top := &place{
		region: w.machine.Region, input: w.input,
		end:   func(term) bool { return w.over() },
		raise: func(string) bool { return w.failing != nil && w.over() },
	}
	return w.begin(top, w.input, nil)
}

// over ends a way through the machine.
func (w *walk) over() bool { return (w.failing == nil || w.failed) && w.goal() }

func (w *walk) begin(p *place, data term, variables *scope) bool {
	first := p.region.Start()
	return first != nil && w.enter(p, first, data, variables)
}

// enter walks on from the entry of a state. It takes back what it asked for
// when no way from there will do.
func (w *walk) enter(p *place, state *asl.State, data term, variables *scope) bool {
	if w.entered++; w.entered > maxEntered || w.visits[state] >= maxVisits || w.ctx.Err() != nil {
		return false
	}
	w.visits[state]++
	w.depth++
	mark := w.mark()
	ok := w.run(&visit{walk: w, place: p, state: state, raw: data, variables: variables})
	if !ok {
		w.stopped(state)
		w.back(mark)
	}
	w.depth--
	w.visits[state]--
	return ok
}

// visit is one visit of a state.
type visit struct {
	*walk
	place     *place
	state     *asl.State
	raw       term // its input
	variables *scope
}

func (w *walk) run(v *visit) bool {
	state := v.state
	switch state.Type {
	case asl.Task:
		return v.task()
	case asl.Pass:
		return v.pass()
	case asl.Choice:
		return v.choose()
	case asl.Wait:
		return v.wait()
	case asl.Succeed:
		return v.leave(v.raw, term{})
	case asl.Fail:
		return v.fail()
	case asl.Parallel:
		return v.parallel(0, nil)
	case asl.Map:
		return v.mapState()
	}
	return false
}

func (v *visit) sight(data term) sight {
	return sight{solver: &v.solver, soon: v.soon, data: data, context: v.context(), scope: v.variables}
}

// effective is the input that the work of the state gets.
func (v *visit) effective(template *asl.Expression) (term, bool) {
	if v.state.QueryLanguage == asl.JSONata {
		return v.sight(v.raw).orElse(v.state.Arguments, v.raw)
	}
	input, ok := v.sight(v.raw).filtered(v.state.InputPath, v.raw)
	if !ok {
		return term{}, false
	}
	return v.sight(input).orElse(template, input)
}

func (v *visit) task() bool {
	if v.state.Task == nil || v.state.Task.Resource == nil {
		return false
	}
	if !v.numbers(v.state.Task.TimeoutSeconds, v.state.Task.TimeoutPath, v.state.Task.HeartbeatSeconds, v.state.Task.HeartbeatPath) {
		return false
	}
	if _, ok := v.effective(v.state.Parameters); !ok {
		return false
	}
	if name, fails := v.faults[v.state]; fails && !(v.passing && v.visits[v.state] > 1) {
		failed := v.failed
		v.failed = v.failed || v.state == v.failing
		ok := v.raise(name)
		v.failed = failed || ok
		return ok
	}
	return v.finish(term{unknown: v.resultOf(v.state)}) || v.detour()
}

// detour lets a task fail, where the way goes on only by one of its Catchers.
func (v *visit) detour() bool {
	if v.detours == 0 || v.failed || v.faults[v.state] != "" || v.visits[v.state] > 1 {
		return false
	}
	for i, catcher := range v.state.Catch {
		for _, listed := range catcher.ErrorEquals {
			name := raised(v.state, i, listed.Value)
			if name == "" || v.failing != nil && !v.reaches(catcher.Next) {
				continue
			}
			v.detours--
			v.faults[v.state] = name
			mark := v.mark()
			if v.raise(name) {
				return true
			}
			v.back(mark)
			delete(v.faults, v.state)
			v.detours++
		}
	}
	return false
}

func (v *visit) reaches(next *asl.Transition) bool {
	if next == nil {
		return false
	}
	target := v.place.region.State(next.Target)
	return target != nil && v.prospectOf(target).meets
}

// resultOf returns the result of a task, which is the same at every call.
func (w *walk) resultOf(state *asl.State) *unknown {
	result := w.results[state]
	if result == nil {
		likely, known := w.likely[state]
		if !known {
			likely = mock.Sample(spec.ParseResource(state.Task.Resource.Value))
		}
		result = &unknown{name: "result", likely: likely}
		w.results[state] = result
	}
	return result
}

// numbers asks the fields that hold seconds or counts for small numbers.
func (v *visit) numbers(fields ...*asl.Expression) bool {
	for _, field := range fields {
		if field == nil || field.Kind == asl.Literal {
			continue
		}
		number, ok := v.sight(v.raw).template(field)
		if !ok || !v.meet(number, aCount) {
			return false
		}
	}
	return true
}

var aCount = test{func(v value.Value) bool {
	n, ok := v.Int()
	return ok && n >= 1
}, []value.Value{value.Int(1)}}

// aTime asks for a timestamp.
func (s sight) aTime() test {
	return test{func(v value.Value) bool {
		_, err := time.Parse(time.RFC3339, v.Str())
		return err == nil
	}, []value.Value{s.soon}}
}

func (v *visit) pass() bool {
	if v.state.QueryLanguage == asl.JSONata {
		return v.finish(v.raw)
	}
	result, ok := v.effective(v.state.Parameters)
	if v.state.Pass.Result != nil {
		result = constant(v.state.Pass.Result.Literal)
	}
	return ok && v.finish(result)
}

func (v *visit) wait() bool {
	wait := v.state.Wait
	if !v.numbers(wait.Seconds, wait.SecondsPath) {
		return false
	}
	for _, field := range []*asl.Expression{wait.Timestamp, wait.TimestampPath} {
		if field == nil || field.Kind == asl.Literal {
			continue
		}
		at, ok := v.sight(v.raw).template(field)
		if !ok || !v.meet(at, v.sight(v.raw).aTime()) {
			return false
		}
	}
	return v.leave(v.raw, term{})
}

func (v *visit) fail() bool {
	fail := v.state.Fail
	for _, field := range []*asl.Expression{fail.Error, fail.Cause, fail.ErrorPath, fail.CausePath} {
		if field == nil {
			continue
		}
		given, ok := v.sight(v.raw).template(field)
		if !ok || !v.kind(given, value.KindString) {
			return false
		}
	}
	name := ""
	if fail.Error != nil && fail.Error.Kind == asl.Literal {
		name = fail.Error.Literal.Str()
	}
	failed := v.failed
	v.failed = v.failed || v.state == v.failing
	ok := v.place.raise(name)
	v.failed = failed || ok
	return ok
}

// finish goes on with the result of the state's work.
func (v *visit) finish(result term) bool {
	if v.state.QueryLanguage == asl.JSONata {
		return v.leave(result, result)
	}
	s := v.sight(result)
	selected, ok := s.orElse(v.state.ResultSelector, result)
	if !ok {
		return false
	}
	merged, ok := v.merge(v.state.ResultPath, selected)
	return ok && v.leave(merged, result)
}

// merge is what ResultPath does.
func (v *visit) merge(path *asl.Expression, what term) (term, bool) {
	switch {
	case path == nil:
		return what, true
	case path.Path == nil:
		return v.raw, true
	}
	var names []string
	for _, step := range path.Path.Steps {
		names = append(names, step.Name)
	}
	return v.set(v.raw, names, what)
}

// leave goes on after the state: data is its output before Output or OutputPath.
func (v *visit) leave(data, result term) bool {
	state, s := v.state, v.sight(v.raw)
	s.result = result
	variables, ok := v.assign(state.Assign, s, result)
	if !ok {
		return false
	}
	if state.QueryLanguage == asl.JSONata {
		data, ok = s.orElse(state.Output, data)
	} else {
		data, ok = s.filtered(state.OutputPath, data)
	}
	return ok && v.goOn(state.Next, state.IsTerminal(), data, variables)
}

// assign evaluates an Assign. In JSONPath states $ is the result of the state
// where it has one.
func (v *visit) assign(assign *asl.Assign, s sight, result term) (*scope, bool) {
	variables := v.variables
	if assign == nil {
		return variables, true
	}
	if v.state.QueryLanguage == asl.JSONPath && (v.state.Type == asl.Task || v.state.Type == asl.Parallel || v.state.Type == asl.Map || v.state.Type == asl.Pass) {
		s.data = result
	}
	for _, variable := range assign.Variables {
		assigned, ok := s.template(variable.Value)
		if !ok {
			return nil, false
		}
		variables = &scope{variable.Name, assigned, variables}
	}
	return variables, true
}

func (v *visit) goOn(next *asl.Transition, ends bool, data term, variables *scope) bool {
	if ends {
		return v.place.end(data)
	}
	if next == nil {
		return false
	}
	target := v.place.region.State(next.Target)
	return target != nil && v.enter(v.place, target, data, variables)
}

// raise goes on where an error of the state leads.
func (v *visit) raise(name string) bool {
	for _, catcher := range v.state.Catch {
		if !takes(catcher, name) {
			continue
		}
		failure := objectOf(member{"Error", text(name)}, member{"Cause", text(mockedCause)})
		s := v.sight(v.raw)
		s.failure = failure
		variables, ok := v.caught(catcher, s, failure)
		if !ok {
			return false
		}
		var output term
		if v.state.QueryLanguage == asl.JSONata {
			output, ok = s.orElse(catcher.Output, failure)
		} else {
			output, ok = v.merge(catcher.ResultPath, failure)
		}
		return ok && v.goOn(catcher.Next, false, output, variables)
	}
	return v.place.raise(name)
}

func (v *visit) caught(catcher *asl.Catcher, s sight, failure term) (*scope, bool) {
	variables := v.variables
	if catcher.Assign == nil {
		return variables, true
	}
	if v.state.QueryLanguage == asl.JSONPath {
		s.data = failure
	}
	for _, variable := range catcher.Assign.Variables {
		assigned, ok := s.template(variable.Value)
		if !ok {
			return nil, false
		}
		variables = &scope{variable.Name, assigned, variables}
	}
	return variables, true
}

// choose tries the rules and Default of a Choice, the likeliest first.
func (v *visit) choose() bool {
	data := v.raw
	if v.state.QueryLanguage == asl.JSONPath {
		var ok bool
		if data, ok = v.sight(v.raw).filtered(v.state.InputPath, v.raw); !ok {
			return false
		}
	}
	s := v.sight(data)
	for _, at := range v.order() {
		mark := v.mark()
		if v.take(s, at) {
			return true
		}
		v.back(mark)
	}
	return false
}

// take goes on by one rule, or by Default after the last.
func (v *visit) take(s sight, at int) bool {
	rules := v.state.Choice.Rules
	for _, before := range rules[:at] {
		if !s.rule(before, false) {
			return false
		}
	}
	if at == len(rules) {
		return v.leaveChoice(s, v.state.Choice.Default, v.state.Assign, v.state.Output)
	}
	rule := rules[at]
	return s.rule(rule, true) && v.leaveChoice(s, rule.Next, rule.Assign, rule.Output)
}

func (v *visit) leaveChoice(s sight, next *asl.Transition, assign *asl.Assign, output *asl.Expression) bool {
	variables, ok := v.assign(assign, s, s.data)
	if !ok {
		return false
	}
	data := s.data
	if v.state.QueryLanguage == asl.JSONata {
		data, ok = s.orElse(output, data)
	} else {
		data, ok = s.filtered(v.state.OutputPath, data)
	}
	return ok && v.goOn(next, false, data, variables)
}

// parallel walks one branch after another.
func (v *visit) parallel(branch int, outputs []term) bool {
	input, ok := v.effective(v.state.Parameters)
	if !ok {
		return false
	}
	branches := v.state.Parallel.Branches
	if branch == len(branches) {
		return v.finish(array(outputs...))
	}
	inner := &place{region: branches[branch], owner: v.place, input: v.place.input, item: v.place.item, raise: v.raise}
	inner.end = func(output term) bool {
		return v.parallel(branch+1, append(slices.Clip(outputs), output))
	}
	return v.begin(inner, input, v.variables)
}

// mapState walks the processor once, for every item.
func (v *visit) mapState() bool {
	m := v.state.Map
	if m.Processor == nil {
		return false
	}
	if !v.numbers(m.MaxConcurrencyPath, m.ToleratedFailureCountPath, m.ToleratedFailurePercentagePath) {
		return false
	}
	input, item, ok := v.items()
	if !ok {
		return false
	}
	if len(item) == 0 { // no item: nothing runs
		return v.finish(array())
	}
	s := v.sight(input)
	inner := &place{region: m.Processor, owner: v.place, input: v.place.input, raise: v.raise}
	inner.item = objectOf(member{"Index", constant(value.Int(0))}, member{"Value", item[0]})
	s.context = v.contextIn(inner)
	template := m.ItemSelector
	if template == nil && v.state.QueryLanguage == asl.JSONPath {
		template = v.state.Parameters
	}
	selected, ok := s.orElse(template, item[0])
	if !ok {
		return false
	}
	if m.ItemBatcher != nil {
		if selected, ok = v.batch(s, selected); !ok {
			return false
		}
	}
	if m.Distributed {
		inner.input = selected
		inner.raise = func(name string) bool { return v.raise("States.ExceedToleratedFailureThreshold") }
	}
	outputs := len(item)
	inner.end = func(output term) bool {
		results := make([]term, outputs)
		for i := range results {
			results[i] = output
		}
		return v.finish(array(results...))
	}
	return v.begin(inner, selected, v.variables)
}

// items returns the input of a Map and its items.
func (v *visit) items() (input term, items []term, ok bool) {
	m, input := v.state.Map, v.raw
	if v.state.QueryLanguage == asl.JSONPath {
		if input, ok = v.sight(v.raw).filtered(v.state.InputPath, v.raw); !ok {
			return input, nil, false
		}
	}
	if m.ItemReader != nil {
		if reader := m.ItemReader.Parameters; reader != nil {
			if _, ok := v.sight(input).template(reader); !ok {
				return input, nil, false
			}
		}
		return input, []term{{unknown: &unknown{name: "item"}}}, true
	}
	list := input
	s := v.sight(input)
	if v.state.QueryLanguage == asl.JSONata {
		list, ok = s.orElse(m.Items, input)
	} else {
		list, ok = s.orElse(m.ItemsPath, input)
	}
	if !ok {
		return input, nil, false
	}
	if list.object != nil || list.isConstant() && list.constant.Kind() == value.KindObject { // JSONata: the members of an object
		return input, []term{list}, v.state.QueryLanguage == asl.JSONata
	}
	items, ok = v.elements(list)
	return input, items, ok
}

func (v *visit) batch(s sight, item term) (term, bool) {
	batcher := v.state.Map.ItemBatcher
	if !v.numbers(batcher.MaxItemsPerBatchPath, batcher.MaxInputBytesPerBatchPath) {
		return term{}, false
	}
	members := []member{{"Items", array(item)}}
	if batcher.BatchInput != nil {
		given, ok := s.template(batcher.BatchInput)
		if !ok {
			return term{}, false
		}
		members = append([]member{{"BatchInput", given}}, members...)
	}
	return objectOf(members...), true
}

func (v *visit) context() term { return v.contextIn(v.place).withState(v.state, v.soon) }

func (t term) withState(state *asl.State, entered value.Value) term {
	return with(t, "State", objectOf(
		member{"EnteredTime", constant(entered)}, member{"Name", text(state.Name)}, member{"RetryCount", constant(value.Int(0))},
	))
}

// contextIn is the context object in a region.
func (w *walk) contextIn(p *place) term {
	t := objectOf(
		member{"Execution", objectOf(
			member{"Id", text("arn:aws:states:us-east-1:123456789012:execution:Machine:example")},
			member{"Input", p.input}, member{"Name", text("example")},
			member{"RoleArn", text("arn:aws:iam::123456789012:role/StepFunctionsRole")},
			member{"StartTime", constant(w.soon)}, member{"RedriveCount", constant(value.Int(0))},
		)},
		member{"StateMachine", objectOf(
			member{"Id", text("arn:aws:states:us-east-1:123456789012:stateMachine:Machine")}, member{"Name", text("Machine")},
		)},
		member{"Task", objectOf(member{"Token", text("example token")})},
	)
	if p.item.object != nil {
		t = with(t, "Map", objectOf(member{"Item", p.item}))
	}
	return t
}
