package aslschema

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// The patterns of text that hides a value: placeholders that a deployment tool
// fills in, and expressions of JSONata.
const (
	placeholderPattern = `\$\{[^{}\n]+\}`
	expressionPattern  = `^\{%`
	pathPattern        = `^\$`
	timestampPattern   = `^\d{4}-\d{2}-\d{2}T\d{1,2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$`
)

func (g *generator) placeholder() value.Value {
	return g.refer("placeholder", func() value.Value {
		return object(
			is("description", text("Text with ${...} in it, which is filled in before the service sees it.")),
			is("type", text("string")), is("pattern", text(placeholderPattern)))
	})
}

// orPlaceholder takes a placeholder in the place of an object. It is not said with
// anyOf, so that an editor complains about the object alone.
func (g *generator) orPlaceholder(schema value.Value) value.Value {
	return either(ofType("string"), g.placeholder(), schema)
}

func (g *generator) expression() value.Value {
	return g.refer("expression", func() value.Value {
		return object(
			is("description", text("A JSONata expression between {% and %}.")),
			is("type", text("string")), is("pattern", text(expressionPattern)))
	})
}

// scope is what a schema depends on besides its table: the query language of the
// state, and that of the machine, which nested states start with.
type scope struct{ state, machine language }

// field refers to the schema of the value of a field.
func (g *generator) field(table *spec.Table, field *spec.Field, s scope) value.Value {
	name := shortName(table) + "." + field.Name
	switch {
	case field.Name == "States" && table == &spec.Machine:
		field = &spec.Field{Name: field.Name} // any value: the machine says more by its QueryLanguage
	case holdsStates(field.Name):
		name += "." + string(s.machine)
	case dependsOnLanguage(field):
		name += "." + string(s.state)
	}
	return g.refer(name, func() value.Value {
		description := is("description", text(spec.Describe(table, field.Name)))
		alternatives := g.alternatives(field, s)
		switch len(alternatives) {
		case 0:
			return object(description)
		case 1:
			return object(append([]value.Member{description}, alternatives[0].Members()...)...)
		}
		return object(description, is("anyOf", value.Array(alternatives...)))
	})
}

// shortName is the name of a table without its article and blanks.
func shortName(table *spec.Table) string {
	_, name, _ := strings.Cut(table.Name, " ")
	return strings.ReplaceAll(name, " ", "-")
}

func holdsStates(field string) bool {
	switch field {
	case "States", "Branches", "ItemProcessor", "Iterator":
		return true
	}
	return false
}

func dependsOnLanguage(field *spec.Field) bool {
	switch field.Name {
	case "Credentials", "Catch", "Choices", "And", "Or", "Not",
		"ItemReader", "ReaderConfig", "ItemBatcher", "ResultWriter":
		return true
	}
	return field.Expression && field.Language == spec.Both
}

// alternatives lists the schemas of which a value must meet one; none when any
// value is accepted.
func (g *generator) alternatives(field *spec.Field, s scope) []value.Value {
	var list []value.Value
	switch {
	case field.Name == "Items":
		list = []value.Value{object(is("type", texts([]string{"array", "object", "string"})))}
	case field.Kind == spec.AnyValue || field.Kind == spec.TemplateValue:
		return nil
	case field.Kind == spec.StringValue || field.Kind == spec.StateNameValue || field.Kind == spec.PathOrCallValue:
		return g.stringField(field)
	case field.Kind == spec.ObjectValue && field.Name != "Credentials":
		return []value.Value{g.orPlaceholder(g.constant(field, s))}
	default:
		list = []value.Value{g.constant(field, s), g.placeholder()}
	}
	if field.Nullable {
		list = append(list, ofType("null"))
	}
	if (field.Expression || field.Name == "Credentials") && s.state != jsonPath && field.Name != "Items" {
		list = append(list, g.expression())
	}
	return list
}

