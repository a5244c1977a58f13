package render_test

import (
	"os"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/render"
)

func ExampleRender() {
	machine, _ := asl.ParseFile("order.asl.json", []byte(`{"StartAt": "Pay", "States": {
		"Pay": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
			"Catch": [{"ErrorEquals": ["Declined"], "Next": "Failed"}]},
		"Failed": {"Type": "Fail", "Error": "Declined"}}}`))
	g := graph.Build(machine)
	options := render.Options{Classes: map[*graph.Node]graph.Class{}}
	for _, terminal := range graph.Classify(g, graph.Options{}).All {
		if terminal.Node != nil {
			options.Classes[terminal.Node] = terminal.Class
		}
	}
	if err := render.Render(os.Stdout, render.Text, g, options); err != nil {
		panic(err)
	}
	// Output:
	//    ●
	//    │
	// ╭──────────────────────╮
	// │ Pay                  ├─ ✗ Declined ─▶ Failed
	// │ Task · lambda invoke │
	// │ ✔ success            │
	// ╰──────────────────────╯
	//
	// ╭─────────────────╮
	// │ Failed          │
	// │ Fail            │
	// │ ! known failure │
	// ╰─────────────────╯
}
