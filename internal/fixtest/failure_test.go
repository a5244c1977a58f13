package fixtest

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// boom is the error that a task raises in these tests; nobody expects it.
const boom = "Fixtest.Boom"

// failing is how an execution ends in which one task fails, whatever is tried.
type failing struct {
	failed   bool
	terminal string   // the state in which it ended
	error    string   // of the execution
	cause    string   // of the execution
	called   []string // the tasks that were called, each once
	met      bool     // the task was called
}

func runFailing(machine *asl.Machine, s scenario, state string) failing {
	program, _ := simulate.Compile(machine)
	if program == nil || s.mocks == nil {
		return failing{}
	}
	test, err := s.mocks.Select("machine", "HappyPath")
	if err != nil {
		return failing{}
	}
	var end failing
	answers := s.mocks.Answers(test)
	handler := func(ctx context.Context, call *simulate.TaskCall) (simulate.TaskAnswer, error) {
		if !slices.Contains(end.called, call.State) {
			end.called = append(end.called, call.State)
		}
		if call.State == state {
			end.met = true
			return simulate.TaskAnswer{Failure: &simulate.Failure{Error: boom, Cause: "by the test"}}, nil
		}
		answer, err := answers.Handle(ctx, call)
		if err != nil { // a task on a failure path, which the happy path does not know
			return simulate.TaskAnswer{Output: s.input}, nil
		}
		return answer, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	result, err := program.Start(s.input, simulate.Options{
		Start: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), Handler: handler, WithoutHistory: true,
	}).Run(ctx)
	if err != nil || result.Status != simulate.Failed {
		return end
	}
	end.failed, end.terminal = true, result.Terminal
	end.error, end.cause = result.Failure.Error, result.Failure.Cause
	return end
}

// TestErrorsThatAFixCatchesEndWhereItSays fails the task of every uncaught error.
// Before the fix the execution ends in no state; after it in a Fail state, with
// every task called that was called before, and the error is not lost in a state
// that the fix added.
func TestErrorsThatAFixCatchesEndWhereItSays(t *testing.T) {
	machines := ownMachines(t)
	if _, err := os.Stat(corpus); err == nil && !testing.Short() {
		machines = append(machines, realMachines(t)...)
	}
	machines = append(machines, judgedMachines(t)...)
	c := newChecker(t, lint.Recommended)
	run := 0
	for _, s := range machines {
		run += c.failAll(t, s)
	}
	if run < 20 {
		t.Errorf("only %d executions ran into the error", run)
	}
	t.Logf("%d executions ran into the error that a fix catches", run)
}

// failAll tries the fixes of uncaught errors of one machine, each by itself.
func (c *checker) failAll(t *testing.T, s source) int {
	t.Helper()
	machine, findings := c.read(s)
	world := scenarioOf(machine)
	n := 0
	for _, finding := range findings {
		if finding.Rule != "uncaught-error" || len(finding.Fixes) == 0 {
			continue
		}
		before := runFailing(machine, world, finding.State)
		if !before.met || !before.failed || endsInFail(machine, before) || before.error != boom {
			continue // the error does not come this way
		}
		fix := finding.Fixes[0]
		fixed, err := syntax.Apply(s.src, fix.Edits)
		if err != nil {
			t.Errorf("%s: %v", s.name, err)
			continue
		}
		again, _ := c.read(source{s.name, fixed})
		after := runFailing(again, world, finding.State)
		n++
		where := s.name + ": " + finding.State + ": " + fix.Message
		if !endsInFail(again, after) {
			t.Errorf("%s: the execution ends in %+v\n%s", where, after, fixed)
			continue
		}
		checkFailing(t, where, string(fixed), before, after)
	}
	return n
}

// endsInFail reports whether the execution ended in a Fail state.
func endsInFail(machine *asl.Machine, end failing) bool {
	state := machine.Region.State(end.terminal)
	return end.failed && state != nil && state.Type == asl.Fail
}

func checkFailing(t *testing.T, where, fixed string, before, after failing) {
	t.Helper()
	if strings.HasPrefix(after.terminal, "CriticalError") || strings.HasPrefix(after.terminal, "UndoFailed") {
		if !strings.Contains(after.cause, boom) && !strings.Contains(after.error, boom) {
			t.Errorf("%s: nothing is left of the error: %+v\n%s", where, after, fixed)
		}
	}
	for _, state := range before.called {
		if !slices.Contains(after.called, state) {
			t.Errorf("%s: %q is no longer called\n%s", where, state, fixed)
		}
	}
}
