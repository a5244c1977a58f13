package simulate

import (
	"strconv"

	"github.com/sfnctl/sfnctl/pkg/simulate/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// AppendResult appends a result as JSON, with its events as GetExecutionHistory
// gives them. Output is JSON text in a string, as the API has it.
func AppendResult(dst []byte, r *Result) []byte {
	dst = append(dst, `{"status":"`...)
	dst = append(append(dst, r.Status.String()...), '"')
	if !r.Output.IsAbsent() {
		dst = append(dst, `,"output":`...)
		dst = value.AppendQuoted(dst, r.Output.Text())
	}
	if f := r.Failure; f != nil && !f.NoError {
		dst = append(dst, `,"error":`...)
		dst = value.AppendQuoted(dst, f.Error)
	}
	if f := r.Failure; f != nil && !f.NoCause {
		dst = append(dst, `,"cause":`...)
		dst = value.AppendQuoted(dst, f.Cause)
	}
	dst = append(dst, `,"duration":`...)
	dst = strconv.AppendFloat(dst, r.Duration.Seconds(), 'f', -1, 64)
	dst = append(dst, `,"events":`...)
	dst = AppendEvents(dst, r.Events)
	return append(dst, '}')
}

// AppendEvents appends events as a JSON array.
func AppendEvents(dst []byte, events []history.Event) []byte {
	dst = append(dst, '[')
	for i := range events {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = events[i].AppendJSON(dst)
	}
	return append(dst, ']')
}
