package asl_test

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func ExampleParseFile() {
	machine, findings := asl.ParseFile("order.asl.json", []byte(`{
  "StartAt": "Charge",
  "States": {
    "Charge": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Nxt": "Done"},
    "Done": {"Type": "Succeed"}
  }
}`))
	for _, found := range findings {
		at := found.File.Position(found.Span.Start, syntax.CodePoints)
		fmt.Printf("%d:%d %s: %s (%s)\n", at.Line, at.Column, found.Rule, found.Message, found.Help)
	}
	for state := range machine.States() {
		fmt.Println(state.Type, state.Name)
	}
	// Output:
	// 4:78 unknown-field: state "Charge" has no field "Nxt" (did you mean "Next"?)
	// Task Charge
	// Succeed Done
}

func ExampleExpression_Reads() {
	machine, _ := asl.ParseFile("order.asl.json", []byte(`{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true,
		"Parameters": {"id.$": "$$.Execution.Id", "label.$": "States.Format('{}: {}', $.order.id, $customer)"}}}}`))
	for read := range machine.Region.State("A").Parameters.Reads() {
		fmt.Println(read.Expression.Field, read.Source == asl.FromContext, read.Variable, read.Path)
	}
	// Output:
	// Parameters/id.$ true  [Execution Id]
	// Parameters/label.$ false  [order id]
	// Parameters/label.$ false customer []
}
