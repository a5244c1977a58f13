package jsonata

import (
	"errors"

	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/jsonata/regex"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// regexFunction is a regular expression literal: a function of a string that
// yields its first match as an object with a function for the next one.
type regexFunction struct {
	program *regex.Regexp
	span    ast.Span
}

func (r *regexFunction) arity() int { return 2 }

func (r *regexFunction) call(m *machine, args []value.Value, _ value.Value) (value.Value, error) {
	if len(args) == 0 || args[0].Kind() != value.KindString {
		return value.Value{}, nil
	}
	found := &matches{machine: m, regex: r, input: args[0].Str()}
	if ok, err := found.next(); !ok || err != nil {
		return value.Value{}, err
	}
	return found.full(), nil
}

// matches steps through the matches of a text: of a regular expression, or of a
// function that stands in for one.
type matches struct {
	machine    *machine
	regex      *regexFunction
	input      string
	begun      bool
	start, end int   // of the current match, in bytes
	captures   []int // of a regular expression
	function   value.Value
	current    value.Value // of a function: the current match
}

func (c Call) matches(pattern value.Value, text string) *matches {
	found := &matches{machine: c.machine, input: text}
	if f, ok := asFunction(pattern); ok {
		found.regex, _ = f.(*regexFunction)
	}
	found.function = pattern
	return found
}

// next goes on to the next match, and reports whether there is one.
func (s *matches) next() (bool, error) {
	if err := s.machine.spend(1); err != nil {
		return false, err
	}
	if s.regex == nil {
		return s.nextOfFunction()
	}
	if s.begun && s.end >= len(s.input) {
		return false, nil
	}
	captures, err := s.regex.program.Find(s.input, s.end, &s.machine.steps)
	switch {
	case errors.Is(err, regex.ErrBudget):
		return false, errTime()
	case captures == nil:
		s.begun, s.end = true, len(s.input)
		return false, nil
	case s.begun && captures[0] == captures[1]: // it would never get anywhere
		return false, failureAt("D1004", s.regex.span, "", value.String(s.regex.program.Source()))
	}
	s.captures, s.begun = captures, true
	s.start, s.end = captures[0], captures[1]
	return true, s.machine.allocate(8 * len(captures))
}

func (s *matches) nextOfFunction() (bool, error) {
	args := []value.Value{value.String(s.input)}
	if s.begun {
		args = nil
	}
	v, err := s.machine.callback(s.function, args...)
	if err != nil || v.IsAbsent() {
		return false, err
	}
	s.current, s.begun = v, true
	s.function = v.Get("next")
	if !isMatch(v) {
		return false, failure("T1010", value.Value{})
	}
	if _, ok := asFunction(s.function); !ok {
		s.function = value.Extension(noMatch{})
	}
	s.start = byteOffset(s.input, int(v.Get("start").Float()))
	s.end = byteOffset(s.input, int(v.Get("end").Float()))
	return true, nil
}

// isMatch reports whether what a matcher returned looks like a match at all.
func isMatch(v value.Value) bool {
	_, next := asFunction(v.Get("next"))
	return v.Get("start").Kind() == value.KindNumber || v.Get("groups").Kind() == value.KindArray || next
}

// noMatch is the function that finds nothing.
type noMatch struct{}

func (noMatch) arity() int { return 0 }

func (noMatch) call(*machine, []value.Value, value.Value) (value.Value, error) {
	return value.Value{}, nil
}

// text returns the current match.
func (s *matches) text() string {
	if s.regex == nil {
		return s.current.Get("match").Str()
	}
	return s.input[s.start:s.end]
}

// groups returns what the groups matched, undefined for one that took no part.
func (s *matches) groups() []value.Value {
	if s.regex == nil {
		return s.current.Get("groups").Items()
	}
	groups := make([]value.Value, 0, len(s.captures)/2-1)
	for i := 2; i < len(s.captures); i += 2 {
		var group value.Value
		if s.captures[i] >= 0 && s.captures[i+1] >= 0 {
			group = value.String(s.input[s.captures[i]:s.captures[i+1]])
		} else {
			s.machine.nested = true
		}
		groups = append(groups, group)
	}
	return groups
}

// object returns the current match as $match describes it.
func (s *matches) object() value.Value {
	index := s.current.Get("start")
	if s.regex != nil {
		index = value.Float(float64(utf16Length(s.input[:s.start])))
	}
	return describe(
		value.Member{Key: "match", Value: value.String(s.text())},
		value.Member{Key: "index", Value: index},
		value.Member{Key: "groups", Value: value.Array(s.groups()...)},
	)
}

// describe makes an object of the members that have a value.
func describe(members ...value.Member) value.Value {
	kept := members[:0]
	for _, member := range members {
		if !member.Value.IsAbsent() {
			kept = append(kept, member)
		}
	}
	return value.Object(kept...)
}

// full returns the current match as a regular expression yields it.
func (s *matches) full() value.Value {
	if s.regex == nil {
		return s.current
	}
	start := utf16Length(s.input[:s.start])
	return value.Object(
		value.Member{Key: "match", Value: value.String(s.text())},
		value.Member{Key: "start", Value: value.Float(float64(start))},
		value.Member{Key: "end", Value: value.Float(float64(start + utf16Length(s.text())))},
		value.Member{Key: "groups", Value: value.Array(s.groups()...)},
		value.Member{Key: "next", Value: value.Extension(&nextMatch{*s})},
	)
}

// nextMatch is the function that yields the match after another one.
type nextMatch struct{ after matches }

func (*nextMatch) arity() int { return 0 }

func (n *nextMatch) call(m *machine, _ []value.Value, _ value.Value) (value.Value, error) {
	following := n.after
	following.machine = m
	if ok, err := following.next(); !ok || err != nil {
		return value.Value{}, err
	}
	return following.full(), nil
}
