package simulate_test

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/internal/scenario"
	"github.com/sfnctl/sfnctl/pkg/value"
)

var update = flag.Bool("update", false, "write what the simulator does into the golden files")

// TestExecutionsLeaveTheirHistory runs every archive in testdata; see package
// scenario. Its part "want" is what the run must leave.
func TestExecutionsLeaveTheirHistory(t *testing.T) {
	files, err := scenario.Files("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			s, err := scenario.Load(file)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, file, s)
		})
	}
}

func golden(t *testing.T, file string, s *scenario.Scenario) {
	got := leaves(t, s)
	if *update {
		s.Set("want", got)
		if err := os.WriteFile(file, txtar.Format(s.Archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(s.File("want"), got); diff != "" {
		t.Errorf("the history differs (-want +got), see -update:\n%s", diff)
	}
}

// leaves runs a scenario and describes what it left: events, child executions,
// stages when asked for, and objects.
func leaves(t *testing.T, s *scenario.Scenario) string {
	before := map[string]bool{}
	for bucket, objects := range s.Store {
		for key := range objects {
			before[bucket+"/"+key] = true
		}
	}
	var out strings.Builder
	result, err := s.Run(t.Context())
	var unanswered *simulate.Unanswered
	switch {
	case errors.As(err, &unanswered):
		fmt.Fprintf(&out, "error: %v\n", err)
	case err != nil:
		t.Fatal(err)
	default:
		describe(&out, result)
	}
	for i, child := range s.Children {
		fmt.Fprintf(&out, "\nchild %d\n", i)
		describe(&out, child)
	}
	if s.Has("trace") {
		for _, stage := range s.Stages {
			fmt.Fprintf(&out, "stage %s %s %s\n", stage.State, stage.Name, stage.Data.Text())
		}
	}
	for _, bucket := range slices.Sorted(maps.Keys(s.Store)) {
		for _, key := range slices.Sorted(maps.Keys(s.Store[bucket])) {
			if !before[bucket+"/"+key] {
				fmt.Fprintf(&out, "\nobject %s/%s\n%s\n", bucket, key, s.Store[bucket][key])
			}
		}
	}
	return out.String()
}

// describe prints a result: one line for every event, with its virtual time.
func describe(out *strings.Builder, r *simulate.Result) {
	for i := range r.Events {
		e := &r.Events[i]
		fmt.Fprintf(out, "%d <- %d  %s  %s%s\n", e.ID, e.Previous, e.Time().Sub(r.Events[0].Time()), e.Type, details(e))
	}
	fmt.Fprintf(out, "%s in %q after %s\n", r.Status, r.Terminal, r.Duration)
	for _, note := range r.Notes {
		fmt.Fprintf(out, "note: %s\n", note)
	}
}

// details prints the details of an event without what every event has.
func details(e *history.Event) string {
	v, err := value.ParseCompact(string(e.AppendJSON(nil)))
	if err != nil {
		return err.Error()
	}
	for _, member := range v.Members() {
		if strings.HasSuffix(member.Key, "EventDetails") {
			text := member.Value.Without("inputDetails").Without("outputDetails").Without("assignedVariablesDetails").Compact()
			return "  " + strings.ReplaceAll(text, `\"`, "'")
		}
	}
	return ""
}

// compile makes a definition ready to run.
func compile(t testing.TB, definition string) *simulate.Program {
	t.Helper()
	program, err := scenario.Compile(definition)
	if err != nil {
		t.Fatal(err)
	}
	return program
}
