package cli

import (
	"os"

	"github.com/sfnctl/sfnctl/internal/config"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/simulate"
)

// loadConfig reads the configuration that governs the definition, for what it
// says about terminal states.
func (j *simulationJob) loadConfig() error {
	name := j.flags.config
	if name == "" {
		name = j.env.Getenv("SFNCTL_CONFIG")
	}
	switch {
	case j.flags.noConfig && j.flags.config != "":
		return usagef("--config and --no-config exclude each other")
	case j.flags.noConfig:
		return nil
	}
	governing, err := config.NewFinder().For(j.env.path(j.file))
	if name != "" {
		governing, err = config.Read(j.env.path(name), name)
	}
	if os.IsNotExist(err) {
		return usagef("%s: no such configuration file", name)
	}
	if err != nil {
		return err
	}
	j.flow = governing.Flow()
	return nil
}

// terminalClass returns the class of the terminal in which an execution ended.
// What fails without a Fail state is always an unknown failure.
func (j *simulationJob) terminalClass(result *simulate.Result) string {
	if result.Status == simulate.Running {
		return ""
	}
	succeeded := result.Status == simulate.Succeeded
	machine := j.definition.machine
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
