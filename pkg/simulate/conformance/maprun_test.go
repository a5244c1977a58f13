package conformance_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// TestMapRunsAreDescribedAsRecorded holds what is told of a Map Run to the answer
// of DescribeMapRun. Names and dates belong to the execution and are not compared.
func TestMapRunsAreDescribedAsRecorded(t *testing.T) {
	for _, file := range jsonFiles(t, sharedFolder(t, "conformance", "mapruns")) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r := &recording{Mocks: json.RawMessage("{}")}
		if err := json.Unmarshal(text, r); err != nil {
			t.Fatal(err)
		}
		result, err := r.run(t)
		if err != nil || len(result.MapRuns) != 1 {
			t.Fatalf("%s: %d Map Runs, %v", r.ID, len(result.MapRuns), err)
		}
		expected := parse(t, string(r.Expected)).Without("executionArn").Without("startDate").Without("stopDate")
		d := differ{}
		d.diff(r.ID, comparable(expected), comparable(result.MapRuns[0].Describe()))
		for _, difference := range d.found {
			t.Error(difference)
		}
	}
}

// comparable drops what depends on the account.
func comparable(run value.Value) value.Value { return run.Without("mapRunArn") }
