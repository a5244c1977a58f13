package fixtest

import (
	"context"
	"encoding/json"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
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
	config, _ := mock.Parse("mocks.json", string(mock.Generate(machine, "machine")))
	return scenario{config, inputOf(machine)}
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

// inputOf makes an input with a value at every path that the machine reads; what
// a Choice compares gets the value compared with, what a Map iterates over is a list.
func inputOf(machine *asl.Machine) value.Value {
	input := map[string]any{}
	for state := range machine.States() {
		for e := range state.Expressions() {
			for read := range e.Reads() {
				if read.Source == asl.FromInput {
					put(input, read.Path, `"text"`)
				}
			}
		}
		if state.Map != nil {
			for read := range state.Map.ItemsPath.Reads() {
				put(input, read.Path, `[{}]`)
			}
		}
		if state.Choice != nil {
			for _, rule := range state.Choice.Rules {
				putCompared(input, rule)
			}
		}
	}
	text, err := json.Marshal(input)
	if err != nil {
		return value.Object()
	}
	whole, err := value.Parse(string(text))
	if err != nil {
		return value.Object()
	}
	return whole
}

func putCompared(input map[string]any, rule *asl.ChoiceRule) {
	if rule == nil || rule.Comparison == nil || rule.Comparison.Value == nil || rule.Comparison.Value.Kind != asl.Literal {
		return
	}
	for read := range rule.Variable.Reads() {
		put(input, read.Path, string(rule.Comparison.Value.Literal.Append(nil)))
	}
}

func put(input map[string]any, path []string, text string) {
	for i, key := range path {
		if i == len(path)-1 {
			if _, branch := input[key].(map[string]any); !branch {
				input[key] = json.RawMessage(text)
			}
			return
		}
		inner, ok := input[key].(map[string]any)
		if !ok {
			inner = map[string]any{}
			input[key] = inner
		}
		input = inner
	}
}
