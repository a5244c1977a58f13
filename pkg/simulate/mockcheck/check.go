// Package mockcheck holds what a mock says a service returned against what the
// service's API can return, as the TestState API does, and makes plausible
// results for APIs that have no mock yet.
package mockcheck

import (
	"fmt"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Mode says how closely a result must match the API: TestState's
// fieldValidationMode.
type Mode string

// The modes; Strict is the default.
const (
	Strict  Mode = "STRICT"  // required members must be there, and what is there must fit
	Present Mode = "PRESENT" // what is there must fit
	None    Mode = "NONE"    // anything goes
)

// ParseMode reads a mode as the API spells it; "" is Strict.
func ParseMode(text string) (Mode, bool) {
	switch mode := Mode(text); mode {
	case "":
		return Strict, true
	case Strict, Present, None:
		return mode, true
	}
	return Strict, false
}

// Problem is one way in which a result does not fit.
type Problem struct {
	Field   string // the innermost named member concerned; empty for the result as a whole
	Pointer string // RFC 6901 pointer into the result
	Text    string // as the service words it, without the beginning of the sentence
}

// Message returns the service's whole sentence.
func (p Problem) Message() string {
	if p.Field == "" {
		return "Mocked result " + p.Text
	}
	if p.Text == isMissing {
		return fmt.Sprintf("Mock result schema validation error: Required field '%s' is missing", p.Field)
	}
	return fmt.Sprintf("Mock result schema validation error: Field '%s' %s", p.Field, p.Text)
}

// The service's words. Those about the length of long strings and about objects
// and booleans are formed like the recorded ones.
const (
	isMissing     = "is missing"
	isUnexpected  = "is not an expected value"
	isTooSmall    = "is less than the minimum value"
	isTooLarge    = "exceeds the maximum value"
	isTooShort    = "is smaller than the minimum length"
	isTooLong     = "exceeds the maximum length"
	notJSONObject = "must be a JSON object."
)

// Check returns how result does not fit what the API behind r returns, the
// problem that the service would report first. It returns nil when all is well,
// and when nothing is known of the result: functions, activities, HTTP calls,
// jobs and callbacks return what they like, and the tables do not know every API.
//
// Members that the API does not have pass: it may have gained them.
func Check(r spec.Resource, result value.Value, mode Mode) []Problem {
	shape := resultOf(r)
	if shape == nil || mode == None {
		return nil
	}
	if result.Kind() != value.KindObject {
		return []Problem{{Text: notJSONObject}}
	}
	c := &checker{mode: mode}
	c.check(shape, result, place{})
	return c.problems
}

// resultOf returns the shape of what a Task with the resource returns, nil when
// it is not known.
func resultOf(r spec.Resource) *spec.Shape {
	integration, verdict := spec.Lookup(r)
	if verdict != spec.Known || r.Pattern != spec.RequestResponse {
		return nil
	}
	return integration.Output
}

type checker struct {
	mode     Mode
	problems []Problem
}

// place is where in the result the checker is.
type place struct{ field, pointer string }

func (c *checker) report(at place, text string) {
	c.problems = append(c.problems, Problem{Field: at.field, Pointer: at.pointer, Text: text})
}

// check compares a value with its shape. The recursion is as deep as the value.
func (c *checker) check(shape *spec.Shape, v value.Value, at place) {
	if v.IsNull() || v.IsAbsent() {
		return
	}
	if want, wanted := kindOf(shape.Kind); wanted && v.Kind() != want {
		c.report(at, "must be "+article(want))
		return
	}
	switch shape.Kind {
	case spec.Structure:
		c.checkStructure(shape, v, at)
	case spec.List:
		c.checkElements(shape, v, at)
	case spec.MapOf:
		for _, member := range v.Members() {
			c.check(shape.Element, member.Value, place{at.field, at.pointer + "/" + escape(member.Key)})
		}
	case spec.String, spec.Blob:
		c.checkText(shape, v.Str(), at)
	case spec.Integer, spec.Float:
		c.checkNumber(shape, v.Float(), at)
	}
}

func (c *checker) checkStructure(shape *spec.Shape, v value.Value, at place) {
	for i := range shape.Members {
		member := &shape.Members[i]
		if c.mode == Strict && member.Required && !v.Has(member.Name) {
			c.report(place{member.Name, at.pointer}, isMissing)
		}
	}
	for _, found := range v.Members() {
		if member := shape.Member(found.Key); member != nil {
			c.check(member.Shape, found.Value, place{found.Key, at.pointer + "/" + escape(found.Key)})
		}
	}
}

func (c *checker) checkElements(shape *spec.Shape, v value.Value, at place) {
	items := v.Items()
	c.checkLength(shape, len(items), at)
	for i, item := range items {
		c.check(shape.Element, item, place{at.field, fmt.Sprintf("%s/%d", at.pointer, i)})
	}
}

func (c *checker) checkText(shape *spec.Shape, text string, at place) {
	if shape.Enum != nil && !contains(shape.Enum, text) {
		c.report(at, isUnexpected)
		return
	}
	c.checkLength(shape, utf8.RuneCountInString(text), at)
}

func (c *checker) checkLength(shape *spec.Shape, length int, at place) {
	switch {
	case shape.Min != nil && float64(length) < *shape.Min:
		c.report(at, isTooShort)
	case shape.Max != nil && float64(length) > *shape.Max:
		c.report(at, isTooLong)
	}
}

func (c *checker) checkNumber(shape *spec.Shape, number float64, at place) {
	switch {
	case shape.Min != nil && number < *shape.Min:
		c.report(at, isTooSmall)
	case shape.Max != nil && number > *shape.Max:
		c.report(at, isTooLarge)
	}
}
