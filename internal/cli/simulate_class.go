package cli

import (
	"context"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/simulate"
)

// loadConfig reads the configuration that governs the definition, for what it
// says about terminal states.
func (j *simulationJob) loadConfig(ctx context.Context) error {
	governing, err := j.files.ConfigFor(ctx, j.env.path(j.file))
	if err == nil {
		j.flow = governing.Flow()
	}
	return err
}

// terminalClass returns the class of the terminal in which an execution ended.
// What fails without a Fail state is always an unknown failure.
func (j *simulationJob) terminalClass(result *simulate.Result) string {
	if result.Status == simulate.Running {
		return ""
	}
	succeeded := result.Status == simulate.Succeeded
	machine := j.definition.Machine
	g := graph.Build(machine)
	terminals := graph.Classify(g, j.flow)
	for state := range machine.States() {
		node := g.Node(state)
		if node == nil || node.QualifiedName() != result.Terminal || succeeded == (state.Type == asl.Fail) {
			continue
		}
		if terminal := terminals.Of(node); terminal != nil {
			return string(terminal.Class)
		}
	}
	if succeeded {
		return string(graph.Success)
	}
	return string(graph.UnknownFailure)
}
