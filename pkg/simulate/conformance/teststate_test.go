package conformance_test

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/mock"
	"github.com/sfnctl/sfnctl/pkg/simulate/mockcheck"
	"github.com/sfnctl/sfnctl/pkg/syntax"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// stateCall is a recorded call of the TestState API.
type stateCall struct {
	ID      string `json:"id"`
	Request struct {
		Definition      json.RawMessage `json:"definition"`
		InputRaw        *string         `json:"input_raw"`
		Context         json.RawMessage `json:"context"`
		StateName       *string         `json:"stateName"`
		InspectionLevel string          `json:"inspectionLevel"`
		RoleArn         *string         `json:"roleArn"`
		RevealSecrets   bool            `json:"revealSecrets"`
		Variables       json.RawMessage `json:"variables"`
		Mock            *struct {
			ResultRaw           *string `json:"result_raw"`
			ErrorOutput         *struct{ Error, Cause *string }
			FieldValidationMode string
		} `json:"mock"`
		StateConfiguration struct {
			RetrierRetryCount        int
			MapIterationFailureCount *int
			ErrorCausedByState       string
			MapItemReaderData        *string
		} `json:"stateConfiguration"`
	} `json:"request"`
	Expected json.RawMessage `json:"expected"`
	Flags    []string        `json:"flags"`
}

// unlikeStates are the calls that are answered differently, with the reason.
var unlikeStates = map[string]string{
	"test_state.test_state_machine_scenarios/TestStateMachineScenarios.test_base_state_name_validation_failures[empty]#exception": "refused by the client library, before the service sees the call",
}

// TestStatesAreTestedAsRecorded holds the answers of --state to those of the
// TestState API.
func TestStatesAreTestedAsRecorded(t *testing.T) {
	folder := sharedFolder(t, "conformance", "teststate")
	equal, total := 0, 0
	for _, file := range jsonFiles(t, folder) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		call := &stateCall{}
		if err := json.Unmarshal(text, call); err != nil {
			t.Fatal(err)
		}
		total++
		differences := call.compare(t)
		switch {
		case len(differences) == 0:
			equal++
		case unlikeStates[call.ID] == "":
			t.Errorf("%s:\n\t%s", call.ID, strings.Join(differences[:min(4, len(differences))], "\n\t"))
		}
	}
	share := 100 * float64(equal) / float64(total)
	t.Logf("%d of %d answers are equal, %.2f%%", equal, total, share)
	if share < 95 {
		t.Errorf("%.2f%% of the answers are equal, want 95%%", share)
	}
}

func (c *stateCall) compare(t *testing.T) []string {
	expected := parse(t, string(c.Expected))
	report, rejection, err := c.test(t, expected).Run(t.Context())
	if err != nil {
		return []string{err.Error()}
	}
	d := &differ{}
	if want := expected.Get("error"); !want.IsAbsent() {
		if rejection == nil {
			return []string{"not rejected: " + short(want)}
		}
		d.diff("code", want.Get("code"), value.String(rejection.Code))
		d.diff("message", want.Get("message"), value.String(rejection.Message))
		return d.found
	}
	if rejection != nil {
		return []string{"rejected: " + rejection.Error()}
	}
	d.diff("response", expected.Get("response"), report.Value())
	return d.found
}

func parse(t testing.TB, text string) value.Value {
	v, err := value.ParseCompact(text)
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

func (c *stateCall) test(t *testing.T, expected value.Value) *simulate.StateTest {
	r := &c.Request
	test := &simulate.StateTest{
		RetrierRetryCount:        r.StateConfiguration.RetrierRetryCount,
		MapIterationFailureCount: r.StateConfiguration.MapIterationFailureCount,
		ErrorCausedByState:       r.StateConfiguration.ErrorCausedByState,
		MapItemReaderData:        r.StateConfiguration.MapItemReaderData,
		Reveal:                   r.RevealSecrets,
	}
	if r.StateName != nil {
		test.State = *r.StateName
		test.Machine, _ = asl.ParseFile("definition.asl.json", r.Definition)
	} else {
		test.Machine, _ = asl.ParseState("StateName", syntax.ParseJSON(syntax.NewFile("state.json", r.Definition)))
	}
	if r.InputRaw != nil {
		test.Input, _ = value.Parse(*r.InputRaw)
	}
	if r.Context != nil {
		test.Context = parse(t, string(r.Context))
	}
	if r.RoleArn != nil {
		test.RoleARN = "arn:aws:iam::111111111111:role/given"
	}
	test.Level = map[string]simulate.InspectionLevel{"DEBUG": simulate.InspectDebug, "TRACE": simulate.InspectTrace}[r.InspectionLevel]
	c.mock(t, test)
	if test.Mock == nil {
		test.Handler = recordedAnswer(expected.Get("response"))
	}
	return test
}

func (c *stateCall) mock(t *testing.T, test *simulate.StateTest) {
	m := c.Request.Mock
	if m == nil {
		return
	}
	test.Mock = &simulate.StateMock{Result: m.ResultRaw}
	if m.ErrorOutput != nil {
		test.Mock.ErrorOutput = &simulate.Failure{NoError: m.ErrorOutput.Error == nil, NoCause: m.ErrorOutput.Cause == nil}
		if m.ErrorOutput.Error != nil {
			test.Mock.ErrorOutput.Error = *m.ErrorOutput.Error
		}
		if m.ErrorOutput.Cause != nil {
			test.Mock.ErrorOutput.Cause = *m.ErrorOutput.Cause
		}
	}
	for state := range test.Machine.States() {
		if state.Task == nil || state.Task.Resource == nil || test.State != "" && state.Name != test.State {
			continue
		}
		resource := spec.ParseResource(state.Task.Resource.Value)
		mode, known := mockcheck.ParseMode(m.FieldValidationMode)
		if !known {
			t.Fatalf("%s: unknown mode %q", c.ID, m.FieldValidationMode)
		}
		test.Mock.Validate = func(v value.Value) string { return mock.CheckResult(resource, v, mode) }
	}
}

// recordedAnswer stands for the functions that answered when there was no mock.
func recordedAnswer(response value.Value) simulate.TaskHandler {
	result := response.Get("inspectionData").Get("result")
	if result.IsAbsent() {
		result = response.Get("output")
	}
	if decoded, err := value.ParseCompact(result.Str()); err == nil && result.Kind() == value.KindString {
		result = decoded
	}
	return func(context.Context, *simulate.TaskCall) (simulate.TaskAnswer, error) {
		return simulate.TaskAnswer{Output: result}, nil
	}
}
