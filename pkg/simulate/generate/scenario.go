package generate

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/syntax"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Scenario is data that a state machine runs on.
type Scenario struct {
	Machine string // its name
	Cases   []*Case
	Notes   []string // what could not be made, and why
}

// Case is one execution: its input, and how its tasks answer. Every answer is
// given, and no task is called that has none.
type Case struct {
	Name    string
	Input   value.Value
	Answers []Answer
}

// Answer is how a task answers, at every call.
type Answer struct {
	State   string
	Name    string // of the response in a mock file
	Result  value.Value
	Failure *simulate.Failure // takes the place of Result
	Timeout bool              // so does this
	Times   int               // how many calls fail before the Result; 0: all
}

// Options say for what executions data is made.
type Options struct {
	Name  string // of the state machine
	Type  asl.WorkflowType
	Start time.Time // when the executions begin; timestamps lie soon after
}

// HappyPath is the name of the case in which nothing fails.
const HappyPath = "HappyPath"

const mockedCause = "mocked failure"

// The bounds of what a search may run before it gives up.
const (
	maxRuns   = 60
	maxEvents = 200_000
)

// ForMachine makes a case in which the machine succeeds, and one for each error
// name of each Catcher in which that Catcher takes the error. Cases that cannot
// be made are told of in the notes. The error tells that the machine cannot run,
// or that ctx is over.
func ForMachine(ctx context.Context, machine *asl.Machine, options Options) (*Scenario, error) {
	program, findings := simulate.Compile(machine)
	if program == nil {
		return nil, fmt.Errorf("the definition cannot run: %s", findings[0].Message)
	}
	g := &generator{ctx: ctx, machine: machine, program: program, options: options, scenario: &Scenario{Machine: options.Name}}
	g.happy()
	for state := range machine.States() {
		for i, catcher := range state.Catch {
			for _, error := range catcher.ErrorEquals {
				g.caught(state, i, error.Value)
			}
		}
	}
	return g.scenario, ctx.Err()
}

type generator struct {
	ctx      context.Context
	machine  *asl.Machine
	program  *simulate.Program
	options  Options
	scenario *Scenario
	likely   map[*asl.State]value.Value // the results of the happy case
	input    value.Value                // and its input
}

// search is a walk with what its runs came to.
type search struct {
	walk
	generator *generator
	runs      int
	events    int
	called    []*asl.State // by the last run, in the order of first calls
	calls     map[*asl.State]int
	last      *simulate.Result
}

func (g *generator) search() *search {
	likely := g.input
	if likely.IsAbsent() {
		likely = value.Object()
	}
	s := &search{generator: g}
	s.walk = walk{
		ctx: g.ctx, machine: g.machine, soon: value.String(g.options.Start.UTC().Add(time.Minute).Format(time.RFC3339)), input: term{unknown: &unknown{name: "input", likely: likely}},
		results: map[*asl.State]*unknown{}, likely: g.likely,
		leads: map[*asl.State]prospect{}, visits: map[*asl.State]int{}, faults: map[*asl.State]string{},
	}
	return s
}

// happy makes the case in which nothing fails or, where no such way leads to
// success, one task does.
func (g *generator) happy() {
	var s *search
	name := HappyPath
	for detours := range 2 {
		s = g.search()
		s.detours, s.passing = detours, true
		s.goal = func() bool {
			s.run()
			return s.last != nil && s.last.Status == simulate.Succeeded
		}
		if s.start() {
			break
		}
	}
	if s.last == nil || s.last.Status != simulate.Succeeded {
		s.resume()
		s.run()
		if s.last == nil || s.last.Status != simulate.Succeeded {
			name = "Draft"
			g.note("no input and results were found with which the execution succeeds; it came as far as state %q: %s", s.stop.state.Name, s.why())
		}
	}
	g.likely = map[*asl.State]value.Value{}
	for state, result := range s.results {
		g.likely[state] = result.value()
	}
	g.input = s.input.value()
	g.add(name, s)
}

