package integrations

import (
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// check runs rules over a definition: the ones named, or all of the category.
// What decoding finds is left out.
func check(t testing.TB, name string, src []byte, kind asl.WorkflowType, only ...string) []diag.Diagnostic {
	t.Helper()
	rules, err := lint.Select(All(), lint.Selection{Preset: lint.Strict, Only: only})
	if err != nil {
		t.Fatal(err)
	}
	machine, _ := asl.ParseFile(name, src)
	runner := lint.Runner{Rules: rules, Fixes: true}
	return runner.Check(lint.Target{Machine: machine, Type: kind})
}
