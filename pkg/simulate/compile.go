package simulate

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Compile makes a machine ready to be executed. What keeps it from running is
// returned as findings, and the program is nil then; everything else that may
// be wrong with a definition is the linter's to say.
func Compile(machine *asl.Machine) (*Program, []diag.Diagnostic) {
	c := &compiler{machine: machine, regions: map[*asl.Region]*region{}}
	program := c.program(machine.Region)
	if machine.TimeoutSeconds != nil {
		program.timeout = machine.TimeoutSeconds.Value
	}
	if len(c.findings) > 0 {
		return nil, c.findings
	}
	return program, nil
}

type compiler struct {
	machine  *asl.Machine
	regions  map[*asl.Region]*region
	findings []diag.Diagnostic
	lenient  bool // transitions may lead nowhere
}

func (c *compiler) program(from *asl.Region) *Program {
	return &Program{machine: c.machine, root: c.region(from, nil)}
}

// report adds what keeps the machine from running.
func (c *compiler) report(node syntax.Node, stateName, help, format string, args ...any) {
	finding := diag.Diagnostic{
		Rule: diag.NotExecutable, Category: "structure", Severity: diag.Error,
		File: c.machine.File(), State: stateName, Message: fmt.Sprintf(format, args...), Help: help,
	}
	if node != nil {
		finding.Span = node.Span()
	}
	c.findings = append(c.findings, finding)
}

func (c *compiler) region(from *asl.Region, owner *state) *region {
	r := &region{owner: owner}
	if from == nil {
		return r
	}
	byName := map[string]*state{}
	for _, s := range from.States {
		compiled := &state{ast: s, name: s.Name, kind: s.Type, region: r}
		r.states = append(r.states, compiled)
		byName[s.Name] = compiled
	}
	for _, s := range r.states {
		c.state(s, byName)
	}
	if from.StartAt == nil {
		c.report(from.Node, "", "add StartAt with the name of the first state", "StartAt is missing, so there is no state to begin with")
	} else {
		r.start = c.target(from.StartAt, "StartAt", "", byName)
	}
	return r
}

// target resolves a transition.
func (c *compiler) target(t *asl.Transition, field, stateName string, byName map[string]*state) *state {
	if t == nil {
		return nil
	}
	found := byName[t.Target]
	if found == nil && c.lenient {
		found = &state{name: t.Target}
	}
	if found == nil {
		c.report(t.Node, stateName, "name a state of the same States object", "%s goes to %q, but there is no such state", field, t.Target)
	}
	return found
}

var enteredEvents = [...]history.Type{
	asl.Task: history.TaskStateEntered, asl.Pass: history.PassStateEntered, asl.Choice: history.ChoiceStateEntered,
	asl.Wait: history.WaitStateEntered, asl.Succeed: history.SucceedStateEntered, asl.Fail: history.FailStateEntered,
	asl.Parallel: history.ParallelStateEntered, asl.Map: history.MapStateEntered,
}

var exitedEvents = [...]history.Type{
	asl.Task: history.TaskStateExited, asl.Pass: history.PassStateExited, asl.Choice: history.ChoiceStateExited,
	asl.Wait: history.WaitStateExited, asl.Succeed: history.SucceedStateExited,
	asl.Parallel: history.ParallelStateExited, asl.Map: history.MapStateExited,
}

func (c *compiler) state(s *state, byName map[string]*state) {
	from := s.ast
	s.jsonata = from.QueryLanguage == asl.JSONata
	s.next = c.target(from.Next, "Next", s.name, byName)
	s.end = from.End || s.kind == asl.Succeed
	if s.kind == asl.Unknown {
		c.report(from.NameNode, s.name, "give it one of the types Task, Pass, Choice, Wait, Succeed, Fail, Parallel, Map", "state %q has no type that can be run", s.name)
		return
	}
	s.entered = enteredEvents[s.kind]
	if int(s.kind) < len(exitedEvents) {
		s.exited = exitedEvents[s.kind]
	}
	if s.next == nil && !s.end && from.Next == nil && s.kind != asl.Choice && s.kind != asl.Fail {
		c.report(from.NameNode, s.name, `add "Next" or "End": true`, "state %q says neither where to go next nor that it is the end", s.name)
	}
	c.dataFlow(s)
	c.errorHandling(s, byName)
	c.typeFields(s, byName)
}

