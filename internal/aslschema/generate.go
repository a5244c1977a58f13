// Package aslschema makes the JSON Schema of the Amazon States Language that
// editors use (schemas/asl.schema.json) out of the tables of pkg/asl/spec. The
// decoder of pkg/asl is the judge: the schema refuses nothing that it accepts,
// and leaves to it what a schema cannot say, such as where transitions lead.
package aslschema

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/internal/format"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
	"github.com/sfnctl/sfnctl/pkg/value"
)

//go:generate go test . -run TestPublishedSchemaIsCurrent -update

// language is a query language, or anyLanguage where a placeholder hides which.
type language string

const (
	jsonPath    language = "JSONPath"
	jsonata     language = "JSONata"
	anyLanguage language = "any"
)

// speaks reports whether a field exists in the language.
func (l language) speaks(field *spec.Field) bool {
	switch field.Language {
	case spec.JSONPathOnly:
		return l != jsonata
	case spec.JSONataOnly:
		return l != jsonPath
	}
	return true
}

// Generate returns the text of the schema, draft-07.
func Generate() ([]byte, error) {
	g := &generator{definitions: map[string]value.Value{}}
	root := g.machine()
	members := slices.Concat([]value.Member{
		is("$schema", text("http://json-schema.org/draft-07/schema#")),
		is("$id", text("https://raw.githubusercontent.com/sfnctl/sfnctl/main/schemas/asl.schema.json")),
		is("title", text("A state machine in the Amazon States Language")),
	}, root.Members(), []value.Member{is("definitions", g.sorted())})
	compact := value.Object(members...).Compact()
	return format.JSON(syntax.NewFile("asl.schema.json", []byte(compact)), format.Style{Indent: " ", Width: 120})
}

// generator collects definitions, each made when something refers to it first.
type generator struct{ definitions map[string]value.Value }

// refer returns a reference to the definition of that name, which build makes.
func (g *generator) refer(name string, build func() value.Value) value.Value {
	if _, known := g.definitions[name]; !known {
		g.definitions[name] = value.Null() // being made: a state holds states
		g.definitions[name] = build()
	}
	return object(is("$ref", text("#/definitions/"+name)))
}

func (g *generator) sorted() value.Value {
	members := make([]value.Member, 0, len(g.definitions))
	for name, definition := range g.definitions {
		members = append(members, is(name, definition))
	}
	slices.SortFunc(members, func(a, b value.Member) int { return strings.Compare(a.Key, b.Key) })
	return value.Object(members...)
}

func is(key string, v value.Value) value.Member  { return value.Member{Key: key, Value: v} }
func object(members ...value.Member) value.Value { return value.Object(members...) }
func text(s string) value.Value                  { return value.String(s) }
func ofType(name string) value.Value             { return object(is("type", text(name))) }
func anyOf(list ...value.Value) value.Value      { return object(is("anyOf", value.Array(list...))) }
func when(condition, then value.Value) value.Value {
	return object(is("if", condition), is("then", then))
}
func either(condition, yes, no value.Value) value.Value {
	return object(is("if", condition), is("then", yes), is("else", no))
}
func property(name string, schema value.Value) value.Value {
	return object(is("properties", object(is(name, schema))))
}

func texts(list []string) value.Value {
	items := make([]value.Value, len(list))
	for i, s := range list {
		items[i] = text(s)
	}
	return value.Array(items...)
}

func required(names ...string) value.Value { return object(is("required", texts(names))) }

// holds is the condition that a member is there and has one of the values.
func holds(name string, values ...string) value.Value {
	return object(
		is("properties", object(is(name, object(is("enum", texts(values)))))),
		is("required", texts([]string{name})),
	)
}

func not(schema value.Value) value.Value { return object(is("not", schema)) }

// must asks for what meets a schema, with the words that editors show; they show
// words for what is refused only.
func must(message string, schema value.Value) value.Value { return excluded(message, not(schema)) }

// excluded refuses what meets a schema, with the words that editors show.
func excluded(message string, schema value.Value) value.Value {
	return not(schema).With("errorMessage", text(message))
}
