package history_test

import (
	"strings"
	"testing"
	"testing/iotest"

	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// written are events as GetExecutionHistory gives them, one of every shape.
const written = `[{"executionStartedEventDetails":{"input":"{\"a\": 1}","inputDetails":{"truncated":false},"roleArn":"role"},"id":1,"previousEventId":0,"timestamp":"2030-01-02T03:04:05.678Z","type":"ExecutionStarted"},
{"stateEnteredEventDetails":{"input":"{\"a\": 1}","inputDetails":{"truncated":false},"name":"A"},"id":2,"previousEventId":0,"timestamp":"2030-01-02T03:04:05.678Z","type":"TaskStateEntered"},
{"taskScheduledEventDetails":{"heartbeatInSeconds":2,"parameters":"{}","region":"r","resource":"sendMessage","resourceType":"sqs","taskCredentials":{"roleArn":"role"},"timeoutInSeconds":5},"id":3,"previousEventId":2,"timestamp":"2030-01-02T03:04:05.678Z","type":"TaskScheduled"},
{"taskFailedEventDetails":{"cause":"say \"no\"","error":"E","resource":"sendMessage","resourceType":"sqs"},"id":4,"previousEventId":3,"timestamp":"2030-01-02T03:04:05.678Z","type":"TaskFailed"},
{"stateExitedEventDetails":{"assignedVariables":{"a":"1","z":"\"t\""},"assignedVariablesDetails":{"truncated":false},"name":"A","output":"null","outputDetails":{"truncated":false}},"id":5,"previousEventId":4,"timestamp":"2030-01-02T03:04:05.678Z","type":"TaskStateExited"},
{"mapStateStartedEventDetails":{"length":3},"id":6,"previousEventId":5,"timestamp":"2030-01-02T03:04:05.678Z","type":"MapStateStarted"},
{"mapIterationStartedEventDetails":{"index":2,"name":"M"},"id":7,"previousEventId":6,"timestamp":"2030-01-02T03:04:05.678Z","type":"MapIterationStarted"},
{"mapRunStartedEventDetails":{"mapRunArn":"arn"},"id":8,"previousEventId":6,"timestamp":"2030-01-02T03:04:05.678Z","type":"MapRunStarted"},
{"activityStartedEventDetails":{"workerName":"w"},"id":9,"previousEventId":6,"timestamp":"2030-01-02T03:04:05.678Z","type":"ActivityStarted"},
{"evaluationFailedEventDetails":{"cause":"c","error":"E","location":"Output/x","state":"A"},"id":10,"previousEventId":0,"timestamp":"2030-01-02T03:04:05.678Z","type":"EvaluationFailed"},
{"executionFailedEventDetails":{},"id":11,"previousEventId":10,"timestamp":"2030-01-02T03:04:05.678Z","type":"ExecutionFailed"}]`

func TestWhatIsReadIsWrittenAlike(t *testing.T) {
	var got strings.Builder
	for e, err := range history.Read(iotest.OneByteReader(strings.NewReader(`{"status": "FAILED", "events": ` + written + `, "nextToken": null}`))) {
		if err != nil {
			t.Fatal(err)
		}
		got.Write(append(e.AppendJSON(nil), ",\n"...))
	}
	if want := strings.Trim(written, "[]") + ",\n"; got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

func TestLogRecordsAreReadBareAndWrapped(t *testing.T) {
	record := `{"id":"2","type":"WaitStateEntered","details":{"input":"{}","inputDetails":{"truncated":false},"name":"W"},"previous_event_id":"1","event_timestamp":"1500","execution_arn":"arn","redrive_count":"0"}`
	wrapped := `{"logStreamName": "s", "timestamp": 1, "message": ` + string(value.AppendQuoted(nil, record)) + `}`
	count := 0
	for e, err := range history.Read(strings.NewReader(record + "\n" + wrapped + "\n")) {
		if err != nil {
			t.Fatal(err)
		}
		count++
		e.At = 1500e6
		if got := string(e.AppendLog(nil, "arn")); got != record {
			t.Errorf("got\n%s\nwant\n%s", got, record)
		}
	}
	if count != 2 {
		t.Errorf("%d events were read, want 2", count)
	}
}

func TestReadingStopsWhereTheReaderStops(t *testing.T) {
	count := 0
	for e, err := range history.Read(strings.NewReader(written + " and what is no JSON")) {
		if err != nil {
			t.Fatal(err)
		}
		if count++; e.ID == 3 {
			break
		}
	}
	if count != 3 {
		t.Errorf("%d events were read, want 3", count)
	}
}

func TestEventsOfAnUnknownTypeKeepTheirPlace(t *testing.T) {
	for e, err := range history.Read(strings.NewReader(`[{"id": 4, "previousEventId": 3, "type": "ExecutionRedriven"}]`)) {
		if err != nil || e.ID != 4 || e.Previous != 3 || e.Type != history.None {
			t.Errorf("got %+v, %v", e, err)
		}
	}
}
