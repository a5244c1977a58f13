package simulate

import (
	"time"

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

// tooLarge reports whether the JSON text of v takes more than limit bytes.
func tooLarge(v value.Value, limit int) bool { return size(v, limit) > limit }

// size returns the length of the JSON text of v; it stops counting beyond limit.
func size(v value.Value, limit int) int {
	switch v.Kind() {
	case value.KindString:
		s := v.Str()
		if len(s) > limit {
			return limit + 1
		}
		return len(s) + 2 + escapes(s)
	case value.KindNumber:
		return numberSize(v)
	case value.KindBool, value.KindNull:
		return 5
	case value.KindArray:
		return itemsSize(v, limit)
	case value.KindObject:
		return membersSize(v, limit)
	}
	return 0
}

func itemsSize(v value.Value, limit int) int {
	total := 2
	for _, item := range v.Items() {
		total += 1 + size(item, limit-total)
		if total > limit {
			return total
		}
	}
	return total
}

func membersSize(v value.Value, limit int) int {
	total := 2
	for _, member := range v.Members() {
		total += 4 + len(member.Key) + size(member.Value, limit-total)
		if total > limit {
			return total
		}
	}
	return total
}

// escapes returns how many bytes the escapes of s add.
func escapes(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\' || c == '\n' || c == '\t' || c == '\r':
			n++
		case c < ' ':
			n += 5
		}
	}
	return n
}

// numberSize returns the length of a number's text; integers below 10^15 are
// the most common by far and need no text.
func numberSize(v value.Value) int {
	f := v.Float()
	if f >= 0 && f < 10 && f == float64(int(f)) {
		return 1
	}
	return len(v.NumberText())
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
		total += size(variable.Value, maxPayload)
		if total > maxPayload {
			return runtimeError("The size of the variables assigned exceeds the maximum number of bytes service limit.")
		}
	}
	all := total
	for s := f.scope; s != nil; s = s.outer {
		for _, variable := range s.variables {
			all += size(variable.Value, maxVariables)
		}
	}
	if all > maxVariables {
		return runtimeError("The size of all variables exceeds the maximum number of bytes service limit.")
	}
	return nil
}
