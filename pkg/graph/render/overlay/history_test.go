package overlay

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/render"
)

const chargeHistory = `{"events": [
  {"id": 1, "previousEventId": 0, "type": "ExecutionStarted", "timestamp": "2030-01-01T00:00:00Z"},
  {"id": 2, "previousEventId": 0, "type": "TaskStateEntered", "timestamp": "2030-01-01T00:00:00Z", "stateEnteredEventDetails": {"name": "Charge"}},
  {"id": 3, "previousEventId": 2, "type": "TaskScheduled", "timestamp": "2030-01-01T00:00:00Z"},
  {"id": 4, "previousEventId": 3, "type": "TaskFailed", "timestamp": "2030-01-01T00:00:01Z", "taskFailedEventDetails": {"error": "Busy"}},
  {"id": 5, "previousEventId": 4, "type": "TaskScheduled", "timestamp": "2030-01-01T00:00:02Z"},
  {"id": 6, "previousEventId": 5, "type": "TaskTimedOut", "timestamp": "2030-01-01T00:00:03.5Z", "taskTimedOutEventDetails": {"error": "States.Timeout"}},
  {"id": 7, "previousEventId": 6, "type": "TaskStateExited", "timestamp": "2030-01-01T00:00:03.5Z", "stateExitedEventDetails": {"name": "Charge"}},
  {"id": 8, "previousEventId": 7, "type": "FailStateEntered", "timestamp": "2030-01-01T00:00:03.5Z", "stateEnteredEventDetails": {"name": "Failed"}},
  {"id": 9, "previousEventId": 8, "type": "ExecutionFailed", "timestamp": "2030-01-01T00:00:03.5Z", "executionFailedEventDetails": {"error": "ChargeFailed"}}
]}`

func TestHistoryShowsTheWayOfAnExecution(t *testing.T) {
	g := build(t, charge)
	o, execution, err := History(g, []byte(chargeHistory))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"Charge: visited entered · 2 attempts · error States.Timeout · 3.5s",
		"Charge to Failed: failed",
		"Failed: failed entered · failed here: ChargeFailed",
	}
	if diff := cmp.Diff(want, marks(g, o)); diff != "" {
		t.Error(diff)
	}
	if got, want := execution.Summary(), "FAILED in Failed: ChargeFailed"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if o.Marks[g.Nodes[1]].Tone != render.Dimmed {
		t.Error("a state that was not entered is not dimmed")
	}
}

func TestHistoryIsReadInAllItsForms(t *testing.T) {
	const record = `{"id":"2","type":"TaskStateEntered","details":{"name":"Charge"},"previous_event_id":"0","event_timestamp":"1900000000000","execution_arn":"a"}`
	wrapped, err := json.Marshal(map[string]string{"message": record})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"log records":            record + "\n" + strings.Replace(record, `"2"`, `"3"`, 1),
		"CloudWatch Logs events": `{"events": [` + string(wrapped) + `]}`,
		"version 1 of the CLI":   `{"events": [{"id": 2, "previousEventId": 0, "type": "TaskStateEntered", "timestamp": 1900000000.123, "stateEnteredEventDetails": {"name": "Charge"}}]}`,
		"a bare array":           `[{"id": 2, "type": "TaskStateEntered", "timestamp": "2030-01-01T00:00:00.000+00:00", "stateEnteredEventDetails": {"name": "Charge"}}]`,
	} {
		g := build(t, charge)
		o, execution, err := History(g, []byte(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if o.Marks[g.Nodes[0]].Tone != render.Visited || execution.Status != "RUNNING" {
			t.Errorf("%s: the entered state is %v, the status %s", name, o.Marks[g.Nodes[0]], execution.Status)
		}
	}
}

func TestBrokenHistoryIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		``:                         "no events",
		`{"events": []}`:           "no events",
		`{"events": [`:             "no JSON",
		`{"StartAt": "A"}`:         "no events",
		`[{"id": "x"}]`:            "no event id",
		`[{"timestamp": "today"}]`: "no timestamp",
		`[7]`:                      "cannot be read",
	} {
		_, _, err := History(build(t, charge), []byte(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want an error with %q", text, err, want)
		}
	}
}

func TestHistoryOfAnotherRevisionNamesTheStatesThatAreMissing(t *testing.T) {
	text := strings.ReplaceAll(chargeHistory, `"Charge"`, `"Pay"`)
	_, execution, err := History(build(t, charge), []byte(text))
	if err != nil || !slices.Equal(execution.Unknown, []string{"Pay"}) {
		t.Errorf("got %v, %v, want Pay to be unknown", execution.Unknown, err)
	}
}

// recordings are executions of AWS.
func recordings(t *testing.T) []string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for dir != filepath.Dir(dir) {
		found, _ := filepath.Glob(filepath.Join(dir, "..", "shared", "conformance", "history", "*", "*.json"))
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil && len(found) > 0 {
			return found
		}
		dir = filepath.Dir(dir)
	}
	t.Skip("no recordings in ../shared/conformance/history")
	return nil
}

func TestRecordedExecutionsAreFollowed(t *testing.T) {
	followed := 0
	for _, name := range recordings(t) {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var recording struct {
			Definition json.RawMessage
			Expected   struct {
				Status string
				Events []json.RawMessage
			}
		}
		if json.Unmarshal(content, &recording) != nil || len(recording.Expected.Events) == 0 {
			continue
		}
		machine, _ := asl.ParseFile(name, recording.Definition)
		g := graph.Build(machine)
		events, err := json.Marshal(recording.Expected.Events)
		if err != nil {
			t.Fatal(err)
		}
		o, execution, err := History(g, events)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		followed++
		checkRecording(t, name, recording.Expected.Status, string(events), o, execution)
	}
	if followed < 100 {
		t.Errorf("%d recordings were followed; that tells little", followed)
	}
}

func checkRecording(t *testing.T, name, status, events string, o *Overlay, execution *Execution) {
	t.Helper()
	if len(execution.Unknown) > 0 {
		t.Errorf("%s: unknown states %v", name, execution.Unknown)
	}
	if status != "" && execution.Status != status {
		t.Errorf("%s: status %s, want %s", name, execution.Status, status)
	}
	if status == "FAILED" && execution.Failing == nil && execution.Visited > 0 {
		t.Errorf("%s: failed nowhere", name)
	}
	marked := 0
	for _, mark := range o.Marks {
		if mark.Tone == render.Visited || mark.Tone == render.Failed {
			marked++
		}
	}
	if marked != execution.Visited || marked == 0 && strings.Contains(events, "StateEntered") {
		t.Errorf("%s: %d states are marked, %d were entered", name, marked, execution.Visited)
	}
}
