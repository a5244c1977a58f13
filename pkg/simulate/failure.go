package simulate

import (
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// The reserved error names that the simulator raises or treats in a way of
// their own.
const (
	errorAll               = "States.ALL"
	errorTaskFailed        = "States.TaskFailed"
	errorTimeout           = "States.Timeout"
	errorHeartbeatTimeout  = "States.HeartbeatTimeout"
	errorRuntime           = "States.Runtime"
	errorDataLimitExceeded = "States.DataLimitExceeded"
	errorQueryEvaluation   = "States.QueryEvaluationError"
	errorThresholdExceeded = "States.ExceedToleratedFailureThreshold"
	errorItemReaderFailed  = "States.ItemReaderFailed"
	errorResultWriter      = "States.ResultWriterFailed"
	errorResultPath        = "States.ResultPathMatchFailure"
)

// Failure is what makes a state, a branch or an execution fail. Error and
// Cause can each be absent: a Fail state need have neither, and a worker may
// send none.
type Failure struct {
	Error, Cause     string
	NoError, NoCause bool

	heartbeat bool   // a timeout because of a missed heartbeat
	raisedBy  *state // the Fail state that raised it; nil for none
}

// failed makes a failure with error and cause.
func failed(name, cause string) *Failure { return &Failure{Error: name, Cause: cause} }

// timedOut is the failure of a task over its time: the service records no cause.
func timedOut() *Failure { return &Failure{Error: errorTimeout, NoCause: true} }

// event returns the failure as events carry it.
func (f *Failure) event() *history.Failure {
	return &history.Failure{Error: f.Error, Cause: f.Cause, NoError: f.NoError, NoCause: f.NoCause}
}

// output returns the Error Output that a Catcher sees. The service writes null
// for what a worker or Fail state left out, but an empty Cause for a timeout.
func (f *Failure) output() value.Value {
	name, cause := value.String(f.Error), value.String(f.Cause)
	if f.NoError {
		name = value.Null()
	}
	if f.NoCause && f.Error != errorTimeout {
		cause = value.Null()
	}
	return value.Object(value.Member{Key: "Error", Value: name}, value.Member{Key: "Cause", Value: cause})
}

// matches reports whether one of the names of a Retrier or Catcher takes the
// failure. States.ALL takes everything that can be taken at all; see
// [Failure.isFatal]. States.TaskFailed takes everything but a timeout.
func (f *Failure) matches(names []string) bool {
	for _, name := range names {
		switch name {
		case errorAll:
			return true
		case errorTaskFailed:
			if f.Error != errorTimeout {
				return true
			}
		case errorHeartbeatTimeout:
			// A missed heartbeat shows as States.Timeout and goes by both names.
			if f.heartbeat {
				return true
			}
		}
		if !f.NoError && name == f.Error {
			return true
		}
	}
	return false
}

// isFatal reports whether nothing can retry or catch the failure: States.Runtime
// ends the execution, even when a Catcher names it.
func (f *Failure) isFatal() bool { return !f.NoError && f.Error == errorRuntime }
