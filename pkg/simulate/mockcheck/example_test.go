package mockcheck_test

import (
	"fmt"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/simulate/mockcheck"
	"github.com/sfnctl/sfnctl/pkg/value"
)

func ExampleCheck() {
	invoke := spec.ParseResource("arn:aws:states:::lambda:invoke")
	result, _ := value.Parse(`{"StatusCode": "200"}`)
	for _, problem := range mockcheck.Check(invoke, result, mockcheck.Strict) {
		fmt.Println(problem.Message())
	}
	// Output: Mock result schema validation error: Field 'StatusCode' must be a number
}

func ExampleExample() {
	fmt.Println(mockcheck.Example(spec.ParseResource("arn:aws:states:::lambda:invoke")))
	fmt.Println(mockcheck.Example(spec.ParseResource("arn:aws:states:::events:putEvents")))
	// Output:
	// {"StatusCode":200,"Payload":{},"ExecutedVersion":"executedVersion"}
	// {"Entries":[{"EventId":"eventId"}]}
}

func TestJobsThatAreWaitedForAnswerWithTheirDescription(t *testing.T) {
	for resource, member := range map[string]string{
		"arn:aws:states:::ecs:runTask.sync": "LastStatus", "arn:aws:states:::batch:submitJob.sync": "JobId",
		"arn:aws:states:::glue:startJobRun.sync": "JobRunState", "arn:aws:states:::athena:startQueryExecution.sync": "QueryExecution",
		"arn:aws:states:::states:startExecution.sync": "Status", "arn:aws:states:::elasticmapreduce:addStep.sync": "Step",
	} {
		if got := mockcheck.Example(spec.ParseResource(resource)); !got.Has(member) {
			t.Errorf("%s: %s has no %s", resource, got, member)
		}
	}
}
