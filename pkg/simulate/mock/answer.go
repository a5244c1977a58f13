package mock

import (
	"context"
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Answers answers the tasks of one execution from a test case. It counts the
// invocations of every state over the whole execution, retries, iterations and
// child executions included, as AWS Step Functions Local does.
type Answers struct {
	config   *Config
	test     *Case
	states   map[string]*Responses
	others   map[string]map[string]*Responses // of the other state machines with a case of that name
	counts   map[string]int
	fallback *Responses
}

// Answers returns fresh answers for one execution of the case; a case of nil
// answers nothing. The tasks of state machines that the execution starts are
// answered from their own case of that name, where they have one.
func (c *Config) Answers(test *Case) *Answers {
	if test == nil {
		test = &Case{}
	}
	a := &Answers{config: c, test: test, states: c.responsesOf(test), others: map[string]map[string]*Responses{}, counts: map[string]int{}}
	a.fallback = a.states[anyState]
	for name, machine := range c.Machines {
		if other := machine.Cases[test.Name]; other != nil && other != test {
			a.others[name] = c.responsesOf(other)
		}
	}
	return a
}

func (c *Config) responsesOf(test *Case) map[string]*Responses {
	states := map[string]*Responses{}
	for _, mock := range test.States {
		states[mock.State] = c.Responses[mock.Response]
	}
	return states
}

// responses finds what answers a call and under which name its invocations are
// counted. Child executions of a Map count as their parent.
func (a *Answers) responses(call *simulate.TaskCall) (responses *Responses, counter string) {
	if len(a.others) > 0 {
		machine, _, _ := strings.Cut(call.Machine, "/")
		if responses = a.others[machine][call.State]; responses != nil {
			return responses, machine + "/" + call.State
		}
	}
	if responses = a.states[call.State]; responses == nil {
		responses = a.fallback
	}
	return responses, call.State
}

// Reset starts counting anew, for another execution.
func (a *Answers) Reset() { clear(a.counts) }

// Handle answers a task; see [simulate.TaskHandler].
func (a *Answers) Handle(_ context.Context, call *simulate.TaskCall) (simulate.TaskAnswer, error) {
	responses, counter := a.responses(call)
	if responses == nil {
		return simulate.TaskAnswer{}, &simulate.Unanswered{
			State: call.State, Resource: call.Resource.Text, Help: a.suggestMock(call),
		}
	}
	invocation := a.counts[counter]
	a.counts[counter]++
	response := responses.find(call, invocation)
	if response == nil {
		return simulate.TaskAnswer{}, &simulate.Unanswered{
			State: call.State, Resource: call.Resource.Text, Help: a.suggestInvocation(responses, invocation),
		}
	}
	return response.answer(), nil
}

// find returns the response for a call, nil when there is none.
func (r *Responses) find(call *simulate.TaskCall, invocation int) *Response {
	for i := range r.Rules {
		if r.Rules[i].matches(call) {
			return r.Rules[i].Response
		}
	}
	for i := range r.Ranges {
		if rng := &r.Ranges[i]; invocation >= rng.From && invocation <= rng.To {
			return rng.Response
		}
	}
	return r.Default
}

func (r *Rule) matches(call *simulate.TaskCall) bool {
	return is(r.Item, call.Item) && is(r.Branch, call.Branch) && is(r.Attempt, call.Attempt) &&
		(r.Input.IsAbsent() || contains(call.Parameters, r.Input) || contains(call.Input, r.Input))
}

func is(wanted *int, actual int) bool { return wanted == nil || *wanted == actual }

// contains reports whether v has everything that pattern has: an object may
// have more members, anything else must be equal.
func contains(v, pattern value.Value) bool {
	if pattern.Kind() != value.KindObject || v.Kind() != value.KindObject {
		return value.Equal(v, pattern)
	}
	for _, member := range pattern.Members() {
		if !contains(v.Get(member.Key), member.Value) {
			return false
		}
	}
	return true
}

// failurePoints are the events by which a response can say where it failed.
var failurePoints = map[string]simulate.FailurePoint{
	"LambdaFunctionScheduleFailed": simulate.OnSchedule,
	"ActivityScheduleFailed":       simulate.OnSchedule,
	"TaskStartFailed":              simulate.OnStart,
	"LambdaFunctionStartFailed":    simulate.OnStart,
	"TaskSubmitFailed":             simulate.OnSubmit,
}

func (r *Response) answer() simulate.TaskAnswer {
	answer := simulate.TaskAnswer{
		Output: r.Return, Submitted: r.Submitted, Worker: r.Worker,
		Duration: r.Duration, Heartbeat: r.Heartbeat,
		Never: r.Pending, FailedAt: failurePoints[r.EventType],
	}
	if r.Throw != nil && !r.TimedOut {
		answer.Failure = &simulate.Failure{
			Error: r.Throw.Error, Cause: r.Throw.Cause, NoError: r.Throw.NoError, NoCause: r.Throw.NoCause,
		}
	}
	answer.TimedOut = r.TimedOut
	return answer
}

// suggestMock shows the mock that a state lacks.
func (a *Answers) suggestMock(call *simulate.TaskCall) string {
	name := call.State + "Ok"
	return fmt.Sprintf(`add one to the test case:

  {
    "StateMachines": {%q: {"TestCases": {%q: {%q: %q}}}},
    "MockedResponses": {%q: {"0": {"Return": %s}}}
  }
`, call.Machine, orElse(a.test.Name, "HappyPath"), call.State, name, name, Sample(*call.Resource).Compact())
}

func (a *Answers) suggestInvocation(r *Responses, invocation int) string {
	return fmt.Sprintf(`its mock %q has no response for invocation %d; add "%d": {"Return": ...} or a "default"`, r.Name, invocation, invocation)
}

func orElse(text, otherwise string) string {
	if text != "" {
		return text
	}
	return otherwise
}
