package overlay

import "testing"

// FuzzHistory reads whatever is given as a history: an answer or an error.
func FuzzHistory(f *testing.F) {
	f.Add(chargeHistory)
	f.Add(`[{"id": 2, "previousEventId": 2, "type": "TaskStateExited", "stateExitedEventDetails": {"name": "Charge"}}]`)
	f.Add(`{"message": "{\"type\": \"PassStateEntered\"}"}`)
	g := build(f, charge)
	f.Fuzz(func(t *testing.T, text string) {
		o, execution, err := History(g, []byte(text))
		if err == nil && (o == nil || execution == nil) {
			t.Error("neither an execution nor an error")
		}
	})
}

// FuzzPath reads whatever is given as a path.
func FuzzPath(f *testing.F) {
	for _, path := range []string{"Charge,Ship", "Charge ✗ States.ALL → Failed", "Ship/Pack, wrap", ",→,✗", "… → Ship"} {
		f.Add(path)
	}
	g := build(f, charge)
	f.Fuzz(func(t *testing.T, path string) {
		if o, err := Path(g, path); err == nil && o == nil {
			t.Error("neither an overlay nor an error")
		}
	})
}
