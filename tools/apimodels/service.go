package main

import (
	"maps"
	"slices"
	"strings"
)

// service is a service as the table holds it.
type service struct {
	name    string // in the resource ARN
	prefix  string // of error names
	actions []action
	shapes  []*shape // what the actions refer to by index; equal shapes merged
}

type action struct {
	name       string
	method     string
	deprecated bool
	input      int // index of a shape; none when absent
	output     int
	errors     []string // without the service's prefix
}

// none stands for an absent shape.
const none = -1

type shape struct {
	kind     kind
	min, max *float64
	enum     []string
	members  []member
	element  int // of a list or map
}

type member struct {
	name                 string
	required, deprecated bool
	shape                int
}

// kind numbers the kinds of shapes as spec.ShapeKind does.
type kind byte

const (
	structure kind = iota
	list
	mapOf
	text
	blob
	boolean
	integer
	float
	timestamp
	document
)

var kindsByType = map[string]kind{
	"structure": structure, "list": list, "map": mapOf, "string": text, "character": text, "blob": blob,
	"boolean": boolean, "integer": integer, "long": integer, "float": float, "double": float, "timestamp": timestamp,
}

func newService(model *apiModel, listed map[string]string) *service {
	prefix := servicePrefix(model.Metadata.ServiceID)
	made := &service{name: strings.ToLower(prefix), prefix: prefix}
	if known, ok := listed[made.name]; ok {
		made.prefix = known
	}
	collector := &collector{model: model, indexes: map[string]int{}}
	for _, name := range slices.Sorted(maps.Keys(model.Operations)) {
		operation := model.Operations[name]
		if model.streams(operation) {
			continue
		}
		made.actions = append(made.actions, action{
			name:       actionName(name),
			method:     operation.HTTP.Method,
			deprecated: operation.Deprecated,
			input:      collector.reference(operation.Input),
			output:     collector.reference(operation.Output),
			errors:     errorNames(operation),
		})
	}
	made.shapes = collector.shapes
	mergeEqualShapes(made)
	return made
}

func errorNames(operation *modelOperation) []string {
	var names []string
	for _, reference := range operation.Errors {
		names = append(names, errorName(reference.Shape))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// collector numbers the shapes that the actions reach.
type collector struct {
	model   *apiModel
	indexes map[string]int // by the model's name of the shape
	shapes  []*shape
}

func (c *collector) reference(reference *shapeReference) int {
	if reference == nil {
		return none
	}
	return c.index(reference.Shape)
}

func (c *collector) index(name string) int {
	if index, seen := c.indexes[name]; seen {
		return index
	}
	index := len(c.shapes)
	c.indexes[name] = index // before its parts: shapes refer to themselves
	made := &shape{element: none}
	c.shapes = append(c.shapes, made)
	c.fill(made, name, c.model.Shapes[name])
	return index
}

func (c *collector) fill(made *shape, name string, source *modelShape) {
	made.kind = kindsByType[source.Type]
	made.min, made.max, made.enum = source.Min, source.Max, source.Enum
	switch {
	case source.Document:
		*made = shape{kind: document, element: none}
	case made.kind == list:
		made.element = c.index(source.Member.Shape)
	case made.kind == mapOf:
		made.element = c.index(source.Value.Shape)
	case made.kind == structure:
		for _, part := range source.Members {
			c.addMember(made, name, part, slices.Contains(source.Required, part.Name))
		}
	}
}

func (c *collector) addMember(made *shape, structure string, part namedReference, required bool) {
	for i, name := range memberNames(structure, part.Name) {
		made.members = append(made.members, member{
			name:       name,
			required:   required && !part.IdempotencyToken && i == 0, // the SDK fills in such a token
			deprecated: part.Deprecated,
			shape:      c.index(part.Shape),
		})
	}
}
