package history

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/pkg/value"
)

const notTruncated = `{"truncated":false}`

// AppendJSON appends the event as GetExecutionHistory gives it. Members stand in
// the order of the alphabet, here and in the details.
func (e *Event) AppendJSON(dst []byte) []byte {
	info := &types[e.Type]
	dst = append(dst, '{')
	if info.details != "" {
		dst = append(dst, '"')
		dst = append(dst, info.details...)
		dst = append(dst, '"', ':')
		dst = e.appendDetails(dst, info.shape)
		dst = append(dst, ',')
	}
	dst = append(dst, `"id":`...)
	dst = strconv.AppendInt(dst, int64(e.ID), 10)
	dst = append(dst, `,"previousEventId":`...)
	dst = strconv.AppendInt(dst, int64(e.Previous), 10)
	dst = append(dst, `,"timestamp":"`...)
	dst = e.Time().AppendFormat(dst, "2006-01-02T15:04:05.000Z07:00")
	dst = append(dst, `","type":"`...)
	dst = append(dst, info.name...)
	return append(dst, '"', '}')
}

// AppendLog appends the event as the log record that CloudWatch Logs gets from
// an Express workflow.
func (e *Event) AppendLog(dst []byte, executionARN string) []byte {
	info := &types[e.Type]
	dst = append(dst, `{"id":"`...)
	dst = strconv.AppendInt(dst, int64(e.ID), 10)
	dst = append(dst, `","type":"`...)
	dst = append(dst, info.name...)
	dst = append(dst, `","details":`...)
	dst = e.appendDetails(dst, info.shape)
	dst = append(dst, `,"previous_event_id":"`...)
	dst = strconv.AppendInt(dst, int64(e.Previous), 10)
	dst = append(dst, `","event_timestamp":"`...)
	dst = strconv.AppendInt(dst, int64(e.At/time.Millisecond), 10)
	dst = append(dst, `","execution_arn":`...)
	dst = value.AppendQuoted(dst, executionARN)
	return append(dst, `,"redrive_count":"0"}`...)
}

// writer writes the members of one object.
type writer struct {
	dst   []byte
	comma bool
}

func (w *writer) key(name string) {
	if w.comma {
		w.dst = append(w.dst, ',')
	}
	w.comma = true
	w.dst = append(append(append(w.dst, '"'), name...), '"', ':')
}

func (w *writer) text(name, text string) {
	w.key(name)
	w.dst = value.AppendQuoted(w.dst, text)
}

// some is text for a member that is left out when empty.
func (w *writer) some(name, text string) {
	if text != "" {
		w.text(name, text)
	}
}

func (w *writer) number(name string, n int) {
	w.key(name)
	w.dst = strconv.AppendInt(w.dst, int64(n), 10)
}

// positive is number for a member that is left out when zero.
func (w *writer) positive(name string, n int) {
	if n > 0 {
		w.number(name, n)
	}
}

// payload writes a value as JSON text within a string, and that it was not cut.
func (w *writer) payload(name string, v value.Value) {
	w.text(name, v.Text())
	w.key(name + "Details")
	w.dst = append(w.dst, notTruncated...)
}

func (w *writer) failure(f *Failure) {
	if f == nil {
		return
	}
	if !f.NoCause {
		w.text("cause", f.Cause)
	}
	if !f.NoError {
		w.text("error", f.Error)
	}
}

func (w *writer) credentials(roleARN string) {
	if roleARN == "" {
		return
	}
	w.key("taskCredentials")
	w.dst = append(w.dst, `{"roleArn":`...)
	w.dst = append(value.AppendQuoted(w.dst, roleARN), '}')
}

// assigned writes the variables that a state assigned, by name.
func (w *writer) assigned(variables []Variable) {
	if len(variables) == 0 {
		return
	}
	sorted := slices.SortedFunc(slices.Values(variables), func(a, b Variable) int { return strings.Compare(a.Name, b.Name) })
	w.key("assignedVariables")
	inner := writer{dst: append(w.dst, '{')}
	for _, variable := range sorted {
		inner.key(variable.Name)
		inner.dst = value.AppendQuoted(inner.dst, variable.Value.Text())
	}
	w.dst = append(inner.dst, '}')
	w.key("assignedVariablesDetails")
	w.dst = append(w.dst, notTruncated...)
}

func (e *Event) appendDetails(dst []byte, shape shape) []byte {
	w := writer{dst: append(dst, '{')}
	details := e.Details
	if details == nil {
		details = &Details{}
	}
	switch shape {
	case started:
		w.payload("input", e.Payload)
		w.some("roleArn", details.RoleARN)
	case output:
		w.payload("output", e.Payload)
	case failure:
		w.failure(details.Failure)
	case entered:
		w.payload("input", e.Payload)
		w.text("name", e.Name)
	case exited:
		w.assigned(details.Assigned)
		w.text("name", e.Name)
		w.payload("output", e.Payload)
	case taskScheduled, taskMarker, taskOutput, taskFailure:
		e.writeTask(&w, details, shape)
	case scheduled:
		w.positive("heartbeatInSeconds", details.Heartbeat)
		w.payload("input", e.Payload)
		w.text("resource", details.Resource)
		w.credentials(details.RoleARN)
		w.positive("timeoutInSeconds", details.Timeout)
	case worker:
		w.some("workerName", details.WorkerName)
	case length:
		w.number("length", e.Index)
	case iteration:
		w.number("index", e.Index)
		w.text("name", e.Name)
	case mapRun:
		w.text("mapRunArn", e.Name)
	case evaluation:
		w.failure(details.Failure)
		w.some("location", details.Location)
		w.text("state", e.Name)
	}
	return append(w.dst, '}')
}

func (e *Event) writeTask(w *writer, details *Details, shape shape) {
	switch shape {
	case taskScheduled:
		w.positive("heartbeatInSeconds", details.Heartbeat)
		w.text("parameters", e.Payload.Text())
		w.some("region", details.Region)
	case taskOutput:
		w.payload("output", e.Payload)
	case taskFailure:
		w.failure(details.Failure)
	}
	w.text("resource", details.Resource)
	w.text("resourceType", details.ResourceType)
	if shape == taskScheduled {
		w.credentials(details.RoleARN)
		w.positive("timeoutInSeconds", details.Timeout)
	}
}
