package mock

import (
	"fmt"
	"sort"
	"time"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// Config is a mock configuration.
type Config struct {
	File      string // for messages
	Machines  map[string]*Machine
	Responses map[string]*Responses // by name
	order     []string              // of the machines in the file
}

// Machine is a state machine of the configuration.
type Machine struct {
	Name  string
	Cases map[string]*Case
	order []string
}

// Case is a test case: which responses answer which state.
type Case struct {
	Name   string
	Input  value.Value // of the execution; absent when the file has none for it
	States []StateMock
}

// StateMock names the responses of a state; the state "*" stands for every
// state that is not named.
type StateMock struct {
	State    string
	Response string
}

// Responses are the answers of one mock, by invocation, or by the first rule
// that matches.
type Responses struct {
	Name    string
	Ranges  []Range
	Rules   []Rule
	Default *Response // for invocations that nothing else answers
}

// Range answers the invocations From to To, counted from 0.
type Range struct {
	From, To int
	Response *Response
}

// Rule answers the calls that its conditions match.
type Rule struct {
	Input    value.Value // members that the request must have; absent: any
	Item     *int        // index of the Map iteration
	Branch   *int        // index of the Parallel branch
	Attempt  *int        // 0 for the first try
	Response *Response
}

// Response is one answer.
type Response struct {
	Return    value.Value
	Throw     *Throw
	TimedOut  bool
	Pending   bool
	Submitted value.Value
	Worker    string
	EventType string
	Duration  time.Duration
	Heartbeat time.Duration
	Index     int // of the response in its mock, for messages
}

// Throw is a failure; Error and Cause can each be absent.
type Throw struct {
	Error, Cause     string
	NoError, NoCause bool
}

// Problem is something wrong with a mock configuration.
type Problem struct {
	File    string
	Where   string // the place: MockedResponses.Name.0-1
	Message string
	Warning bool // the run can still go ahead
}

// String gives place and message.
func (p Problem) String() string {
	if p.File == "" {
		return p.Where + ": " + p.Message
	}
	return p.File + ": " + p.Where + ": " + p.Message
}

// MachineNames returns the machines in the order of the file.
func (c *Config) MachineNames() []string { return c.order }

// CaseNames returns the cases of a machine in the order of the file.
func (m *Machine) CaseNames() []string { return m.order }

// Select returns the case named name. Without a name there must be only one to
// choose. The machine is looked up by name, or is the only one there is. A
// configuration of no machines answers nothing: the case is nil then.
func (c *Config) Select(machine, name string) (*Case, error) {
	if len(c.order) == 0 {
		return nil, nil
	}
	m := c.Machines[machine]
	if m == nil && len(c.order) == 1 {
		m = c.Machines[c.order[0]]
	}
	if m == nil {
		return nil, fmt.Errorf("%s has no state machine %q; it has %s", c.File, machine, list(c.order))
	}
	if name == "" && len(m.order) == 1 {
		name = m.order[0]
	}
	found := m.Cases[name]
	switch {
	case found != nil:
		return found, nil
	case name == "":
		return nil, fmt.Errorf("%s has several test cases for %q; choose one with --case: %s", c.File, m.Name, list(m.order))
	}
	return nil, fmt.Errorf("%s has no test case %q for %q; it has %s", c.File, name, m.Name, list(m.order))
}

func list(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	text := ""
	for i, name := range names {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf("%q", name)
	}
	return text
}

// sortRanges puts the ranges in order.
func (r *Responses) sortRanges() {
	sort.SliceStable(r.Ranges, func(i, j int) bool { return r.Ranges[i].From < r.Ranges[j].From })
}
