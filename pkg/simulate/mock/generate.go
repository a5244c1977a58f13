package mock

import (
	"encoding/json"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// anyInvocation is the range of a generated response: enough for retries,
// iterations and loops.
const anyInvocation = "0-99"

// Generate writes a mock configuration for a machine: a case in which every
// task succeeds with a plausible result, and one more for every error that a
// task catches, in which it raises that error.
func Generate(machine *asl.Machine, name string) []byte {
	g := &generator{cases: map[string]map[string]string{}, responses: map[string]value.Value{}}
	for state := range machine.States() {
		if state.Type == asl.Task && state.Task != nil && state.Task.Resource != nil {
			g.tasks = append(g.tasks, state)
		}
	}
	g.addCase("HappyPath", nil, "")
	for _, state := range g.tasks {
		for _, failure := range caughtErrors(state) {
			g.addCase(state.Name+" fails with "+failure, state, failure)
		}
	}
	text, _ := json.MarshalIndent(g.document(name), "", "  ")
	return append(text, '\n')
}

type generator struct {
	tasks     []*asl.State
	order     []string
	cases     map[string]map[string]string
	responses map[string]value.Value
}

func (g *generator) addCase(name string, failing *asl.State, failure string) {
	states := map[string]string{}
	for _, state := range g.tasks {
		response := state.Name + " ok"
		if state == failing {
			response = state.Name + " fails with " + failure
			g.responses[response] = throws(failure)
		} else if _, known := g.responses[response]; !known {
			g.responses[response] = returns(result(state))
		}
		states[state.Name] = response
	}
	g.order = append(g.order, name)
	g.cases[name] = states
}

// raisedBy is what a generated failure raises for a name that no task raises itself.
var raisedBy = map[string]string{"States.ALL": "MockedError", "States.TaskFailed": "MockedError"}

// caughtErrors lists the errors that the Catchers of a state name.
func caughtErrors(state *asl.State) []string {
	var names []string
	for _, catcher := range state.Catch {
		for _, name := range catcher.ErrorEquals {
			names = append(names, name.Value)
		}
	}
	return names
}

func throws(failure string) value.Value {
	if raised, wildcard := raisedBy[failure]; wildcard {
		failure = raised
	}
	thrown := value.Object(
		value.Member{Key: "Error", Value: value.String(failure)},
		value.Member{Key: "Cause", Value: value.String("mocked failure")},
	)
	response := value.Object(value.Member{Key: "Throw", Value: thrown})
	if failure == "States.Timeout" || failure == "States.HeartbeatTimeout" {
		response = value.Object(value.Member{Key: "TimedOut", Value: value.Bool(true)})
	}
	return value.Object(value.Member{Key: anyInvocation, Value: response})
}

func returns(v value.Value) value.Value {
	response := value.Object(value.Member{Key: "Return", Value: v})
	return value.Object(value.Member{Key: anyInvocation, Value: response})
}

// result is a plausible result of a task: what its action returns, with every
// member that the state itself reads from it.
func result(state *asl.State) value.Value {
	v := Sample(spec.ParseResource(state.Task.Resource.Value))
	for e := range state.ResultSelector.All() {
		if e.Kind == asl.PathExpression && e.Path.Root == jsonpath.RootInput {
			v = with(v, memberNames(e.Path))
		}
	}
	fields := []*asl.Expression{state.Output}
	if state.Assign != nil {
		for _, variable := range state.Assign.Variables {
			fields = append(fields, variable.Value)
		}
	}
	for _, field := range fields {
		for e := range field.All() {
			for _, names := range resultReferences(e) {
				v = with(v, names)
			}
		}
	}
	return v
}

// memberNames are the names a path begins with.
func memberNames(path *jsonpath.Path) []string {
	var names []string
	for _, step := range path.Steps {
		if step.Kind != jsonpath.StepMember {
			break
		}
		names = append(names, step.Name)
	}
	return names
}

// resultReferences are the members of $states.result that a JSONata expression reads.
func resultReferences(e *asl.Expression) [][]string {
	if e.Kind != asl.JSONataString || e.JSONata == nil {
		return nil
	}
	var all [][]string
	for _, reference := range e.JSONata.References().Variables {
		if reference.Name == "states" && len(reference.Path) > 1 && reference.Path[0] == "result" {
			all = append(all, reference.Path[1:])
		}
	}
	return all
}

// with returns v with something at the end of names, unless there is.
func with(v value.Value, names []string) value.Value {
	if len(names) == 0 {
		return v
	}
	if v.Kind() != value.KindObject {
		if !v.IsAbsent() && v.Kind() != value.KindString {
			return v
		}
		v = value.Object()
	}
	inner := v.Get(names[0])
	if len(names) == 1 {
		if inner.IsAbsent() {
			inner = value.String("example " + strings.ToLower(names[0]))
		}
	} else {
		inner = with(inner, names[1:])
	}
	return v.With(names[0], inner)
}

// document lays the configuration out; its members keep their order.
func (g *generator) document(name string) json.RawMessage {
	var cases, responses []value.Member
	seen := map[string]bool{}
	for _, c := range g.order {
		var states []value.Member
		for _, state := range g.tasks {
			response := g.cases[c][state.Name]
			states = append(states, value.Member{Key: state.Name, Value: value.String(response)})
			if !seen[response] {
				seen[response] = true
				responses = append(responses, value.Member{Key: response, Value: g.responses[response]})
			}
		}
		cases = append(cases, value.Member{Key: c, Value: value.Object(states...)})
	}
	machine := value.Object(value.Member{Key: "TestCases", Value: value.Object(cases...)})
	return json.RawMessage(value.Object(
		value.Member{Key: "StateMachines", Value: value.Object(value.Member{Key: name, Value: machine})},
		value.Member{Key: "MockedResponses", Value: value.Object(responses...)},
	).Compact())
}
