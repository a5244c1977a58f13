package cli

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
)

// definition is one state machine that a file holds, with what reading it
// found.
type definition struct {
	machine  *asl.Machine
	findings []diag.Diagnostic
}

// definitionsIn reads the state machines in a file.
func definitionsIn(name string, content []byte) []definition {
	machine, findings := asl.ParseFile(name, content)
	return []definition{{machine, findings}}
}

// readDefinition reads the state machine that an argument names: a file, or "-"
// for standard input.
func (e *Env) readDefinition(argument string) (*definition, error) {
	content, err := e.readFile(argument)
	if err != nil {
		return nil, err
	}
	return &definitionsIn(argument, content)[0], nil
}
