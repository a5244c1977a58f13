package overlay

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/render"
)

const charge = `{
  "StartAt": "Charge",
  "States": {
    "Charge": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Ship",
      "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Failed"}]},
    "Ship": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "Pack, wrap", "States": {
      "Pack, wrap": {"Type": "Pass", "End": true}}}},
    "Failed": {"Type": "Fail", "Error": "ChargeFailed"}
  }
}`

func build(t testing.TB, source string) *graph.Graph {
	t.Helper()
	machine, findings := asl.ParseFile("test.asl.json", []byte(source))
	for _, finding := range findings {
		if finding.Severity == diag.Error {
			t.Fatalf("the definition of the test is wrong: %s", finding.Message)
		}
	}
	return graph.Build(machine)
}

// marks lists what an overlay says, state by state and edge by edge.
func marks(g *graph.Graph, o *Overlay) []string {
	var lines []string
	for _, node := range g.Nodes {
		mark := o.Marks[node]
		if mark.Tone != render.Plain && mark.Tone != render.Dimmed {
			lines = append(lines, node.Name()+": "+string(mark.Tone)+" "+mark.Text)
		}
		for _, edge := range node.Out {
			if tone := o.Edges[edge]; tone != render.Plain && tone != render.Dimmed && edge.To != nil {
				lines = append(lines, node.Name()+" to "+edge.To.Name()+": "+string(tone))
			}
		}
	}
	return lines
}

func TestPathsAreReadAsListsAndAsFindingsPrintThem(t *testing.T) {
	g := build(t, charge)
	tests := []struct {
		path string
		want []string
	}{
		{"Charge,Ship", []string{"Charge: visited 1 of 2", "Charge to Ship: visited", "Ship: visited 2 of 2"}},
		{"Charge ✗ States.ALL → Failed", []string{"Charge: visited 1 of 2", "Charge to Failed: failed", "Failed: failed 2 of 2"}},
		{"Charge, Failed", []string{"Charge: visited 1 of 2", "Charge to Failed: failed", "Failed: failed 2 of 2"}},
		{"Ship/Pack, wrap", []string{"Pack, wrap: visited 1 of 1"}},
		{"Ship, Pack, wrap", []string{"Ship: visited 1 of 2", "Pack, wrap: visited 2 of 2"}},
		{"Charge → … → Pack, wrap", []string{"Charge: visited 1 of 3", "Pack, wrap: visited 3 of 3"}},
		{"Charge ✗ States.Timeout → the execution fails", []string{"Charge: visited 1 of 2"}},
	}
	for _, test := range tests {
		o, err := Path(g, test.path)
		if err != nil {
			t.Errorf("%s: %v", test.path, err)
			continue
		}
		if diff := cmp.Diff(test.want, marks(g, o)); diff != "" {
			t.Errorf("%s:\n%s", test.path, diff)
		}
	}
}

func TestPathWithUnknownStateNamesTheNearest(t *testing.T) {
	_, err := Path(build(t, charge), "Charge,Shipp")
	var unknown *UnknownStateError
	if !errors.As(err, &unknown) || unknown.Name != "Shipp" || unknown.Nearest != "Ship" {
		t.Errorf("got %v, want an unknown state Shipp, nearest Ship", err)
	}
}

func TestFindingsMarkTheirStatesAndTheOthersComeBack(t *testing.T) {
	g := build(t, charge)
	o, others := Findings(g, []diag.Diagnostic{
		{Rule: "uncaught-error", Severity: diag.Warning, State: "Ship"},
		{Rule: "fail-without-error", Severity: diag.Info, State: "Ship"},
		{Rule: "wrong-type", Severity: diag.Error, State: "Pack, wrap"},
		{Rule: "missing-field", Severity: diag.Error},
	})
	want := []string{"Ship: warned warning: uncaught-error · info: fail-without-error", "Pack, wrap: faulty error: wrong-type"}
	if diff := cmp.Diff(want, marks(g, o)); diff != "" {
		t.Error(diff)
	}
	if len(others) != 1 || others[0].Rule != "missing-field" {
		t.Errorf("got %v, want the finding without a state", others)
	}
}

func TestDiffTellsWhatARevisionChanged(t *testing.T) {
	before := build(t, charge)
	after := build(t, strings.NewReplacer(
		`"Next": "Ship"`, `"Next": "Check", "TimeoutSeconds": 5`,
		`"Failed": {`, `"Check": {"Type": "Pass", "Next": "Ship", "Comment": "new"}, "Failed": {`,
		`"Pack, wrap"`, `"Pack"`, `"ChargeFailed"`, `"ChargeFailed", "Comment": "comments do not count"`,
	).Replace(charge))
	o, changes := Diff(before, after)
	want := []string{
		"Charge: changed changed", "Charge to Check: added", "Pack: added added", "Check: added added", "Check to Ship: added",
	}
	if diff := cmp.Diff(want, marks(after, o)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Changes{Added: 2, Changed: 1, Removed: 1, AddedEdges: 2, RemovedEdges: 1}, changes); diff != "" {
		t.Error(diff)
	}
	inner := after.Nodes[1].Inner[0]
	if got := o.Gone[inner].States; len(got) != 1 || got[0].Name != "Pack, wrap" {
		t.Errorf("the Map has lost %v, want the state that was in it", got)
	}
	if got := o.Gone[after.Root].Edges; len(got) != 1 || got[0].From != "Charge" || got[0].To != "Ship" {
		t.Errorf("the top level has lost %v, want Charge to Ship", got)
	}
	if got, want := changes.String(), "2 states added, 1 state changed, 1 state removed, 2 edges added, 1 edge removed"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDiffOfARevisionWithItselfIsEmpty(t *testing.T) {
	if _, changes := Diff(build(t, charge), build(t, charge)); changes.Any() {
		t.Errorf("got %v", changes)
	}
}

func TestRemovedOwnerLeavesItsStatesOutside(t *testing.T) {
	before := build(t, charge)
	after := build(t, `{"StartAt": "Charge", "States": {"Charge": {"Type": "Pass", "End": true}}}`)
	o, changes := Diff(before, after)
	if changes.Removed != 3 || len(o.Gone[after.Root].States) != 3 {
		t.Errorf("got %v with %v, want three states removed at top level", changes, o.Gone[after.Root].States)
	}
}
