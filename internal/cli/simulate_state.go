package cli

import (
	"context"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/mock"
	"github.com/sfnctl/sfnctl/pkg/simulate/mockcheck"
	"github.com/sfnctl/sfnctl/pkg/simulate/timeline"
	"github.com/sfnctl/sfnctl/pkg/syntax"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// inspectionLevels are the values of --inspect.
var inspectionLevels = map[string]simulate.InspectionLevel{
	"INFO": simulate.InspectInfo, "DEBUG": simulate.InspectDebug, "TRACE": simulate.InspectTrace,
}

// testState tests one state, as the TestState API does, and prints the answer.
func (j *simulationJob) testState(ctx context.Context) error {
	test, err := j.stateTest(ctx)
	if err != nil {
		return err
	}
	report, rejection, err := test.Run(ctx)
	if err != nil {
		return j.explain(err)
	}
	if rejection != nil {
		return j.printRejection(rejection)
	}
	if j.flags.format == "json" {
		if err := j.env.printJSON(append(report.Value().Append(nil), '\n')); err != nil {
			return err
		}
	} else {
		palette := j.env.palette(j.env.Stdout)
		style := timeline.Style{Good: palette.Good, Bad: palette.Error, Strong: palette.Strong, Faint: palette.Faint}
		if err := timeline.WriteState(j.env.Stdout, test.State, report, style); err != nil {
			return err
		}
	}
	if report.Status != "SUCCEEDED" && report.Status != "CAUGHT_ERROR" {
		return errFault()
	}
	return nil
}

// printRejection says for what the service would refuse the test.
func (j *simulationJob) printRejection(r *simulate.Rejection) error {
	if j.flags.format == "json" {
		rejected := value.Object(value.Member{Key: "error", Value: value.Object(
			value.Member{Key: "code", Value: value.String(r.Code)},
			value.Member{Key: "message", Value: value.String(r.Message)},
		)})
		if err := j.env.printJSON(append(rejected.Append(nil), '\n')); err != nil {
			return err
		}
	}
	return usagef("%s: %w", j.file, r)
}

// stateTest reads what the flags say about the test.
func (j *simulationJob) stateTest(ctx context.Context) (*simulate.StateTest, error) {
	level, known := inspectionLevels[strings.ToUpper(j.flags.inspect)]
	if !known {
		return nil, usagef("--inspect is %q; it can be INFO, DEBUG or TRACE", j.flags.inspect)
	}
	t := &simulate.StateTest{
		Machine: j.definition.Machine, State: j.flags.state, Level: level, Handler: j.options.Handler,
		RoleARN: j.flags.roleARN, RetrierRetryCount: j.flags.retries, ErrorCausedByState: j.flags.causedBy,
		Start: j.options.Start, Seed: j.options.Seed,
	}
	if t.RoleARN == "" && j.flags.mocks != "" {
		t.RoleARN = "arn:aws:iam::111111111111:role/test"
	}
	if bare := j.bareState(); bare != nil {
		t.Machine = bare
	}
	if j.flags.failures >= 0 {
		t.MapIterationFailureCount = &j.flags.failures
	}
	if j.flags.readerData != "" {
		t.MapItemReaderData = &j.flags.readerData
	}
	var err error
	if t.Input, err = j.env.readValue(ctx, "--input", j.flags.input); err != nil {
		return nil, err
	}
	if j.flags.context != "" {
		if t.Context, err = j.env.readValue(ctx, "--context", j.flags.context); err != nil {
			return nil, err
		}
	}
	variables, err := j.env.readValue(ctx, "--variables", j.flags.variables)
	if err != nil {
		return nil, err
	}
	for _, member := range variables.Members() {
		t.Variables = append(t.Variables, history.Variable{Name: member.Key, Value: member.Value})
	}
	return t, j.mockState(ctx, t)
}

// bareState returns a machine of the definition when that is a single state
// rather than a machine, else nil.
func (j *simulationJob) bareState() *asl.Machine {
	tree := j.definition.Machine.Tree
	root, isObject := tree.Root.(*syntax.Object)
	if !isObject || root.Get("States") != nil || root.Get("Type") == nil {
		return nil
	}
	machine, _ := asl.ParseState(j.flags.state, tree)
	return machine
}

// mockState reads --mock.
func (j *simulationJob) mockState(ctx context.Context, t *simulate.StateTest) error {
	given, err := j.env.readValue(ctx, "--mock", j.flags.mock)
	if err != nil || given.IsAbsent() {
		return err
	}
	if given.Kind() != value.KindObject {
		return usagef(`--mock must be an object such as {"result": {"ok": true}}`)
	}
	t.Mock = &simulate.StateMock{}
	if result := given.Get("result"); !result.IsAbsent() {
		text := result.Text()
		if result.Kind() == value.KindString {
			text = result.Str() // as the API takes it: JSON text in a string
		}
		t.Mock.Result = &text
	}
	if e := given.Get("errorOutput"); !e.IsAbsent() {
		t.Mock.ErrorOutput = &simulate.Failure{
			Error: e.Get("error").Str(), NoError: !e.Has("error"), Cause: e.Get("cause").Str(), NoCause: !e.Has("cause"),
		}
	}
	if t.Mock.Result == nil && t.Mock.ErrorOutput == nil {
		return usagef("--mock has neither result nor errorOutput; add one")
	}
	mode, known := mockcheck.ParseMode(given.Get("fieldValidationMode").Str())
	if !known {
		return usagef("fieldValidationMode is %s; it can be STRICT, PRESENT or NONE", given.Get("fieldValidationMode").Compact())
	}
	for state := range t.Machine.States() {
		if state.Name == t.State && state.Task != nil && state.Task.Resource != nil {
			resource := spec.ParseResource(state.Task.Resource.Value)
			t.Mock.Validate = func(v value.Value) string { return mock.CheckResult(resource, v, mode) }
		}
	}
	return nil
}
