package history

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// Read yields the events of an execution one after the other, in any form in
// which the service gives them: the answer of GetExecutionHistory, an array of
// events, log records of an Express workflow one a line, as CloudWatch Logs wraps
// them or bare. It ends at the first error. No more than one event is held at a time.
func Read(r io.Reader) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		reader := &reader{decoder: json.NewDecoder(r), yield: yield}
		for {
			err := reader.document()
			switch {
			case errors.Is(err, errStopped):
				return
			case errors.Is(err, io.EOF) && reader.count > 0:
				return
			case errors.Is(err, io.EOF):
				err = errors.New("the history has no events; it should be what aws stepfunctions get-execution-history or sfnctl simulate --format json prints")
				fallthrough
			case err != nil:
				yield(Event{}, err)
				return
			}
		}
	}
}

// errStopped says that whoever reads wants no more events.
var errStopped = errors.New("stopped")

type reader struct {
	decoder *json.Decoder
	yield   func(Event, error) bool
	count   int
}

// document reads one JSON document; io.EOF when there is none left.
func (r *reader) document() error {
	token, err := r.decoder.Token()
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	if err != nil {
		return notJSON(err)
	}
	switch token {
	case json.Delim('['):
		return r.list()
	case json.Delim('{'):
		return r.object()
	}
	return fmt.Errorf("an event of the history cannot be read: %v is not an object", token)
}

// list reads events up to the end of an array.
func (r *reader) list() error {
	for r.decoder.More() {
		var raw json.RawMessage
		if err := r.decoder.Decode(&raw); err != nil {
			return notJSON(err)
		}
		if err := r.event(string(raw)); err != nil {
			return err
		}
	}
	_, err := r.decoder.Token()
	return notJSON(err)
}

// object reads an object: its member events when it has one, else it is an event.
func (r *reader) object() error {
	var members []value.Member
	isAnswer := false
	for r.decoder.More() {
		key, err := r.decoder.Token()
		if err != nil {
			return notJSON(err)
		}
		if key == "events" && !isAnswer {
			isAnswer = true
			if token, err := r.decoder.Token(); err != nil {
				return notJSON(err)
			} else if token != json.Delim('[') {
				return errors.New("the member events of the history is not an array")
			}
			if err := r.list(); err != nil {
				return err
			}
			continue
		}
		var raw json.RawMessage
		if err := r.decoder.Decode(&raw); err != nil {
			return notJSON(err)
		}
		v, err := value.Parse(string(raw))
		if err != nil {
			return notJSON(err)
		}
		members = append(members, value.Member{Key: key.(string), Value: v})
	}
	if _, err := r.decoder.Token(); err != nil {
		return notJSON(err)
	}
	if isAnswer {
		return nil
	}
	return r.take(value.Object(members...))
}

func (r *reader) event(text string) error {
	v, err := value.Parse(text)
	if err != nil {
		return notJSON(err)
	}
	return r.take(v)
}

// take yields the event that v describes. What names no type is not an event,
// such as the notice that a log group writes about itself.
func (r *reader) take(v value.Value) error {
	e, isEvent, err := Parse(v)
	if err != nil || !isEvent {
		return err
	}
	r.count++
	if !r.yield(e, nil) {
		return errStopped
	}
	return nil
}

func notJSON(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.EOF):
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("the history is no JSON: %w", err)
}

// Parse reads one event from an element of GetExecutionHistory, a log record,
// or the event of CloudWatch Logs that wraps one; false when v is none of them.
// An event of a type that is unknown here has the type [None].
func Parse(v value.Value) (e Event, isEvent bool, err error) {
	if v.Kind() != value.KindObject {
		return e, false, fmt.Errorf("an event of the history cannot be read: %s is not an object", v.Compact())
	}
	if message := strings.TrimSpace(v.Get("message").Str()); v.Get("type").IsAbsent() && strings.HasPrefix(message, "{") {
		if v, err = value.Parse(message); err != nil {
			return e, false, fmt.Errorf("a log record of the history cannot be read: %w", err)
		}
	}
	if e.ID, err = number(first(v, "id")); err != nil {
		return e, false, err
	}
	if e.Previous, err = number(first(v, "previousEventId", "previous_event_id")); err != nil {
		return e, false, err
	}
	if e.At, err = moment(first(v, "timestamp", "event_timestamp")); err != nil {
		return e, false, err
	}
	name := v.Get("type").Str()
	e.Type = typesByName[name]
	e.details(detailsOf(v))
	return e, name != "", nil
}

