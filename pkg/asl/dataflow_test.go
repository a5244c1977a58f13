package asl

import (
	"fmt"
	"strings"
	"testing"
)

func stateOf(t *testing.T, language, body string) *State {
	t.Helper()
	text := fmt.Sprintf(`{"QueryLanguage": %q, "StartAt": "S", "States": {"S": %s, "Z": {"Type": "Succeed"}}}`, language, body)
	machine, _ := ParseFile("m.asl.json", []byte(text))
	return machine.Region.State("S")
}

func TestFieldsReadTheStageThatTheServiceGivesThem(t *testing.T) {
	const task = `{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true}`
	for _, c := range []struct {
		language, state, field string
		want                   Stage
	}{
		{"JSONPath", task, "InputPath", RawInput},
		{"JSONPath", task, "Parameters/Payload/id", SelectedInput},
		{"JSONPath", task, "TimeoutSecondsPath", SelectedInput},
		{"JSONPath", task, "Credentials/RoleArn", SelectedInput},
		{"JSONPath", task, "ResultSelector/id", Result},
		{"JSONPath", task, "Assign/id", Result},
		{"JSONPath", task, "ResultPath", NoStage},
		{"JSONPath", task, "OutputPath", MergedResult},
		{"JSONPath", task, "Catch[0]/ResultPath", NoStage},
		{"JSONPath", task, "Catch[0]/Assign/e", ErrorOutput},
		{"JSONata", task, "Arguments/Payload", RawInput},
		{"JSONata", task, "Output", RawInput},
		{"JSONata", task, "Catch[0]/Output", RawInput},
		{"JSONPath", `{"Type": "Pass", "End": true}`, "Parameters/a", SelectedInput},
		{"JSONPath", `{"Type": "Pass", "End": true}`, "Assign/a", Result},
		{"JSONPath", `{"Type": "Choice", "Choices": []}`, "Choices[0]/Variable", SelectedInput},
		{"JSONPath", `{"Type": "Choice", "Choices": []}`, "Assign/a", SelectedInput},
		{"JSONPath", `{"Type": "Wait", "End": true}`, "SecondsPath", SelectedInput},
		{"JSONPath", `{"Type": "Succeed"}`, "OutputPath", SelectedInput},
		{"JSONPath", `{"Type": "Fail"}`, "CausePath", RawInput},
		{"JSONPath", `{"Type": "Map", "End": true}`, "ItemsPath", SelectedInput},
		{"JSONPath", `{"Type": "Map", "End": true}`, "ItemSelector/a", SelectedInput},
		{"JSONPath", `{"Type": "Map", "End": true}`, "Parameters/a", SelectedInput},
	} {
		if got := stateOf(t, c.language, c.state).ReadsFrom(c.field); got != c.want {
			t.Errorf("%s %s %s reads stage %d, want %d", c.language, c.state, c.field, got, c.want)
		}
	}
}

func TestOutputKeepsTheInputWhereTheFieldsLetIt(t *testing.T) {
	task := func(fields string) string {
		return `{"Type": "Task", "Resource": "arn:aws:states:::sns:publish", ` + fields + `"End": true}`
	}
	for _, c := range []struct {
		language, state string
		keeps           bool
	}{
		{"JSONPath", task(""), false},
		{"JSONPath", task(`"ResultPath": null, `), true},
		{"JSONPath", task(`"ResultPath": "$", `), false},
		{"JSONPath", task(`"ResultPath": "$.r", `), true},
		{"JSONPath", task(`"ResultPath": "$.r", "OutputPath": null, `), false},
		{"JSONPath", `{"Type": "Pass", "End": true}`, true},
		{"JSONPath", `{"Type": "Pass", "Result": 1, "End": true}`, false},
		{"JSONPath", `{"Type": "Pass", "Result": 1, "ResultPath": "$.a", "End": true}`, true},
		{"JSONPath", `{"Type": "Pass", "Parameters": {"a": 1}, "End": true}`, false},
		{"JSONPath", `{"Type": "Pass", "Parameters": {"a.$": "$.a"}, "End": true}`, true},
		{"JSONPath", `{"Type": "Pass", "InputPath": null, "End": true}`, false},
		{"JSONPath", `{"Type": "Wait", "Seconds": 1, "End": true}`, true},
		{"JSONPath", `{"Type": "Fail"}`, false},
		{"JSONata", task(""), false},
		{"JSONata", task(`"Output": "{% $states.input %}", `), true},
		{"JSONata", task(`"Output": "{% $states.result %}", `), false},
		{"JSONata", `{"Type": "Pass", "End": true}`, true},
		{"JSONata", `{"Type": "Pass", "Output": {"a": 1}, "End": true}`, false},
		{"JSONata", `{"Type": "Map", "End": true}`, false},
	} {
		if got := stateOf(t, c.language, c.state).HandsOn(StateOutput); got != c.keeps {
			t.Errorf("%s %s: keeps its input %v, want %v", c.language, c.state, got, c.keeps)
		}
	}
}

func TestARuleSettlesTheTestsThatMustHaveHeld(t *testing.T) {
	const a, b = `{"Variable": "$.a", "IsPresent": true}`, `{"Variable": "$.b", "IsPresent": true}`
	for _, c := range []struct {
		rule   string
		result bool
		want   string
	}{
		{a[:len(a)-1] + `, "Next": "Z"}`, true, "$.a=true"},
		{`{"And": [` + a + `, ` + b + `], "Next": "Z"}`, true, "$.a=true $.b=true"},
		{`{"And": [` + a + `, ` + b + `], "Next": "Z"}`, false, ""},
		{`{"Or": [` + a + `, ` + b + `], "Next": "Z"}`, true, ""},
		{`{"Or": [` + a + `, ` + b + `], "Next": "Z"}`, false, "$.a=false $.b=false"},
		{`{"Or": [` + a + `], "Next": "Z"}`, true, "$.a=true"},
		{`{"Not": {"Or": [` + a + `, ` + b + `]}, "Next": "Z"}`, true, "$.a=false $.b=false"},
		{`{"Not": {"And": [` + a + `, {"Not": ` + b + `}]}, "Next": "Z"}`, false, "$.a=true $.b=false"},
	} {
		rule := stateOf(t, "JSONPath", `{"Type": "Choice", "Choices": [`+c.rule+`]}`).Choice.Rules[0]
		var got []string
		for test, holds := range rule.Settled(c.result) {
			got = append(got, fmt.Sprintf("%s=%v", test.Variable.Source, holds))
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%s with result %v settles %q, want %q", c.rule, c.result, text, c.want)
		}
	}
}

func TestAllRulesOfAChoiceAreVisitedOuterOnesFirst(t *testing.T) {
	state := stateOf(t, "JSONPath", `{"Type": "Choice", "Choices": [
		{"And": [{"Variable": "$.a", "IsNull": true}, {"Not": {"Or": [{"Variable": "$.b", "IsNull": true}]}}], "Next": "Z"},
		{"Variable": "$.c", "IsNull": true, "Next": "Z"}]}`)
	var got []string
	for rule := range state.ChoiceRules() {
		got = append(got, Match(rule, RuleCases[string]{
			And:  func([]*ChoiceRule) string { return "and" },
			Or:   func([]*ChoiceRule) string { return "or" },
			Not:  func(*ChoiceRule) string { return "not" },
			Test: func(rule *ChoiceRule) string { return rule.Variable.Source },
		}))
	}
	if text := strings.Join(got, " "); text != "and $.a not or $.b $.c" {
		t.Error(text)
	}
}
