package overlay

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// event is what the overlay needs of a history event, in any of the forms in
// which the service gives them.
type event struct {
	ID, Previous int
	Type         string
	Name         string // of the state entered or exited
	Error        string
	At           time.Time
}

// rawEvent has the members of GetExecutionHistory and of the log records of
// Express workflows.
type rawEvent struct {
	ID        flexibleInt  `json:"id"`
	Previous  flexibleInt  `json:"previousEventId"`
	Timestamp flexibleTime `json:"timestamp"`
	Type      string       `json:"type"`

	LogPrevious flexibleInt                `json:"previous_event_id"`
	LogTime     flexibleTime               `json:"event_timestamp"`
	Details     map[string]json.RawMessage `json:"details"`
	Message     string                     `json:"message"` // of a CloudWatch Logs event that wraps a record
}

// maxEvents bounds what is read: the service keeps 25,000 events of an execution.
const maxEvents = 1_000_000

// readHistory reads events from: the answer of GetExecutionHistory, the JSON of
// a simulation, an array of events, or log records one a line.
func readHistory(data []byte) ([]event, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	var events []event
	for {
		var document json.RawMessage
		if err := decoder.Decode(&document); err == io.EOF {
			break
		} else if err != nil {
			return nil, fmt.Errorf("the history is no JSON: %w", err)
		}
		found, err := eventsIn(document)
		if err != nil {
			return nil, err
		}
		if events = append(events, found...); len(events) > maxEvents {
			return nil, fmt.Errorf("the history has more than %d events", maxEvents)
		}
	}
	if len(events) == 0 {
		return nil, fmt.Errorf("the history has no events; it should be what aws stepfunctions get-execution-history or sfnctl simulate --format json prints")
	}
	return events, nil
}

func eventsIn(document json.RawMessage) ([]event, error) {
	var list []json.RawMessage
	if json.Unmarshal(document, &list) != nil {
		var wrapped struct {
			Events []json.RawMessage `json:"events"`
		}
		if json.Unmarshal(document, &wrapped) == nil && wrapped.Events != nil {
			list = wrapped.Events
		} else {
			list = []json.RawMessage{document}
		}
	}
	var events []event
	for _, raw := range list {
		e, err := parseEvent(raw)
		if err != nil {
			return nil, err
		}
		if e.Type != "" {
			events = append(events, e)
		}
	}
	return events, nil
}

func parseEvent(document json.RawMessage) (event, error) {
	var raw rawEvent
	if err := json.Unmarshal(document, &raw); err != nil {
		return event{}, fmt.Errorf("an event of the history cannot be read: %w", err)
	}
	if raw.Type == "" && strings.HasPrefix(strings.TrimSpace(raw.Message), "{") {
		document = json.RawMessage(raw.Message)
		if err := json.Unmarshal(document, &raw); err != nil {
			return event{}, fmt.Errorf("a log record of the history cannot be read: %w", err)
		}
	}
	e := event{ID: int(raw.ID), Previous: int(raw.Previous), Type: raw.Type, At: time.Time(raw.Timestamp)}
	if raw.LogPrevious != 0 {
		e.Previous = int(raw.LogPrevious)
	}
	if e.At.IsZero() {
		e.At = time.Time(raw.LogTime)
	}
	details := raw.Details
	if details == nil {
		details = detailsOf(document)
	}
	_ = json.Unmarshal(details["name"], &e.Name)
	_ = json.Unmarshal(details["error"], &e.Error)
	return e, nil
}

// detailsOf returns the one member of an event that ends in EventDetails.
func detailsOf(document json.RawMessage) map[string]json.RawMessage {
	var members map[string]json.RawMessage
	_ = json.Unmarshal(document, &members)
	for key, value := range members {
		if strings.HasSuffix(key, "EventDetails") {
			var details map[string]json.RawMessage
			_ = json.Unmarshal(value, &details)
			return details
		}
	}
	return nil
}

// flexibleInt reads a number, or a number in quotes as log records have it.
type flexibleInt int

func (n *flexibleInt) UnmarshalJSON(data []byte) error {
	value, err := strconv.Atoi(strings.Trim(string(data), `"`))
	if err != nil {
		return fmt.Errorf("%s is no event id", data)
	}
	*n = flexibleInt(value)
	return nil
}

// flexibleTime reads the forms of a timestamp: RFC 3339, seconds since 1970
// with a fraction (version 1 of the AWS CLI), milliseconds (log records).
type flexibleTime time.Time

func (t *flexibleTime) UnmarshalJSON(data []byte) error {
	text := strings.Trim(string(data), `"`)
	for _, form := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999-0700"} {
		if parsed, err := time.Parse(form, text); err == nil {
			*t = flexibleTime(parsed)
			return nil
		}
	}
	seconds, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return fmt.Errorf("%s is no timestamp", data)
	}
	const milliseconds = 1e11 // seconds would be in the year 5138
	if seconds > milliseconds {
		seconds /= 1000
	}
	*t = flexibleTime(time.UnixMicro(int64(seconds * 1e6)))
	return nil
}
