package generate

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// MockFile writes the scenario as a mock file in the format of AWS Step
// Functions Local. With the inputs it can be run by itself: they stand under the
// machine, by the names of the cases, where that format has nothing.
func (s *Scenario) MockFile(withInputs bool) []byte {
	var cases, inputs, responses []value.Member
	names := map[string]string{} // text of a response -> its name
	taken := map[string]bool{}
	for _, c := range s.Cases {
		var states []value.Member
		for _, answer := range c.Answers {
			response := answer.responses()
			text := answer.Name + "\x00" + response.Compact()
			name, known := names[text]
			if !known {
				name = answer.Name
				if taken[name] {
					name += ", when " + c.Name
				}
				names[text], taken[name] = name, true
				responses = append(responses, value.Member{Key: name, Value: response})
			}
			states = append(states, value.Member{Key: answer.State, Value: value.String(name)})
		}
		cases = append(cases, value.Member{Key: c.Name, Value: value.Object(states...)})
		inputs = append(inputs, value.Member{Key: c.Name, Value: c.Input})
	}
	machine := value.Object(value.Member{Key: "TestCases", Value: value.Object(cases...)})
	if withInputs {
		machine = machine.With("Inputs", value.Object(inputs...))
	}
	document := value.Object(
		value.Member{Key: "StateMachines", Value: value.Object(value.Member{Key: s.Machine, Value: machine})},
		value.Member{Key: "MockedResponses", Value: value.Object(responses...)},
	).Append(nil)
	var out bytes.Buffer
	if err := json.Indent(&out, document, "", "  "); err != nil {
		return append(document, '\n')
	}
	out.WriteByte('\n')
	return out.Bytes()
}

// responses are the answers of a task by invocation.
func (a Answer) responses() value.Value {
	works := value.Object(value.Member{Key: "Return", Value: a.Result})
	var fails value.Value
	switch {
	case a.Timeout:
		fails = value.Object(value.Member{Key: "TimedOut", Value: value.Bool(true)})
	case a.Failure != nil:
		fails = value.Object(value.Member{Key: "Throw", Value: value.Object(
			value.Member{Key: "Error", Value: value.String(a.Failure.Error)},
			value.Member{Key: "Cause", Value: value.String(a.Failure.Cause)},
		)})
	default:
		return value.Object(value.Member{Key: "default", Value: works})
	}
	switch a.Times {
	case 0:
		return value.Object(value.Member{Key: "default", Value: fails})
	case 1:
		return value.Object(value.Member{Key: "0", Value: fails}, value.Member{Key: "default", Value: works})
	}
	return value.Object(value.Member{Key: fmt.Sprintf("0-%d", a.Times-1), Value: fails}, value.Member{Key: "default", Value: works})
}
