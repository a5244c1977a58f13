package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// tasks makes a machine of n tasks in a row, each with the Catch given.
func tasks(n int, catch string) *asl.Machine {
	var b strings.Builder
	b.WriteString(`{"StartAt": "Create0", "States": {`)
	for i := range n {
		fmt.Fprintf(&b, `"Create%d": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem",
			"Parameters": {"TableName": "t%d", "Item": {}}, %s "Next": "Create%d"},`, i, i, catch, i+1)
	}
	fmt.Fprintf(&b, `"Create%d": {"Type": "Succeed"}, "Undo": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f", "Next": "Failed"}, "Failed": {"Type": "Fail"}}}`, n)
	machine, _ := asl.ParseFile("tasks.json", []byte(b.String()))
	return machine
}

// BenchmarkFlowRules checks the worst machines that these rules can meet:
// ten thousand tasks, all of which deserve a finding.
func BenchmarkFlowRules(b *testing.B) {
	for name, catch := range map[string]string{
		"catches-nothing": ``,
		"catches-little":  `"Catch": [{"ErrorEquals": ["X"], "Next": "Failed"}],`,
		"undoes-all":      `"Catch": [{"ErrorEquals": ["X"], "Next": "Undo"}],`,
	} {
		b.Run(name, func(b *testing.B) {
			machine := tasks(10_000, catch)
			set, err := lint.Select(flowRules(), lint.Selection{})
			if err != nil {
				b.Fatal(err)
			}
			runner := &lint.Runner{Rules: set}
			b.ReportAllocs()
			for b.Loop() {
				runner.Check(lint.Target{Machine: machine})
			}
		})
	}
}
