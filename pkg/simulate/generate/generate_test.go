package generate

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/mock"
	"github.com/sfnctl/sfnctl/pkg/simulate/mockcheck"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var start = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)

func scenarioOf(t *testing.T, name string, source []byte) (*asl.Machine, *Scenario) {
	t.Helper()
	machine, _ := asl.ParseFile(name, source)
	scenario, err := ForMachine(t.Context(), machine, Options{Name: "machine", Start: start})
	if err != nil {
		t.Fatal(err)
	}
	return machine, scenario
}

// TestEveryCaseOfTheFileEndsAsItsNameSays reads the file that is written, as a
// user's run would.
func TestEveryCaseOfTheFileEndsAsItsNameSays(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.asl.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no definitions", err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		machine, scenario := scenarioOf(t, file, source)
		text := scenario.MockFile(true)
		compareGolden(t, strings.TrimSuffix(file, ".asl.json")+".mocks.json", text)
		config, problems := mock.Parse(file, string(text))
		if len(problems) > 0 {
			t.Errorf("%s: %v", file, problems)
		}
		for _, name := range config.Machines["machine"].CaseNames() {
			runCase(t, file, machine, config, name)
		}
	}
}

func runCase(t *testing.T, file string, machine *asl.Machine, config *mock.Config, name string) {
	t.Helper()
	program, findings := simulate.Compile(machine)
	if program == nil {
		t.Fatalf("%s: %v", file, findings)
	}
	selected, err := config.Select("machine", name)
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range config.CheckMachine(machine, selected, false, mockcheck.Strict) {
		t.Errorf("%s, %s: %s", file, name, problem)
	}
	answers := config.Answers(selected)
	result, err := program.Start(selected.Input, simulate.Options{Start: start, Handler: answers.Handle}).Run(t.Context())
	if err != nil {
		t.Fatalf("%s, %s: %v", file, name, err)
	}
	if name == HappyPath && result.Status != simulate.Succeeded {
		t.Errorf("%s: the happy path ended %v: %v", file, result.Status, result.Failure)
	}
	if failing, _, found := strings.Cut(name, " fails with "); found && !entered(result, failing) {
		t.Errorf("%s: %q never came to state %q", file, name, failing)
	}
	for _, problem := range answers.Unused() {
		t.Errorf("%s, %s: %v", file, name, problem)
	}
}

func entered(result *simulate.Result, state string) bool {
	for _, event := range result.Events {
		if event.Name == state && strings.HasSuffix(event.Type.String(), "StateEntered") {
			return true
		}
	}
	return false
}

func compareGolden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got)\n%s", file, diff)
	}
}