func (g *generator) note(format string, arguments ...any) {
	g.scenario.Notes = append(g.scenario.Notes, fmt.Sprintf(format, arguments...))
}

// why tells how the last run ended.
func (s *search) why() string {
	switch {
	case s.last == nil:
		return "the machine cannot be run"
	case s.last.Failure != nil:
		return s.last.Failure.Error + ": " + s.last.Failure.Cause
	}
	return "it ended " + s.last.Status.String()
}

// resume takes the values with which a walk that failed came farthest.
func (s *search) resume() {
	if s.stop == nil {
		return
	}
	s.input = constant(s.stop.input)
	for state, result := range s.stop.results {
		s.results[state] = &unknown{likely: result}
	}
	s.runs, s.events = 0, 0
}

// run runs the machine on the values as they are chosen now.
func (s *search) run() {
	s.called, s.calls = nil, map[*asl.State]int{}
	if s.runs++; s.runs > maxRuns || s.events > maxEvents {
		return
	}
	options := simulate.Options{Type: s.generator.options.Type, Start: s.generator.options.Start, Handler: s.answer}
	result, err := s.generator.program.Start(s.input.value(), options).Run(s.ctx)
	if err != nil {
		return
	}
	s.events += len(result.Events)
	s.last = result
}

// answer is the handler of the tasks.
func (s *search) answer(_ context.Context, call *simulate.TaskCall) (simulate.TaskAnswer, error) {
	state := s.generator.task(call.State)
	if state == nil {
		return simulate.TaskAnswer{Output: value.Object()}, nil
	}
	if !slices.Contains(s.called, state) {
		s.called = append(s.called, state)
	}
	s.calls[state]++
	answer := s.answerOf(state)
	if (answer.Failure != nil || answer.Timeout) && (answer.Times == 0 || s.calls[state] <= answer.Times) {
		return simulate.TaskAnswer{Failure: answer.Failure, TimedOut: answer.Timeout}, nil
	}
	return simulate.TaskAnswer{Output: answer.Result}, nil
}

// answerOf returns how a task answers.
func (s *search) answerOf(state *asl.State) Answer {
	name, fails := s.faults[state]
	if !fails {
		return Answer{State: state.Name, Name: state.Name + " ok", Result: s.resultOf(state).value()}
	}
	answer := failure(name)
	answer.State, answer.Name = state.Name, state.Name+" fails with "+name
	if s.passing {
		answer.Times, answer.Result = attempts(state, name), s.resultOf(state).value()
		answer.Name += ", then works"
	}
	return answer
}

// attempts is how often a state calls its task that fails each time, before the
// error goes to its Catchers.
func attempts(state *asl.State, name string) int {
	for _, retrier := range state.Retry {
		if !slices.ContainsFunc(retrier.ErrorEquals, func(listed *syntax.String) bool { return spec.Takes([]string{listed.Value}, name) }) {
			continue
		}
		return 1 + int(retrier.Retries())
	}
	return 1
}

func (g *generator) task(name string) *asl.State {
	for state := range g.machine.States() {
		if state.Name == name && state.Type == asl.Task && state.Task.Resource != nil {
			return state
		}
	}
	return nil
}

// failure is how a task answers that fails with an error.
func failure(error string) Answer {
	if error == "States.Timeout" || error == "States.HeartbeatTimeout" {
		return Answer{Timeout: true}
	}
	return Answer{Failure: &simulate.Failure{Error: error, Cause: mockedCause}}
}

// add keeps the case of a search that has come to its end.
func (g *generator) add(name string, s *search) {
	c := &Case{Name: name, Input: s.input.value()}
	for _, state := range s.called {
		c.Answers = append(c.Answers, s.answerOf(state))
	}
	g.scenario.Cases = append(g.scenario.Cases, c)
}

