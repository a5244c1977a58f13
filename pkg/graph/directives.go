package graph

import (
	"bytes"
	"sort"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/directive"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Directives are the directives of a machine with the states they stand on.
type Directives struct {
	All     []Placed // in source order
	byState map[*asl.State][]Placed
}

// Placed is a directive and the state it speaks of.
type Placed struct {
	directive.Directive
	State *asl.State // nil: the machine as a whole
	// Direct says that it stands on the state itself, not on one of its
	// Catchers, Retriers, Choice Rules or regions.
	Direct bool
}

// Of returns the directives that stand on the state itself and have the key.
func (d *Directives) Of(state *asl.State, key string) []Placed {
	var found []Placed
	for _, placed := range d.byState[state] {
		if placed.Key == key && placed.Direct {
			found = append(found, placed)
		}
	}
	return found
}

// ReadDirectives collects the directives of a machine from its Comment fields
// and, in YAML, from the comments that stand on or right above a state.
func ReadDirectives(machine *asl.Machine) *Directives {
	d := &Directives{byState: map[*asl.State][]Placed{}}
	d.add(nil, true, machine.Comment)
	for state := range machine.States() {
		d.addState(state)
	}
	d.addYAML(machine)
	sort.SliceStable(d.All, func(i, j int) bool { return d.All[i].Span.Start < d.All[j].Span.Start })
	return d
}

func (d *Directives) add(state *asl.State, direct bool, comment *syntax.String) {
	for _, found := range directive.Parse(comment) {
		d.place(Placed{Directive: found, State: state, Direct: direct})
	}
}

func (d *Directives) place(placed Placed) {
	d.All = append(d.All, placed)
	if placed.State != nil {
		d.byState[placed.State] = append(d.byState[placed.State], placed)
	}
}

func (d *Directives) addState(state *asl.State) {
	d.add(state, true, state.Comment)
	for _, retrier := range state.Retry {
		d.add(state, false, retrier.Comment)
	}
	for _, catcher := range state.Catch {
		d.add(state, false, catcher.Comment)
	}
	for _, region := range state.Regions() {
		if region != nil {
			d.add(state, false, region.Comment)
		}
	}
	if state.Choice != nil {
		d.addRules(state, state.Choice.Rules)
	}
}

func (d *Directives) addRules(state *asl.State, rules []*asl.ChoiceRule) {
	for _, rule := range rules {
		if rule == nil {
			continue
		}
		d.add(state, false, rule.Comment)
		d.addRules(state, rule.And)
		d.addRules(state, rule.Or)
		d.addRules(state, []*asl.ChoiceRule{rule.Not})
	}
}

func (d *Directives) addYAML(machine *asl.Machine) {
	if machine.Tree == nil || len(machine.Tree.Comments) == 0 {
		return
	}
	places := newStatePlaces(machine)
	for _, comment := range machine.Tree.Comments {
		for _, found := range directive.ParseYAML(comment) {
			state := places.stateOf(comment.Span)
			d.place(Placed{Directive: found, State: state, Direct: true})
		}
	}
}

// statePlaces finds the state that a YAML comment speaks of.
type statePlaces struct {
	file   *syntax.File
	states []*asl.State // by the place of their names
}

func newStatePlaces(machine *asl.Machine) *statePlaces {
	p := &statePlaces{file: machine.File()}
	for state := range machine.States() {
		if state.NameNode != nil && state.Node != nil {
			p.states = append(p.states, state)
		}
	}
	sort.SliceStable(p.states, func(i, j int) bool {
		return p.states[i].NameNode.Span().Start < p.states[j].NameNode.Span().Start
	})
	return p
}

// stateOf returns the state right below a comment that has its line for
// itself, else the innermost state around it, nil when there is none.
func (p *statePlaces) stateOf(comment syntax.Span) *asl.State {
	if below := p.below(comment); below != nil {
		return below
	}
	after := sort.Search(len(p.states), func(i int) bool { return p.states[i].NameNode.Span().Start > comment.Start })
	for i := after - 1; i >= 0; i-- {
		state := p.states[i]
		if state.Node.Span().End > comment.Start || i == after-1 && p.sameLine(state, comment) {
			return state
		}
	}
	return nil
}

func (p *statePlaces) sameLine(state *asl.State, comment syntax.Span) bool {
	return p.line(state.NameNode.Span().Start) == p.line(comment.Start) || p.line(state.Node.Span().End) == p.line(comment.Start)
}

func (p *statePlaces) below(comment syntax.Span) *asl.State {
	line := p.line(comment.Start)
	if len(bytes.Trim(p.file.Src[p.file.LineSpan(line).Start:comment.Start], " \t")) > 0 {
		return nil
	}
	for line++; line <= p.file.Lines(); line++ {
		span := p.file.LineSpan(line)
		text := p.file.Src[span.Start:span.End]
		trimmed := bytes.TrimLeft(text, " \t")
		if len(trimmed) == 0 || trimmed[0] == '#' {
			continue
		}
		start := span.Start + len(text) - len(trimmed)
		i := sort.Search(len(p.states), func(i int) bool { return p.states[i].NameNode.Span().Start >= start })
		if i < len(p.states) && p.states[i].NameNode.Span().Start == start {
			return p.states[i]
		}
		return nil
	}
	return nil
}

func (p *statePlaces) line(offset int) int { return p.file.Position(offset, syntax.Bytes).Line }
