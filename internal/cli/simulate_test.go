package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const orderDefinition = `{"StartAt": "Reserve", "TimeoutSeconds": 7200, "States": {
  "Reserve": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "reserve", "Payload.$": "$"},
    "Catch": [{"ErrorEquals": ["SoldOut"], "ResultPath": "$.error", "Next": "SoldOut"}, {"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Broken"}], "ResultPath": "$.reservation", "Next": "Rest"},
  "Rest": {"Type": "Wait", "Seconds": 3600, "Next": "Done"},
  "Done": {"Type": "Succeed"},
  "SoldOut": {"Type": "Fail", "Error": "SoldOut", "Cause": "nothing left"},
  "Broken": {"Type": "Fail", "Error": "Broken"}}}`

const orderMocks = `{"StateMachines": {"order": {"TestCases": {
    "Good": {"Reserve": "Ok"}, "Empty": {"Reserve": "SoldOut"}, "Bad": {"Reserve": "Crash"}, "Nothing": {}}}},
  "MockedResponses": {"Ok": {"0": {"Return": {"StatusCode": 200, "Payload": {"seat": 4}}}},
    "SoldOut": {"0": {"Throw": {"Error": "SoldOut", "Cause": "c"}}}, "Crash": {"0": {"Throw": {"Error": "Lambda.Unknown", "Cause": "c"}}}}}`

