package simulate_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// TestFieldsReadWhatTheDataFlowSays holds the simulator to the description that
// the analyses use. The document differs from stage to stage; Assign keeps what
// it sees as "$", and OutputPath hands on a member of what it sees.
func TestFieldsReadWhatTheDataFlowSays(t *testing.T) {
	const input = `{"at":"raw","in":{"at":"selected"}}`
	documents := map[asl.Stage]string{
		asl.RawInput:        input,
		asl.SelectedInput:   `{"at":"selected"}`,
		asl.EffectiveInput:  `{"at":"effective"}`,
		asl.Result:          `{"at":"result"}`,
		asl.EffectiveResult: `{"at":"effective result"}`,
	}
	const fields = `"InputPath": "$.in", "Assign": {"seen.$": "$"}, `
	for _, c := range []struct{ name, state, merged string }{
		{"Task", `"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": {"TopicArn": "t", "Message": "m"},
			"ResultSelector": {"at": "effective result"}, "ResultPath": "$.got"`,
			`{"at":"raw","in":{"at":"selected"},"got":{"at":"effective result"}}`},
		{"Pass", `"Type": "Pass", "Parameters": {"at": "effective"}, "Result": {"at": "result"}, "ResultPath": "$.got"`,
			`{"at":"raw","in":{"at":"selected"},"got":{"at":"result"}}`},
		{"Wait", `"Type": "Wait", "Seconds": 1`, ""},
		{"Choice", `"Type": "Choice", "Choices": [{"Variable": "$.at", "StringEquals": "raw", "Next": "Wrong"}], "Default": "Z"`, ""},
	} {
		documents[asl.MergedResult] = c.merged
		next := `, "Next": "Z"`
		if c.name == "Choice" {
			next = ""
		}
		machine, _ := asl.ParseFile("m.asl.json", []byte(fmt.Sprintf(`{"StartAt": "S", "States": {"S": {%s%s%s},
			"Wrong": {"Type": "Fail"},
			"Z": {"Type": "Pass", "Parameters": {"output.$": "$", "seen.$": "$seen"}, "End": true}}}`, fields, c.state, next)))
		state := machine.Region.State("S")
		want := fmt.Sprintf(`{"output":%s,"seen":%s}`, documents[state.ReadsFrom("OutputPath")], documents[state.ReadsFrom("Assign/seen")])
		if got := run(t, machine, input); got != want {
			t.Errorf("%s: got %s, want %s", c.name, got, want)
		}
	}
}

// TestOutputPathOfAStateWithoutResultSelectsFromWhatInputPathLeft fails when
// OutputPath reads the raw input, which has a member of that name as well.
func TestOutputPathOfAStateWithoutResultSelectsFromWhatInputPathLeft(t *testing.T) {
	for _, state := range []string{
		`"Type": "Wait", "Seconds": 1, "Next": "Z"`,
		`"Type": "Succeed"`,
		`"Type": "Choice", "Choices": [{"Variable": "$.out", "StringEquals": "inner", "Next": "Z"}]`,
	} {
		machine, _ := asl.ParseFile("m.asl.json", []byte(`{"StartAt": "S", "States": {
			"S": {"InputPath": "$.in", "OutputPath": "$.out", `+state+`}, "Z": {"Type": "Succeed"}}}`))
		if got := run(t, machine, `{"in":{"out":"inner"},"out":"outer"}`); got != `"inner"` {
			t.Errorf("%s hands on %s", state, got)
		}
	}
}

func run(t *testing.T, machine *asl.Machine, input string) string {
	t.Helper()
	program, findings := simulate.Compile(machine)
	if program == nil {
		t.Fatal(findings)
	}
	document, err := value.ParseCompact(input)
	if err != nil {
		t.Fatal(err)
	}
	answer := func(context.Context, *simulate.TaskCall) (simulate.TaskAnswer, error) {
		return simulate.TaskAnswer{Output: value.Object(value.Member{Key: "at", Value: value.String("result")})}, nil
	}
	result, err := program.Start(document, simulate.Options{Handler: answer}).Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return result.Output.Compact()
}
