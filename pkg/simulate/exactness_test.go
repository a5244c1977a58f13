package simulate_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/value"
)

func compiled(t *testing.T, definition string) *simulate.Program {
	t.Helper()
	machine, _ := asl.ParseFile("m.asl.json", []byte(definition))
	program, findings := simulate.Compile(machine)
	if program == nil {
		t.Fatal(findings)
	}
	return program
}

func executed(t *testing.T, program *simulate.Program, input string, options simulate.Options) *simulate.Result {
	t.Helper()
	in, err := value.Parse(input)
	if err != nil {
		t.Fatal(err)
	}
	result, err := program.Start(in, options).Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestWriterConfigWithoutResourceShapesTheOutput(t *testing.T) {
	const definition = `{"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true, "ResultWriter": {"WriterConfig": {%s}},
	  "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "Same", "States": {"Same": {"Type": "Pass", "End": true}}}}}}`
	for config, want := range map[string]string{
		`"Transformation": "FLATTEN", "OutputType": "JSON"`:  `[1,2,{"a":3}]`,
		`"Transformation": "COMPACT", "OutputType": "JSON"`:  `[[1,2],{"a":3}]`,
		`"Transformation": "FLATTEN", "OutputType": "JSONL"`: `"1\n2\n{\"a\":3}\n"`,
	} {
		if got := executed(t, compiled(t, fmt.Sprintf(definition, config)), `[[1, 2], {"a": 3}]`, simulate.Options{}); got.Output.Compact() != want {
			t.Errorf("%s: got %s, want %s", config, got.Output.Compact(), want)
		}
	}
	got := executed(t, compiled(t, fmt.Sprintf(definition, `"Transformation": "NONE"`)), `[[1, 2]]`, simulate.Options{})
	if child := got.Output.Index(0); child.Get("Output").Str() != "[1,2]" || child.Get("Status").Str() != "SUCCEEDED" {
		t.Errorf("NONE: got %s, want all that is known of the child", got.Output.Compact())
	}
}

func TestNamesOfNestedExecutionsAreUsedOnce(t *testing.T) {
	const task = `{"Type": "Task", "Resource": "arn:aws:states:::%s", "Parameters": {"StateMachineArn": "child", "Name.$": "%s", "Input": {"n.$": "%s"}}, "ResultPath": null, %s}`
	definition := func(resource, name, input string) *simulate.Program {
		return compiled(t, `{"StartAt": "One", "States": {"One": `+fmt.Sprintf(task, resource, "$.name", "$.n", `"Next": "Two"`)+`, "Two": `+fmt.Sprintf(task, resource, name, input, `"End": true`)+`}}`)
	}
	child := compiled(t, `{"StartAt": "Rest", "States": {"Rest": {"Type": "Wait", "Seconds": 9, "End": true}}}`)
	options := simulate.Options{Machines: func(string) *simulate.Program { return child }}
	const start, sync = "states:startExecution", "states:startExecution.sync"
	for _, test := range []struct {
		why, resource, name, input, want string
	}{
		{"another name", start, "$.other", "$.n", ""},
		{"the same input while the first one runs", start, "$.name", "$.n", ""},
		{"another input", start, "$.name", "$.m", "StepFunctions.ExecutionAlreadyExistsException"},
		{"the first one has ended", sync, "$.name", "$.n", "StepFunctions.ExecutionAlreadyExistsException"},
		{"blanks and colons", start, "$.invalid", "$.n", "StepFunctions.InvalidNameException"},
		{"81 characters", start, "$.long", "$.n", "StepFunctions.InvalidNameException"},
	} {
		input := `{"name": "a", "other": "b", "invalid": "a b:c", "n": 1, "m": 2, "long": "` + strings.Repeat("x", 81) + `"}`
		got := executed(t, definition(test.resource, test.name, test.input), input, options)
		if name := errorOf(got); name != test.want {
			t.Errorf("%s: ended with %q, want %q", test.why, name, test.want)
		}
	}
}

func errorOf(result *simulate.Result) string {
	if result.Failure == nil {
		return ""
	}
	return result.Failure.Error
}

func TestJobsHaveATaskToken(t *testing.T) {
	const definition = `{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution%s", "End": true,
	  "Parameters": {"StateMachineArn": "m", "Input": {"token.$": "$$.Task.Token"}}}}}`
	for suffix, want := range map[string]string{".sync": "", ".sync:2": "", ".waitForTaskToken": "", "": "States.Runtime"} {
		token := ""
		options := simulate.Options{Handler: func(_ context.Context, call *simulate.TaskCall) (simulate.TaskAnswer, error) {
			token = call.Parameters.Get("Input").Get("token").Str()
			return simulate.TaskAnswer{Output: value.Object()}, nil
		}}
		got := executed(t, compiled(t, fmt.Sprintf(definition, suffix)), `{}`, options)
		if errorOf(got) != want || (token == "") != (want != "") {
			t.Errorf("%q: error %q, token %q", suffix, errorOf(got), token)
		}
	}
}

func TestArraysThatNothingTouchedKeepTheirBlanks(t *testing.T) {
	program := compiled(t, `{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 0, "Next": "B"},
	  "B": {"Type": "Pass", "Parameters": {"all.$": "$"}, "Next": "C"}, "C": {"Type": "Succeed"}}}`)
	var inputs []string
	for _, e := range executed(t, program, `["Hello", "World"]`, simulate.Options{}).Events {
		if e.IsEntered() {
			inputs = append(inputs, e.Payload.Text())
		}
	}
	if got, want := strings.Join(inputs, " "), `["Hello", "World"] ["Hello", "World"] {"all":["Hello","World"]}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestExpressWorkflowsAreRefusedForWhatOnlyStandardOnesHave(t *testing.T) {
	const task = `{"Type": "Task", "Resource": "%s", "Parameters": {}, "End": true}`
	const group = `{"Type": "Map", "End": true, "ItemProcessor": {%s "StartAt": "B", "States": {"B": %s}}}`
	plain := fmt.Sprintf(task, "arn:aws:states:::sqs:sendMessage")
	for _, test := range []struct {
		state, want string
	}{
		{plain, ""},
		{fmt.Sprintf(task, "arn:aws:states:::sqs:sendMessage.waitForTaskToken"), "waits for a callback"},
		{fmt.Sprintf(task, "arn:aws:states:::ecs:runTask.sync"), "waits for a job (.sync)"},
		{fmt.Sprintf(task, "arn:aws:states:us-east-1:123456789012:activity:a"), "waits for an activity"},
		{fmt.Sprintf(group, "", fmt.Sprintf(task, "arn:aws:states:::ecs:runTask.sync")), "waits for a job (.sync)"},
		{fmt.Sprintf(group, `"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},`, plain), "is a distributed Map"},
	} {
		program := compiled(t, `{"StartAt": "A", "States": {"A": `+test.state+`}}`)
		if findings := program.RefusedAs(asl.Standard); len(findings) > 0 {
			t.Errorf("STANDARD is refused: %s", findings[0].Message)
		}
		got := ""
		for _, finding := range program.RefusedAs(asl.Express) {
			got = finding.Message
		}
		if test.want == "" && got != "" || !strings.Contains(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.state, got, test.want)
		}
	}
}

func TestSynchronousExpressExecutionsHaveNoCountOfRedrives(t *testing.T) {
	child := compiled(t, `{"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"c.$": "$$.Execution"}, "End": true}}}`)
	parent := compiled(t, `{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sfn:startSyncExecution", "Parameters": {"StateMachineArn": "child"}, "End": true}}}`)
	var outputs []string
	options := simulate.Options{
		Machines: func(string) *simulate.Program { return child },
		Child:    func(r *simulate.Result) { outputs = append(outputs, r.Output.Compact()) },
	}
	executed(t, parent, `{}`, options)
	asynchronous := executed(t, child, `{}`, simulate.Options{Type: asl.Express}).Output.Compact()
	if len(outputs) != 1 || strings.Contains(outputs[0], "RedriveCount") || !strings.Contains(asynchronous, "RedriveCount") {
		t.Errorf("synchronous %s, asynchronous %s", outputs, asynchronous)
	}
}