// first returns the first of the members that v has.
func first(v value.Value, keys ...string) value.Value {
	for _, key := range keys {
		if member := v.Get(key); !member.IsAbsent() {
			return member
		}
	}
	return value.Value{}
}

// detailsOf returns the details of an event: the member of that name in a log
// record, and otherwise the only one whose name ends in EventDetails.
func detailsOf(v value.Value) value.Value {
	if details := v.Get("details"); !details.IsAbsent() {
		return details
	}
	for _, member := range v.Members() {
		if strings.HasSuffix(member.Key, "EventDetails") {
			return member.Value
		}
	}
	return value.Value{}
}

// details takes over what the details say.
func (e *Event) details(v value.Value) {
	text := func(key string) string { return v.Get(key).Str() }
	count := func(key string) int {
		n, _ := v.Get(key).Int()
		return int(n)
	}
	e.Name = first(v, "name", "state", "mapRunArn").Str()
	e.Index = count("index") + count("length") // no event has both
	e.Payload = payload(first(v, "input", "output", "parameters"))
	d := Details{
		ResourceType: text("resourceType"), Resource: text("resource"), Region: text("region"),
		RoleARN: text("roleArn") + v.Get("taskCredentials").Get("roleArn").Str(),
		Timeout: count("timeoutInSeconds"), Heartbeat: count("heartbeatInSeconds"),
		WorkerName: text("workerName"), Location: text("location"),
	}
	if cause, name := v.Get("cause"), v.Get("error"); e.Type.fails() || !cause.IsAbsent() || !name.IsAbsent() {
		d.Failure = &Failure{Error: name.Str(), Cause: plain(cause), NoError: name.IsAbsent() || name.IsNull(), NoCause: cause.IsAbsent() || cause.IsNull()}
	}
	for _, member := range v.Get("assignedVariables").Members() {
		d.Assigned = append(d.Assigned, Variable{Name: member.Key, Value: payload(member.Value)})
	}
	e.Details = &d
}

// fails reports whether events of the type carry an error and a cause.
func (t Type) fails() bool {
	shape := types[t].shape
	return shape == failure || shape == taskFailure || shape == evaluation
}

// payload is what a JSON text in a string holds; a text that the service cut
// stays a string.
func payload(v value.Value) value.Value {
	if v.Kind() != value.KindString {
		return v
	}
	if inner, err := value.Parse(v.Str()); err == nil {
		return inner
	}
	return v
}

// plain is the text of a cause, which some tools decode when it holds JSON.
func plain(v value.Value) string {
	switch v.Kind() {
	case value.KindString:
		return v.Str()
	case value.KindAbsent, value.KindNull:
		return ""
	}
	return v.Compact()
}

// number reads an id: a number, or a number in quotes as log records have it.
func number(v value.Value) (int, error) {
	if v.IsAbsent() {
		return 0, nil
	}
	n, err := strconv.Atoi(plain(v))
	if err != nil {
		return 0, fmt.Errorf("%s is no event id", v.Compact())
	}
	return n, nil
}

// moment reads the forms of a timestamp: RFC 3339, seconds since 1970 with a
// fraction (version 1 of the AWS CLI), milliseconds (log records).
func moment(v value.Value) (time.Duration, error) {
	if v.IsAbsent() {
		return 0, nil
	}
	text := plain(v)
	for _, form := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999-0700"} {
		if at, err := time.Parse(form, text); err == nil {
			return time.Duration(at.UnixNano()), nil
		}
	}
	seconds, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, fmt.Errorf("%s is no timestamp", v.Compact())
	}
	const milliseconds = 1e11 // seconds would be in the year 5138
	if seconds > milliseconds {
		seconds /= 1000
	}
	return time.Duration(time.UnixMicro(int64(seconds * 1e6)).UnixNano()), nil
}

// typesByName finds a type by the name that the API uses.
var typesByName = func() map[string]Type {
	byName := make(map[string]Type, typeCount)
	for t := ExecutionStarted; t < typeCount; t++ {
		byName[t.String()] = t
	}
	return byName
}()
