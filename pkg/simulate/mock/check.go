package mock

import (
	"sort"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/mockcheck"
)

// anyState is the name that stands for every state a case does not name.
const anyState = "*"

// checkNames finds responses that are named and do not exist, and such as
// nobody names.
func (p *parser) checkNames() {
	used := map[string]bool{}
	for _, machine := range p.config.order {
		m := p.config.Machines[machine]
		for _, name := range m.order {
			for _, mock := range m.Cases[name].States {
				used[mock.Response] = true
				if p.config.Responses[mock.Response] == nil {
					p.problem("StateMachines."+machine+".TestCases."+name+"."+mock.State,
						"names the response %q, but MockedResponses has %s", mock.Response, list(p.config.names()))
				}
			}
		}
	}
	for _, name := range p.config.names() {
		if !used[name] {
			p.warn("MockedResponses."+name, "is used by no test case")
		}
	}
}

func (c *Config) names() []string {
	names := make([]string, 0, len(c.Responses))
	for name := range c.Responses {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// CheckMachine finds states of a case that the machine does not have, or that
// call nothing and so are never answered. Where the machine starts others, an
// unknown state may be one of theirs. Results are held to the APIs of their tasks
// as mode says: in the strict mode what does not fit is a problem, else a warning.
func (c *Config) CheckMachine(machine *asl.Machine, test *Case, nested bool, mode mockcheck.Mode) []Problem {
	tasks, others := map[string]*asl.State{}, map[string]string{}
	var names []string
	for state := range machine.States() {
		if state.Type == asl.Task {
			tasks[state.Name] = state
			names = append(names, state.Name)
		} else {
			others[state.Name] = state.Type.String()
		}
	}
	sort.Strings(names)
	p := &parser{config: c}
	for _, mock := range test.States {
		where := "test case " + test.Name
		switch {
		case mock.State == anyState:
		case tasks[mock.State] != nil:
			if task, responses := tasks[mock.State].Task, c.Responses[mock.Response]; responses != nil && task != nil && task.Resource != nil {
				p.checkReturns("state "+mock.State, spec.ParseResource(task.Resource.Value), responses, mode)
			}
		case others[mock.State] != "":
			p.warn(where, "state %q is a %s, which calls nothing, so its mock is never used", mock.State, others[mock.State])
		case !nested:
			p.problem(where, "there is no state %q; the tasks are %s", mock.State, list(names))
		}
	}
	return p.problems
}

// Unused finds responses of the case that a finished execution did not use.
func (h *Answers) Unused() []Problem {
	p := &parser{config: h.config}
	for _, mock := range h.test.States {
		count := h.counts[mock.State]
		responses := h.config.Responses[mock.Response]
		if responses == nil || mock.State == anyState {
			continue
		}
		if count == 0 {
			p.warn("MockedResponses."+responses.Name, "was not used: the execution did not reach state %q", mock.State)
			continue
		}
		for _, rng := range responses.Ranges {
			if rng.From >= count {
				p.warn("MockedResponses."+responses.Name, "state %q was called %d times, so invocation %d was not used", mock.State, count, rng.From)
				break
			}
		}
	}
	return p.problems
}

var _ simulate.TaskHandler = (*Answers)(nil).Handle
