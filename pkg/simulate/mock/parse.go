package mock

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// Parse reads a mock configuration. The configuration is never nil: what could
// not be read is left out, and the problems say what and why.
func Parse(file string, text string) (*Config, []Problem) {
	p := &parser{config: &Config{File: file, Machines: map[string]*Machine{}, Responses: map[string]*Responses{}}}
	root, err := value.ParseCompact(strings.TrimPrefix(text, "\uFEFF"))
	if err != nil {
		p.problem("file", "%v", err)
		return p.config, p.problems
	}
	if root.Kind() != value.KindObject {
		p.problem("file", "a mock configuration is an object with StateMachines and MockedResponses, but this is %s", article(root))
		return p.config, p.problems
	}
	for _, member := range root.Members() {
		switch member.Key {
		case "StateMachines":
			p.machines(member.Value)
		case "MockedResponses", "MockedResponse":
			p.allResponses(member.Value)
		case "$schema", "Comment":
		default:
			p.warn(member.Key, "is not known here; there are StateMachines and MockedResponses")
		}
	}
	p.checkNames()
	return p.config, p.problems
}

type parser struct {
	config   *Config
	problems []Problem
}

func (p *parser) problem(where, format string, args ...any) {
	p.problems = append(p.problems, Problem{File: p.config.File, Where: where, Message: fmt.Sprintf(format, args...)})
}

func (p *parser) warn(where, format string, args ...any) {
	p.problem(where, format, args...)
	p.problems[len(p.problems)-1].Warning = true
}

func article(v value.Value) string {
	switch v.Kind() {
	case value.KindArray, value.KindObject:
		return "an " + v.Kind().String()
	case value.KindNull:
		return "null"
	}
	return "a " + v.Kind().String()
}

// object returns the members of v, which must be an object.
func (p *parser) object(where string, v value.Value) []value.Member {
	if v.Kind() != value.KindObject {
		p.problem(where, "must be an object, but is %s", article(v))
	}
	return v.Members()
}

func (p *parser) machines(v value.Value) {
	for _, member := range p.object("StateMachines", v) {
		where := "StateMachines." + member.Key
		machine := &Machine{Name: member.Key, Cases: map[string]*Case{}}
		for _, field := range p.object(where, member.Value) {
			if field.Key == "Inputs" {
				p.object(where+".Inputs", field.Value)
				continue
			}
			if field.Key != "TestCases" {
				p.warn(where+"."+field.Key, "is not known here; there are TestCases and Inputs")
				continue
			}
			for _, c := range p.object(where+".TestCases", field.Value) {
				machine.Cases[c.Key] = p.testCase(where+".TestCases."+c.Key, c)
				machine.order = append(machine.order, c.Key)
			}
		}
		p.inputs(where+".Inputs", machine, member.Value.Get("Inputs"))
		p.config.Machines[member.Key] = machine
		p.config.order = append(p.config.order, member.Key)
	}
}

// inputs gives the cases their inputs.
func (p *parser) inputs(where string, machine *Machine, inputs value.Value) {
	for _, input := range inputs.Members() {
		if input.Key != anyState && machine.Cases[input.Key] == nil {
			p.problem(where+"."+input.Key, "there is no test case of that name; there are %s", list(machine.order))
		}
	}
	for name, c := range machine.Cases {
		if c.Input = inputs.Get(name); c.Input.IsAbsent() {
			c.Input = inputs.Get(anyState)
		}
	}
}

// testCase reads a case. Instead of the name of a mock the mock itself may stand there.
func (p *parser) testCase(where string, member value.Member) *Case {
	c := &Case{Name: member.Key}
	for _, state := range p.object(where, member.Value) {
		name := state.Value.Str()
		switch state.Value.Kind() {
		case value.KindString:
		case value.KindObject, value.KindArray:
			name = where + "." + state.Key
			p.config.Responses[name] = p.responses(name, state.Value)
		default:
			p.problem(where+"."+state.Key, "must be the name of a member of MockedResponses, but is %s", article(state.Value))
			continue
		}
		c.States = append(c.States, StateMock{State: state.Key, Response: name})
	}
	return c
}

func (p *parser) allResponses(v value.Value) {
	for _, member := range p.object("MockedResponses", v) {
		p.config.Responses[member.Key] = p.responses("MockedResponses."+member.Key, member.Value)
	}
}

// responses reads one mock: an object by invocation, or a list of rules.
func (p *parser) responses(where string, v value.Value) *Responses {
	r := &Responses{Name: where[strings.LastIndexByte(where, '.')+1:]}
	if v.Kind() == value.KindArray {
		for i, rule := range v.Items() {
			p.rule(r, where+"["+strconv.Itoa(i)+"]", rule)
		}
		return r
	}
	for i, member := range p.object(where, v) {
		at := where + "." + member.Key
		response := p.response(at, member.Value)
		response.Index = i
		if member.Key == "default" || member.Key == "*" {
			r.Default = response
			continue
		}
		from, to, valid := parseRange(member.Key)
		if !valid {
			p.problem(at, `is no invocation number; write "0", "1-3" or "default"`)
			continue
		}
		r.Ranges = append(r.Ranges, Range{from, to, response})
	}
	r.sortRanges()
	p.checkRanges(where, r)
	return r
}

