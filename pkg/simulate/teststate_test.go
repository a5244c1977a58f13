package simulate_test

import (
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// tested runs the test of a state of the definition and returns the answer, or
// the rejection, as text.
func tested(t *testing.T, definition, state, input, mock string, change func(*simulate.StateTest)) string {
	t.Helper()
	machine, _ := asl.ParseFile("m.asl.json", []byte(definition))
	in, err := value.Parse(input)
	if err != nil {
		t.Fatal(err)
	}
	test := &simulate.StateTest{Machine: machine, State: state, Input: in, Level: simulate.InspectDebug, RoleARN: "role"}
	if mock != "" {
		test.Mock = &simulate.StateMock{Result: &mock}
	}
	if change != nil {
		change(test)
	}
	report, rejection, err := test.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if rejection != nil {
		return rejection.Error()
	}
	return report.Value().Compact()
}

func TestStatesAreTestedAsTheServiceDoes(t *testing.T) {
	const machine = `{"StartAt": "Wait", "States": {
	  "Wait": {"Type": "Wait", "SecondsPath": "$.s", "Next": "Both"},
	  "Both": {"Type": "Parallel", "Next": "Each", "Branches": [{"StartAt": "One", "States": {"One": {"Type": "Pass", "End": true}}}]},
	  "Each": {"Type": "Map", "Next": "Many", "ItemsPath": "$.items", "ItemSelector": {"i.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value"},
	    "ItemProcessor": {"StartAt": "Inside", "States": {"Inside": {"Type": "Pass", "Parameters": {"item.$": "$$.Map.Item"}, "End": true}}}},
	  "Many": {"Type": "Map", "Next": "Keep", "ItemsPath": "$.items", "ItemBatcher": {"MaxItemsPerBatch": 2},
	    "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}},
	  "Keep": {"Type": "Pass", "Assign": {"b.$": "$.n"}, "Next": "Odd"},
	  "Odd": {"Type": "Choice", "Choices": [{"Next": "Keep"}]}}}`
	one := 1
	for _, test := range []struct {
		claim, state, input, mock string
		change                    func(*simulate.StateTest)
		want, not                 string
	}{
		{claim: "a Wait of 300 s succeeds", state: "Wait", input: `{"s": 300}`, want: `"status":"SUCCEEDED"`},
		{claim: "a longer one times out", state: "Wait", input: `{"s": 301}`, want: `{"error":"States.Timeout"`, not: "SUCCEEDED"},
		{claim: "a mocked Parallel has no stages before its work", state: "Both", input: `{}`, mock: `[1]`, want: `"afterResultPath"`, not: "afterParameters"},
		{claim: "nor afterInputPath", state: "Both", input: `{}`, mock: `[1]`, want: `"afterResultPath"`, not: "afterInputPath"},
		{claim: "ItemSelector is shown for each item", state: "Each", input: `{"items": [7, 8]}`, mock: `[1, 2]`,
			want: `"afterItemSelector":"[{\"v\":7,\"i\":0},{\"v\":8,\"i\":1}]"`},
		{claim: "ItemBatcher is shown as batches", state: "Many", input: `{"items": [7, 8, 9]}`, mock: `[1, 2]`,
			want: `"afterItemBatcher":"[{\"Items\":[7,8]},{\"Items\":[9]}]"`},
		{claim: "a state inside a Map works on the first item", state: "Inside", input: `{"x": 1}`, want: `"output":"{\"item\":{\"Index\":0,\"Value\":{\"x\":1}}}"`},
		{claim: "variables given and assigned are shown", state: "Keep", input: `{"n": 2}`,
			change: func(t *simulate.StateTest) {
				t.Variables = []history.Variable{{Name: "a", Value: value.Int(1)}, {Name: "b", Value: value.Int(1)}}
			},
			want: `"variables":"{\"a\":1,\"b\":2}"`},
		{claim: "a count of failures needs a mock", state: "Each", input: `{}`,
			change: func(t *simulate.StateTest) { t.MapIterationFailureCount = &one },
			want:   "ValidationException: TestState does not support MapIterationFailureCount when a mock is not specified."},
		{claim: "an invalid definition is refused as CreateStateMachine does", state: "Odd", input: `{}`,
			want: "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: "},
	} {
		got := tested(t, machine, test.state, test.input, test.mock, test.change)
		if !strings.Contains(got, test.want) || test.not != "" && strings.Contains(got, test.not) {
			t.Errorf("%s: got %s", test.claim, got)
		}
	}
}
