package mock

import (
	"bytes"
	"encoding/json"

	"github.com/sfnctl/sfnctl/pkg/asl"
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
	var out bytes.Buffer
	if err := json.Indent(&out, g.document(name), "", "  "); err != nil {
		return g.document(name)
	}
	out.WriteByte('\n')
	return out.Bytes()
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

// document lays the configuration out; its members keep their order.
func (g *generator) document(name string) []byte {
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
	return value.Object(
		value.Member{Key: "StateMachines", Value: value.Object(value.Member{Key: name, Value: machine})},
		value.Member{Key: "MockedResponses", Value: value.Object(responses...)},
	).Append(nil)
}
