// Package jsonschema checks documents against JSON Schemas (draft-07) that the
// program carries with it. It is the only importer of gojsonschema, and never
// follows a reference out of the schema.
package jsonschema

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/xeipuuv/gojsonreference"
	"github.com/xeipuuv/gojsonschema"
)

// Schema is a compiled schema. It is safe for concurrent use.
type Schema struct{ compiled *gojsonschema.Schema }

// Violation is one way in which a document breaks a schema.
type Violation struct {
	Path     []string // keys and indexes from the root to the value at fault
	Unknown  string   // the member that is not allowed, when that is the fault
	Missing  string   // the member that is missing, when that is the fault
	Expected string   // what the schema asks for, for people
}

// Compile reads a schema.
func Compile(text []byte) (*Schema, error) {
	loader := gojsonschema.NewSchemaLoader()
	compiled, err := loader.Compile(offline{gojsonschema.NewBytesLoader(text)})
	if err != nil {
		return nil, fmt.Errorf("compile JSON Schema: %w", err)
	}
	return &Schema{compiled}, nil
}

// Validate checks a document made of maps, slices and scalars, as encoding/json
// and yaml decode them. Violations come in a stable order, and those that only
// say that another one exists are left out.
func (s *Schema) Validate(document any) ([]Violation, error) {
	result, err := s.compiled.Validate(offline{gojsonschema.NewGoLoader(document)})
	if err != nil {
		return nil, fmt.Errorf("check against JSON Schema: %w", err)
	}
	var violations []Violation
	for _, fault := range result.Errors() {
		if isEcho(fault) {
			continue
		}
		violations = append(violations, newViolation(fault))
	}
	slices.SortStableFunc(violations, func(a, b Violation) int { return slices.Compare(a.Path, b.Path) })
	return violations, nil
}

// isEcho tells faults that merely wrap others.
func isEcho(fault gojsonschema.ResultError) bool {
	switch fault.Type() {
	case "number_all_of", "condition_then", "condition_else":
		return true
	}
	return false
}

// contextSeparator cannot stand in a key that anyone writes.
const contextSeparator = "\x00"

func newViolation(fault gojsonschema.ResultError) Violation {
	path := strings.Split(fault.Context().String(contextSeparator), contextSeparator)[1:]
	violation := Violation{Path: path, Expected: fault.Description()}
	property, _ := fault.Details()["property"].(string)
	switch fault.Type() {
	case "additional_property_not_allowed":
		violation.Unknown = property
	case "required":
		violation.Missing = property
	}
	return violation
}

// offline is a loader that refuses every reference out of the document.
type offline struct{ gojsonschema.JSONLoader }

// LoaderFactory implements gojsonschema.JSONLoader.
func (o offline) LoaderFactory() gojsonschema.JSONLoaderFactory { return refuse{} }

type refuse struct{}

// New implements gojsonschema.JSONLoaderFactory.
func (refuse) New(source string) gojsonschema.JSONLoader { return refused{source} }

type refused struct{ source string }

// JsonSource implements gojsonschema.JSONLoader.
func (r refused) JsonSource() any { return r.source }

// LoadJSON implements gojsonschema.JSONLoader.
func (r refused) LoadJSON() (any, error) {
	return nil, errors.New("references out of the schema are not followed: " + r.source)
}

// JsonReference implements gojsonschema.JSONLoader.
func (r refused) JsonReference() (gojsonreference.JsonReference, error) {
	return gojsonreference.NewJsonReference(r.source)
}

// LoaderFactory implements gojsonschema.JSONLoader.
func (r refused) LoaderFactory() gojsonschema.JSONLoaderFactory { return refuse{} }