func (c *compiler) dataFlow(s *state) {
	from := s.ast
	s.inputPath = c.path(s, from.InputPath)
	s.outputPath = c.path(s, from.OutputPath)
	s.resultPath = c.path(s, from.ResultPath)
	s.parameters = c.template(s, from.Parameters)
	if s.jsonata {
		s.parameters = c.template(s, from.Arguments)
	}
	s.resultSelector = c.template(s, from.ResultSelector)
	s.output = c.template(s, from.Output)
	s.assign = c.assignment(s, from.Assign)
}

func (c *compiler) assignment(s *state, from *asl.Assign) *assignment {
	if from == nil || len(from.Variables) == 0 {
		return nil
	}
	a := &assignment{}
	for _, variable := range from.Variables {
		a.names = append(a.names, variable.Name)
		a.values = append(a.values, c.template(s, variable.Value))
	}
	return a
}

func (c *compiler) errorHandling(s *state, byName map[string]*state) {
	for _, from := range s.ast.Retry {
		s.retry = append(s.retry, compileRetrier(from))
	}
	for _, from := range s.ast.Catch {
		s.catch = append(s.catch, &catcher{
			errors:     texts(from.ErrorEquals),
			next:       c.target(from.Next, "a Catcher", s.name, byName),
			resultPath: c.path(s, from.ResultPath),
			output:     c.template(s, from.Output),
			assign:     c.assignment(s, from.Assign),
		})
	}
}

func compileRetrier(from *asl.Retrier) *retrier {
	return &retrier{errors: texts(from.ErrorEquals), backoff: from.Backoff(), maxAttempts: int(from.Retries())}
}

func texts(nodes []*syntax.String) []string {
	out := make([]string, 0, len(nodes))
	for _, node := range nodes {
		out = append(out, node.Value)
	}
	return out
}

func textOf(node *syntax.String) string {
	if node == nil {
		return ""
	}
	return node.Value
}

func (c *compiler) typeFields(s *state, byName map[string]*state) {
	from := s.ast
	switch s.kind {
	case asl.Task:
		c.task(s)
	case asl.Pass:
		if from.Pass != nil && from.Pass.Result != nil {
			s.pass = from.Pass.Result.Literal
		}
	case asl.Choice:
		c.choice(s, byName)
	case asl.Wait:
		s.wait = &waitState{}
		if w := from.Wait; w != nil {
			s.wait.seconds, s.wait.timestamp = c.template(s, w.Seconds), c.template(s, w.Timestamp)
			s.wait.secondsPath, s.wait.timestampPath = c.path(s, w.SecondsPath), c.path(s, w.TimestampPath)
		}
	case asl.Fail:
		s.fail = &failState{}
		if f := from.Fail; f != nil {
			s.fail.err, s.fail.cause = c.template(s, f.Error), c.template(s, f.Cause)
			s.fail.errorPath, s.fail.causePath = c.template(s, f.ErrorPath), c.template(s, f.CausePath)
		}
	case asl.Parallel:
		if from.Parallel != nil {
			for _, branch := range from.Parallel.Branches {
				s.branches = append(s.branches, c.region(branch, s))
			}
		}
	case asl.Map:
		c.mapping(s)
	}
}

func (c *compiler) task(s *state) {
	s.task = &taskState{resource: &spec.Resource{}}
	from := s.ast.Task
	if from == nil || from.Resource == nil {
		c.report(s.ast.NameNode, s.name, "add Resource, the ARN of what the task calls", "state %q has no Resource", s.name)
		return
	}
	parsed := spec.ParseResource(from.Resource.Value)
	resource := &parsed
	s.task.resource, s.task.kind = resource, kindOf(resource)
	s.task.marker = &history.Details{ResourceType: resource.EventType(), Resource: resource.EventResource(), Region: defaultRegion}
	s.task.credentials = c.template(s, from.Credentials)
	s.task.timeout = c.quantity(s, "TimeoutSeconds", from.TimeoutSeconds, from.TimeoutPath)
	s.task.heartbeat = c.quantity(s, "HeartbeatSeconds", from.HeartbeatSeconds, from.HeartbeatPath)
	s.task.checks = checksFor(resource)
}

