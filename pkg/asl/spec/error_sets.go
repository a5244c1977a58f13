package spec

import (
	"math"
	"slices"
	"time"
)

// The reserved error names that control flow depends on.
const (
	ErrorAll              = "States.ALL"
	ErrorTaskFailed       = "States.TaskFailed"
	ErrorTimeout          = "States.Timeout"
	ErrorHeartbeatTimeout = "States.HeartbeatTimeout"
	ErrorNoChoiceMatched  = "States.NoChoiceMatched"
	ErrorRuntime          = "States.Runtime"
	ErrorDataLimit        = "States.DataLimitExceeded"
	ErrorQueryEvaluation  = "States.QueryEvaluationError"
	ErrorIntrinsic        = "States.IntrinsicFailure"
	ErrorParameterPath    = "States.ParameterPathFailure"
	ErrorResultPath       = "States.ResultPathMatchFailure"
	ErrorBranch           = "States.BranchFailed"
	ErrorThreshold        = "States.ExceedToleratedFailureThreshold"
	ErrorItemReader       = "States.ItemReaderFailed"
	ErrorResultWriter     = "States.ResultWriterFailed"
)

// Uncatchable reports whether no Retrier or Catcher takes the error, not even
// one that names it. The guide says so of States.DataLimitExceeded as well, but
// recorded executions catch that with States.ALL.
func Uncatchable(name string) bool { return name == ErrorRuntime }

// Takes reports whether ErrorEquals takes the error of the given name; "" is an
// error without a name, which a worker or a Fail state can raise. A missed
// heartbeat is [ErrorHeartbeatTimeout] here: recorded executions show it as
// States.Timeout, so that it goes by both names, and States.TaskFailed does not
// take it.
func Takes(errorEquals []string, name string) bool {
	return slices.ContainsFunc(errorEquals, func(listed string) bool { return takes(listed, name) })
}

// takes reports whether one name in ErrorEquals takes the error.
func takes(listed, name string) bool {
	switch {
	case Uncatchable(name):
		return false
	case listed == ErrorAll:
		return true
	case listed == ErrorTaskFailed:
		return !isTimeout(name)
	case listed == ErrorTimeout:
		return isTimeout(name)
	}
	return listed == name && name != ""
}

func isTimeout(name string) bool { return name == ErrorTimeout || name == ErrorHeartbeatTimeout }

// IsWildcard reports whether the name in ErrorEquals stands for other errors.
func IsWildcard(listed string) bool { return listed == ErrorAll || listed == ErrorTaskFailed }

// HasWildcard reports whether ErrorEquals holds a name that stands for others.
func HasWildcard(errorEquals []string) bool { return slices.ContainsFunc(errorEquals, IsWildcard) }

// ErrorSet is a set of errors: those named, or all but those named. The zero
// value is the empty set. Sets are values: no method changes one.
type ErrorSet struct {
	allBut bool
	names  []string // sorted, each once
}

// AllErrors is the set of every error.
func AllErrors() ErrorSet { return ErrorSet{allBut: true} }

// Errors is the set of the errors named.
func Errors(names ...string) ErrorSet {
	sorted := slices.Clone(names)
	slices.Sort(sorted)
	return ErrorSet{names: slices.Compact(sorted)}
}

// TakenBy returns the errors that ErrorEquals takes.
func TakenBy(errorEquals []string) ErrorSet {
	var wild ErrorSet
	var names []string
	for _, listed := range errorEquals {
		if takes := takenByName(listed); takes.allBut {
			wild = wild.Union(takes)
		} else {
			names = append(names, takes.names...)
		}
	}
	return wild.Union(Errors(names...))
}

func takenByName(listed string) ErrorSet {
	switch {
	case listed == ErrorAll:
		return AllErrors().Minus(Errors(ErrorRuntime))
	case listed == ErrorTaskFailed:
		return AllErrors().Minus(Errors(ErrorRuntime, ErrorTimeout, ErrorHeartbeatTimeout))
	case listed == ErrorTimeout:
		return Errors(ErrorTimeout, ErrorHeartbeatTimeout)
	case Uncatchable(listed):
		return ErrorSet{}
	}
	return Errors(listed)
}

// Has reports whether the error is in the set.
func (s ErrorSet) Has(name string) bool {
	_, listed := slices.BinarySearch(s.names, name)
	return listed != s.allBut
}

