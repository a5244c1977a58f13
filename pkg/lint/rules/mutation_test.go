package rules_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

const tripSaga = "../../../testdata/workflows/trip-saga.asl.json"

// fired checks a definition with every rule and returns those that report a
// warning or an error, each with its state: "uncaught-error BookCar".
func fired(t *testing.T, src []byte) []string {
	t.Helper()
	machine, decoded := asl.ParseFile("trip.json", src)
	set, err := lint.Select(rules.All(), lint.Selection{})
	if err != nil {
		t.Fatal(err)
	}
	runner := &lint.Runner{Rules: set}
	var list []string
	for _, finding := range runner.Check(lint.Target{Machine: machine, Decoded: decoded}) {
		if finding.Severity >= diag.Warning {
			list = append(list, finding.Rule+" "+finding.State)
		}
	}
	return list
}

// mutant is the saga with one part taken away, and what must be reported then.
type mutant struct {
	name string
	src  string
	want string
}

func TestSagaIsClean(t *testing.T) {
	if got := fired(t, readSaga(t)); len(got) > 0 {
		t.Errorf("the trip saga has findings: %q", got)
	}
}

func TestEveryPartOfTheSagaIsMissed(t *testing.T) {
	mutants := mutate(t, readSaga(t))
	if len(mutants) < 10 {
		t.Fatalf("only %d mutants", len(mutants))
	}
	for _, m := range mutants {
		t.Run(m.name, func(t *testing.T) {
			if got := fired(t, []byte(m.src)); !slices.Contains(got, m.want) {
				t.Errorf("want %q, got %q", m.want, got)
			}
		})
	}
}

func readSaga(t *testing.T) []byte {
	t.Helper()
	src, err := os.ReadFile(tripSaga)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// mutate takes away each Catch, each undo, each Retry of an undo and each Fail in
// turn, and leads each Catcher to the known failure instead.
func mutate(t *testing.T, src []byte) []mutant {
	machine, _ := asl.ParseFile("trip.json", src)
	var mutants []mutant
	for state := range machine.States() {
		if len(state.Catch) > 0 {
			mutants = append(mutants, mutant{"catch of " + state.Name, remove(t, machine, state.Node, "Catch"), "uncaught-error " + state.Name})
		}
		for _, catcher := range state.Catch {
			switch target := catcher.Next.Target; {
			case target == "CancellationFailed":
				mutants = append(mutants, leadToEnd(machine, state, catcher, "failed-compensation-hidden "+state.Name))
			case strings.HasPrefix(target, "Cancel"):
				mutants = append(mutants, leadToEnd(machine, state, catcher, "uncompensated-path Book"+strings.TrimPrefix(target, "Cancel")))
			}
		}
		switch {
		case strings.HasPrefix(state.Name, "Cancel") && state.Type == asl.Task:
			retry := mutant{"retry of " + state.Name, remove(t, machine, state.Node, "Retry"), "compensation-without-retry " + state.Name}
			mutants = append(mutants, withoutUndo(t, machine, state), retry)
		case state.Type == asl.Fail:
			mutants = append(mutants, withoutFail(t, machine, state)...)
		}
	}
	return mutants
}

func statesOf(machine *asl.Machine) *syntax.Object {
	return machine.Tree.Root.(*syntax.Object).Get("States").(*syntax.Object)
}

func remove(t *testing.T, machine *asl.Machine, object *syntax.Object, key string) string {
	t.Helper()
	i := slices.IndexFunc(object.Members, func(m syntax.Member) bool { return m.Key.Value == key })
	edit, ok := machine.Tree.RemoveMember(object, i)
	if !ok {
		t.Fatalf("cannot remove %q", key)
	}
	result, err := syntax.Apply(machine.File().Src, []syntax.Edit{edit})
	if err != nil {
		t.Fatal(err)
	}
	return string(result)
}

// withoutUndo leads what led to the undo to the state behind it. Its action is
// then one that nothing undoes.
func withoutUndo(t *testing.T, machine *asl.Machine, state *asl.State) mutant {
	src := remove(t, machine, statesOf(machine), state.Name)
	src = strings.ReplaceAll(src, `"Next": "`+state.Name+`"`, `"Next": "`+state.Next.Target+`"`)
	action := "Book" + strings.TrimPrefix(state.Name, "Cancel")
	return mutant{"undo " + state.Name, src, "missing-compensation " + action}
}

// leadToEnd leads a Catcher straight to the known failure.
func leadToEnd(machine *asl.Machine, state *asl.State, catcher *asl.Catcher, want string) mutant {
	text := machine.File().Text(catcher.Node.Span())
	past := strings.Replace(text, catcher.Next.Target, "TripFailed", 1)
	states := machine.File().Text(state.Node.Span())
	src := strings.Replace(string(machine.File().Src), states, strings.Replace(states, text, past, 1), 1)
	return mutant{"catcher of " + state.Name + " to the end", src, want}
}

// withoutFail removes a Fail state, and in another mutant lets it succeed.
func withoutFail(t *testing.T, machine *asl.Machine, state *asl.State) []mutant {
	removed := remove(t, machine, statesOf(machine), state.Name)
	text := machine.File().Text(state.Node.Span())
	succeeding := strings.Replace(string(machine.File().Src), text, `{"Type": "Succeed"}`, 1)
	leading := leadsTo(machine, state.Name)
	return []mutant{
		{"fail " + state.Name, removed, "undefined-target " + leading},
		{"fail " + state.Name + " succeeds", succeeding, "failure-ends-as-success " + state.Name},
	}
}

// leadsTo returns the first state that leads to the one named.
func leadsTo(machine *asl.Machine, name string) string {
	for state := range machine.States() {
		if state.Next != nil && state.Next.Target == name {
			return state.Name
		}
		for _, catcher := range state.Catch {
			if catcher.Next != nil && catcher.Next.Target == name {
				return state.Name
			}
		}
	}
	return ""
}