func (c *compiler) mapping(s *state) {
	from := s.ast.Map
	m := &mapState{}
	s.mapping = m
	if from == nil || from.Processor == nil {
		c.report(s.ast.NameNode, s.name, "add ItemProcessor with StartAt and States", "state %q has no ItemProcessor", s.name)
		return
	}
	m.distributed = from.Distributed
	m.express = from.ExecutionType == asl.Express
	m.label = textOf(from.Label)
	if m.distributed {
		m.program = c.program(from.Processor)
		m.processor = m.program.root
	} else {
		m.processor = c.region(from.Processor, s)
	}
	m.itemsPath = c.path(s, from.ItemsPath)
	m.items = c.template(s, from.Items)
	m.itemSelector = c.template(s, from.ItemSelector)
	if m.itemSelector == nil && !s.jsonata {
		m.itemSelector = s.parameters // the old name of the field
	}
	m.maxConcurrency = c.quantity(s, "MaxConcurrency", from.MaxConcurrency, from.MaxConcurrencyPath)
	m.failureCount = c.quantity(s, "ToleratedFailureCount", from.ToleratedFailureCount, from.ToleratedFailureCountPath)
	m.failurePercent = c.quantity(s, "ToleratedFailurePercentage", from.ToleratedFailurePercentage, from.ToleratedFailurePercentagePath)
	m.reader = c.reader(s, from.ItemReader)
	m.batcher = c.batcher(s, from.ItemBatcher)
	m.writer = c.writer(s, from.ResultWriter)
}

func (c *compiler) quantity(s *state, field string, literal, path *asl.Expression) *quantity {
	if literal == nil && path == nil {
		return nil
	}
	return &quantity{field: field, value: c.template(s, literal), path: c.path(s, path)}
}

// path compiles a field that holds a path or null.
func (c *compiler) path(s *state, from *asl.Expression) *pathField {
	switch {
	case from == nil:
		return nil
	case from.Kind == asl.PathExpression && from.Path != nil:
		return &pathField{path: from.Path, isWhole: from.Source == "$", text: from.Source}
	case from.Kind == asl.Literal && from.Literal.IsNull():
		return &pathField{}
	}
	c.report(from.Node, s.name, "write a path such as $.orders", "the field %s of state %q cannot be evaluated", from.Field, s.name)
	return nil
}

// RefusedAs returns why the service refuses to create the machine with the
// type: an Express workflow has no jobs, callbacks, activities or distributed Maps.
func (p *Program) RefusedAs(kind asl.WorkflowType) []diag.Diagnostic {
	if kind != asl.Express {
		return nil
	}
	c := &compiler{machine: p.machine}
	const help = "run it with the type STANDARD, or move this state into a Standard workflow"
	for _, s := range p.states() {
		if s.task != nil {
			if message, _ := s.task.resource.ExpressFault(); message != "" {
				c.report(s.ast.NameNode, s.name, help, "state %q %s, which Express workflows do not support", s.name, message)
			}
		}
		if s.mapping != nil && s.mapping.distributed {
			c.report(s.ast.NameNode, s.name, help, "state %q is a distributed Map, which Express workflows do not support", s.name)
		}
	}
	return c.findings
}

// states returns all states of the program, those inside others included;
// without those of the child executions of distributed Maps.
func (p *Program) states() []*state {
	var all []*state
	var visit func(r *region)
	visit = func(r *region) {
		if r == nil {
			return
		}
		for _, s := range r.states {
			all = append(all, s)
			for _, branch := range s.branches {
				visit(branch)
			}
			if s.mapping != nil && !s.mapping.distributed {
				visit(s.mapping.processor)
			}
		}
	}
	visit(p.root)
	return all
}
