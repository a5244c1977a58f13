package asl

import "strings"

// Stage is a value on the way of the data through a state.
type Stage uint8

// The stages, in the order in which the data comes through them.
const (
	NoStage         Stage = iota // nothing of the state's own data: what writes only, and an item of a Map
	RawInput                     // as the state gets it
	SelectedInput                // what InputPath selects
	EffectiveInput               // what Parameters or Arguments make of it, and the work gets
	Result                       // what the work answers
	EffectiveResult              // what ResultSelector makes of it
	MergedResult                 // the raw input with the result in it, as ResultPath says
	StateOutput                  // what the next state gets
	ErrorOutput                  // the error that a Catcher has taken
)

// Stages is the number of stages.
const Stages = int(ErrorOutput) + 1

// FlowStep is a field that takes the data from one stage to the next. Where the
// state does not have the field, the data goes on unchanged, but for JSONata's
// Output: without it the output is the result, or the input of a state that has
// no result.
type FlowStep struct {
	Field    string // "" for the work itself
	From, To Stage
}

// The ways of the data. Source: Developer Guide, "Input and output processing",
// and the States Language specification.
var (
	workJSONPath = []FlowStep{
		{"InputPath", RawInput, SelectedInput},
		{"Parameters", SelectedInput, EffectiveInput},
		{"", EffectiveInput, Result},
		{"ResultSelector", Result, EffectiveResult},
		{"ResultPath", EffectiveResult, MergedResult},
		{"OutputPath", MergedResult, StateOutput},
	}
	mapJSONPath = []FlowStep{ // Parameters is the old name of ItemSelector, which makes each item
		{"InputPath", RawInput, SelectedInput},
		{"", SelectedInput, Result},
		{"ResultSelector", Result, EffectiveResult},
		{"ResultPath", EffectiveResult, MergedResult},
		{"OutputPath", MergedResult, StateOutput},
	}
	passJSONPath = []FlowStep{
		{"InputPath", RawInput, SelectedInput},
		{"Parameters", SelectedInput, EffectiveInput},
		{"Result", EffectiveInput, Result},
		{"ResultPath", Result, MergedResult},
		{"OutputPath", MergedResult, StateOutput},
	}
	plainJSONPath = []FlowStep{ // Choice, Wait, Succeed
		{"InputPath", RawInput, SelectedInput},
		{"OutputPath", SelectedInput, StateOutput},
	}
	workJSONata = []FlowStep{
		{"Arguments", RawInput, EffectiveInput},
		{"", EffectiveInput, Result},
		{"Output", Result, StateOutput},
	}
	mapJSONata   = []FlowStep{{"", RawInput, Result}, {"Output", Result, StateOutput}}
	plainJSONata = []FlowStep{{"Output", RawInput, StateOutput}}
)

// Flow returns the fields that take the data through the state, in the order in
// which they are evaluated; none for a Fail, which hands nothing on. Callers must
// not change it.
func (s *State) Flow() []FlowStep {
	jsonata := s.QueryLanguage == JSONata
	switch s.Type {
	case Task, Parallel:
		return either(jsonata, workJSONata, workJSONPath)
	case Map:
		return either(jsonata, mapJSONata, mapJSONPath)
	case Pass:
		return either(jsonata, plainJSONata, passJSONPath)
	case Choice, Wait, Succeed:
		return either(jsonata, plainJSONata, plainJSONPath)
	}
	return nil
}

func either(jsonata bool, a, b []FlowStep) []FlowStep {
	if jsonata {
		return a
	}
	return b
}

// ReadsFrom returns what "$", or in JSONata "$states.input", stands for in a
// field of the state; field is [Expression.Field].
func (s *State) ReadsFrom(field string) Stage {
	first, rest, _ := strings.Cut(field, "/")
	if s.QueryLanguage == JSONata {
		return RawInput
	}
	switch {
	case first == "ResultPath":
		return NoStage
	case strings.HasPrefix(first, "Catch["):
		if strings.HasPrefix(rest, "Assign") {
			return ErrorOutput
		}
		return NoStage
	case first == "Assign":
		return s.assignStage()
	}
	for _, step := range s.Flow() {
		if step.Field == first && step.Field != "Result" {
			return step.From
		}
	}
	// Choice Rules, timeouts, ItemsPath, ItemSelector and the like read what
	// Parameters reads, not what it makes. A Fail has no InputPath.
	if s.Type == Fail {
		return RawInput
	}
	return SelectedInput
}

// assignStage returns what Assign of the state itself reads: it is evaluated
// beside ResultSelector, not after it.
func (s *State) assignStage() Stage {
	for _, step := range s.Flow() {
		if step.To == Result {
			return Result
		}
	}
	return SelectedInput
}

// HandsOn reports whether a stage of the state has, or may have, something of its
// raw input in it.
func (s *State) HandsOn(stage Stage) bool {
	var has [Stages]bool
	has[RawInput] = true
	for _, step := range s.Flow() {
		has[step.To] = s.carries(step, has[step.From])
	}
	return has[stage]
}

// carries reports whether a step leaves something of the raw input, where from
// says whether there was any before.
func (s *State) carries(step FlowStep, from bool) bool {
	switch step.Field {
	case "":
		return false // a service answers what it likes
	case "InputPath":
		return from && !s.InputPath.isNull()
	case "OutputPath":
		return from && !s.OutputPath.isNull()
	case "Parameters":
		return from && s.Parameters.readsInput()
	case "Arguments":
		return from && s.Arguments.readsInput()
	case "ResultSelector":
		return from && s.ResultSelector.readsInput()
	case "Result":
		return from && (s.Pass == nil || s.Pass.Result == nil)
	case "ResultPath":
		return from || s.ResultPath != nil && (s.ResultPath.isNull() || s.ResultPath.Source != "$")
	case "Output":
		return s.Output == nil && from || s.Output != nil && s.Output.readsInput()
	}
	return from
}

func (e *Expression) isNull() bool { return e != nil && e.Kind == Literal && e.Literal.IsNull() }

// readsInput reports whether a template takes anything from its input; an absent
// one takes all.
func (e *Expression) readsInput() bool {
	if e == nil {
		return true
	}
	for read := range e.Reads() {
		if read.Source == FromInput {
			return true
		}
	}
	return false
}
