package mock_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/mock"
	"github.com/sfnctl/sfnctl/pkg/simulate/mockcheck"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// config is a mock file of one machine with one case.
func config(states, responses string) string {
	return `{"StateMachines": {"M": {"TestCases": {"C": ` + states + `}}}, "MockedResponses": ` + responses + `}`
}

func TestProblemsAreFoundWhenTheFileIsLoaded(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"no JSON", `{`, "m.json: file: invalid JSON at byte 1: expected a quoted member name, found end of text"},
		{"no object", `[]`, "a mock configuration is an object with StateMachines and MockedResponses, but this is an array"},
		{"gap", config(`{"S": "R"}`, `{"R": {"0": {"Return": 1}, "2": {"Return": 1}}}`), "MockedResponses.R: invocation 1 has no response, but invocation 2 has"},
		{"late start", config(`{"S": "R"}`, `{"R": {"1": {"Return": 1}}}`), "invocation 0 has no response, but invocation 1 has"},
		{"overlap", config(`{"S": "R"}`, `{"R": {"0-2": {"Return": 1}, "2": {"Return": 1}}}`), "invocation 2 is answered twice"},
		{"no number", config(`{"S": "R"}`, `{"R": {"first": {"Return": 1}}}`), `MockedResponses.R.first: is no invocation number; write "0", "1-3" or "default"`},
		{"backwards", config(`{"S": "R"}`, `{"R": {"3-1": {"Return": 1}}}`), "is no invocation number"},
		{"both", config(`{"S": "R"}`, `{"R": {"0": {"Return": 1, "Throw": {}}}}`), "has both Return and Throw; keep one"},
		{"neither", config(`{"S": "R"}`, `{"R": {"0": {}}}`), "has neither Return nor Throw; add one"},
		{"unknown response", config(`{"S": "Q"}`, `{"R": {"0": {"Return": 1}}}`), `StateMachines.M.TestCases.C.S: names the response "Q", but MockedResponses has "R"`},
		{"unused response", config(`{"S": "R"}`, `{"R": {"0": {"Return": 1}}, "Q": {"0": {"Return": 1}}}`), "MockedResponses.Q: is used by no test case"},
		{"misspelt", config(`{"S": "R"}`, `{"R": {"0": {"return": 1}}}`), "MockedResponses.R.0.return: is not known here"},
		{"duration", config(`{"S": "R"}`, `{"R": {"0": {"Return": 1, "Duration": "soon"}}}`), `must be seconds, or a text such as "1m30s", but is "soon"`},
		{"condition", config(`{"S": "R"}`, `{"R": [{"Match": {"Colour": 1}, "Return": 1}]}`), `"Colour" is no condition; there are Input, Item, Branch and Attempt`},
	} {
		_, problems := mock.Parse("m.json", test.text)
		var all []string
		for _, problem := range problems {
			all = append(all, problem.String())
		}
		if !strings.Contains(strings.Join(all, "\n"), test.want) {
			t.Errorf("%s: the problems are\n%s\nwant %s", test.name, strings.Join(all, "\n"), test.want)
		}
	}
}

const machine = `{"StartAt": "Call", "States": {"Call": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Next": "Look"}, "Look": {"Type": "Pass", "End": true}}}`

