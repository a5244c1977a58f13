package jsonpath

import "fmt"

// SyntaxError tells why a text is not a path, or not a Reference Path.
type SyntaxError struct {
	Offset  int    // in bytes from the start of the text
	Message string // what is wrong and what to write instead
}

// Error gives the message and the byte offset.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s (at byte %d)", e.Message, e.Offset)
}

// NotFoundError is the failure of a definite path that selects nothing.
type NotFoundError struct {
	Path   string // as written
	Reason string // in the words of the service: "No results for path: $['a']"

	// PastEnd is set when the path ends with an array index that the array
	// does not have. In a Payload Template the service then takes null and
	// goes on; everywhere else it fails.
	PastEnd bool
}

// Error gives the text with which the service explains the failure of a path
// field such as InputPath.
func (e *NotFoundError) Error() string {
	return fmt.Sprintf("Invalid path '%s' : %s", e.Path, e.Reason)
}

// LimitError tells that a path was given up.
type LimitError struct {
	Path    string // as written
	Message string
}

// Error gives the path and the limit.
func (e *LimitError) Error() string {
	return fmt.Sprintf("path '%s': %s", e.Path, e.Message)
}

// AssignError tells that a Reference Path cannot be applied to a value: the
// error States.ResultPathMatchFailure.
type AssignError struct {
	Path  string // as written
	Input string // the JSON text it was applied to
}

// Error gives the text of the service.
func (e *AssignError) Error() string {
	return fmt.Sprintf("Unable to apply ReferencePath %s to input %s", e.Path, e.Input)
}
