package limits

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func unboundedLoop() *lint.Rule {
	return &lint.Rule{
		Name: "unbounded-loop", Category: lint.Limits, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "a loop can go on until the execution fails at 25,000 history events",
		Requires: []lint.Prerequisite{loops},
		Run: func(p *lint.Pass) {
			if p.Type == asl.Express {
				return // which ends after five minutes and has no such history
			}
			for _, loop := range loopsOf(p) {
				if !loop.bounded() {
					reportLoop(p, loop)
				}
			}
		},
	}
}

// Events that one round through a state adds to the history, at least.
const (
	eventsOfTask  = 5 // entered, scheduled, started, succeeded, exited
	eventsOfOther = 2 // entered, exited
)

// enoughSeconds is how long a loop that waits must last before its history is
// full, so that nothing is said of it: two weeks.
const enoughSeconds = 14 * 24 * 3600

func reportLoop(p *lint.Pass, l *loop) {
	if l.waitsByData() {
		reportWaiting(p, l)
		return
	}
	events, seconds, known := l.round()
	rounds := spec.MaxHistoryEvents / max(events, 1)
	lasts := float64(rounds) * seconds
	again, byError := l.back()
	switch {
	case !known, lasts > enoughSeconds:
		return // it waits for something that nobody can tell, or long enough
	case !byError && seconds == 0:
		return // a walk through data: pages, a list, a counter out of sight
	}
	finding := verdict.On(again, "the loop through %s goes on without a bound: after about %d rounds the history is full and the execution fails", verdict.List(l.names()), rounds)
	finding.Help = `count the rounds and leave the loop in a Choice, or give the state machine a "TimeoutSeconds"`
	if seconds > 0 {
		finding.Severity = diag.Info
		finding.Message = fmt.Sprintf("the loop through %s goes on without a bound: after about %s the history is full and the execution fails", verdict.List(l.names()), duration(lasts))
	}
	p.Report(finding)
}

// waitsByData reports whether each round waits as long as the data says, and
// nothing else in the loop waits for somebody.
func (l *loop) waitsByData() bool {
	found := false
	for _, node := range l.nodes {
		switch state := node.State; {
		case state.Task != nil && (state.Task.Resource == nil || waits(state.Task.Resource.Value)):
			return false
		case state.Wait != nil && (state.Wait.Seconds == nil || state.Wait.Seconds.Kind != asl.Literal):
			found = true
		}
	}
	return found
}

// reportWaiting reports a loop whose rounds last as long as its data says: how
// many there can be is known, how long that takes is not.
func reportWaiting(p *lint.Pass, l *loop) {
	events := 0
	var wait *graph.Node
	for _, node := range l.nodes {
		events += eventsOfOther
		if node.State.Task != nil {
			events += eventsOfTask - eventsOfOther
		}
		if node.State.Wait != nil && wait == nil {
			wait = node
		}
	}
	finding := verdict.On(wait.State, "the loop through %s goes on without a bound: after about %d rounds, each as long as the data says, the history is full and the execution fails",
		verdict.List(l.names()), spec.MaxHistoryEvents/max(events, 1))
	finding.Help = `count the rounds and leave the loop in a Choice, or give the state machine a "TimeoutSeconds"`
	finding.Severity = diag.Info
	p.Report(finding)
}

// waits reports whether a Task lasts as long as somebody else takes: a callback,
// a job, an activity.
func waits(resource string) bool {
	r := spec.ParseResource(resource)
	return r.Pattern != spec.RequestResponse || r.Kind == spec.Activity
}

// names returns the names of the states, in source order, for a message.
func (l *loop) names() []string {
	var names []string
	for _, node := range l.nodes {
		names = append(names, node.Name())
	}
	return names
}

// round estimates one round: its events and the seconds that its Waits last.
// Known is false when a Wait or a callback lasts as long as its data says.
func (l *loop) round() (events int, seconds float64, known bool) {
	for _, node := range l.nodes {
		events += eventsOfOther
		switch state := node.State; {
		case state.Task != nil:
			events += eventsOfTask - eventsOfOther
			if state.Task.Resource == nil || waits(state.Task.Resource.Value) {
				return 0, 0, false
			}
		case state.Wait != nil:
			if state.Wait.Seconds == nil || state.Wait.Seconds.Kind != asl.Literal {
				return 0, 0, false
			}
			seconds += state.Wait.Seconds.Literal.Float()
		case state.Type == asl.Map, state.Type == asl.Parallel:
			return 0, 0, false
		}
	}
	return events, seconds, true
}

// maxClosing bounds the Catchers of one loop of which it is tried whether the
// loop needs them.
const maxClosing = 20

// back returns the state that closes the loop, and whether it does so by a
// Catcher: then each round is a failure that is tried again.
func (l *loop) back() (again *asl.State, byError bool) {
	tried := 0
	for _, node := range l.nodes {
		for _, edge := range node.Out {
			if edge.Kind != graph.Catch || !l.inside[edge.To] {
				continue
			}
			if tried++; tried <= maxClosing && !l.closesWithout(edge) {
				return node.State, true
			}
		}
	}
	return l.nodes[0].State, false
}

// closesWithout reports whether the loop still is one without an edge: whether
// its end leads back to its beginning on another way.
func (l *loop) closesWithout(without *graph.Edge) bool {
	closes := false
	graph.Closure([]*graph.Node{without.From}, func(node *graph.Node, visit func(*graph.Node)) {
		for _, edge := range node.Out {
			if edge != without && l.inside[edge.To] {
				closes = closes || edge.To == without.From
				visit(edge.To)
			}
		}
	})
	return closes
}

func duration(seconds float64) string {
	switch hours := seconds / 3600; {
	case hours < 2:
		return fmt.Sprintf("%.0f minutes", seconds/60)
	case hours < 48:
		return fmt.Sprintf("%.0f hours", hours)
	default:
		return fmt.Sprintf("%.0f days", hours/24)
	}
}