func TestCaseIsHeldToTheMachine(t *testing.T) {
	c, _ := mock.Parse("m.json", config(`{"Call": "R", "Look": "R", "Gone": "R"}`, `{"R": {"0": {"Return": {"StatusCode": "200"}}}}`))
	test, err := c.Select("M", "C")
	if err != nil {
		t.Fatal(err)
	}
	parsed, _ := asl.ParseFile("d.json", []byte(machine))
	var got []string
	for _, problem := range c.CheckMachine(parsed, test, false, mockcheck.Present) {
		got = append(got, problem.String())
	}
	want := []string{
		`m.json: state Call: Mock result schema validation error: Field 'StatusCode' must be a number`,
		`m.json: test case C: state "Look" is a Pass, which calls nothing, so its mock is never used`,
		`m.json: test case C: there is no state "Gone"; the tasks are "Call"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSelectionSaysWhatThereIs(t *testing.T) {
	c, _ := mock.Parse("m.json", `{"StateMachines": {"A": {"TestCases": {"One": {}, "Two": {}}}, "B": {"TestCases": {}}}}`)
	for _, test := range []struct{ machine, name, want string }{
		{"C", "One", `m.json has no state machine "C"; it has "A", "B"`},
		{"A", "", `m.json has several test cases for "A"; choose one with --case: "One", "Two"`},
		{"A", "Three", `m.json has no test case "Three" for "A"; it has "One", "Two"`},
	} {
		if _, err := c.Select(test.machine, test.name); err == nil || err.Error() != test.want {
			t.Errorf("%s, %s: %v", test.machine, test.name, err)
		}
	}
}

func call(state, parameters string, attempt, item, branch int) *simulate.TaskCall {
	p, _ := value.Parse(parameters)
	r := spec.ParseResource("arn:aws:states:::lambda:invoke")
	return &simulate.TaskCall{Machine: "M", State: state, Resource: &r, Parameters: p, Attempt: attempt, Item: item, Branch: branch}
}

func TestRulesMatchByInputItemBranchAndAttempt(t *testing.T) {
	c, problems := mock.Parse("m.json", config(`{"S": "R"}`, `{"R": [
		{"Match": {"Input": {"Payload": {"id": 7}}}, "Return": "input"},
		{"Match": {"Item": 2, "Attempt": 1}, "Return": "item"},
		{"Match": {"Branch": 1}, "Return": "branch"},
		{"Return": "else"}]}`))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	test, _ := c.Select("M", "C")
	answers := c.Answers(test)
	for _, expectation := range []struct {
		call *simulate.TaskCall
		want string
	}{
		{call("S", `{"FunctionName": "f", "Payload": {"id": 7, "more": 1}}`, 0, -1, -1), "input"},
		{call("S", `{"Payload": {"id": 8}}`, 1, 2, -1), "item"},
		{call("S", `{}`, 0, 2, -1), "else"},
		{call("S", `{}`, 0, -1, 1), "branch"},
	} {
		answer, err := answers.Handle(t.Context(), expectation.call)
		if err != nil || answer.Output.Str() != expectation.want {
			t.Errorf("got %s, %v, want %s", answer.Output, err, expectation.want)
		}
	}
}

func TestUnusedResponsesAreReported(t *testing.T) {
	c, _ := mock.Parse("m.json", config(`{"S": "R", "T": "Q"}`, `{"R": {"0": {"Return": 1}, "1-2": {"Return": 2}}, "Q": {"0": {"Return": 1}}}`))
	test, _ := c.Select("M", "C")
	answers := c.Answers(test)
	if _, err := answers.Handle(t.Context(), call("S", `{}`, 0, -1, -1)); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, problem := range answers.Unused() {
		got = append(got, problem.Message)
	}
	want := []string{
		`state "S" was called 1 times, so invocation 1 was not used`,
		`was not used: the execution did not reach state "T"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNestedMachinesHaveTheirOwnCase(t *testing.T) {
	c, problems := mock.Parse("m.json", `{"StateMachines": {"Outer": {"TestCases": {"C": {"S": "A"}}}, "Inner": {"TestCases": {"C": {"S": "B"}}}},
		"MockedResponses": {"A": {"0": {"Return": "outer"}}, "B": {"0": {"Return": "inner 0"}, "1": {"Return": "inner 1"}}}}`)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	test, _ := c.Select("Outer", "C")
	answers := c.Answers(test)
	for _, expectation := range []struct{ machine, want string }{{"Inner", "inner 0"}, {"Outer/Label", "outer"}, {"Inner", "inner 1"}} {
		asked := call("S", `{}`, 0, -1, -1)
		asked.Machine = expectation.machine
		if answer, err := answers.Handle(t.Context(), asked); err != nil || answer.Output.Str() != expectation.want {
			t.Errorf("%s: %s, %v", expectation.machine, answer.Output, err)
		}
	}
}