// caught makes the case in which a Catcher of a state takes an error.
func (g *generator) caught(state *asl.State, index int, listed string) {
	name := raised(state, index, listed)
	if name == "" {
		g.note("no case for %q in Catch[%d] of state %q: an earlier Catcher takes it, or nothing can raise it", listed, index, state.Name)
		return
	}
	for _, source := range sources(state, name) {
		for _, attempt := range []struct {
			detours int
			passing bool
		}{{0, false}, {0, true}, {1, true}, {2, true}} {
			if s := g.failing(state, index, source, name, attempt.detours, attempt.passing); s != nil {
				g.add(title(state, source, listed), s)
				return
			}
		}
	}
	g.note("no case for %q in Catch[%d] of state %q: no input and results were found with which the execution comes there", listed, index, state.Name)
}

// failing searches a way on which the source fails and the Catcher takes it; nil
// when there is none.
func (g *generator) failing(state *asl.State, index int, source *asl.State, name string, detours int, passing bool) *search {
	s := g.search()
	s.failing, s.detours, s.passing = source, detours, passing
	if source.Type == asl.Task {
		s.faults[source] = name
	}
	s.goal = func() bool {
		s.run()
		return s.last != nil && s.took(state, state.Catch[index])
	}
	if s.start() {
		return s
	}
	return nil
}

func title(state, source *asl.State, listed string) string {
	switch {
	case source == state:
		return state.Name + " fails with " + listed
	case source.Type == asl.Fail:
		return source.Name + " raises " + listed + ", caught by " + state.Name
	}
	return source.Name + " fails with " + listed + ", caught by " + state.Name
}

// raised returns an error that a Catcher takes by the name that it lists; ""
// when the Catchers before it leave none.
func raised(state *asl.State, index int, listed string) string {
	candidates := []string{listed}
	if listed == "States.ALL" || listed == "States.TaskFailed" {
		candidates = []string{"MockedError", "States.Timeout"}
	}
	for _, candidate := range candidates {
		taken := slices.ContainsFunc(state.Catch[:index], func(c *asl.Catcher) bool { return takes(c, candidate) })
		if !taken && takes(state.Catch[index], candidate) {
			return candidate
		}
	}
	return ""
}

// takes reports whether a Catcher takes an error.
func takes(catcher *asl.Catcher, name string) bool {
	return slices.ContainsFunc(catcher.ErrorEquals, func(listed *syntax.String) bool { return spec.Takes([]string{listed.Value}, name) })
}

// sources returns the tasks that can raise an error which the state then meets:
// itself, or those inside that do not catch it themselves.
func sources(state *asl.State, name string) []*asl.State {
	if state.Type == asl.Task {
		return []*asl.State{state}
	}
	var found []*asl.State
	for _, region := range state.Regions() {
		for inner := range region.All() {
			if inner.Type == asl.Fail && inner.Fail.Error != nil && inner.Fail.Error.Literal.Str() == name {
				found = append([]*asl.State{inner}, found...)
			}
			if inner.Type == asl.Task && inner.Task.Resource != nil && !slices.ContainsFunc(inner.Catch, func(c *asl.Catcher) bool { return takes(c, name) }) {
				found = append(found, inner)
			}
		}
	}
	return found[:min(len(found), maxSources)]
}

// maxSources bounds the tasks of a region that are tried.
const maxSources = 8

// took reports whether in the last run the Catcher took the error: the
// execution went from the state to where the Catcher leads.
func (s *search) took(state *asl.State, catcher *asl.Catcher) bool {
	if catcher.Next == nil || s.failing.Type == asl.Task && !slices.Contains(s.called, s.failing) || s.last.Status == simulate.Running {
		return false
	}
	met := false
	for _, event := range s.last.Events {
		if !strings.HasSuffix(event.Type.String(), "StateEntered") {
			continue
		}
		if met && event.Name == catcher.Next.Target {
			return true
		}
		met = met || event.Name == state.Name
	}
	return false
}
