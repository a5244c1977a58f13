package simulate

import (
	"time"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Quotas of the service.
const (
	maxPayload             = 256 * 1024       // bytes of UTF-8: an input, an output, a result, a variable
	maxVariables           = 10 * 1024 * 1024 // bytes: all variables of an execution
	standardDuration       = 365 * 24 * time.Hour
	expressDuration        = 5 * time.Minute
	inlineConcurrency      = 40
	distributedConcurrency = 10_000
)

// durationLimit returns how long the execution may take: the TimeoutSeconds of
// the definition, at most what the type of the workflow allows.
func (x *Execution) durationLimit() time.Duration {
	limit := standardDuration
	if x.kind == asl.Express {
		limit = expressDuration
	}
	if own := x.program.timeout; own > 0 {
		limit = min(limit, secondsToDuration(own))
	}
	return limit
}

// tooLarge reports whether the JSON text of v takes more than limit bytes. The
// text is made only when a quick estimate cannot rule that out.
func tooLarge(v value.Value, limit int) bool {
	return atMost(v, limit) > limit && size(v) > limit
}

// size returns the length of the compact JSON text of v.
func size(v value.Value) int { return len(v.Compact()) }

// longestNumber is how long the text of a number gets that nobody wrote out.
const longestNumber = 24

// atMost returns an upper bound of the length of the JSON text of v; it stops
// counting beyond limit.
func atMost(v value.Value, limit int) int {
	switch v.Kind() {
	case value.KindString:
		// At worst, every byte is escaped as \u00XX.
		if n := len(v.Str()); n*6 <= limit {
			return n*6 + 2
		}
		return size(v)
	case value.KindNumber:
		return longestNumber
	case value.KindArray:
		total := 2
		for _, item := range v.Items() {
			if total += 1 + atMost(item, limit-total); total > limit {
				break
			}
		}
		return total
	case value.KindObject:
		total := 2
		for _, member := range v.Members() {
			if total += 4 + 6*len(member.Key) + atMost(member.Value, limit-total); total > limit {
				break
			}
		}
		return total
	}
	return len("false")
}

// maxCause is how many characters the cause of a failure holds.
const maxCause = 32_768

// clip cuts a cause to what the service keeps of it. Without that the causes of
// nested executions, each quoting the one below, would grow without bound.
func clip(cause string) string {
	if len(cause) <= maxCause {
		return cause
	}
	end := maxCause
	for end > 0 && !utf8.RuneStart(cause[end]) {
		end--
	}
	return cause[:end]
}

// dataLimit is the failure of a state or task whose result is too large.
func dataLimit(name string) *Failure {
	return failed(errorDataLimitExceeded, "The state/task '"+name+
		"' returned a result with a size exceeding the maximum number of bytes service limit.")
}

// checkVariables holds an Assign to the limits: 256 KiB together, and 10 MiB
// for all variables that the frame can see.
func (x *Execution) checkVariables(f *frame, assigned []history.Variable) *evalError {
	if len(assigned) == 0 {
		return nil
	}
	total := 0
	for _, variable := range assigned {
		total += size(variable.Value)
		if total > maxPayload {
			return runtimeError("The size of the variables assigned exceeds the maximum number of bytes service limit.")
		}
	}
	all := total
	for s := f.scope; s != nil; s = s.outer {
		for _, variable := range s.variables {
			all += size(variable.Value)
		}
	}
	if all > maxVariables {
		return runtimeError("The size of all variables exceeds the maximum number of bytes service limit.")
	}
	return nil
}
