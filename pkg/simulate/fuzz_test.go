package simulate_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/mock"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// randomAnswers answers every task with something that depends on the seed:
// results, failures, timeouts, at different times.
func randomAnswers(seed uint64) simulate.TaskHandler {
	state := seed*0x9E3779B97F4A7C15 + 1
	next := func(n uint64) uint64 {
		state ^= state << 13
		state ^= state >> 7
		state ^= state << 17
		return state % n
	}
	return func(_ context.Context, call *simulate.TaskCall) (simulate.TaskAnswer, error) {
		answer := simulate.TaskAnswer{Output: call.Parameters, Duration: time.Duration(next(100)) * time.Second}
		switch next(8) {
		case 0:
			answer.Failure = &simulate.Failure{Error: "States.TaskFailed", NoCause: true}
		case 1:
			answer.Failure = &simulate.Failure{NoError: true, NoCause: true}
		case 2:
			answer.Never = true
		case 3:
			answer.TimedOut = true
		case 4:
			answer.Output = value.Array(call.Parameters, value.Null())
		case 5:
			answer.Failure = &simulate.Failure{Error: "States.Runtime", Cause: "c"}
			answer.FailedAt = simulate.FailurePoint(next(4))
		}
		return answer, nil
	}
}

// FuzzExecutionsEnd holds every execution of whatever can be compiled to ending
// in a status, with events that hang together, and to doing the same twice.
func FuzzExecutionsEnd(f *testing.F) {
	files, _ := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	for i, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		parts := map[string][]byte{}
		for _, part := range archive.Files {
			parts[part.Name] = part.Data
		}
		f.Add(string(parts["definition.asl.json"]), string(parts["input.json"]), uint64(i))
	}
	f.Fuzz(func(t *testing.T, definition, input string, seed uint64) {
		machine, _ := asl.ParseFile("definition.asl.json", []byte(definition))
		program, _ := simulate.Compile(machine)
		if program == nil {
			return
		}
		v, err := value.Parse(input)
		if err != nil {
			v = value.Object()
		}
		first := fuzzRun(t, program, v, seed)
		second := fuzzRun(t, program, v, seed)
		if first == nil || second == nil {
			return
		}
		a := simulate.AppendEvents(nil, first, asl.Standard)
		if b := simulate.AppendEvents(nil, second, asl.Standard); string(a) != string(b) {
			t.Errorf("two runs differ")
		}
	})
}

func fuzzRun(t *testing.T, program *simulate.Program, input value.Value, seed uint64) *simulate.Result {
	options := simulate.Options{Seed: seed, Handler: randomAnswers(seed), Type: asl.WorkflowType(seed % 2)}
	options.Machines = func(string) *simulate.Program { return program }
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	result, err := program.Start(input, options).Run(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		t.Fatal("the run takes too long")
	}
	if err != nil {
		return nil
	}
	if result.Status == simulate.Running {
		t.Fatal("the run ended without a status")
	}
	for i, e := range result.Events {
		if e.ID != i+1 || e.Previous >= e.ID || e.Previous < 0 {
			t.Fatalf("event %d has id %d and previous %d", i+1, e.ID, e.Previous)
		}
	}
	return result
}

// FuzzMocks holds the reader of mock files to reading anything without a panic,
// and generated mock files to having no problem.
func FuzzMocks(f *testing.F) {
	f.Add(`{"StateMachines": {"M": {"TestCases": {"C": {"S": "R"}}}}, "MockedResponses": {"R": {"0": {"Return": 1}, "1-2": {"Throw": {"Error": "E"}}}}}`)
	f.Add(`{"MockedResponses": {"R": [{"Match": {"Item": 1}, "Return": {}}]}}`)
	f.Fuzz(func(t *testing.T, text string) {
		config, _ := mock.Parse("mocks.json", text)
		for _, machine := range config.MachineNames() {
			for _, name := range config.Machines[machine].CaseNames() {
				if _, err := config.Select(machine, name); err != nil {
					t.Errorf("a case of the file cannot be selected: %v", err)
				}
			}
		}
	})
}
