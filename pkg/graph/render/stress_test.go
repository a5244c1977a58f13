package render

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
)

// Machines of unfriendly shapes, each about as large as the service takes.
func shapes() map[string]string {
	fan := &strings.Builder{}
	fan.WriteString(`{"StartAt": "C", "States": {"C": {"Type": "Choice", "Default": "S0", "Choices": [`)
	for i := range 3000 {
		fmt.Fprintf(fan, `{"Variable": "$.x", "NumericEquals": %d, "Next": "S%d"},`, i, i)
	}
	fan.WriteString(`{"Variable": "$.x", "NumericEquals": -1, "Next": "S1"}]}`)
	for i := range 3000 {
		fmt.Fprintf(fan, `, "S%d": {"Type": "Pass", "Next": "E"}`, i)
	}
	fan.WriteString(`, "E": {"Type": "Succeed"}}}`)

	r := rand.New(rand.NewPCG(1, 2))
	tangle := &strings.Builder{}
	tangle.WriteString(`{"StartAt": "S0", "States": {`)
	const states = 1500
	for i := range states {
		fmt.Fprintf(tangle, `"S%d": {"Type": "Choice", "Default": "S%d", "Choices": [`, i, r.IntN(states))
		for j := range 3 {
			fmt.Fprintf(tangle, `%s{"Variable": "$.x", "NumericEquals": 1, "Next": "S%d"}`, strings.Repeat(",", min(j, 1)), r.IntN(states))
		}
		tangle.WriteString(`]},`)
	}
	tangle.WriteString(`"E": {"Type": "Succeed"}}}`)

	const depth = 150
	open := `{"StartAt": "%[1]s%[2]d", "States": {"%[1]s%[2]d": {"Type": "Map", "End": true, "ItemProcessor": `
	nested := &strings.Builder{}
	for i := range depth {
		fmt.Fprintf(nested, open, "M", i)
	}
	nested.WriteString(`{"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}` + strings.Repeat("}}}", depth))
	return map[string]string{"fan": fan.String(), "tangle": tangle.String(), "nested": nested.String()}
}

func TestUnfriendlyShapesDoNotHang(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for name, source := range shapes() {
		for _, format := range []Format{SVG, DOT, Mermaid, Text, JSON} {
			t.Run(name+"/"+string(format), func(t *testing.T) {
				machine, _ := asl.ParseFile(name, []byte(source))
				g := graph.Build(machine)
				start := time.Now()
				if err := Render(io.Discard, format, g, Options{Implicit: true, Legend: true}); err != nil {
					t.Fatal(err)
				}
				t.Logf("%d states took %v", len(g.Nodes), time.Since(start))
				if took := time.Since(start); took > time.Minute {
					t.Errorf("took %v", took)
				}
			})
		}
	}
}
