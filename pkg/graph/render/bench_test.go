package render

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
)

// workflow writes a machine of n states like those people write: a chain of
// tasks with Retry and a catch-all, a Choice that leads back in every tenth state.
func workflow(n int) string {
	var b strings.Builder
	b.WriteString(`{"StartAt": "State 0", "States": {`)
	for i := range n {
		next := fmt.Sprintf(`"Next": "State %d"`, i+1)
		if i == n-1 {
			next = `"Next": "Done"`
		}
		switch i % 10 {
		case 7:
			fmt.Fprintf(&b, `"State %d": {"Type": "Choice", "Choices": [{"Variable": "$.ready", "BooleanEquals": false, "Next": "State %d"}], "Default": %s},`,
				i, i-3, strings.TrimPrefix(next, `"Next": `))
		case 4:
			fmt.Fprintf(&b, `"State %d": {"Type": "Wait", "Seconds": 5, %s},`, i, next)
		default:
			fmt.Fprintf(&b, `"State %d": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", %s,
				"Retry": [{"ErrorEquals": ["States.ALL"]}], "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Failed"}]},`, i, next)
		}
	}
	b.WriteString(`"Done": {"Type": "Succeed"}, "Failed": {"Type": "Fail", "Error": "Failed"}}}`)
	return b.String()
}

func parse(t testing.TB, source string) *graph.Graph {
	t.Helper()
	machine, findings := asl.ParseFile("bench.asl.json", []byte(source))
	if len(findings) > 0 {
		t.Fatalf("the definition is wrong: %s", findings[0].Message)
	}
	return graph.Build(machine)
}

// BenchmarkRender measures from the definition's text to the drawing.
func BenchmarkRender(b *testing.B) {
	for _, format := range Formats() {
		for _, states := range []int{100, 1000} {
			if format == PNG && states > 100 {
				continue
			}
			source := workflow(states)
			b.Run(fmt.Sprintf("%s/%d", format, states), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					g := parse(b, source)
					if err := Render(io.Discard, format, g, fullOptions(g)); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func TestTenThousandStatesAreDrawn(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	g := parse(t, workflow(10_000))
	if out := renderBytes(t, SVG, g, Options{}); strings.Count(string(out), "<title>") != 10_002 {
		t.Error("not every state is in the picture")
	}
}
