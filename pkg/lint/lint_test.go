package lint

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
)

// testRules are rules small enough to see through: each reports the states of
// one type.
func testRules() []*Rule {
	each := func(name string, category Category, severity diag.Severity, preset Preset, kind asl.StateType) *Rule {
		return &Rule{
			Name: name, Category: category, Severity: severity, Preset: preset, Summary: "a test rule",
			Run: func(p *Pass) {
				for state := range p.Machine.States() {
					if state.Type == kind {
						p.Reportf(state, state.NameNode, "%s found", state.Name)
					}
				}
			},
		}
	}
	global := each("has-fail", Flow, diag.Warning, Recommended, asl.Fail)
	local := global.Run
	global.Requires = []Prerequisite{Graph}
	global.Run = func(p *Pass) { p.Graph(); local(p) }
	return append(SuppressionRules(),
		each("has-pass", Style, diag.Info, Strict, asl.Pass),
		each("has-wait", Data, diag.Warning, Recommended, asl.Wait),
		global,
		&Rule{Name: "undefined-target", Category: Flow, Severity: diag.Error, Preset: Spec, Summary: "decoded"},
		&Rule{Name: "invalid-syntax", Category: Syntax, Severity: diag.Error, Preset: Spec, Summary: "decoded"},
	)
}

// check returns the findings on a definition as "rule severity pointer".
func check(t *testing.T, selection Selection, name, source string) []string {
	t.Helper()
	set, err := Select(testRules(), selection)
	if err != nil {
		t.Fatal(err)
	}
	machine, decoded := asl.ParseFile(name, []byte(source))
	var lines []string
	for _, finding := range (&Runner{Rules: set}).Check(Target{Machine: machine, Decoded: decoded}) {
		lines = append(lines, finding.Rule+" "+finding.Severity.String()+" "+finding.Pointer)
	}
	return lines
}

const definition = `{
	"StartAt": "W",
	"States": {
		"W": {"Type": "Wait", "Seconds": 1, "Next": "P"},
		"P": {"Type": "Pass", "Next": "Fial"},
		"Fail": {"Type": "Fail", "Error": "X"}
	}
}`

func TestSelection(t *testing.T) {
	wait, pass := "has-wait warning /States/W", "has-pass info /States/P"
	target, fail := "undefined-target error /States/P/Next", "has-fail warning /States/Fail"
	set := func(target string, level Level) []Setting { return []Setting{{target, level}} }
	tests := []struct {
		name      string
		selection Selection
		want      []string
	}{
		{"the default is recommended", Selection{}, []string{wait, target, fail}},
		{"spec has what AWS refuses", Selection{Preset: Spec}, []string{target}},
		{"strict has all", Selection{Preset: Strict}, []string{wait, pass, target, fail}},
		{"a rule can be off", Selection{Settings: set("has-wait", Off)}, []string{target, fail}},
		{"a category can be off", Selection{Settings: set("flow", Off)}, []string{wait}},
		{"a rule of a larger preset can be on", Selection{Settings: set("has-pass", On)}, []string{wait, pass, target, fail}},
		{"a severity switches on, too", Selection{Preset: Spec, Settings: set("has-wait", AsError)}, []string{"has-wait error /States/W", target}},
		{"later settings win", Selection{Settings: []Setting{{"all", Off}, {"data", On}}}, []string{wait}},
		{"only leaves nothing else", Selection{Only: []string{"has-pass"}}, []string{pass}},
		{"only keeps the severity that was set", Selection{Only: []string{"data"}, Settings: set("has-wait", AsInfo)}, []string{"has-wait info /States/W"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, check(t, test.selection, "x.asl.json", definition)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUnknownNamesAreErrors(t *testing.T) {
	for want, selection := range map[string]Selection{
		`unknown rule "nothing"`:   {Only: []string{"nothing"}},
		`unknown rule "some"`:      {Settings: []Setting{{"some", Off}}},
		`unknown level "loud"`:     {Settings: []Setting{{"all", "loud"}}},
		`unknown preset "lenient"`: {Preset: "lenient"},
	} {
		if _, err := Select(testRules(), selection); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := Select(testRules(), Selection{Only: []string{"security"}}); err != nil {
		t.Errorf("a category without rules is no mistake: %v", err)
	}
}

func TestSettingsOfOneSourceGoFromTheGeneralToTheSpecial(t *testing.T) {
	settings := []Setting{{"has-wait", On}, {"flow", On}, {"all", Off}, {"has-pass", On}}
	SortSettings(settings)
	want := []Setting{{"all", Off}, {"flow", On}, {"has-wait", On}, {"has-pass", On}}
	if diff := cmp.Diff(want, settings); diff != "" {
		t.Error(diff)
	}
}

// TestBrokenTextMakesNoRuleGuess: what is said of a state that could not be
// read as a whole, and of the machine as a whole, would be a guess.
func TestBrokenTextMakesNoRuleGuess(t *testing.T) {
	broken := `{"StartAt": "A", "States": {
		"A": {"Type": "Wait", "Seconds": , "Next": "B"},
		"B": {"Type": "Wait", "Seconds": 1, "Next": "F"},
		"F": {"Type": "Fail", "Error": "X"}
	}}`
	got := check(t, Selection{Only: []string{"has-wait", "has-fail"}}, "x.asl.json", broken)
	if diff := cmp.Diff([]string{"has-wait warning /States/B"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestValidateFindsWhatARuleLacks(t *testing.T) {
	good := &Rule{Name: "a-rule", Category: Flow, Preset: Spec, Severity: diag.Error, Summary: "good"}
	for _, fault := range Validate([]*Rule{good}) {
		t.Error(fault)
	}
	wrong := []*Rule{
		good, good,
		{Name: "Upper", Category: "no", Preset: "no", Summary: "Ends."},
		{Name: "flow", Category: Flow, Preset: Spec, Severity: diag.Info, Summary: "two\nlines"},
	}
	if got := len(Validate(wrong)); got != 9 {
		t.Errorf("%d faults, want 9: %v", got, Validate(wrong))
	}
}

func TestAFaultOfTheTextNamesTheStateAroundIt(t *testing.T) {
	t.Parallel()
	source := `{"StartAt": "A", "States": {"A": {"Type": "Parallel", "End": true, "Branches": [
		{"StartAt": "B", "States": {"B": {"Type": "Pass", "Parameters": {"x": 1, "x": 2}, "End": true}}}]}}, "Comment": "", "Comment": ""}`
	machine, decoded := asl.ParseFile("d.json", []byte(source))
	rules, err := Select([]*Rule{{Name: "duplicate-key", Category: Syntax, Severity: diag.Warning, Preset: Recommended, Summary: "found in reading"}}, Selection{})
	if err != nil {
		t.Fatal(err)
	}
	runner := Runner{Rules: rules}
	var states []string
	for _, finding := range runner.Check(Target{Machine: machine, Decoded: decoded}) {
		states = append(states, finding.Rule+" "+finding.State)
	}
	if diff := cmp.Diff([]string{"duplicate-key B", "duplicate-key "}, states); diff != "" {
		t.Error(diff)
	}
}

func TestAContextThatIsOverChecksNothing(t *testing.T) {
	t.Parallel()
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if findings, err := File(over, testRules(), "d.json", []byte("{}")); !errors.Is(err, context.Canceled) || findings != nil {
		t.Errorf("%v, %v", findings, err)
	}
}
