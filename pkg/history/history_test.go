package history_test

import (
	"testing"
	"time"

	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

func TestEventsHaveTheShapeOfTheAPI(t *testing.T) {
	input, err := value.Parse(`{"a": "x\n"}`)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Duration(time.Date(2030, 1, 2, 3, 4, 5, 678e6, time.UTC).UnixNano())
	failure := &history.Failure{Error: "E", Cause: `say "no"`}
	for _, test := range []struct {
		event history.Event
		want  string
	}{
		{history.Event{ID: 2, Type: history.PassStateEntered, Name: "A", Payload: input, At: at},
			`{"stateEnteredEventDetails":{"input":"{\"a\": \"x\\n\"}","inputDetails":{"truncated":false},"name":"A"},"id":2,"previousEventId":0,"timestamp":"2030-01-02T03:04:05.678Z","type":"PassStateEntered"}`},
		{history.Event{ID: 3, Previous: 2, Type: history.PassStateExited, Name: "A", Payload: value.Null(), Details: &history.Details{Assigned: []history.Variable{{Name: "z", Value: value.String("t")}, {Name: "a", Value: value.Int(1)}}}},
			`{"stateExitedEventDetails":{"assignedVariables":{"a":"1","z":"\"t\""},"assignedVariablesDetails":{"truncated":false},"name":"A","output":"null","outputDetails":{"truncated":false}},"id":3,"previousEventId":2,"timestamp":"1970-01-01T00:00:00.000Z","type":"PassStateExited"}`},
		{history.Event{ID: 4, Previous: 3, Type: history.TaskScheduled, Payload: value.Object(), Details: &history.Details{ResourceType: "sqs", Resource: "sendMessage", Region: "r", Timeout: 5, Heartbeat: 2, RoleARN: "role"}},
			`{"taskScheduledEventDetails":{"heartbeatInSeconds":2,"parameters":"{}","region":"r","resource":"sendMessage","resourceType":"sqs","taskCredentials":{"roleArn":"role"},"timeoutInSeconds":5},"id":4,"previousEventId":3,"timestamp":"1970-01-01T00:00:00.000Z","type":"TaskScheduled"}`},
		{history.Event{ID: 5, Type: history.LambdaFunctionFailed, Details: &history.Details{Failure: failure}},
			`{"lambdaFunctionFailedEventDetails":{"cause":"say \"no\"","error":"E"},"id":5,"previousEventId":0,"timestamp":"1970-01-01T00:00:00.000Z","type":"LambdaFunctionFailed"}`},
		{history.Event{ID: 6, Type: history.ExecutionFailed, Details: &history.Details{Failure: &history.Failure{NoError: true, NoCause: true}}},
			`{"executionFailedEventDetails":{},"id":6,"previousEventId":0,"timestamp":"1970-01-01T00:00:00.000Z","type":"ExecutionFailed"}`},
		{history.Event{ID: 7, Type: history.MapIterationStarted, Name: "M", Index: 0},
			`{"mapIterationStartedEventDetails":{"index":0,"name":"M"},"id":7,"previousEventId":0,"timestamp":"1970-01-01T00:00:00.000Z","type":"MapIterationStarted"}`},
		{history.Event{ID: 8, Type: history.TaskStateAborted},
			`{"id":8,"previousEventId":0,"timestamp":"1970-01-01T00:00:00.000Z","type":"TaskStateAborted"}`},
		{history.Event{ID: 9, Type: history.EvaluationFailed, Name: "A", Details: &history.Details{Location: "Output/x", Failure: failure}},
			`{"evaluationFailedEventDetails":{"cause":"say \"no\"","error":"E","location":"Output/x","state":"A"},"id":9,"previousEventId":0,"timestamp":"1970-01-01T00:00:00.000Z","type":"EvaluationFailed"}`},
	} {
		got := string(test.event.AppendJSON(nil))
		if got != test.want {
			t.Errorf("got\n%s\nwant\n%s", got, test.want)
		}
		if _, err := value.ParseCompact(got); err != nil {
			t.Errorf("%s is no JSON: %v", got, err)
		}
	}
}

func TestLogRecordsHaveTheirOwnShape(t *testing.T) {
	e := history.Event{ID: 2, Previous: 1, Type: history.WaitStateEntered, Name: "W", Payload: value.Object(), At: 1500 * time.Millisecond}
	want := `{"id":"2","type":"WaitStateEntered","details":{"input":"{}","inputDetails":{"truncated":false},"name":"W"},"previous_event_id":"1","event_timestamp":"1500","execution_arn":"arn","redrive_count":"0"}`
	if got := string(e.AppendLog(nil, "arn")); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestEveryTypeHasANameAndPrints(t *testing.T) {
	seen := map[string]bool{}
	for kind := history.ExecutionStarted; kind.String() != ""; kind++ {
		if seen[kind.String()] {
			t.Errorf("two types are called %s", kind)
		}
		seen[kind.String()] = true
		e := history.Event{Type: kind}
		if _, err := value.ParseCompact(string(e.AppendJSON(nil))); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
	if len(seen) != 60 {
		t.Errorf("there are %d types", len(seen))
	}
}
