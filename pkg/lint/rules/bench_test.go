package rules_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules"
)

// linter returns a runner with the rules of a preset.
func linter(t testing.TB, preset lint.Preset) *lint.Runner {
	t.Helper()
	set, err := lint.Select(rules.All(), lint.Selection{Preset: preset})
	if err != nil {
		t.Fatal(err)
	}
	return &lint.Runner{Rules: set}
}

// machineOf writes a workflow of about n states as people write them: Tasks with
// Retry and Catch, Choices that lead back, variables, a Parallel now and then.
func machineOf(n int) []byte {
	var b strings.Builder
	b.WriteString(`{"Comment": "made", "TimeoutSeconds": 3600, "StartAt": "S0", "States": {`)
	for i := range n {
		next := fmt.Sprintf("S%d", i+1)
		switch i % 10 {
		case 3:
			fmt.Fprintf(&b, `"S%d": {"Type": "Choice", "Choices": [{"Variable": "$.r%d.n", "NumericGreaterThan": 3, "Next": %q}], "Default": "S%d"},`, i, i, next, i-1)
		case 5:
			fmt.Fprintf(&b, `"S%d": {"Type": "Pass", "Parameters": {"id.$": "$.id", "t.$": "States.Format('{}-{}', $.id, $$.Execution.Name)"}, "ResultPath": "$.p", "Assign": {"v%d.$": "$.id"}, "Next": %q},`, i, i%7, next)
		case 7:
			fmt.Fprintf(&b, `"S%d": {"Type": "Parallel", "Branches": [{"StartAt": "B%d", "States": {"B%d": {"Type": "Pass", "End": true}}}, {"StartAt": "C%d", "States": {"C%d": {"Type": "Wait", "Seconds": 1, "End": true}}}], "ResultPath": "$.par", "Next": %q},`, i, i, i, i, i, next)
		default:
			fmt.Fprintf(&b, `"S%d": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f%d", "Payload": {"id.$": "$.id"}}, "ResultPath": "$.r%d", "TimeoutSeconds": 60, "Retry": [{"ErrorEquals": ["Lambda.ServiceException", "Lambda.AWSLambdaException"], "MaxAttempts": 3}], "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.e", "Next": "F"}], "Next": %q},`, i, i, i, next)
		}
	}
	fmt.Fprintf(&b, `"S%d": {"Type": "Succeed"}, "F": {"Type": "Fail", "Error": "X", "Cause": "y"}}}`, n)
	return []byte(b.String())
}

func lintAll(runner *lint.Runner, name string, src []byte) int {
	machine, decoded := asl.ParseFile(name, src)
	return len(runner.Check(lint.Target{Machine: machine, Decoded: decoded}))
}

// BenchmarkStates shows that the cost of reading and checking a machine is
// linear in its states: ns/state stays the same.
func BenchmarkStates(b *testing.B) {
	runner := linter(b, lint.Recommended)
	for _, n := range []int{100, 1_000, 10_000, 100_000} {
		src := machineOf(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				lintAll(runner, "made.json", src)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/state")
		})
	}
}

// TestTheCostIsLinearInTheStates fails when ten times the states take much more
// than ten times as long.
func TestTheCostIsLinearInTheStates(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	runner := linter(t, lint.Recommended)
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	fastest := func(src []byte) time.Duration {
		best := time.Hour
		for range 3 {
			start := threadTime()
			lintAll(runner, "made.json", src)
			best = min(best, threadTime()-start)
		}
		return best
	}
	for name, made := range map[string]func(int) []byte{"usual": machineOf, "hostile": hostileMachine} {
		if one, ten := fastest(made(500)), fastest(made(5_000)); ten > 40*one {
			t.Errorf("%s: 500 states take %s, 5,000 take %s", name, one, ten)
		}
	}
}

// hostileMachine writes a workflow that makes the analyses work: one loop
// through all states, an error of each leads back, each adds to the data and sets
// a variable on some ways only, and nothing catches what is left.
func hostileMachine(n int) []byte {
	var b strings.Builder
	b.WriteString(`{"StartAt": "Begin", "States": {"Begin": {"Type": "Pass", "Parameters": {"id": 1}, "Next": "S0"},`)
	for i := range n {
		next := fmt.Sprintf("S%d", (i+1)%n)
		if i%5 == 4 {
			fmt.Fprintf(&b, `"S%d": {"Type": "Choice", "Choices": [{"Variable": "$.x%d", "StringEquals": "y", "Next": "S%d"}], "Default": %q},`, i, i, (i*7)%n, next)
			continue
		}
		fmt.Fprintf(&b, `"S%d": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f", "Payload": {"v.$": "$v%d", "w.$": "$.r%d.Payload"}}, "ResultPath": "$.r%d", "Assign": {"v%d.$": "$"}, "Catch": [{"ErrorEquals": ["E"], "ResultPath": "$.e", "Next": "S%d"}], "Next": %q},`, i, (i*3)%n, i/2, i, i, i/2, next)
	}
	b.WriteString(`"End": {"Type": "Succeed"}}}`)
	return []byte(b.String())
}

// corpus returns the JSON definitions of the optional test data.
func corpus(t testing.TB) map[string][]byte {
	t.Helper()
	root := filepath.Join("..", "..", "..", "..", "shared", "corpus", "asl")
	files := map[string][]byte{}
	_ = filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.HasSuffix(path, ".json") {
			if src, err := os.ReadFile(path); err == nil && json.Valid(src) {
				files[path] = src
			}
		}
		return nil
	})
	if len(files) == 0 {
		t.Skip("optional test data is absent")
	}
	return files
}

// BenchmarkCorpus compares linting real definitions with parsing the same bytes
// by encoding/json.
func BenchmarkCorpus(b *testing.B) {
	files := corpus(b)
	size := 0
	for _, src := range files {
		size += len(src)
	}
	b.Run("encoding-json", func(b *testing.B) {
		b.SetBytes(int64(size))
		for b.Loop() {
			for _, src := range files {
				var v any
				if err := json.Unmarshal(src, &v); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	for _, part := range []string{"parse", "lint"} {
		runner := linter(b, lint.Recommended)
		b.Run(part, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for path, src := range files {
					if part == "lint" {
						lintAll(runner, path, src)
					} else {
						asl.ParseFile(path, src)
					}
				}
			}
		})
	}
}
