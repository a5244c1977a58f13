package history

import (
	"time"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// Event is one event of an execution. Which members carry something depends on
// the type.
type Event struct {
	ID       int // 1, 2, 3, ... without gaps
	Previous int // the event before it on the same thread; 0 for none
	Type     Type
	Index    int           // iteration index, or length of MapStateStarted
	At       time.Duration // virtual time since the epoch
	Name     string        // the state; the Map for iterations; the ARN of a Map Run
	Payload  value.Value   // input, output, parameters
	Details  *Details      // what most events lack
}

// Details are the members that few events have, or that all events of one
// Task share.
type Details struct {
	ResourceType string // the service of a Task: "lambda", "aws-sdk:s3"
	Resource     string // the action: "invoke"; or the ARN of a function or activity
	Region       string
	RoleARN      string // of the execution, or of the Credentials
	Timeout      int    // seconds; 0 when the state sets none
	Heartbeat    int    // seconds; 0 when the state sets none
	WorkerName   string
	Location     string // of EvaluationFailed: "Output/a"
	Failure      *Failure
	Assigned     []Variable // of a state that assigns variables
}

// Failure is the error and cause of an event; each can be absent, as with a
// Fail state that has neither.
type Failure struct {
	Error, Cause     string
	NoError, NoCause bool
}

// Variable is a variable with the value that a state assigned to it.
type Variable struct {
	Name  string
	Value value.Value
}

// Time returns when the event happened on the virtual clock.
func (e *Event) Time() time.Time { return time.Unix(0, int64(e.At)).UTC() }

// IsEntered reports whether the event is the entry of a state.
func (e *Event) IsEntered() bool { return types[e.Type].shape == entered }

// IsExited reports whether the event is the exit of a state.
func (e *Event) IsExited() bool { return types[e.Type].shape == exited }

// Failure returns the error and cause that the event carries, nil when none.
func (e *Event) Failure() *Failure {
	if e.Details == nil {
		return nil
	}
	return e.Details.Failure
}
