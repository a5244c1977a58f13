package rules_test

import (
	"context"
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// A definition is checked with every rule of the recommended preset.
func Example() {
	source := `{"StartAt": "Pay", "States": {
		"Pay": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "pay"}, "Next": "Payed"},
		"Paid": {"Type": "Succeed"}}}`
	findings, err := lint.File(context.Background(), rules.All(), "order.asl.json", []byte(source))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, finding := range findings {
		at := finding.File.Position(finding.Span.Start, syntax.CodePoints)
		fmt.Printf("%d:%d %s: %s\n", at.Line, at.Column, finding.Severity, finding.Message)
	}
	// Output:
	// 2:3 info: any error of "Pay" ends the execution in no state
	// 2:39 info: state "Pay" calls Lambda and does not retry its transient errors
	// 2:120 error: "Next" of state "Pay" leads to "Payed", which does not exist
}
