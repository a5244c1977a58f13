package asl

import (
	"fmt"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// decodeRegion reads StartAt and States of o into region.
func (d *decoder) decodeRegion(o *object, region *Region) {
	region.StartAt = o.transition("StartAt")
	states := o.member("States")
	if states == nil {
		return
	}
	if len(states.Members) == 0 {
		d.report(RuleInvalidValue, states.Span(), d.subjectOf("States")+" has no states", "add at least one state").
			schema(states.Span(), "Value cannot be empty")
		return
	}
	region.States = make([]*State, 0, len(states.Members))
	region.byName = make(map[string]*State, len(states.Members))
	for i := range states.Members {
		member := &states.Members[i]
		state := &State{Name: member.Key.Value, NameNode: member.Key, Region: region}
		region.States = append(region.States, state)
		region.byName[state.Name] = state
	}
	for _, state := range region.States { // before what is nested: the outer one of two namesakes is the first
		d.judgeStateName(state)
	}
	for i, state := range region.States {
		d.decodeStateWithin(state, states.Members[i].Value)
	}
	d.judgeTargets(region)
}

// decodeStateWithin decodes a state with a path of its own, and returns to the
// state that owns it.
func (d *decoder) decodeStateWithin(state *State, node syntax.Node) {
	owner, mark, foreign, language := d.state, d.stateMark, d.foreign, d.language
	d.state, d.stateMark, d.foreign = state, len(d.path), false
	d.decodeState(state, node)
	d.state, d.stateMark, d.foreign, d.language = owner, mark, foreign, language
}

func (d *decoder) judgeStateName(state *State) {
	key := state.NameNode
	if length := utf8.RuneCountInString(state.Name); length == 0 || length > spec.MaxStateName {
		message := fmt.Sprintf("state name %s has %d characters, but at most %d are allowed", quote(state.Name), length, spec.MaxStateName)
		if length == 0 {
			message = "a state has an empty name"
		}
		d.report(RuleInvalidStateName, key.Span(), message, "").aws(key.Span(), awsStateName, "")
	}
	first, seen := d.names[state.Name]
	if !seen {
		d.names[state.Name] = state
		return
	}
	if first.Region == state.Region {
		return // a duplicate key, which the parser reports
	}
	d.report(RuleDuplicateState, key.Span(), fmt.Sprintf("there are two states named %s", quote(state.Name)),
		"names are unique in the whole state machine, nested states included: rename one of them").
		aws(key.Span(), awsDuplicateName, "Duplicate State name: %s", state.Name).
		related(first.NameNode.Span(), "the other one")
}
