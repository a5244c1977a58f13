package simulate

import (
	"strconv"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// JSONOptions say what the JSON of a result holds beside the result itself.
type JSONOptions struct {
	Type   asl.WorkflowType
	Class  string  // class of the terminal; "" when not known
	Stages []Stage // the data at every stage, for "trace"
}

// AppendResult appends a result as JSON: status, output as JSON text, error,
// cause, terminal, duration in seconds, and the events.
func AppendResult(dst []byte, r *Result, options JSONOptions) []byte {
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
	dst = appendTerminal(dst, r.Terminal, options.Class)
	dst = append(dst, `,"duration":`...)
	dst = strconv.AppendFloat(dst, r.Duration.Seconds(), 'f', -1, 64)
	dst = append(dst, `,"events":`...)
	dst = AppendEvents(dst, r, options.Type)
	dst = appendMapRuns(dst, r.MapRuns)
	dst = appendStages(dst, options.Stages)
	return append(dst, '}')
}

func appendTerminal(dst []byte, state, class string) []byte {
	if state == "" && class == "" {
		return dst
	}
	dst = append(dst, `,"terminal":{"state":`...)
	dst = value.AppendQuoted(dst, state)
	if class != "" {
		dst = append(dst, `,"class":`...)
		dst = value.AppendQuoted(dst, class)
	}
	return append(dst, '}')
}

// AppendEvents appends the events as a JSON array: those of a Standard workflow
// as GetExecutionHistory gives them, those of an Express workflow as log records.
func AppendEvents(dst []byte, r *Result, kind asl.WorkflowType) []byte {
	dst = append(dst, '[')
	for i := range r.Events {
		if i > 0 {
			dst = append(dst, ',')
		}
		if kind == asl.Express {
			dst = r.Events[i].AppendLog(dst, r.Identity.ExecutionARN)
		} else {
			dst = r.Events[i].AppendJSON(dst)
		}
	}
	return append(dst, ']')
}

func appendMapRuns(dst []byte, runs []MapRun) []byte {
	if len(runs) == 0 {
		return dst
	}
	dst = append(dst, `,"mapRuns":[`...)
	for i := range runs {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = runs[i].Describe().Append(dst)
	}
	return append(dst, ']')
}

func appendStages(dst []byte, stages []Stage) []byte {
	if len(stages) == 0 {
		return dst
	}
	dst = append(dst, `,"trace":[`...)
	for i, stage := range stages {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, `{"state":`...)
		dst = value.AppendQuoted(dst, stage.State)
		dst = append(dst, `,"enteredEventId":`...)
		dst = strconv.AppendInt(dst, int64(stage.Visit), 10)
		dst = append(dst, `,"stage":`...)
		dst = value.AppendQuoted(dst, stage.Name)
		dst = append(dst, `,"data":`...)
		dst = append(stage.Data.Append(dst), '}')
	}
	return append(dst, ']')
}

// Describe returns the run as DescribeMapRun gives it, without names and dates
// of the execution it belongs to.
func (r *MapRun) Describe() value.Value {
	counts := func(c Counts) value.Value {
		count := func(key string, n int) value.Member { return value.Member{Key: key, Value: value.Int(int64(n))} }
		return value.Object(count("aborted", c.Aborted), count("failed", c.Failed), count("pending", 0),
			count("resultsWritten", c.ResultsWritten), count("running", 0), count("succeeded", c.Succeeded),
			count("timedOut", c.TimedOut), count("total", c.Total))
	}
	return value.Object(
		value.Member{Key: "executionCounts", Value: counts(r.Executions)},
		value.Member{Key: "itemCounts", Value: counts(r.Items)},
		value.Member{Key: "mapRunArn", Value: value.String(r.ARN)},
		value.Member{Key: "maxConcurrency", Value: value.Int(int64(r.MaxConcurrency))},
		value.Member{Key: "status", Value: value.String(r.Status.String())},
		value.Member{Key: "toleratedFailureCount", Value: value.Int(int64(r.FailureCount))},
		value.Member{Key: "toleratedFailurePercentage", Value: value.Float(r.FailurePercent)},
	)
}
