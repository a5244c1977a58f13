package timeline_test

import (
	"context"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/timeline"
	"github.com/sfnctl/sfnctl/pkg/value"
)

func TestTheIterationThatFailedIsTheOneThatIsNamed(t *testing.T) {
	machine, _ := asl.ParseFile("m.asl.json", []byte(`{"QueryLanguage": "JSONata", "StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true, "Items": "{% ['abc', '2'] %}",
	  "ItemProcessor": {"StartAt": "Work", "States": {"Work": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Arguments": {}, "End": true,
	    "Output": "{% $number($states.context.Map.Item.Value) %}"}}}}}}`))
	program, findings := simulate.Compile(machine)
	if program == nil {
		t.Fatal(findings)
	}
	answer := func(context.Context, *simulate.TaskCall) (simulate.TaskAnswer, error) {
		return simulate.TaskAnswer{Output: value.Object()}, nil
	}
	result, err := program.Start(value.Object(), simulate.Options{Handler: answer}).Run(t.Context())
	if err != nil || result.Failure == nil {
		t.Fatal(result, err)
	}
	threads := timeline.Build(result.Events).Visits[0].Threads
	first, second := threads[0].Visits[0], threads[1].Visits[0]
	if n := len(first.Attempts); threads[0].Outcome != "failed" || n == 0 || first.Attempts[n-1].Failure == nil {
		t.Errorf("iteration 0 %s, its failure is not shown", threads[0].Outcome)
	}
	for _, attempt := range second.Attempts {
		if threads[1].Outcome != "aborted" || attempt.Failure != nil {
			t.Errorf("iteration 1 %s, with the failure %v of the other one", threads[1].Outcome, attempt.Failure)
		}
	}
}
