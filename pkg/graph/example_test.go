package graph_test

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
)

func ExampleClassify() {
	machine, _ := asl.ParseFile("charge.asl.json", []byte(`{
		"StartAt": "Charge",
		"States": {
			"Charge": {
				"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:charge", "Next": "Done",
				"Catch": [
					{"ErrorEquals": ["CardDeclined"], "Next": "Declined"},
					{"ErrorEquals": ["States.ALL"], "Next": "CriticalError"}
				]
			},
			"Done": {"Type": "Succeed"},
			"Declined": {"Type": "Fail", "Error": "CardDeclined"},
			"CriticalError": {"Type": "Fail", "Error": "CriticalError"}
		}
	}`))
	for _, terminal := range graph.Classify(graph.Build(machine), graph.Options{}).All {
		fmt.Println(terminal.Name(), terminal.Class, terminal.Path())
	}
	// Output:
	// Done success Charge → Done
	// Declined known-failure Charge ✗ CardDeclined → Declined
	// CriticalError unknown-failure Charge ✗ States.ALL → CriticalError
}
