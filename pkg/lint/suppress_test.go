package lint

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDirectivesReachWhatTheyStandOn(t *testing.T) {
	tests := []struct {
		name, file, source string
		want               []string
	}{
		{"the state it stands in", "x.json", `{"StartAt": "A", "States": {
			"A": {"Comment": "sfnctl:ignore=has-wait", "Type": "Wait", "Seconds": 1, "Next": "B"},
			"B": {"Type": "Wait", "Seconds": 1, "End": true}
		}}`, []string{"has-wait warning /States/B"}},
		{"all that is in a Map", "x.json", `{"StartAt": "M", "States": {
			"M": {"Comment": "sfnctl:ignore=has-wait", "Type": "Map", "End": true, "ItemProcessor": {
				"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 1, "End": true}}}}
		}}`, nil},
		{"one branch", "x.json", `{"StartAt": "P", "States": {
			"P": {"Type": "Parallel", "End": true, "Branches": [
				{"Comment": "sfnctl:ignore=has-wait", "StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 1, "End": true}}},
				{"StartAt": "B", "States": {"B": {"Type": "Wait", "Seconds": 1, "End": true}}}
			]}
		}}`, []string{"has-wait warning /States/P/Branches/1/States/B"}},
		{"the machine", "x.json", `{"Comment": "sfnctl:ignore=has-wait,undefined-target", "StartAt": "A", "States": {
			"A": {"Type": "Wait", "Seconds": 1, "Next": "B"},
			"C": {"Type": "Wait", "Seconds": 1, "End": true}
		}}`, nil},
		{"a Choice Rule", "x.json", `{"StartAt": "A", "States": {
			"A": {"Type": "Choice", "Choices": [
				{"Comment": "sfnctl:ignore=undefined-target", "Variable": "$.x", "IsPresent": true, "Next": "X"},
				{"Variable": "$.y", "IsPresent": true, "Next": "Y"}
			], "Default": "B"},
			"B": {"Type": "Succeed"}
		}}`, []string{"undefined-target error /States/A/Choices/1/Next"}},
		{"a Choice Rule in a Choice Rule", "x.json", `{"StartAt": "A", "States": {
			"A": {"Type": "Choice", "Choices": [
				{"And": [{"Comment": "sfnctl:ignore=has-wait", "Variable": "$.x", "IsPresent": true}], "Next": "A"}
			], "Default": "A"}
		}}`, []string{"unused-ignore warning /States/A/Choices/0/And/0/Comment"}},
		{"YAML: the line", "x.yaml", "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: X # sfnctl:ignore=undefined-target\n  B:\n    Type: Succeed\n", nil},
		{"YAML: the line below", "x.yaml", "StartAt: A\nStates:\n  A:\n    Type: Pass\n    # Later.\n    # sfnctl:ignore=undefined-target\n\n    Next: X\n  B:\n    Type: Succeed\n", nil},
		{"YAML: the state", "x.yaml", "StartAt: A\nStates:\n  # sfnctl:ignore=undefined-target\n  A:\n    Type: Pass\n    Next: X\n  B:\n    Type: Succeed\n", nil},
		{"YAML: above the definition, all of it", "x.yaml", "# sfnctl:ignore=undefined-target\nStartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: X\n  B:\n    Type: Succeed\n", nil},
		{"YAML: another line of the state", "x.yaml", "StartAt: A\nStates:\n  A:\n    Type: Pass # sfnctl:ignore=undefined-target\n    Next: X\n  B:\n    Type: Succeed\n", nil},
		{"YAML: another state", "x.yaml", "StartAt: A\nStates:\n  A:\n    Type: Pass # sfnctl:ignore=has-wait\n    Next: B\n  B:\n    Type: Wait\n    Seconds: 1\n    End: true\n",
			[]string{"unused-ignore warning /States/A", "has-wait warning /States/B"}},
		{"YAML: one Catcher", "x.yaml", "StartAt: A\nStates:\n  A:\n    Type: Task\n    Resource: r\n    Catch:\n      # sfnctl:ignore=undefined-target\n      - ErrorEquals: [X]\n        Next: X\n      - ErrorEquals: [Y]\n        Next: Y\n    End: true\n",
			[]string{"undefined-target error /States/A/Catch/1/Next"}},
		{"unused", "x.json", `{"StartAt": "A", "States": {"A": {"Comment": "sfnctl:ignore=has-wait", "Type": "Succeed"}}}`,
			[]string{"unused-ignore warning /States/A/Comment"}},
		{"a rule that is off is not unused", "x.json", `{"StartAt": "A", "States": {"A": {"Comment": "sfnctl:ignore=has-pass", "Type": "Succeed"}}}`, nil},
		{"an unknown rule", "x.json", `{"StartAt": "A", "States": {"A": {"Comment": "sfnctl:ignore=has-wiat", "Type": "Succeed"}}}`,
			[]string{"unused-ignore warning /States/A/Comment"}},
		{"in a broken text nothing is unused", "x.json", `{"StartAt": "A", "States": {"A": {"Comment": "sfnctl:ignore=has-wait", "Type": "Succeed",}}}`,
			[]string{"invalid-syntax error /States/A"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, check(t, Selection{}, test.file, test.source)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestStrictWantsAReason(t *testing.T) {
	source := func(reason string) string {
		return `{"StartAt": "A", "States": {"A": {"Comment": "sfnctl:ignore=has-pass` + reason + `", "Type": "Pass", "End": true}}}`
	}
	if got := check(t, Selection{Preset: Strict}, "x.json", source("")); len(got) != 1 || got[0] != "ignore-without-reason info /States/A/Comment" {
		t.Error(got)
	}
	if got := check(t, Selection{Preset: Strict}, "x.json", source(" -- it is a draft")); len(got) != 0 {
		t.Error(got)
	}
}