// orderFolder makes a folder with a definition and mocks.
func orderFolder(t *testing.T) string {
	dir := t.TempDir()
	for name, text := range map[string]string{"order.asl.json": orderDefinition, "mocks.json": orderMocks, "broken.json": `{"a":`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

type simulated struct {
	Status, Output, Error, Cause string
	Terminal                     struct{ State, Class string }
	Duration                     float64
	Events                       []struct{ Type string }
}

func TestSimulateTellsTheClassOfTheTerminal(t *testing.T) {
	dir := orderFolder(t)
	for _, test := range []struct {
		name   string
		code   int
		status string
		state  string
		class  string
	}{
		{"Good", exitOK, "SUCCEEDED", "Done", "success"},
		{"Empty", exitFault, "FAILED", "SoldOut", "known-failure"},
		{"Bad", exitFault, "FAILED", "Broken", "unknown-failure"},
	} {
		code, stdout, stderr := run(t, dir, "", "simulate", "order.asl.json", "--mocks", "mocks.json", "--case", test.name, "--input", `{"id": 7}`, "--format", "json")
		var got simulated
		if err := json.Unmarshal([]byte(stdout), &got); err != nil {
			t.Fatalf("%s: %v in %q (%s)", test.name, err, stdout, stderr)
		}
		if code != test.code || got.Status != test.status || got.Terminal.State != test.state || got.Terminal.Class != test.class {
			t.Errorf("%s: exit %d, %+v", test.name, code, got)
		}
	}
}

func TestAFailInsideABranchHasTheClassThatLintGivesIt(t *testing.T) {
	dir := t.TempDir()
	definition := `{"StartAt": "Both", "States": {"Both": {"Type": "Parallel", "End": true, "Branches": [{"StartAt": "Check", "States": {
	  "Check": {"Type": "Choice", "Choices": [{"Variable": "$.ok", "BooleanEquals": true, "Next": "Fine"}], "Default": "Refused"},
	  "Fine": {"Type": "Pass", "End": true}, "Refused": {"Type": "Fail", "Error": "OrderRefused"}}}]}}}`
	if err := os.WriteFile(filepath.Join(dir, "m.asl.json"), []byte(definition), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, got, _ := run(t, dir, "", "simulate", "m.asl.json", "--input", `{"ok": false}`); !strings.Contains(got, "FAILED in Both/Refused (known-failure)") {
		t.Errorf("got %q", got)
	}
}

func TestConfigurationSaysWhatTerminalsMean(t *testing.T) {
	dir := orderFolder(t)
	if err := os.WriteFile(filepath.Join(dir, ".sfnctl.yaml"), []byte("terminals:\n  - class: known-failure\n    states: [Broken]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for flag, want := range map[string]string{"": "FAILED in Broken (known-failure)", "--no-config": "FAILED in Broken (unknown-failure)"} {
		args := []string{"simulate", "order.asl.json", "--mocks", "mocks.json", "--case", "Bad"}
		if flag != "" {
			args = append(args, flag)
		}
		if _, stdout, stderr := run(t, dir, "", args...); !strings.Contains(stdout, want) {
			t.Errorf("%s: %s%s", flag, stdout, stderr)
		}
	}
}

func TestSimulateWaitsOnTheVirtualClock(t *testing.T) {
	dir := orderFolder(t)
	code, stdout, stderr := run(t, dir, `{"id": 7}`, "simulate", "order.asl.json", "--mocks", "mocks.json", "--case", "Good", "--input", "-", "--start-time", "2030-01-01T00:00:00Z",
		"--history", "history.json", "--html", "report.html")
	if code != exitOK || !strings.Contains(stdout, "waits 1h") || !strings.Contains(stdout, "SUCCEEDED in Done (success) after 1h, 11 events") {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
	history, err := os.ReadFile(filepath.Join(dir, "history.json"))
	if err != nil || !strings.Contains(string(history), `"timestamp":"2030-01-01T01:00:00.000Z","type":"ExecutionSucceeded"`) {
		t.Errorf("the history is %s, %v", history, err)
	}
	if page, err := os.ReadFile(filepath.Join(dir, "report.html")); err != nil || !strings.Contains(string(page), "Reserve") {
		t.Errorf("the report: %v", err)
	}
}

func TestSimulateSaysWhatIsWrongAndWhatToDo(t *testing.T) {
	dir := orderFolder(t)
	for _, test := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"order.asl.json", "--mocks", "mocks.json", "--case", "Nothing"}, exitUsage, `sfnctl: order.asl.json: state "Reserve" has no mock for arn:aws:states:::lambda:invoke; add one to the test case:`},
		{[]string{"order.asl.json", "--mocks", "mocks.json", "--case", "Nothing"}, exitUsage, `"MockedResponses": {"ReserveOk": {"0": {"Return": {"ExecutedVersion":"$LATEST"`},
		{[]string{"order.asl.json", "--mocks", "mocks.json"}, exitUsage, `mocks.json has several test cases for "order"; choose one with --case: "Good", "Empty", "Bad", "Nothing"`},
		{[]string{"order.asl.json", "--mocks", "mocks.json", "--case", "Goood"}, exitUsage, `mocks.json has no test case "Goood" for "order"`},
		{[]string{"order.asl.json", "--mocks", "broken.json"}, exitUsage, `broken.json: file: invalid JSON at byte 5: a value is missing`},
		{[]string{"order.asl.json", "--input", "nofile.json"}, exitUsage, `--input: there is no file "nofile.json", and it is not JSON text`},
		{[]string{"order.asl.json", "--input", `{"a"`}, exitUsage, "--input: invalid JSON at byte 4"},
		{[]string{"nofile.asl.json"}, exitUsage, "nofile.asl.json: no such file or directory"},
		{[]string{"broken.json"}, exitFault, "sfnctl: broken.json:1:"},
		{[]string{"order.asl.json", "--type", "FAST"}, exitUsage, `--type is "FAST"; it can be STANDARD or EXPRESS`},
		{[]string{"order.asl.json", "--format", "xml"}, exitUsage, `--format is "xml"; it can be text, json or html`},
		{[]string{"order.asl.json", "--start-time", "today"}, exitUsage, `the start time "today" is no timestamp such as 2030-01-31T08:00:00Z`},
		{[]string{"order.asl.json", "--s3", "nowhere"}, exitUsage, "--s3: there is no folder nowhere"},
		{[]string{"order.asl.json", "--machine", "x"}, exitUsage, `--machine is "x"; it must be ARN-OR-NAME=FILE`},
		{[]string{"order.asl.json", "--state", "Gone"}, exitUsage, "State not found in definition"},
	} {
		code, _, stderr := run(t, dir, "", append([]string{"simulate"}, test.args...)...)
		if code != test.code || !strings.Contains(stderr, test.want) {
			t.Errorf("%q: exit %d\n%s\nwant %d and %s", test.args, code, stderr, test.code, test.want)
		}
	}
}

func TestSimulateRunsManyTimes(t *testing.T) {
	dir := orderFolder(t)
	code, stdout, _ := run(t, dir, "", "simulate", "order.asl.json", "--mocks", "mocks.json", "--case", "Good", "--runs", "25")
	if code != exitOK || !strings.Contains(stdout, "SUCCEEDED  25\n25 executions, 275 events in ") {
		t.Errorf("exit %d: %s", code, stdout)
	}
}

func TestGeneratedMocksAnswerEveryCase(t *testing.T) {
	dir := orderFolder(t)
	code, generated, stderr := run(t, dir, "", "simulate", "order.asl.json", "--generate-mocks")
	if code != exitOK {
		t.Fatal(stderr)
	}
	if err := os.WriteFile(filepath.Join(dir, "generated.json"), []byte(generated), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"HappyPath": "SUCCEEDED in Done", "Reserve fails with SoldOut": "FAILED in SoldOut", "Reserve fails with States.ALL": "FAILED in Broken",
	} {
		_, stdout, stderr := run(t, dir, "", "simulate", "order.asl.json", "--mocks", "generated.json", "--case", name)
		if !strings.Contains(stdout, want) || stderr != "" {
			t.Errorf("%s: %s%s", name, stdout, stderr)
		}
	}
}

func TestSimulateTestsOneState(t *testing.T) {
	dir := orderFolder(t)
	code, stdout, stderr := run(t, dir, "", "simulate", "order.asl.json", "--state", "Reserve", "--input", `{"id":7}`, "--inspect", "DEBUG",
		"--mock", `{"errorOutput": {"error": "SoldOut", "cause": "c"}}`, "--format", "json")
	want := `{"cause":"c","error":"SoldOut","inspectionData":{"input":"{\"id\":7}","afterInputPath":"{\"id\":7}","afterParameters":"{\"FunctionName\":\"reserve\",\"Payload\":{\"id\":7}}","errorDetails":{"catchIndex":0}},"nextState":"SoldOut","output":"{\"id\":7,\"error\":{\"Error\":\"SoldOut\",\"Cause\":\"c\"}}","status":"CAUGHT_ERROR"}` + "\n"
	if code != exitOK || stdout != want {
		t.Errorf("exit %d\n%s%s\nwant\n%s", code, stdout, stderr, want)
	}
	code, stdout, _ = run(t, dir, `{"Type": "Pass", "Parameters": {"n.$": "$v"}, "Next": "Other"}`, "simulate", "-", "--state", "S", "--variables", `{"v": 1.0}`)
	if code != exitOK || !strings.Contains(stdout, "S  SUCCEEDED  → Other") || !strings.Contains(stdout, `{"n":1.0}`) {
		t.Errorf("exit %d\n%s", code, stdout)
	}
	code, _, stderr = run(t, dir, "", "simulate", "order.asl.json", "--state", "Reserve", "--mock", `{"result": {"StatusCode": "200"}}`)
	if code != exitUsage || !strings.Contains(stderr, "Field 'StatusCode' must be a number") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
}

func TestAStateWithoutMockAsksForTheFlag(t *testing.T) {
	_, _, stderr := run(t, orderFolder(t), "", "simulate", "order.asl.json", "--state", "Reserve", "--role-arn", "role", "--input", `{"id": 7}`)
	if want := `add --mock '{"result": ...}'`; !strings.Contains(stderr, want) {
		t.Errorf("got %q, want %s", stderr, want)
	}
}

func TestAMistakeInAnInputFileHasItsPlace(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"done.asl.json": `{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}`,
		"input.json":    "{\"name\":\n  tru}\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	code, _, stderr := run(t, dir, "", "simulate", "done.asl.json", "--input", "input.json")
	if code != exitUsage || !strings.Contains(stderr, "--input: input.json:2:3: invalid JSON: expected a value") {
		t.Errorf("exit code %d, %s", code, stderr)
	}
}
