package render

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
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

// randomMachine writes a machine of few states with transitions at random: loops
// of one and two states, several transitions between the same two states, and
// states that nothing leads to.
func randomMachine(r *rand.Rand) string {
	text := &strings.Builder{}
	states := 1 + r.IntN(8)
	target := func() string { return fmt.Sprintf("S%d", r.IntN(states)) }
	fmt.Fprintf(text, `{"StartAt": %q, "States": {`, target())
	for i := range states {
		if i > 0 {
			text.WriteString(", ")
		}
		fmt.Fprintf(text, `"S%d": `, i)
		switch r.IntN(6) {
		case 0:
			text.WriteString(`{"Type": "Succeed"}`)
		case 1:
			text.WriteString(`{"Type": "Fail", "Error": "E"}`)
		case 2:
			fmt.Fprintf(text, `{"Type": "Pass", "Next": %q}`, target())
		case 3:
			fmt.Fprintf(text, `{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": %q, "Catch": [
				{"ErrorEquals": ["A"], "Next": %q}, {"ErrorEquals": ["States.ALL"], "Next": %q}]}`, target(), target(), target())
		case 4:
			inner := `{"Type": "Pass", "End": true}`
			if r.IntN(2) == 0 {
				inner = `{"Type": "Choice", "Default": "I", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "I"}]}`
			}
			fmt.Fprintf(text, `{"Type": "Map", "Next": %q, "ItemProcessor": {"StartAt": "I", "States": {"I": %s}}}`, target(), inner)
		default:
			fmt.Fprintf(text, `{"Type": "Choice", "Default": %q, "Choices": [
				{"Variable": "$.x", "IsPresent": true, "Next": %q}, {"Variable": "$.y", "IsPresent": true, "Next": %q}]}`, target(), target(), target())
		}
	}
	return text.String() + "}}"
}

// TestEveryGraphIsDrawn draws random graphs. With SFNCTL_LONG set it draws
// 10,000 of them.
func TestEveryGraphIsDrawn(t *testing.T) {
	t.Parallel()
	rounds := 300
	if os.Getenv("SFNCTL_LONG") != "" {
		rounds = 10_000
	}
	for seed := range rounds {
		source := randomMachine(rand.New(rand.NewPCG(uint64(seed), 14)))
		drawn := make(chan error, 1)
		go func() { drawn <- drawInEveryFormat(source) }()
		select {
		case err := <-drawn:
			if err != nil {
				t.Fatalf("seed %d: %v\n%s", seed, err, source)
			}
		case <-time.After(time.Minute):
			t.Fatalf("seed %d: the picture is never finished\n%s", seed, source)
		}
	}
}

func drawInEveryFormat(source string) error {
	machine, _ := asl.ParseFile("random", []byte(source))
	g := graph.Build(machine)
	for _, format := range []Format{SVG, DOT, Mermaid, Text, JSON} {
		if err := Render(io.Discard, format, g, Options{Implicit: true, Legend: true}); err != nil {
			return fmt.Errorf("%s: %w", format, err)
		}
	}
	return nil
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
