package simulate

import (
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
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
func timedOut() *Failure { return &Failure{Error: spec.ErrorTimeout, NoCause: true} }

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
	if f.NoCause && f.Error != spec.ErrorTimeout {
		cause = value.Null()
	}
	return value.Object(value.Member{Key: "Error", Value: name}, value.Member{Key: "Cause", Value: cause})
}

// takenBy reports whether a Retrier or Catcher with the names takes the failure.
func (f *Failure) takenBy(names []string) bool {
	switch {
	case f.NoError:
		return spec.Takes(names, "")
	case f.heartbeat:
		return spec.Takes(names, spec.ErrorHeartbeatTimeout)
	}
	return spec.Takes(names, f.Error)
}

// isFatal reports whether nothing can retry or catch the failure.
func (f *Failure) isFatal() bool { return !f.NoError && spec.Uncatchable(f.Error) }
