package integrations

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// BenchmarkRules runs every rule over a machine of 10,000 Tasks; reading it is
// not part of the measure.
func BenchmarkRules(b *testing.B) {
	const states = 10_000
	var text strings.Builder
	text.WriteString(`{"StartAt": "S0", "States": {`)
	for i := range states {
		fmt.Fprintf(&text, `"S%d": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem", "Parameters": {"TableName": "t", `+
			`"Item": {"id": {"S.$": "$.id"}}}, "TimeoutSeconds": 9, "Next": "S%d"},`, i, i+1)
	}
	fmt.Fprintf(&text, `"S%d": {"Type": "Succeed"}}}`, states)
	machine, findings := asl.ParseFile("bench.json", []byte(text.String()))
	if len(findings) > 0 {
		b.Fatal(findings[0].Message)
	}
	rules, err := lint.Select(All(), lint.Selection{Preset: lint.Strict})
	if err != nil {
		b.Fatal(err)
	}
	runner := lint.Runner{Rules: rules}
	b.ReportAllocs()
	for b.Loop() {
		runner.Check(lint.Target{Machine: machine})
	}
}
