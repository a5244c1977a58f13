package asl

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/diag"
)

// decode returns the machine of a definition that has no findings.
func decode(t *testing.T, text string) *Machine {
	t.Helper()
	machine, findings := ParseFile("definition.json", []byte(text))
	if len(findings) > 0 {
		t.Fatalf("unexpected findings:\n%s", listing(findings))
	}
	return machine
}

func find(t *testing.T, machine *Machine, name string) *State {
	t.Helper()
	for state := range machine.States() {
		if state.Name == name {
			return state
		}
	}
	t.Fatalf("no state %q", name)
	return nil
}

const nested = `{"StartAt": "Ship", "QueryLanguage": "JSONPath", "TimeoutSeconds": 60, "States": {
	"Ship": {"Type": "Parallel", "QueryLanguage": "JSONata", "Next": "Each", "Branches": [
		{"StartAt": "Pack", "States": {"Pack": {"Type": "Pass", "End": true}}},
		{"StartAt": "Weigh", "Comment": "second", "States": {"Weigh": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $w + $states.input.kg %}", "End": true}}}]},
	"Each": {"Type": "Map", "End": true,
		"ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}, "StartAt": "Do", "States": {
			"Do": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
				"Parameters": {"plain": {"n": 1.50}, "list": [1, {"deep.$": "$.a.b"}], "call.$": "States.Format('{}{}', $.x[0], $user.name)", "id.$": "$$.Execution.Id"}}}}}}}`

func TestRegionsKnowTheirPlace(t *testing.T) {
	machine := decode(t, nested)
	var got []string
	for state := range machine.States() {
		got = append(got, state.Path()+" "+state.QueryLanguage.String())
	}
	want := []string{
		"Ship JSONata", "Ship.Branches[0].Pack JSONPath", "Ship.Branches[1].Weigh JSONata",
		"Each JSONPath", "Each.ItemProcessor.Do JSONPath",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	ship, each := find(t, machine, "Ship"), find(t, machine, "Each")
	second := ship.Regions()[1]
	if second.Index != 1 || second.Owner != ship || second.Start().Name != "Weigh" || second.Comment.Value != "second" {
		t.Errorf("second branch: %+v", second)
	}
	if !each.Map.Distributed || each.Map.ExecutionType != Express || each.Map.Processor.Owner != each {
		t.Errorf("map: %+v", each.Map)
	}
	if machine.TimeoutSeconds.Value != 60 || machine.Region.Start() != ship {
		t.Errorf("machine: %+v", machine)
	}
}

func TestTemplatesKeepLiteralsWhole(t *testing.T) {
	parameters := find(t, decode(t, nested), "Do").Parameters
	if parameters.Kind != ObjectTemplate || len(parameters.Members) != 4 {
		t.Fatalf("parameters: %+v", parameters)
	}
	plain := parameters.Members[0].Value
	if plain.Kind != Literal || plain.Literal.Compact() != `{"n":1.50}` {
		t.Errorf("plain: kind %v, %s", plain.Kind, plain.Literal)
	}
	var fields []string
	for e := range parameters.All() {
		fields = append(fields, e.Field)
	}
	want := []string{
		"Parameters", "Parameters/plain", "Parameters/list", "Parameters/list[0]", "Parameters/list[1]", "Parameters/list[1]/deep.$",
		"Parameters/call.$", "Parameters/id.$",
	}
	if diff := cmp.Diff(want, fields); diff != "" {
		t.Error(diff)
	}
}

func TestReadsTellWhatAnExpressionDependsOn(t *testing.T) {
	machine := decode(t, nested)
	type read struct {
		From     Source
		Variable string
		Path     []string
		Whole    bool
		Text     string
	}
	var got []read
	for r := range find(t, machine, "Do").Parameters.Reads() {
		got = append(got, read{r.Source, r.Variable, r.Path, r.Whole, machine.File().Text(r.Span)})
	}
	want := []read{
		{FromInput, "", []string{"a", "b"}, true, `"$.a.b"`},
		{FromInput, "", []string{"x"}, false, "$.x[0]"},
		{FromVariable, "user", []string{"name"}, true, "$user.name"},
		{FromContext, "", []string{"Execution", "Id"}, true, `"$$.Execution.Id"`},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadsOfJSONata(t *testing.T) {
	weigh := find(t, decode(t, nested), "Weigh")
	var got []string
	for r := range weigh.Output.Reads() {
		got = append(got, r.Variable+":"+strings.Join(r.Path, "."))
	}
	if want := []string{"w:", ":kg"}; !slices.Equal(got, want) {
		t.Errorf("reads %q, want %q", got, want)
	}
}

func TestEveryRuleOfDecodingIsShownInTheGoldenFiles(t *testing.T) {
	seen := map[string]bool{}
	eachGolden(t, func(name string, src []byte) {
		_, findings := ParseFile(name, src)
		for _, found := range findings {
			seen[found.Rule] = true
		}
	})
	for _, rule := range Rules() {
		if !seen[rule.Name] {
			t.Errorf("no golden file shows %s", rule.Name)
		}
		if rule.Category == "" || rule.Summary == "" {
			t.Errorf("%s lacks a category or summary", rule.Name)
		}
	}
}

func TestFixesOfDecodingRemoveTheirFinding(t *testing.T) {
	eachGolden(t, func(name string, src []byte) {
		_, findings := ParseFile(name, src)
		for _, found := range findings {
			for _, fix := range found.Fixes {
				if _, after := ParseFile(name, applied(src, fix)); slices.ContainsFunc(after, func(f diag.Diagnostic) bool {
					return f.Rule == found.Rule && f.Message == found.Message
				}) {
					t.Errorf("%s: %q does not remove %q", name, fix.Message, found.Message)
				}
			}
		}
	})
}

func applied(src []byte, fix diag.Fix) []byte {
	text := string(src)
	for i := len(fix.Edits) - 1; i >= 0; i-- {
		edit := fix.Edits[i]
		text = text[:edit.Span.Start] + edit.Text + text[edit.Span.End:]
	}
	return []byte(text)
}
