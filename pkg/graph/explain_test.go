package graph_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
)

func readTrip(t testing.TB) *asl.Machine {
	t.Helper()
	src, err := os.ReadFile("../../testdata/workflows/trip-saga.asl.json")
	if err != nil {
		t.Fatal(err)
	}
	machine, _ := asl.ParseFile("trip-saga.asl.json", src)
	return machine
}

func TestExplainTellsTheWholeVerdict(t *testing.T) {
	got := analyze(parse(`
StartAt: BookHotel
States:
  BookHotel: {` + task + `, Next: BookFlight, Catch: [{ErrorEquals: [SoldOut], Next: SoldOut}, {ErrorEquals: [States.ALL], Next: Lost}]}
  BookFlight: {` + task + `, Next: Pay, Catch: [{ErrorEquals: [States.ALL], Next: CancelHotel}]}
  Pay: {` + task + `, Next: Done}
  CancelHotel: {` + task + `, Next: Lost, Catch: [{ErrorEquals: [States.ALL], Next: Lost}]}
  Done: {Type: Succeed}
  SoldOut: {Type: Fail, Error: SoldOut}
  Lost: {Type: Fail, Error: Lost}
`)).Explain()
	want := `Terminals
  Done        success          reached when nothing failed
                               BookHotel → BookFlight → Pay → Done
  SoldOut     known failure    reached after SoldOut, which a Catcher names
                               BookHotel ✗ SoldOut → SoldOut
  Lost        unknown failure  reached after States.ALL, whatever the cause
                               BookHotel ✗ States.ALL → Lost
  (no state)  unknown failure  errors that no Catcher takes end the execution in no state
                               BookHotel → BookFlight → Pay ✗ any error → the execution fails

Actions
  BookHotel   write, by the word "book" in its name  undone by CancelHotel: "book" and "cancel" of "hotel"
  BookFlight  write, by the word "book" in its name  nothing undoes it
  Pay         write, by the word "pay" in its name   nothing undoes it

When the execution fails
              SoldOut      Lost         (no state)
  BookHotel   not reached  undo failed  pending
  BookFlight  not reached  not reached  pending
  Pay         not reached  not reached  not reached

How it comes to that
  Lost        undo failed  BookHotel → BookFlight ✗ States.ALL → CancelHotel ✗ States.ALL → Lost
  (no state)  pending      BookHotel → BookFlight → Pay ✗ any error → the execution fails
  (no state)  pending      BookFlight → Pay ✗ any error → the execution fails

Pivot: past Pay the workflow goes forward.
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestVerdictOfTheTripSaga(t *testing.T) {
	verdict := analyze(readTrip(t)).Verdict()
	text, err := json.Marshal(verdict)
	if err != nil || !json.Valid(text) {
		t.Fatal(err)
	}
	classes := map[string]graph.Class{}
	for _, terminal := range verdict.Terminals {
		classes[terminal.State] = terminal.Class
	}
	want := map[string]graph.Class{"TripBooked": graph.Success, "TripFailed": graph.KnownFailure, "CancellationFailed": graph.UnknownFailure}
	if diff := cmp.Diff(want, classes); diff != "" {
		t.Error(diff)
	}
	undos := map[string]string{}
	for _, action := range verdict.Actions {
		for _, undo := range action.Undos {
			undos[action.State] = undo.State
		}
	}
	if diff := cmp.Diff(map[string]string{"BookHotel": "CancelHotel", "BookFlight": "CancelFlight", "BookCar": "CancelCar"}, undos); diff != "" {
		t.Error(diff)
	}
}

func TestExplainTellsOfAChoiceThatDecides(t *testing.T) {
	a := analyze(parse(`
StartAt: BookHotel
States:
  BookHotel: {` + task + `, Next: Pay, Catch: [{ErrorEquals: [States.ALL], Next: Ask}]}
  Pay: {` + task + `, Next: Done, Catch: [{ErrorEquals: [States.ALL], Next: Ask}]}
  Ask: {Type: Choice, Default: Failed, Choices: [{Variable: $.hotel, IsPresent: true, Next: CancelHotel}]}
  CancelHotel: {` + task + `, Next: Failed, Catch: [{ErrorEquals: [States.ALL], Next: Lost}]}
  Done: {Type: Succeed}
  Failed: {Type: Fail, Error: Failed}
  Lost: {Type: Fail, Error: Lost}
`))
	outcome := a.Verdict().Actions[0].Outcomes[0]
	want := graph.OutcomeVerdict{Terminal: "Failed", Outcome: "up to a Choice", Path: []graph.PathStep{
		{State: "BookHotel"}, {State: "Pay"}, {State: "Ask", Via: "States.ALL"}, {State: "Failed"},
	}}
	if diff := cmp.Diff(want, outcome); diff != "" {
		t.Errorf("outcome (-want +got)\n%s", diff)
	}
	if choice := a.Compensation.Actions[0].Cells[0].DenyingChoice(); choice == nil || choice.Name() != "Ask" {
		t.Errorf("the Choice that decides is %v", choice)
	}
}