// stringField is the schema of text; of some fields more is known.
func (g *generator) stringField(field *spec.Field) []value.Value {
	if field.Name != "Label" {
		return []value.Value{ofType("string")}
	}
	label := object(is("type", text("string")), is("minLength", value.Int(1)), is("maxLength", value.Int(spec.MaxLabel)),
		is("pattern", text(`^[^?*<>{}\[\]:;,\\|^~$#%&`+"`"+`"\x00-\x20\x7f-\xa0]*$`)))
	return []value.Value{label, g.placeholder()}
}

// constant is the schema of a value that is written out.
func (g *generator) constant(field *spec.Field, s scope) value.Value {
	switch field.Kind {
	case spec.EnumValue:
		return object(is("enum", texts(field.Values)))
	case spec.TimestampValue:
		return object(is("type", text("string")), is("pattern", text(timestampPattern)))
	case spec.BooleanValue:
		return ofType("boolean")
	case spec.IntegerValue:
		return number("integer", field)
	case spec.NumberValue:
		return number("number", field)
	case spec.PathValue, spec.ReferencePathValue:
		return object(is("type", text("string")), is("pattern", text(pathPattern)))
	case spec.ArrayValue, spec.NonEmptyArrayValue:
		return g.list(field, s)
	}
	return g.member(field, s)
}

func number(kind string, field *spec.Field) value.Value {
	members := []value.Member{is("type", text(kind)), is("minimum", value.Float(field.Min))}
	if field.Max != 0 {
		members = append(members, is("maximum", value.Float(field.Max)))
	}
	return object(members...)
}

// list is the schema of a field that holds an array.
func (g *generator) list(field *spec.Field, s scope) value.Value {
	members := []value.Member{is("type", text("array")), is("items", g.element(field, s))}
	if field.Kind == spec.NonEmptyArrayValue {
		members = append(members, is("minItems", value.Int(1)))
	}
	if field.Name == "ErrorEquals" {
		members = append(members,
			is("if", object(is("contains", object(is("const", text("States.ALL")))))),
			is("then", must("States.ALL stands alone in its list.", object(is("maxItems", value.Int(1))))))
	}
	return object(members...)
}

func (g *generator) element(field *spec.Field, s scope) value.Value {
	if field.Name == "ErrorEquals" || field.Name == "CSVHeaders" {
		return ofType("string")
	}
	return g.orPlaceholder(g.part(field.Name, s))
}

// member is the schema of a field that holds an object.
func (g *generator) member(field *spec.Field, s scope) value.Value {
	switch field.Name {
	case "Assign":
		return ofType("object")
	case "States":
		return g.states(s.machine)
	case "Credentials":
		return property("RoleArn", ofType("string")).With("type", text("object")).
			With("anyOf", value.Array(required("RoleArn"), required("RoleArn.$")))
	}
	return g.part(field.Name, s)
}

// part refers to the schema of the objects in a field.
func (g *generator) part(field string, s scope) value.Value {
	switch field {
	case "Retry":
		return g.table(&spec.Retrier, scope{anyLanguage, anyLanguage}, 0)
	case "Branches":
		return g.table(&spec.Branch, scope{anyLanguage, s.machine}, 0)
	case "ItemProcessor", "Iterator":
		return g.table(&spec.Processor, scope{anyLanguage, s.machine}, 0)
	case "ProcessorConfig":
		return g.table(&spec.ProcessorConfig, scope{anyLanguage, anyLanguage}, 0)
	case "WriterConfig":
		return g.table(&spec.WriterConfig, scope{anyLanguage, anyLanguage}, 0)
	}
	own := scope{s.state, anyLanguage}
	return g.table(map[string]*spec.Table{
		"Catch": &spec.Catcher, "Choices": &spec.ChoiceRule,
		"And": &spec.NestedRule, "Or": &spec.NestedRule, "Not": &spec.NestedRule,
		"ItemReader": &spec.ItemReader, "ReaderConfig": &spec.ReaderConfig,
		"ItemBatcher": &spec.ItemBatcher, "ResultWriter": &spec.ResultWriter,
	}[field], own, 0)
}
