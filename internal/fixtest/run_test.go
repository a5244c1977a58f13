package fixtest

import (
	"context"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/generate"
	"github.com/sfnctl/sfnctl/pkg/simulate/mock"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// outcome is how an execution ended.
type outcome struct {
	succeeded        bool
	terminal, output string
}

// scenario is what a machine meets on its way to success: generated mocks, in
// which every task succeeds, and an input that has what the machine reads.
type scenario struct {
	mocks *mock.Config
	input value.Value
}

func scenarioOf(machine *asl.Machine) scenario {
	generated, err := generate.ForMachine(context.Background(), machine, generate.Options{
		Name: "machine", Start: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC),
	})
	if err != nil {
		return scenario{}
	}
	config, _ := mock.Parse("mocks.json", string(generated.MockFile(false)))
	return scenario{config, generated.Cases[0].Input}
}

// run executes a machine in a scenario.
func run(machine *asl.Machine, s scenario) *outcome {
	program, _ := simulate.Compile(machine)
	if program == nil || s.mocks == nil {
		return &outcome{}
	}
	test, err := s.mocks.Select("machine", "HappyPath")
	if err != nil {
		return &outcome{}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	execution := program.Start(s.input, simulate.Options{
		Start: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), Handler: s.mocks.Answers(test).Handle, WithoutHistory: true,
	})
	result, err := execution.Run(ctx)
	if err != nil || result.Status != simulate.Succeeded {
		return &outcome{}
	}
	return &outcome{true, result.Terminal, string(result.Output.Append(nil))}
}