// Empty reports whether no error is in the set.
func (s ErrorSet) Empty() bool { return !s.allBut && len(s.names) == 0 }

// Names returns the errors of the set in alphabetical order; finite is false
// when it holds all errors but some.
func (s ErrorSet) Names() (names []string, finite bool) {
	if s.allBut {
		return nil, false
	}
	return slices.Clone(s.names), true
}

// Union returns the errors that are in one of the sets.
func (s ErrorSet) Union(other ErrorSet) ErrorSet {
	switch {
	case s.allBut:
		return ErrorSet{allBut: true, names: filter(s.names, func(name string) bool { return !other.Has(name) })}
	case other.allBut:
		return other.Union(s)
	}
	return Errors(slices.Concat(s.names, other.names)...)
}

// Minus returns the errors of the set that are not in the other one.
func (s ErrorSet) Minus(other ErrorSet) ErrorSet {
	switch {
	case !s.allBut:
		return ErrorSet{names: filter(s.names, func(name string) bool { return !other.Has(name) })}
	case other.allBut:
		return ErrorSet{names: filter(other.names, s.Has)}
	}
	return ErrorSet{allBut: true, names: Errors(slices.Concat(s.names, other.names)...).names}
}

// Meets reports whether the sets have an error in common.
func (s ErrorSet) Meets(other ErrorSet) bool { return !s.Minus(s.Minus(other)).Empty() }

// filter returns the names that are kept, in a slice of its own.
func filter(names []string, keep func(string) bool) []string {
	var kept []string
	for _, name := range names {
		if keep(name) {
			kept = append(kept, name)
		}
	}
	return kept
}

// Takers are the Retriers or Catchers of one state in the order in which they are
// asked. Asking them costs the same however many there are.
type Takers struct {
	wild  ErrorSet
	names map[string]bool
}

// Add appends one with the ErrorEquals.
func (t *Takers) Add(errorEquals []string) {
	if t.names == nil {
		t.names = map[string]bool{}
	}
	for _, listed := range errorEquals {
		takes := takenByName(listed)
		if takes.allBut {
			t.wild = t.wild.Union(takes)
			continue
		}
		for _, name := range takes.names {
			t.names[name] = true
		}
	}
}

// LeaveNothing reports whether one that comes next, with the ErrorEquals, never
// sees an error: those before it take all that it names, or nobody can take it.
func (t *Takers) LeaveNothing(errorEquals []string) bool {
	return !slices.ContainsFunc(errorEquals, func(listed string) bool {
		left := takenByName(listed).Minus(t.wild)
		return left.allBut || slices.ContainsFunc(left.names, func(name string) bool { return !t.names[name] })
	})
}

// What a Retrier does when it does not say otherwise.
const (
	DefaultIntervalSeconds = 1
	DefaultMaxAttempts     = 3
	DefaultBackoffRate     = 2.0
)

// Backoff is how a Retrier spaces its retries.
type Backoff struct {
	IntervalSeconds, BackoffRate float64
	MaxDelaySeconds              float64 // 0 for no limit
	FullJitter                   bool    // JitterStrategy FULL
}

// Seconds returns the delay before the n-th retry, counted from 1, without
// jitter: IntervalSeconds x BackoffRate^(n-1), at most MaxDelaySeconds.
func (b Backoff) Seconds(n int) float64 {
	seconds := b.IntervalSeconds * math.Pow(b.BackoffRate, float64(max(n, 1)-1))
	if b.MaxDelaySeconds > 0 {
		seconds = math.Min(seconds, b.MaxDelaySeconds)
	}
	return seconds
}

// Delay returns how long to wait before the n-th retry, counted from 1. Jitter
// draws from the capped delay; random gives a number from 0 to 1.
func (b Backoff) Delay(n int, random func() float64) time.Duration {
	seconds := b.Seconds(n)
	if b.FullJitter {
		seconds *= random()
	}
	return Duration(seconds)
}

// Longest is a time that no execution reaches: a hundred years.
const Longest = 100 * 366 * 24 * time.Hour

// Duration returns a number of seconds as a time, at most a hundred years: a
// delay that grows with each retry soon exceeds what time.Duration holds.
func Duration(seconds float64) time.Duration {
	if !(seconds < Longest.Seconds()) {
		return Longest
	}
	return time.Duration(seconds * float64(time.Second))
}