func TestReadersSayWhatTheyNeed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ states, input string }{
		"a path":                       {`"S": {"Type": "Pass", "InputPath": "$.a.b", "End": true}`, `{"a":{"b":"example b"}}`},
		"an index":                     {`"S": {"Type": "Pass", "InputPath": "$.a[1]", "End": true}`, `{"a":["example a","example a"]}`},
		"a filter":                     {`"S": {"Type": "Pass", "Parameters": {"x.$": "$.a[?(@.k == 'v')].n"}, "End": true}`, `{"a":[{"k":"v","n":"example n"}]}`},
		"seconds":                      {`"S": {"Type": "Wait", "SecondsPath": "$.s", "End": true}`, `{"s":1}`},
		"a timestamp":                  {`"S": {"Type": "Wait", "TimestampPath": "$.t", "End": true}`, `{"t":"2030-01-01T00:01:00Z"}`},
		"a sum":                        {`"S": {"Type": "Pass", "Parameters": {"x.$": "States.MathAdd($.n, 1)"}, "End": true}`, `{"n":1}`},
		"JSON in text":                 {`"S": {"Type": "Pass", "Parameters": {"x.$": "States.StringToJson($.t)"}, "Next": "E"}, "E": {"Type": "Pass", "InputPath": "$.x.y", "End": true}`, `{"t":"{\"y\":\"example y\"}"}`},
		"the likelier of two ways":     {`"S": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericLessThan": 0, "Next": "Bad"}], "Default": "E"}, "Bad": {"Type": "Fail"}, "E": {"Type": "Succeed"}`, `{"n":0}`},
		"what must not be there":       {`"S": {"Type": "Choice", "Choices": [{"Variable": "$.error", "IsPresent": true, "Next": "Bad"}], "Default": "E"}, "Bad": {"Type": "Fail"}, "E": {"Type": "Succeed"}`, `{}`},
		"two conditions":               {`"S": {"Type": "Choice", "Choices": [{"And": [{"Variable": "$.n", "NumericGreaterThan": 2}, {"Not": {"Variable": "$.s", "StringEquals": "x"}}], "Next": "E"}], "Default": "Bad"}, "Bad": {"Type": "Fail"}, "E": {"Type": "Succeed"}`, `{"n":3,"s":"example s"}`},
		"a comparison of two paths":    {`"S": {"Type": "Choice", "Choices": [{"Variable": "$.a", "NumericGreaterThanPath": "$.b", "Next": "E"}], "Default": "Bad"}, "Bad": {"Type": "Fail"}, "E": {"Type": "Succeed"}`, `{"a":6,"b":5}`},
		"a JSONata condition":          {`"S": {"Type": "Choice", "QueryLanguage": "JSONata", "Choices": [{"Condition": "{% $states.input.status = 'ok' and $count($states.input.items) > 1 %}", "Next": "E"}], "Default": "Bad"}, "Bad": {"Type": "Fail"}, "E": {"Type": "Succeed"}`, `{"status":"ok","items":["example item","example item"]}`},
		"JSONata functions":            {`"S": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% {'a': $sum($states.input.n), 'b': $uppercase($states.input.s), 'c': $parse($states.input.j).k} %}", "End": true}`, `{"n":[1],"s":"example s","j":"{\"k\":\"example k\"}"}`},
		"items of a Map":               {`"S": {"Type": "Map", "ItemsPath": "$.list", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Wait", "SecondsPath": "$.wait", "End": true}}}, "End": true}`, `{"list":[{"wait":1}]}`},
		"what a variable holds":        {`"S": {"Type": "Pass", "Assign": {"n.$": "$.n"}, "Next": "W"}, "W": {"Type": "Wait", "SecondsPath": "$n", "End": true}`, `{"n":1}`},
		"the input in the context":     {`"S": {"Type": "Pass", "Parameters": {"x.$": "$$.Execution.Input.deep.x"}, "End": true}`, `{"deep":{"x":"example x"}}`},
		"a loop over a counter":        {`"S": {"Type": "Pass", "Result": 0, "ResultPath": "$.i", "Next": "Add"}, "Add": {"Type": "Pass", "Parameters": {"i.$": "States.MathAdd($.i, 1)"}, "Next": "Again"}, "Again": {"Type": "Choice", "Choices": [{"Variable": "$.i", "NumericLessThan": 5, "Next": "Add"}], "Default": "E"}, "E": {"Type": "Succeed"}`, `{}`},
		"a condition found by trial":   {`"S": {"Type": "Choice", "QueryLanguage": "JSONata", "Choices": [{"Condition": "{% $toMillis($states.input.until) > $millis() + 518400000 %}", "Next": "E"}], "Default": "Bad"}, "Bad": {"Type": "Fail"}, "E": {"Type": "Succeed"}`, `{"until":"9999-01-01T00:00:00Z"}`},
		"wildcards and what is inside": {`"S": {"Type": "Pass", "Parameters": {"x.$": "$.orders[*].id"}, "End": true}`, `{"orders":[{"id":"example id"}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, scenario := scenarioOf(t, "d.asl.json", []byte(`{"StartAt": "S", "States": {`+c.states+`}}`))
			if scenario.Cases[0].Name != HappyPath {
				t.Fatal(scenario.Notes)
			}
			if diff := cmp.Diff(c.input, scenario.Cases[0].Input.Compact()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestGeneratedDataFitsTheSimulatorsOwnMachines: the machines of its archives
// run on what is made for them, and every result is one that its API can give.
func TestGeneratedDataFitsTheSimulatorsOwnMachines(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("..", "testdata", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatal("there are no archives")
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(text), "-- definition.asl.json --\n")
		definition, _, _ := strings.Cut(rest, "\n-- ")
		machine, scenario := scenarioOf(t, file, []byte(definition))
		config, problems := mock.Parse(file, string(scenario.MockFile(true)))
		if len(problems) > 0 {
			t.Errorf("%s: %v", file, problems)
		}
		for _, name := range config.Machines["machine"].CaseNames() {
			runCase(t, file, machine, config, name)
		}
	}
}

func TestNotesSayWhatCannotBeMade(t *testing.T) {
	t.Parallel()
	_, scenario := scenarioOf(t, "d.asl.json", []byte(`{"StartAt": "S", "States": {
		"S": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true, "Catch": [
			{"ErrorEquals": ["States.ALL"], "Next": "F"}]},
		"Never": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:g", "Next": "F", "Catch": [
			{"ErrorEquals": ["Late"], "Next": "F"}]},
		"F": {"Type": "Fail", "Error": "Failed"}}}`))
	want := []string{`no case for "Late" in Catch[0] of state "Never": no input and results were found with which the execution comes there`}
	if diff := cmp.Diff(want, scenario.Notes); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	_, scenario = scenarioOf(t, "d.asl.json", []byte(`{"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "Always"}}}`))
	if scenario.Cases[0].Name == HappyPath || len(scenario.Notes) != 1 || !strings.Contains(scenario.Notes[0], `"F": Always`) {
		t.Error(scenario.Cases[0].Name, scenario.Notes)
	}
}

// TestRealMachinesRunOnWhatIsGenerated holds the share of the definitions in the
// corpus that succeed on generated data.
func TestRealMachinesRunOnWhatIsGenerated(t *testing.T) {
	t.Parallel()
	good, all := 0, 0
	for _, file := range corpus(t) {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		machine, _ := asl.ParseFile(file, source)
		if program, _ := simulate.Compile(machine); program == nil {
			continue
		}
		_, scenario := scenarioOf(t, file, source)
		all++
		if scenario.Cases[0].Name == HappyPath {
			good++
		} else {
			t.Logf("%s: %s", filepath.Base(file), scenario.Notes[0])
		}
	}
	t.Logf("%d of %d succeed", good, all)
	if good*10 < all*9 {
		t.Errorf("%d of %d succeed; it should be nine in ten", good, all)
	}
}

func corpus(t *testing.T) []string {
	t.Helper()
	root := "../../../../shared/corpus/asl"
	if _, err := os.Stat(root); err != nil {
		t.Skip("the corpus is not here:", err)
	}
	var files []string
	for _, pattern := range []string{"*", "*/*", "*/*/*", "*/*/*/*", "*/*/*/*/*", "*/*/*/*/*/*", "*/*/*/*/*/*/*", "*/*/*/*/*/*/*/*"} {
		found, _ := filepath.Glob(filepath.Join(root, pattern))
		files = append(files, found...)
	}
	return slices.DeleteFunc(files, func(file string) bool {
		info, err := os.Stat(file)
		return err != nil || info.IsDir() || !strings.Contains(filepath.Base(file), "asl") && filepath.Ext(file) != ".json"
	})
}
