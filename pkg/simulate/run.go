package simulate

import (
	"context"
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Run executes a machine once on an input, absent standing for {}. A workflow
// that fails is a Result like any other. The error is for a machine that cannot
// run, for a task that nobody answers, and for a ctx that is over, also when it
// was so before. Callers that execute a machine many times compile it once.
func Run(ctx context.Context, machine *asl.Machine, input value.Value, options Options) (*Result, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	program, findings := Compile(machine)
	if program == nil {
		return nil, &NotExecutableError{Findings: findings}
	}
	return program.Start(input, options).Run(ctx)
}

// NotExecutableError tells that a machine cannot run, and why.
type NotExecutableError struct{ Findings []diag.Diagnostic }

// Error gives the file, the state and the first of the reasons.
func (e *NotExecutableError) Error() string {
	if len(e.Findings) == 0 {
		return "the definition cannot run"
	}
	first := e.Findings[0]
	return fmt.Sprintf("%s: the definition cannot run: %s", first.File.Name, first.Message)
}