func parseRange(text string) (from, to int, valid bool) {
	first, last, isRange := strings.Cut(text, "-")
	from, err := strconv.Atoi(first)
	if err != nil || from < 0 {
		return 0, 0, false
	}
	if !isRange {
		return from, from, true
	}
	to, err = strconv.Atoi(last)
	return from, to, err == nil && to >= from
}

// checkRanges finds gaps and overlaps.
func (p *parser) checkRanges(where string, r *Responses) {
	next := 0
	for _, rng := range r.Ranges {
		switch {
		case rng.From < next:
			p.problem(where, "invocation %d is answered twice", rng.From)
		case rng.From > next && r.Default == nil:
			p.problem(where, "invocation %d has no response, but invocation %d has", next, rng.From)
		}
		next = max(next, rng.To+1)
	}
}

// rule reads a rule: its conditions stand in Match, beside the response.
func (p *parser) rule(r *Responses, where string, v value.Value) {
	rule := Rule{Response: p.response(where, v.Without("Match"))}
	rule.Response.Index = len(r.Rules)
	for _, condition := range p.matchMembers(where, v.Get("Match")) {
		switch condition.Key {
		case "Input", "Parameters":
			rule.Input = condition.Value
		case "Item":
			rule.Item = p.index(where, condition)
		case "Branch":
			rule.Branch = p.index(where, condition)
		case "Attempt":
			rule.Attempt = p.index(where, condition)
		default:
			p.problem(where+".Match", "%q is no condition; there are Input, Item, Branch and Attempt", condition.Key)
		}
	}
	r.Rules = append(r.Rules, rule)
}

func (p *parser) matchMembers(where string, v value.Value) []value.Member {
	if v.IsAbsent() {
		return nil
	}
	return p.object(where+".Match", v)
}

func (p *parser) index(where string, member value.Member) *int {
	n, ok := member.Value.Int()
	if !ok || n < 0 {
		p.problem(where+".Match."+member.Key, "must be a number from 0 on, but is %s", member.Value.Compact())
	}
	i := int(n)
	return &i
}

// response reads one answer.
func (p *parser) response(where string, v value.Value) *Response {
	r := &Response{}
	hasReturn := false
	for _, member := range p.object(where, v) {
		at := where + "." + member.Key
		switch member.Key {
		case "Return":
			r.Return, hasReturn = member.Value, true
		case "Throw":
			r.Throw = p.throw(at, member.Value)
		case "TimedOut":
			r.TimedOut = member.Value.Bool()
		case "Pending":
			r.Pending = member.Value.Bool()
		case "Submitted":
			r.Submitted = member.Value
		case "WorkerName":
			r.Worker = member.Value.Str()
		case "EventType":
			r.EventType = member.Value.Str()
		case "Duration":
			r.Duration = p.duration(at, member.Value)
		case "Heartbeat":
			r.Heartbeat = p.duration(at, member.Value)
		default:
			p.warn(at, "is not known here; there are Return, Throw, TimedOut, Submitted, WorkerName, Duration and Heartbeat")
		}
	}
	switch {
	case hasReturn && r.Throw != nil:
		p.problem(where, "has both Return and Throw; keep one")
	case !hasReturn && r.Throw == nil && !r.TimedOut && !r.Pending && v.Kind() == value.KindObject:
		p.problem(where, "has neither Return nor Throw; add one")
	}
	return r
}

func (p *parser) throw(where string, v value.Value) *Throw {
	t := &Throw{NoError: true, NoCause: true}
	for _, member := range p.object(where, v) {
		switch member.Key {
		case "Error":
			t.Error, t.NoError = p.text(where, member)
		case "Cause":
			t.Cause, t.NoCause = p.text(where, member)
		default:
			p.warn(where+"."+member.Key, "is not known here; there are Error and Cause")
		}
	}
	return t
}

// text reads a string. JSON in the place of a Cause is taken as its text.
func (p *parser) text(where string, member value.Member) (text string, absent bool) {
	switch member.Value.Kind() {
	case value.KindString:
		return member.Value.Str(), false
	case value.KindNull:
		return "", true
	case value.KindObject:
		return member.Value.Compact(), false
	}
	p.problem(where+"."+member.Key, "must be a string, but is %s", article(member.Value))
	return "", true
}

// duration reads seconds, or a text such as "1h30m".
func (p *parser) duration(where string, v value.Value) time.Duration {
	if v.Kind() == value.KindNumber && v.Float() >= 0 && v.Float() < 1e9 {
		return time.Duration(v.Float() * float64(time.Second))
	}
	d, err := time.ParseDuration(v.Str())
	if v.Kind() != value.KindString || err != nil || d < 0 {
		p.problem(where, `must be seconds, or a text such as "1m30s", but is %s`, v.Compact())
	}
	return d
}
