package config

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/graph"
)

func TestFlowCombinesThePatternsOfARow(t *testing.T) {
	config := &Config{
		Terminals: []Terminal{
			{Class: "known-failure", States: []string{"A", "B"}, Errors: []string{"X"}},
			{Class: "success", States: []string{"C"}},
		},
		Compensation: Compensation{
			Pairs:   []Pair{{Action: "Book*", Undo: Names{"Cancel*", "Drop*"}}},
			Effects: []Effect{{Effect: "none", States: []string{"Log"}}, {Effect: "write", Resources: []string{"*charge"}}},
		},
	}
	want := graph.Options{
		Terminals: []graph.TerminalPattern{
			{State: "A", Error: "X", Class: graph.KnownFailure},
			{State: "B", Error: "X", Class: graph.KnownFailure},
			{State: "C", Class: graph.Success},
		},
		Pairs:   []graph.PairPattern{{Action: "Book*", Undo: "Cancel*"}, {Action: "Book*", Undo: "Drop*"}},
		Effects: []graph.EffectPattern{{State: "Log", Effect: spec.Read}, {Resource: "*charge", Effect: spec.Write}},
	}
	if diff := cmp.Diff(want, config.Flow(), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}
