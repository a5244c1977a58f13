package overlay

import (
	"strings"
	"testing"
)

func TestATaskThatFailsInABranchIsShownWithItsError(t *testing.T) {
	g := build(t, `{"StartAt": "Both", "States": {"Both": {"Type": "Parallel", "End": true, "Branches": [
	  {"StartAt": "Work", "States": {"Work": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true}}}]}}}`)
	const before = `[{"id": 1, "previousEventId": 0, "type": "ExecutionStarted"},
	  {"id": 2, "previousEventId": 0, "type": "ParallelStateEntered", "stateEnteredEventDetails": {"name": "Both"}},
	  {"id": 3, "previousEventId": 2, "type": "ParallelStateStarted"},
	  {"id": 4, "previousEventId": 3, "type": "TaskStateEntered", "stateEnteredEventDetails": {"name": "Work"}},`
	const after = `{"id": 6, "previousEventId": 5, "type": "ParallelStateFailed"},
	  {"id": 7, "previousEventId": 6, "type": "ExecutionFailed", "executionFailedEventDetails": {"error": "Boom"}}]`
	for _, failed := range []string{
		`{"id": 5, "previousEventId": 4, "type": "TaskFailed", "taskFailedEventDetails": {"error": "Boom"}},`,
		`{"id": 5, "previousEventId": 3, "type": "EvaluationFailed", "evaluationFailedEventDetails": {"error": "Boom", "state": "Work"}},`,
	} {
		o, execution, err := History(g, []byte(before+failed+after))
		if err != nil {
			t.Fatal(err)
		}
		if execution.Failing == nil || execution.Failing.Name() != "Work" || !strings.Contains(o.Marks[execution.Failing].Text, "error Boom") {
			t.Errorf("failing in %v: %q", execution.Failing, o.Marks[execution.Failing].Text)
		}
	}
}
