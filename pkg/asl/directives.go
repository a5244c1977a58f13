package asl

import (
	"bytes"
	"slices"
	"sort"

	"github.com/sfnctl/sfnctl/pkg/asl/directive"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Directives are the directives of a machine, each with the scope it speaks of.
type Directives struct {
	All     []ScopedDirective // in source order
	byState map[*State][]ScopedDirective
}

// ScopedDirective is a directive and what it speaks of.
type ScopedDirective struct {
	directive.Directive
	Scope
}

// Scope is an object of the definition that may have a Comment: the machine, a
// state, a branch or item processor, a Retrier, a Catcher, a Choice Rule at any depth.
type Scope struct {
	State  *State      // the state that is the object, or holds it; nil for the machine
	Direct bool        // the object is the state itself
	Cover  syntax.Span // the object; of a state together with its name
}

// Of returns the directives that stand on the state itself and have the key.
func (d *Directives) Of(state *State, key string) []ScopedDirective {
	var found []ScopedDirective
	for _, scoped := range d.byState[state] {
		if scoped.Key == key && scoped.Direct {
			found = append(found, scoped)
		}
	}
	return found
}

// ReadDirectives collects the directives of a machine from its Comment fields
// and, in YAML, from the comments after "#".
func ReadDirectives(machine *Machine) *Directives {
	d := &Directives{byState: map[*State][]ScopedDirective{}}
	for scope, comment := range machine.scopes() {
		for _, found := range directive.Parse(comment) {
			d.All = append(d.All, ScopedDirective{found, scope})
		}
	}
	d.addYAML(machine)
	slices.SortStableFunc(d.All, func(a, b ScopedDirective) int { return a.Span.Start - b.Span.Start })
	for _, scoped := range d.All {
		if scoped.State != nil {
			d.byState[scoped.State] = append(d.byState[scoped.State], scoped)
		}
	}
	return d
}

// scopes yields every object that may have a Comment, with its Comment. Objects
// follow the ones that hold them.
func (m *Machine) scopes() func(yield func(Scope, *syntax.String) bool) {
	return func(yield func(Scope, *syntax.String) bool) {
		whole := Scope{Cover: syntax.Span{End: len(m.File().Src) + 1}}
		if !yield(whole, m.Comment) {
			return
		}
		for state := range m.States() {
			if !yield(Scope{state, true, state.Span()}, state.Comment) || !state.yieldInner(yield) {
				return
			}
		}
	}
}

// Span reaches from the name of the state to its end.
func (s *State) Span() syntax.Span {
	if s.Node == nil {
		return s.NameNode.Span()
	}
	return s.NameNode.Span().Cover(s.Node.Span())
}

// yieldInner yields what a state holds and may have a Comment, other than states.
func (s *State) yieldInner(yield func(Scope, *syntax.String) bool) bool {
	inner := func(node syntax.Node, comment *syntax.String) bool {
		return node == nil || yield(Scope{s, false, node.Span()}, comment)
	}
	for _, region := range s.Regions() {
		if region != nil && !inner(region.Node, region.Comment) {
			return false
		}
	}
	for _, retrier := range s.Retry {
		if !inner(retrier.Node, retrier.Comment) {
			return false
		}
	}
	for _, catcher := range s.Catch {
		if !inner(catcher.Node, catcher.Comment) {
			return false
		}
	}
	for rule := range s.ChoiceRules() {
		if !inner(rule.Node, rule.Comment) {
			return false
		}
	}
	return true
}

func (d *Directives) addYAML(machine *Machine) {
	if machine.Tree == nil || !slices.ContainsFunc(machine.Tree.Comments, speaksToUs) {
		return
	}
	places := newScopePlaces(machine)
	for _, comment := range machine.Tree.Comments {
		for _, found := range directive.ParseYAML(comment) {
			d.All = append(d.All, ScopedDirective{found, places.scopeOf(comment.Span)})
		}
	}
}

func speaksToUs(comment syntax.Comment) bool { return len(directive.ParseYAML(comment)) > 0 }

// scopePlaces finds the object that a YAML comment speaks of.
type scopePlaces struct {
	file   *syntax.File
	root   int     // where the machine begins
	scopes []Scope // by their beginning; the first is the machine
	next   []int   // by line: the first one after it that holds more than a comment
}

func newScopePlaces(machine *Machine) *scopePlaces {
	p := &scopePlaces{file: machine.File(), root: machine.Tree.Root.Span().Start}
	for scope := range machine.scopes() {
		p.scopes = append(p.scopes, scope)
	}
	slices.SortStableFunc(p.scopes, func(a, b Scope) int { return a.Cover.Start - b.Cover.Start })
	return p
}

// scopeOf returns the object right below a comment that has its line for itself,
// else the innermost object around the comment. An object reaches to the end of
// its last line.
func (p *scopePlaces) scopeOf(comment syntax.Span) Scope {
	if below, ok := p.below(comment); ok {
		return below
	}
	around := p.after(comment.Start)
	for i := around - 1; i > 0; i-- {
		if scope := p.scopes[i]; p.file.LineSpan(p.line(scope.Cover.End)).End > comment.Start {
			return scope
		}
	}
	return p.scopes[0]
}

// after returns the index of the first scope that begins behind the offset.
func (p *scopePlaces) after(offset int) int {
	return sort.Search(len(p.scopes), func(i int) bool { return p.scopes[i].Cover.Start > offset })
}

// below returns the object that begins on the first line after the comment that
// holds more than a comment.
func (p *scopePlaces) below(comment syntax.Span) (Scope, bool) {
	line := p.line(comment.Start)
	if len(bytes.Trim(p.file.Src[p.file.LineSpan(line).Start:comment.Start], " \t")) > 0 {
		return Scope{}, false
	}
	if line = p.contentAfter(line); line > p.file.Lines() {
		return Scope{}, false
	}
	span := p.file.LineSpan(line)
	text := p.file.Src[span.Start:span.End]
	trimmed := bytes.TrimLeft(text, "- \t") // the items of lists
	return p.startingAt(span.Start + len(text) - len(trimmed))
}

// contentAfter returns the first line after another that holds more than a
// comment; one past the last when there is none. All lines are looked at once,
// for a file can be one block of comments.
func (p *scopePlaces) contentAfter(line int) int {
	if p.next == nil {
		p.next = make([]int, p.file.Lines()+1)
		found := p.file.Lines() + 1
		for n := p.file.Lines(); n > 0; n-- {
			p.next[n] = found
			span := p.file.LineSpan(n)
			if text := bytes.TrimLeft(p.file.Src[span.Start:span.End], " \t"); len(text) > 0 && text[0] != '#' {
				found = n
			}
		}
	}
	return p.next[line]
}

func (p *scopePlaces) startingAt(start int) (Scope, bool) {
	if start == p.root {
		return p.scopes[0], true
	}
	if i := p.after(start) - 1; i > 0 && p.scopes[i].Cover.Start == start {
		return p.scopes[i], true
	}
	return Scope{}, false
}

func (p *scopePlaces) line(offset int) int { return p.file.Position(offset, syntax.Bytes).Line }
