package overlay

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/render"
	"github.com/sfnctl/sfnctl/pkg/history"
)

// Execution is what a history tells at a glance.
type Execution struct {
	Status  string      // "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"; "RUNNING" when it has not ended
	Error   string      // of an execution that failed
	Failing *graph.Node // where it failed; nil when it did not
	Visited int         // states that were entered
	Unknown []string    // states of the history that the machine lacks, each once
}

// History shows an execution: the states it entered with the number of times,
// the attempts and the time they took, the edges it went along, and the state
// that failed. It takes what GetExecutionHistory answers, a simulation as JSON,
// or log records of an Express workflow.
func History(g *graph.Graph, data []byte) (*Overlay, *Execution, error) {
	var events []history.Event
	for e, err := range history.Read(bytes.NewReader(data)) {
		if err != nil {
			return nil, nil, err
		}
		if events = append(events, e); len(events) > maxEvents {
			return nil, nil, fmt.Errorf("the history has more than %d events", maxEvents)
		}
	}
	r := &replay{
		Overlay: newOverlay(), execution: &Execution{Status: "RUNNING"}, nodes: byName(g),
		events: map[int]history.Event{}, places: map[int]*graph.Node{}, visits: map[*graph.Node]*visits{}, failures: map[int]string{},
	}
	for _, e := range events {
		r.events[e.ID] = e
	}
	for _, e := range events {
		r.replay(e)
		if node := r.places[e.ID]; node != nil {
			r.last = node
		}
	}
	r.mark()
	r.dimOthers(g)
	return r.Overlay, r.execution, nil
}

// maxEvents bounds what is read: the service keeps 25,000 events of an execution.
const maxEvents = 1_000_000

// visits is what happened in one state.
type visits struct {
	entered, exited, attempts int
	failed                    string // the last error in it
	total                     time.Duration
}

// replay follows events in their order.
type replay struct {
	*Overlay
	execution *Execution
	nodes     map[string]*graph.Node
	events    map[int]history.Event
	places    map[int]*graph.Node // the state in which an event happened, by its id
	last      *graph.Node         // where the last event happened
	failures  map[int]string      // the error an event reports, by its id
	visits    map[*graph.Node]*visits
}

func (r *replay) replay(e history.Event) {
	switch {
	case e.IsEntered():
		r.enter(e)
		return
	case e.IsExited():
		r.exit(e)
		return
	case strings.HasPrefix(e.Type.String(), "Execution"):
		r.endExecution(e)
		return
	}
	node := r.places[e.Previous]
	if failing := r.nodes[e.Name]; e.Type == history.EvaluationFailed && failing != nil {
		node = failing // the event hangs on what was before the state
	}
	r.places[e.ID] = node
	if node == nil {
		return
	}
	switch {
	case strings.HasSuffix(e.Type.String(), "Scheduled"):
		r.of(node).attempts++
	case e.Type == history.ParallelStateFailed || e.Type == history.MapStateFailed:
		// The Parallel or Map fails by the error of the state inside, whose place stays the one that failed.
		r.failures[e.ID] = cmp.Or(r.failures[e.Previous], raised(e))
	case isFailure(e.Type.String()):
		r.of(node).failed = raised(e)
		r.failures[e.ID] = raised(e)
	}
}

// isFailure tells the events that report an error of a state.
func isFailure(eventType string) bool {
	if strings.HasPrefix(eventType, "MapIteration") {
		return false // the Map decides what that means
	}
	return strings.HasSuffix(eventType, "Failed") || strings.HasSuffix(eventType, "TimedOut")
}

// errorOf returns the name of the error that the event carries; "" for none.
func errorOf(e history.Event) string {
	if failure := e.Failure(); failure != nil {
		return failure.Error
	}
	return ""
}

func raised(e history.Event) string {
	switch {
	case errorOf(e) != "":
		return errorOf(e)
	case strings.HasSuffix(e.Type.String(), "TimedOut"):
		return "States.Timeout"
	}
	return "an error"
}

