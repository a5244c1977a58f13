package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
)

// loops makes a machine of n states: 100 bookings with their undos, and Choices
// that lead back and forth so that it has astronomically many paths.
func loops(n int) *asl.Machine {
	const actions = 100
	var b strings.Builder
	b.WriteString(`{"StartAt": "Book0", "States": {`)
	for i := range actions {
		fmt.Fprintf(&b, `"Book%d": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f", "Next": "C%d_0",
			"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Cancel%d"}]},`, i, i, max(i-1, 0))
		fmt.Fprintf(&b, `"Cancel%d": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f", "Next": "%s",
			"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Mess"}]},`, i, previous(i))
		writeChoices(&b, i, (n-2*actions-3)/actions, actions)
	}
	b.WriteString(`"Done": {"Type": "Succeed"}, "Failed": {"Type": "Fail", "Error": "Failed"}, "Mess": {"Type": "Fail", "Error": "Mess"}}}`)
	machine, _ := asl.ParseFile("loops.json", []byte(b.String()))
	return machine
}

func previous(i int) string {
	if i == 0 {
		return "Failed"
	}
	return fmt.Sprintf("Cancel%d", i-1)
}

// writeChoices writes the Choices between one booking and the next.
func writeChoices(b *strings.Builder, i, count, actions int) {
	for j := range count {
		next := fmt.Sprintf("C%d_%d", i, j+1)
		if j == count-1 {
			if next = fmt.Sprintf("Book%d", i+1); i == actions-1 {
				next = "Done"
			}
		}
		fmt.Fprintf(b, `"C%d_%d": {"Type": "Choice", "Choices": [
			{"Variable": "$.a", "NumericGreaterThan": %d, "Next": "C%d_%d"},
			{"Variable": "$.b", "BooleanEquals": true, "Next": "C%d_0"}], "Default": "%s"},`, i, j, j, i, min(j+2, count-1), i, next)
	}
}

func BenchmarkAnalyzeTenThousandStates(b *testing.B) {
	machine := loops(10_000)
	b.ReportAllocs()
	for b.Loop() {
		graph.Analyze(graph.Build(machine), graph.Options{})
	}
}

// stackSet returns the largest machine of the corpus: 91 states, 15 Choices in a loop.
func stackSet(t testing.TB) *asl.Machine {
	for _, machine := range find(t, "aws-solutions/aws-control-tower-customizations", "customizations-for-aws-control-tower.template") {
		count := 0
		for range machine.States() {
			count++
		}
		if count == 91 {
			return machine
		}
	}
	t.Skip("the machine is not in the corpus")
	return nil
}

func BenchmarkAnalyzeStackSet(b *testing.B) {
	machine := stackSet(b)
	b.ReportAllocs()
	for b.Loop() {
		graph.Analyze(graph.Build(machine), graph.Options{})
	}
}

func BenchmarkBuildStackSet(b *testing.B) {
	machine := stackSet(b)
	b.ReportAllocs()
	for b.Loop() {
		graph.Build(machine)
	}
}

// TestTenThousandStatesTakeUnderASecond would fail by orders of magnitude if an
// analysis enumerated paths.
func TestTenThousandStatesTakeUnderASecond(t *testing.T) {
	g := graph.Build(loops(10_000))
	if len(g.Nodes) < 9_900 {
		t.Fatalf("%d states", len(g.Nodes))
	}
	start := time.Now()
	a := graph.Analyze(g, graph.Options{})
	if took := time.Since(start); took > time.Minute { // room for the race detector on a busy machine
		t.Errorf("took %s", took)
	}
	if got := len(a.Compensation.Actions); got != 100 {
		t.Errorf("%d actions", got)
	}
}
