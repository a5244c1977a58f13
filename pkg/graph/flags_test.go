package graph

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
)

// independentFlags makes a machine that sets n flags, each to one of two constants
// on two ways, so that 2^n combinations arrive at a booking, whose failure a Choice
// on one of them leads past its compensation.
func independentFlags(n int) *Graph {
	var b strings.Builder
	b.WriteString(`{"StartAt": "C0", "States": {`)
	for i := range n {
		next := fmt.Sprintf("C%d", i+1)
		if i == n-1 {
			next = "BookRoom"
		}
		fmt.Fprintf(&b, `"C%d": {"Type": "Choice", "Choices": [{"Variable": "$.a%d", "NumericGreaterThan": 1, "Next": "T%d"}], "Default": "F%d"},`, i, i, i, i)
		fmt.Fprintf(&b, `"T%d": {"Type": "Pass", "Result": true, "ResultPath": "$.f%d", "Next": %q},`, i, i, next)
		fmt.Fprintf(&b, `"F%d": {"Type": "Pass", "Result": false, "ResultPath": "$.f%d", "Next": %q},`, i, i, next)
	}
	b.WriteString(`"BookRoom": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f", "ResultPath": null, "Next": "Pay"},
		"Pay": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f", "ResultPath": null, "Next": "Done", "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Which"}]},
		"Which": {"Type": "Choice", "Choices": [`)
	for i := range n {
		fmt.Fprintf(&b, `{"Variable": "$.f%d", "BooleanEquals": true, "Next": "CancelRoom"},`, i)
	}
	b.WriteString(`{"Variable": "$.never", "BooleanEquals": true, "Next": "CancelRoom"}], "Default": "Failed"},
		"CancelRoom": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f", "Next": "Failed"},
		"Done": {"Type": "Succeed"}, "Failed": {"Type": "Fail", "Error": "Failed"}}}`)
	machine, _ := asl.ParseFile("flags.json", []byte(b.String()))
	return Build(machine)
}

func TestFlagsAreFollowedWithinABound(t *testing.T) {
	for _, n := range []int{3, 12} {
		g := independentFlags(n)
		a := Analyze(g, Options{})
		most := 0
		for _, node := range g.Nodes {
			most = max(most, len(a.flow.at(node)))
		}
		bounded := most == maxFacts+1 // those told apart, and the one that knows nothing
		if exact := most == 1<<n; exact == bounded || bounded != (n == 12) {
			t.Errorf("%d flags: %d facts at one state", n, most)
		}
		// The way on which all flags are false passes the compensation, bound or not.
		if action := a.Compensation.Actions[0]; action.Node.Name() != "BookRoom" || action.Cells[0].Outcome < UndoDenied {
			t.Errorf("%d flags: %s %s", n, action.Node.Name(), action.Cells[0].Outcome)
		}
	}
}
