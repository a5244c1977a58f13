package config

import (
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/graph"
)

// Flow converts what the configuration declares about terminal states, effects
// and undos.
func (c *Config) Flow() graph.Options {
	options := graph.Options{}
	for _, terminal := range c.Terminals {
		for _, state := range orAny(terminal.States) {
			for _, raised := range orAny(terminal.Errors) {
				options.Terminals = append(options.Terminals, graph.TerminalPattern{
					State: state, Error: raised, Class: graph.Class(terminal.Class),
				})
			}
		}
	}
	for _, effect := range c.Compensation.Effects {
		for _, state := range orAny(effect.States) {
			for _, resource := range orAny(effect.Resources) {
				options.Effects = append(options.Effects, graph.EffectPattern{
					State: state, Resource: resource, Effect: effectOf(effect.Effect),
				})
			}
		}
	}
	for _, pair := range c.Compensation.Pairs {
		for _, undo := range pair.Undo {
			options.Pairs = append(options.Pairs, graph.PairPattern{Action: pair.Action, Undo: undo})
		}
	}
	return options
}

func effectOf(word string) graph.Effect {
	if word == "write" {
		return spec.Write
	}
	return spec.Read // "none": nothing that an undo could take back
}

// orAny stands for "no condition" where no pattern is given.
func orAny(patterns []string) []string {
	if len(patterns) == 0 {
		return []string{""}
	}
	return patterns
}
