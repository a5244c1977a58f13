package mock

import (
	"math"
	"slices"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Mode says how strictly a mocked result is held to the API it stands for, as
// fieldValidationMode of the TestState API does.
type Mode uint8

// The modes.
const (
	Strict  Mode = iota // what the API promises must be there, and everything must have its type
	Present             // what is there must have its type
	None                // nothing is checked
)

// ParseMode reads the name of a mode.
func ParseMode(name string) (Mode, bool) {
	modes := map[string]Mode{"": Strict, "STRICT": Strict, "PRESENT": Present, "NONE": None}
	mode, known := modes[name]
	return mode, known
}

// unchecked are integrations whose results have no shape of their own.
var unchecked = map[string]bool{
	"http:invoke": true, "apigateway:invoke": true, "eks:call": true, "eks:runJob": true,
}

// jobResults are the APIs that a job is watched with: their result is what a
// task with .sync returns. Of other jobs nothing is known.
var jobResults = map[string]spec.Resource{
	"states:startExecution": {Kind: spec.SDKIntegration, Service: "sfn", Action: "describeExecution"},
}

// outputShape returns the shape of what a task returns; nil when there is none.
func outputShape(r spec.Resource) *spec.Shape {
	name := r.Service + ":" + r.Action
	if !r.IsIntegration() || unchecked[name] || r.Pattern == spec.WaitForTaskToken {
		return nil
	}
	if r.Pattern.IsJob() {
		watched, known := jobResults[name]
		if !known {
			return nil
		}
		r = watched
	}
	integration, verdict := spec.Lookup(r)
	if verdict != spec.Known {
		return nil
	}
	return integration.Output
}

// Validate holds a mocked result to the shape that the API of the resource
// promises. It returns the complaint in the words of the TestState API, "" when
// there is none. Members that the API does not have are never complained of.
func Validate(r spec.Resource, v value.Value, mode Mode) string {
	shape := outputShape(r)
	if mode == None || shape == nil {
		return ""
	}
	c := checker{mode: mode, parsed: r.Pattern == spec.Sync2}
	return c.structure("", shape, v, 0)
}

type checker struct {
	mode   Mode
	parsed bool // .sync:2, whose Input and Output are JSON
}

// maxShapeDepth is how deep values are checked.
const maxShapeDepth = 64

func (c *checker) structure(field string, shape *spec.Shape, v value.Value, depth int) string {
	if v.Kind() != value.KindObject {
		return must(field, "an object")
	}
	for i := range shape.Members {
		m := &shape.Members[i]
		member := v.Get(m.Name)
		if member.IsAbsent() {
			if m.Required && c.mode == Strict {
				return "Required field '" + m.Name + "' is missing"
			}
			continue
		}
		if c.parsed && depth == 0 && (m.Name == "Input" || m.Name == "Output") {
			continue
		}
		if complaint := c.check(m.Name, m.Shape, member, depth+1); complaint != "" {
			return complaint
		}
	}
	return ""
}

func must(field, kind string) string { return "Field '" + field + "' must be " + kind }

// check holds one field to its shape.
func (c *checker) check(field string, shape *spec.Shape, v value.Value, depth int) string {
	if v.IsNull() || depth > maxShapeDepth {
		return ""
	}
	switch shape.Kind {
	case spec.Structure:
		return c.structure(field, shape, v, depth)
	case spec.List:
		return c.list(field, shape, v, depth)
	case spec.MapOf:
		return c.mapping(field, shape, v, depth)
	case spec.String, spec.Blob:
		return text(field, shape, v)
	case spec.Boolean:
		if v.Kind() != value.KindBool {
			return must(field, "a boolean")
		}
	case spec.Integer, spec.Float:
		return number(field, shape, v)
	case spec.Timestamp:
		if _, err := time.Parse(time.RFC3339Nano, v.Str()); v.Kind() != value.KindString {
			return must(field, "a string")
		} else if err != nil {
			return must(field, "a valid timestamp")
		}
	}
	return ""
}

func (c *checker) list(field string, shape *spec.Shape, v value.Value, depth int) string {
	if v.Kind() != value.KindArray {
		return must(field, "an array")
	}
	if complaint := length(field, shape, v.Len()); complaint != "" {
		return complaint
	}
	for _, item := range v.Items() {
		if complaint := c.check(field, shape.Element, item, depth+1); complaint != "" {
			return complaint
		}
	}
	return ""
}

func (c *checker) mapping(field string, shape *spec.Shape, v value.Value, depth int) string {
	if v.Kind() != value.KindObject {
		return must(field, "an object")
	}
	for _, member := range v.Members() {
		if complaint := c.check(member.Key, shape.Element, member.Value, depth+1); complaint != "" {
			return complaint
		}
	}
	return length(field, shape, v.Len())
}

func text(field string, shape *spec.Shape, v value.Value) string {
	switch {
	case v.Kind() != value.KindString:
		return must(field, "a string")
	case len(shape.Enum) > 0 && !slices.Contains(shape.Enum, v.Str()):
		return "Field '" + field + "' is not an expected value"
	}
	return length(field, shape, len([]rune(v.Str())))
}

func length(field string, shape *spec.Shape, n int) string {
	switch {
	case shape.Min != nil && float64(n) < *shape.Min:
		return "Field '" + field + "' is smaller than the minimum length"
	case shape.Max != nil && float64(n) > *shape.Max:
		return "Field '" + field + "' exceeds the maximum length"
	}
	return ""
}

func number(field string, shape *spec.Shape, v value.Value) string {
	switch {
	case v.Kind() != value.KindNumber, shape.Kind == spec.Integer && v.Float() != math.Trunc(v.Float()):
		return must(field, "a number")
	case shape.Min != nil && v.Float() < *shape.Min:
		return "Field '" + field + "' is less than the minimum value"
	case shape.Max != nil && v.Float() > *shape.Max:
		return "Field '" + field + "' exceeds the maximum value"
	}
	return ""
}
