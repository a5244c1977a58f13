package simulate_test

import (
	"context"
	"fmt"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/value"
)

const reminder = `{"StartAt": "Sleep", "States": {
	"Sleep": {"Type": "Wait", "Seconds": 86400, "Next": "Remind"},
	"Remind": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": {"TopicArn": "t", "Message.$": "$.text"},
		"Retry": [{"ErrorEquals": ["SNS.Throttled"], "IntervalSeconds": 10}], "ResultPath": "$.sent", "End": true}}}`

// A program is compiled once and started as often as needed. Tasks are answered
// by a function; time is virtual, so the day passes at once.
func Example() {
	machine, _ := asl.ParseFile("reminder.asl.json", []byte(reminder))
	program, findings := simulate.Compile(machine)
	if program == nil {
		fmt.Println(findings)
		return
	}
	answer := func(_ context.Context, call *simulate.TaskCall) (simulate.TaskAnswer, error) {
		if call.Attempt == 0 {
			return simulate.TaskAnswer{Failure: &simulate.Failure{Error: "SNS.Throttled", Cause: "slow down"}}, nil
		}
		fmt.Println(call.Time.Format(time.DateTime), call.Parameters)
		return simulate.TaskAnswer{Output: value.Object(value.Member{Key: "MessageId", Value: value.Int(1)})}, nil
	}
	execution := program.Start(value.Object(value.Member{Key: "text", Value: value.String("water the plants")}), simulate.Options{
		Start: time.Date(2030, 1, 31, 8, 0, 0, 0, time.UTC), Handler: answer,
	})
	result, err := execution.Run(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(result.Status, "after", result.Duration, result.Output)
	// Output:
	// 2030-02-01 08:00:10 {"TopicArn":"t","Message":"water the plants"}
	// SUCCEEDED after 24h0m10s {"text":"water the plants","sent":{"MessageId":1}}
}

// An execution can be taken turn by turn, with a look at the events in between.
func ExampleExecution_Step() {
	machine, _ := asl.ParseFile("d.asl.json", []byte(`{"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 10, "End": true}}}`))
	program, _ := simulate.Compile(machine)
	execution := program.Start(value.Object(), simulate.Options{})
	for more := true; more; {
		before := len(execution.Events())
		more, _ = execution.Step(context.Background())
		for _, event := range execution.Events()[before:] {
			fmt.Println(event.ID, event.Type)
		}
		fmt.Println("it is", execution.Now().Format(time.TimeOnly))
	}
	// Output:
	// 2 WaitStateEntered
	// it is 00:00:00
	// 3 WaitStateExited
	// 4 ExecutionSucceeded
	// it is 00:00:10
}

// Middleware adds to what answers the tasks: here it makes every task slow.
func ExampleChain() {
	slow := func(next simulate.TaskHandler) simulate.TaskHandler {
		return func(ctx context.Context, call *simulate.TaskCall) (simulate.TaskAnswer, error) {
			answer, err := next(ctx, call)
			answer.Duration += 2 * time.Second
			return answer, err
		}
	}
	echo := func(_ context.Context, call *simulate.TaskCall) (simulate.TaskAnswer, error) {
		return simulate.TaskAnswer{Output: call.Parameters}, nil
	}
	machine, _ := asl.ParseFile("d.asl.json", []byte(`{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true}}}`))
	program, _ := simulate.Compile(machine)
	result, _ := program.Start(value.Object(), simulate.Options{Handler: simulate.Chain(echo, slow)}).Run(context.Background())
	fmt.Println(result.Status, result.Duration)
	// Output: SUCCEEDED 2s
}

// StateTest tests one state as the TestState API does.
func ExampleStateTest() {
	machine, _ := asl.ParseFile("reminder.asl.json", []byte(reminder))
	test := &simulate.StateTest{
		Machine: machine, State: "Remind", Level: simulate.InspectDebug,
		Input: value.Object(value.Member{Key: "text", Value: value.String("hello")}),
		Mock:  &simulate.StateMock{ErrorOutput: &simulate.Failure{Error: "SNS.Throttled", Cause: "slow down"}},
	}
	report, rejection, err := test.Run(context.Background())
	if err != nil || rejection != nil {
		fmt.Println(rejection, err)
		return
	}
	fmt.Println(report.Status)
	for _, stage := range report.Inspection {
		fmt.Println(stage.Key, stage.Value)
	}
	// Output:
	// RETRIABLE
	// input "{\"text\":\"hello\"}"
	// afterInputPath "{\"text\":\"hello\"}"
	// afterParameters "{\"TopicArn\":\"t\",\"Message\":\"hello\"}"
	// errorDetails {"retryIndex":0,"retryBackoffIntervalSeconds":10}
}
