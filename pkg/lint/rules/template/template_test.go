package template

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// check returns the rules that fire on a state machine with a Task of 10
// seconds.
func check(t *testing.T, kind asl.WorkflowType, d *lint.Deployment, resource string) []string {
	t.Helper()
	machine, findings := asl.ParseFile("x.json", []byte(`{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
		"Parameters": {"FunctionName": "`+resource+`"}, "TimeoutSeconds": 10, "End": true}}}`))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	set, err := lint.Select(All(), lint.Selection{Preset: lint.Strict})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, finding := range (&lint.Runner{Rules: set}).Check(lint.Target{Machine: machine, Type: kind, Deployment: d}) {
		names = append(names, finding.Rule)
		if !strings.Contains(finding.Message, `"Orders"`) && finding.Rule != "lambda-timeout-exceeds-task" {
			t.Errorf("%s does not name the state machine", finding.Message)
		}
	}
	return names
}

func TestRulesAboutTheTemplate(t *testing.T) {
	set := func(value string) lint.Property { return lint.Property{State: lint.Set, Value: value} }
	computed := lint.Property{State: lint.Computed}
	quiet := lint.Deployment{Logging: set("ALL"), Tracing: set("true"), Complete: true, Alarms: []lint.Alarm{{Metric: "ExecutionsFailed"}}}
	tests := []struct {
		name   string
		kind   asl.WorkflowType
		change func(*lint.Deployment)
		want   []string
	}{
		{"nothing to complain of", asl.Standard, func(*lint.Deployment) {}, nil},
		{"logs are off, but an alarm watches", asl.Standard, func(d *lint.Deployment) { d.Logging = set("OFF") }, nil},
		{"nobody sees a failure", asl.Standard, func(d *lint.Deployment) { d.Logging, d.Alarms = lint.Property{}, nil }, []string{"failures-invisible", "no-failure-alarm"}},
		{"the rest may be elsewhere", asl.Standard, func(d *lint.Deployment) { d.Logging, d.Alarms, d.Complete = lint.Property{}, nil, false }, nil},
		{"the level may be any", asl.Standard, func(d *lint.Deployment) { d.Logging, d.Alarms = computed, nil }, []string{"no-failure-alarm"}},
		{"an Express workflow without logs", asl.Express, func(d *lint.Deployment) { d.Logging = set("OFF") }, []string{"express-without-logs"}},
		{"the alarm is on another machine", asl.Standard, func(d *lint.Deployment) { d.Alarms[0].Machine = "Other" }, []string{"no-failure-alarm"}},
		{"the alarm is on another metric", asl.Standard, func(d *lint.Deployment) { d.Alarms[0].Metric = "ExecutionsStarted" }, []string{"no-failure-alarm"}},
		{"an event rule takes failures", asl.Standard, func(d *lint.Deployment) {
			d.Alarms, d.Rules = nil, []lint.EventRule{{Statuses: []string{"FAILED"}, Machine: "Orders"}}
		}, nil},
		{"an event rule takes successes", asl.Standard, func(d *lint.Deployment) {
			d.Alarms, d.Rules = nil, []lint.EventRule{{Statuses: []string{"SUCCEEDED"}}}
		}, []string{"no-failure-alarm"}},
		{"tracing is off", asl.Standard, func(d *lint.Deployment) { d.Tracing = set("false") }, []string{"tracing-off"}},
		{"tracing is absent", asl.Standard, func(d *lint.Deployment) { d.Tracing = lint.Property{} }, []string{"tracing-off"}},
		{"tracing may be on", asl.Standard, func(d *lint.Deployment) { d.Tracing = computed }, nil},
		{"the function may outlast the Task", asl.Standard, func(d *lint.Deployment) { d.Functions = []lint.Function{{Name: "Charge", Timeout: 11}} }, []string{"lambda-timeout-exceeds-task"}},
		{"the function ends first", asl.Standard, func(d *lint.Deployment) { d.Functions = []lint.Function{{Name: "Charge", Timeout: 10}} }, nil},
		{"another function", asl.Standard, func(d *lint.Deployment) { d.Functions = []lint.Function{{Name: "Refund", Timeout: 60}} }, nil},
	}
	for _, test := range tests {
		d := quiet
		d.Name, d.File = "Orders", syntax.NewFile("template.yaml", nil)
		d.Alarms = append([]lint.Alarm{}, quiet.Alarms...)
		test.change(&d)
		if diff := cmp.Diff(test.want, check(t, test.kind, &d, "${Charge}")); diff != "" {
			t.Errorf("%s\n%s", test.name, diff)
		}
	}
}

func TestPlainDefinitionsHaveNoTemplateToJudge(t *testing.T) {
	if got := check(t, asl.Express, nil, "charge"); got != nil {
		t.Error(got)
	}
}

func TestFunctionsGoByAnyOfTheirNames(t *testing.T) {
	d := &lint.Deployment{
		Name: "Orders", File: syntax.NewFile("main.tf", nil), Logging: lint.Property{State: lint.Computed}, Tracing: lint.Property{State: lint.Computed},
		Functions: []lint.Function{{Name: "aws_lambda_function.charge", Alias: "charge-prod", Timeout: 60}},
	}
	for _, resource := range []string{
		"charge-prod", "${aws_lambda_function.charge}", "arn:aws:lambda:eu-west-1:123456789012:function:charge-prod",
		"arn:aws:lambda:${region}:${account}:function:${aws_lambda_function.charge}",
	} {
		if got := check(t, asl.Standard, d, resource); len(got) != 1 {
			t.Errorf("%s: %v", resource, got)
		}
	}
}
