package simulate_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/internal/scenario"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// TestProgramServesManyGoroutines runs one program from several goroutines at
// once: every run must leave the same history.
func TestProgramServesManyGoroutines(t *testing.T) {
	s, err := scenario.Load(filepath.Join("testdata", "parallel.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	program := compile(t, s.File("definition.asl.json"))
	input, err := value.Parse(s.File("input.json"))
	if err != nil {
		t.Fatal(err)
	}
	s.Options.Child, s.Options.Trace = nil, nil
	run := func() string {
		result, err := program.Start(input, s.Options).Run(context.Background())
		if err != nil {
			return err.Error()
		}
		return string(simulate.AppendEvents(nil, result, asl.Standard))
	}
	want := run()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				if got := run(); got != want {
					t.Errorf("a run differs:\n%s\nwant\n%s", got, want)
					return
				}
			}
		})
	}
	group.Wait()
}

func TestCancelledContextStopsARun(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := compile(t, `{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}}}`).
		Start(value.Object(), simulate.Options{}).Run(ctx)
	if err != context.Canceled {
		t.Errorf("the error is %v", err)
	}
}

func TestStoppedExecutionIsAborted(t *testing.T) {
	execution := compile(t, `{"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 60, "End": true}}}`).Start(value.Object(), simulate.Options{})
	if more, err := execution.Step(t.Context()); !more || err != nil {
		t.Fatalf("%t, %v", more, err)
	}
	execution.Stop()
	result, err := execution.Run(t.Context())
	if err != nil || result.Status != simulate.Aborted || len(result.Events) != 3 || result.Events[2].Previous != 0 {
		t.Errorf("%s with %d events, %v", result.Status, len(result.Events), err)
	}
}
