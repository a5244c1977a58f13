package conformance_test

import (
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// unlike are the recordings that the simulator does not repeat to the letter,
// with the reason. They hold for the strictest comparison only, unless said.
var unlike = map[string]string{
	"assign.assign_reference_variables/TestAssignReferenceVariables.test_reference_in_map_state[MAP_STATE_REFERENCE_IN_MAX_CONCURRENCY_PATH]": "the recorder decoded outputs of one digit, which the strict comparison takes for another type",
	"scenarios.base_scenarios/TestBaseScenarios.test_lambda_invoke_with_retry_extended_input":                                                 "recorded before the context object had RedriveCount",
	"services.sns_task_service/TestTaskServiceSns.test_publish_message_attributes":                                                            "in 2023 the service dropped a message attribute named Version; recordings of 2025 have it",
}

// TestHistoriesEqualTheRecordedOnes measures how many recordings the simulator
// repeats at each level and holds it to the targets.
func TestHistoriesEqualTheRecordedOnes(t *testing.T) {
	recordings := loadRecordings(t, sharedFolder(t, "conformance", "history"))
	total := 0
	equal := map[string]int{}
	for _, r := range recordings {
		if r.flagged("execution_aborted") || r.flagged("execution_running") {
			continue
		}
		total++
		actual := r.simulate(t)
		for _, measure := range measures {
			if differences := compare(r, actual, measure.level, measure.strict); len(differences) == 0 {
				equal[measure.name]++
			} else if measure.name == "L4 strict" && unlike[r.ID] == "" {
				t.Errorf("%s:\n\t%s", r.ID, strings.Join(differences[:min(3, len(differences))], "\n\t"))
			}
		}
	}
	for _, measure := range measures {
		share := 100 * float64(equal[measure.name]) / float64(total)
		t.Logf("%-10s %d of %d, %.2f%%", measure.name, equal[measure.name], total, share)
		if share < measure.target {
			t.Errorf("%s: %.2f%% of the recordings are equal, want %.0f%%", measure.name, share, measure.target)
		}
	}
}

// TestSimulatedHistoriesAreReadAsTheyWereWritten holds the reader of histories
// to the writer, and to the recorded events themselves.
func TestSimulatedHistoriesAreReadAsTheyWereWritten(t *testing.T) {
	for _, r := range loadRecordings(t, sharedFolder(t, "conformance", "history")) {
		actual := r.simulate(t)
		if list := actual.Get("events"); list.Len() > 0 {
			var again []byte
			for e, err := range history.Read(strings.NewReader(list.Compact())) {
				if err != nil {
					t.Fatalf("%s: %v", r.ID, err)
				}
				again = append(e.AppendJSON(again), ',')
			}
			if want := strings.Trim(list.Compact(), "[]") + ","; strings.Trim(string(again), "[]") != want {
				t.Errorf("%s: got\n%s\nwant\n%s", r.ID, again, want)
			}
		}
		recorded, err := value.Parse(string(r.Expected))
		if err != nil {
			t.Fatal(err)
		}
		for _, event := range recorded.Get("events").Items() {
			e, isEvent, err := history.Parse(event)
			if err != nil || !isEvent || e.Type.String() != event.Get("type").Str() {
				t.Errorf("%s: %s was read as %s, %v", r.ID, event.Compact(), e.Type, err)
			}
		}
	}
}

var measures = []struct {
	name   string
	level  level
	strict bool
	target float64
}{
	{"L1", l1, false, 100}, {"L2", l2, false, 99}, {"L3", l3, false, 99}, {"L4", l4, false, 98}, {"L4 strict", l4, true, 95},
}

// simulate runs a recording and returns what the command would print.
func (r *recording) simulate(t testing.TB) value.Value {
	result, err := r.run(t)
	if err != nil {
		return value.Object(value.Member{Key: "status", Value: value.String("ERROR")}, value.Member{Key: "error", Value: value.String(err.Error())})
	}
	v, err := value.ParseCompact(string(simulate.AppendResult(nil, result, simulate.JSONOptions{Type: asl.Standard})))
	if err != nil {
		t.Fatalf("%s: %v", r.ID, err)
	}
	return v
}
