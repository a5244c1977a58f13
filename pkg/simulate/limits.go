package simulate

import (
	"math"
	"time"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// durationLimit returns how long the execution may take: the TimeoutSeconds of
// the definition, at most what the type of the workflow allows.
func (x *Execution) durationLimit() time.Duration {
	limit := spec.StandardDuration
	if x.kind == asl.Express {
		limit = spec.ExpressDuration
	}
	if own := x.program.timeout; own > 0 {
		limit = min(limit, spec.Duration(own))
	}
	return limit
}

// tooLarge reports whether the JSON text of v takes more than limit bytes. The
// text is measured only when a quick estimate cannot rule that out.
func tooLarge(v value.Value, limit int) bool {
	return atMost(v, limit) > limit && measure(v, limit) > limit
}

// size returns the length of the compact JSON text of v.
func size(v value.Value) int { return measure(v, math.MaxInt) }

// measure returns the length of the compact JSON text of v; it stops counting
// beyond limit.
func measure(v value.Value, limit int) int {
	total := 2
	switch v.Kind() {
	case value.KindArray:
		for i, item := range v.Items() {
			if i > 0 {
				total++
			}
			if total += measure(item, limit-total); total > limit {
				break
			}
		}
	case value.KindObject:
		for i, member := range v.Members() {
			if i > 0 {
				total++
			}
			total += quotedLength(member.Key) + 1
			if total += measure(member.Value, limit-total); total > limit {
				break
			}
		}
	case value.KindString:
		return quotedLength(v.Str())
	default:
		var buffer [longestNumber]byte
		return len(v.Append(buffer[:0]))
	}
	return total
}

// quotedLength returns the length of s as a JSON string.
func quotedLength(s string) int {
	n := len(s) + 2
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\' || c == '\b' || c == '\f' || c == '\n' || c == '\r' || c == '\t':
			n++
		case c < ' ':
			n += 5
		}
	}
	return n
}

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
		return quotedLength(v.Str())
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

// clip cuts a cause to what the service keeps of it. Without that the causes of
// nested executions, each quoting the one below, would grow without bound.
func clip(cause string) string {
	if len(cause) <= spec.MaxCauseLength {
		return cause
	}
	end := spec.MaxCauseLength
	for end > 0 && !utf8.RuneStart(cause[end]) {
		end--
	}
	return cause[:end]
}

// dataLimit is the failure of a state or task whose result is too large.
func dataLimit(name string) *Failure {
	return failed(spec.ErrorDataLimit, "The state/task '"+name+
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
		if total > spec.MaxPayloadBytes {
			return runtimeError("The size of the variables assigned exceeds the maximum number of bytes service limit.")
		}
	}
	all := total
	for s := f.scope; s != nil; s = s.outer {
		for _, variable := range s.variables {
			all += size(variable.Value)
		}
	}
	if all > spec.MaxAllVariablesBytes {
		return runtimeError("The size of all variables exceeds the maximum number of bytes service limit.")
	}
	return nil
}