func (r *replay) of(node *graph.Node) *visits {
	if r.visits[node] == nil {
		r.visits[node] = &visits{}
	}
	return r.visits[node]
}

func (r *replay) enter(e history.Event) {
	node := r.nodes[e.Name]
	if node == nil {
		r.unknown(e.Name)
		return
	}
	r.places[e.ID] = node
	r.of(node).entered++
	if from := r.places[e.Previous]; from != nil && from.Region == node.Region {
		r.taken(from, node, r.failures[e.Previous] != "")
	}
}

func (r *replay) unknown(name string) {
	for _, known := range r.execution.Unknown {
		if known == name {
			return
		}
	}
	r.execution.Unknown = append(r.execution.Unknown, name)
}

// exit ends a visit. When the event before reports an error, a Catcher took it.
func (r *replay) exit(e history.Event) {
	node := r.nodes[e.Name]
	if node == nil {
		return
	}
	r.places[e.ID] = node
	v := r.of(node)
	v.exited++
	if failure := r.failures[e.Previous]; failure != "" {
		r.failures[e.ID] = failure
	} else {
		v.failed = ""
	}
	if entered, ok := r.entryOf(e, node); ok && e.At > entered.At {
		v.total += e.At - entered.At
	}
}

// entryOf finds the event that began a visit by going back from its end.
func (r *replay) entryOf(e history.Event, node *graph.Node) (history.Event, bool) {
	for at := r.events[e.Previous]; at.ID != 0; at = r.events[at.Previous] {
		if at.Name == node.Name() && at.IsEntered() {
			return at, true
		}
		if at.Previous >= at.ID {
			break // no history goes round
		}
	}
	return history.Event{}, false
}

func (r *replay) endExecution(e history.Event) {
	statuses := map[history.Type]string{
		history.ExecutionSucceeded: "SUCCEEDED", history.ExecutionFailed: "FAILED",
		history.ExecutionTimedOut: "TIMED_OUT", history.ExecutionAborted: "ABORTED",
	}
	status, ended := statuses[e.Type]
	if !ended {
		return
	}
	r.execution.Status = status
	if status != "SUCCEEDED" {
		r.execution.Error, r.execution.Failing = errorOf(e), cmp.Or(r.places[e.Previous], r.last)
	}
}

// mark writes what happened to each state under its name.
func (r *replay) mark() {
	for node, v := range r.visits {
		if v.entered == 0 {
			continue
		}
		r.execution.Visited++
		mark := render.Mark{Tone: render.Visited, Text: v.String()}
		if node == r.execution.Failing {
			mark.Tone = render.Failed
			mark.Text = strings.TrimPrefix(mark.Text+" · ", " · ") + r.failureText()
		}
		r.Marks[node] = mark
	}
}

func (r *replay) failureText() string {
	text := strings.ToLower(strings.ReplaceAll(r.execution.Status, "_", " ")) + " here"
	if r.execution.Error != "" {
		text += ": " + r.execution.Error
	}
	return text
}

// String tells of the visits of a state: "entered 3 times · 4 attempts · 2.5s".
func (v *visits) String() string {
	var parts []string
	if v.entered > 1 {
		parts = append(parts, fmt.Sprintf("entered %d times", v.entered))
	} else {
		parts = append(parts, "entered")
	}
	if v.attempts > v.entered {
		parts = append(parts, fmt.Sprintf("%d attempts", v.attempts))
	}
	if v.failed != "" {
		parts = append(parts, "error "+v.failed)
	}
	if v.total > 0 {
		parts = append(parts, v.total.Round(time.Millisecond).String())
	}
	return strings.Join(parts, " · ")
}

// Summary is the execution in a few words: "FAILED in Charge: States.Timeout".
func (e *Execution) Summary() string {
	text := e.Status
	if e.Failing != nil {
		text += " in " + e.Failing.Name()
	}
	if e.Error != "" && (e.Failing == nil || e.Failing.Name() != e.Error) {
		text += ": " + e.Error
	}
	return text
}
