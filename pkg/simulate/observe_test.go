package simulate_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// observed runs a definition whose tasks fail with the errors in turn ("" for a
// success) and tells what was observed.
func observed(t *testing.T, definition, input string, taskErrors ...string) (lines []string, places []string, result *simulate.Result) {
	t.Helper()
	machine, _ := asl.ParseFile("m.asl.json", []byte(definition))
	program, findings := simulate.Compile(machine)
	if program == nil {
		t.Fatal(findings)
	}
	in, err := value.Parse(input)
	if err != nil {
		t.Fatal(err)
	}
	options := simulate.Options{
		Handler: func(_ context.Context, call *simulate.TaskCall) (simulate.TaskAnswer, error) {
			places = append(places, fmt.Sprintf("%s@%d%s", call.State, call.Visit, where(call.Instance())))
			if len(taskErrors) == 0 {
				return simulate.TaskAnswer{Output: value.Object()}, nil
			}
			next := taskErrors[0]
			taskErrors = taskErrors[1:]
			if next == "" {
				return simulate.TaskAnswer{Output: value.Object()}, nil
			}
			return simulate.TaskAnswer{Failure: &simulate.Failure{Error: next}}, nil
		},
		Observe: func(tr simulate.Transition) {
			line := fmt.Sprintf("%s %s %d", tr.State, tr.Kind, tr.Index)
			if tr.Attempt > 0 {
				line += fmt.Sprintf(" attempt %d", tr.Attempt)
			}
			if tr.Failure != nil {
				line += " " + tr.Failure.Error
			}
			if tr.To != "" {
				line += " → " + tr.To
			}
			lines = append(lines, line+where(tr.Instance))
		},
	}
	result, err = program.Start(in, options).Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return lines, places, result
}

func where(instance simulate.Instance) string {
	var b strings.Builder
	for _, place := range instance {
		fmt.Fprintf(&b, " in %s#%d[%d]", place.State, place.Visit, place.Index)
	}
	return b.String()
}

func TestTransitionsTellWhatWasTaken(t *testing.T) {
	const definition = `{"StartAt": "Which", "States": {
	  "Which": {"Type": "Choice", "Choices": [
	    {"Variable": "$.n", "NumericEquals": 1, "Next": "Work"}, {"Variable": "$.n", "NumericEquals": 2, "Next": "Done"}], "Default": "Pause"},
	  "Pause": {"Type": "Wait", "Seconds": 1, "Next": "Done"},
	  "Work": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {}, "Next": "Done",
	    "Retry": [{"ErrorEquals": ["Never"]}, {"ErrorEquals": ["Busy"], "MaxAttempts": 2}],
	    "Catch": [{"ErrorEquals": ["Never"], "Next": "Done"}, {"ErrorEquals": ["Busy"], "Next": "Done"}]},
	  "Done": {"Type": "Succeed"}}}`
	for _, test := range []struct {
		name, input          string
		errors               []string
		want                 []string
		transitions, retries int
	}{
		{"a rule", `{"n": 2}`, nil, []string{"Which rule 1 → Done", "Done end -1"}, 2, 0},
		{"Default and Next", `{"n": 3}`, nil, []string{"Which default -1 → Pause", "Pause next -1 → Done", "Done end -1"}, 3, 0},
		{"a Retrier", `{"n": 1}`, []string{"Busy", ""},
			[]string{"Which rule 0 → Work", "Work retrier 1 attempt 1 Busy → Work", "Work next -1 → Done", "Done end -1"}, 4, 1},
		{"a Catcher after a Retrier without attempts left", `{"n": 1}`, []string{"Busy", "Busy", "Busy"},
			[]string{"Which rule 0 → Work", "Work retrier 1 attempt 1 Busy → Work", "Work retrier 1 attempt 2 Busy → Work",
				"Work exhausted 1 Busy", "Work catcher 1 Busy → Done", "Done end -1"}, 5, 2},
		{"nobody takes the error", `{"n": 1}`, []string{"Other"}, []string{"Which rule 0 → Work", "Work uncaught -1 Other"}, 2, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, _, result := observed(t, definition, test.input, test.errors...)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if result.Transitions != test.transitions || result.Retries != test.retries {
				t.Errorf("%d transitions, %d retries; want %d, %d", result.Transitions, result.Retries, test.transitions, test.retries)
			}
		})
	}
}

func TestCallsKnowTheirInstanceAtEveryDepth(t *testing.T) {
	const definition = `{"StartAt": "Outer", "States": {"Outer": {"Type": "Map", "MaxConcurrency": 1, "End": true, "ItemProcessor": {
	  "StartAt": "Both", "States": {"Both": {"Type": "Parallel", "End": true, "Branches": [
	    {"StartAt": "One", "States": {"One": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {}, "End": true}}},
	    {"StartAt": "Inner", "States": {"Inner": {"Type": "Map", "ItemsPath": "$", "End": true, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
	      "StartAt": "Two", "States": {"Two": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {}, "End": true}}}}}}]}}}}}}`
	_, got, _ := observed(t, definition, `[[7, 8]]`)
	want := []string{
		"One@7 in Outer#2[0] in Both#5[0]",
		"Two@2 in Outer#2[0] in Both#5[1] in Inner#9[0]",
		"Two@2 in Outer#2[0] in Both#5[1] in Inner#9[1]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAFailInsideARegionIsTheTerminal(t *testing.T) {
	const definition = `{"StartAt": "Both", "States": {"Both": {"Type": "Parallel", "End": true, %s "Branches": [
	  {"StartAt": "Each", "States": {"Each": {"Type": "Map", "ItemsPath": "$", "End": true, "ItemProcessor": {
	    "StartAt": "Refused", "States": {"Refused": {"Type": "Fail", "Error": "No"}}}}}}]}, "Sorry": {"Type": "Fail", "Error": "Sorry"}}}`
	for catch, want := range map[string]string{
		"": "Both/Each/Refused",
		`"Catch": [{"ErrorEquals": ["No"], "Next": "Sorry"}],`: "Sorry",
	} {
		lines, _, result := observed(t, fmt.Sprintf(definition, catch), `[1]`)
		if result.Terminal != want {
			t.Errorf("%s: ended in %q, want %q\n%s", catch, result.Terminal, want, strings.Join(lines, "\n"))
		}
	}
}
