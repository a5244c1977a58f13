package schemas

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

var update = flag.Bool("update", false, "rewrite asl.schema.json from the tables of pkg/asl/spec")

// TestASLSchemaIsMadeFromTheTables: the schema that editors use and the decoder
// read the same tables, so that they cannot drift apart.
func TestASLSchemaIsMadeFromTheTables(t *testing.T) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(aslSchema()); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("asl.schema.json", text.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	published, err := os.ReadFile("asl.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(published), text.String()); diff != "" {
		t.Errorf("go test ./schemas -update rewrites it (-published +tables)\n%s", diff)
	}
}

// node is a JSON Schema, or a part of one.
type node map[string]any

func ref(name string) node { return node{"$ref": "#/definitions/" + name} }

func aslSchema() node {
	schema := object(&spec.Machine, 0)
	schema["$schema"] = "http://json-schema.org/draft-07/schema#"
	schema["$id"] = "https://raw.githubusercontent.com/sfnctl/sfnctl/main/schemas/asl.schema.json"
	schema["title"] = "AWS Step Functions state machine (Amazon States Language)"
	definitions := node{
		"states": node{"type": "object", "minProperties": 1, "additionalProperties": ref("state"), "propertyNames": node{"minLength": 1, "maxLength": 80}},
		"state":  stateSwitch(),
		// What JSONata computes, and what is filled in before the deployment.
		"computed":    node{"type": "string", "pattern": `^\{%[\s\S]*%\}$|\$\{`},
		"substituted": node{"type": "string", "pattern": `\$\{`},
		"Credentials": node{"type": "object", "anyOf": []node{{"required": []string{"RoleArn"}}, {"required": []string{"RoleArn.$"}}}},
		"errorNames":  node{"type": "array", "minItems": 1, "items": node{"type": "string"}},
		"choiceRule":  choiceRule(true), "nestedRule": choiceRule(false),
	}
	for name, table := range map[string]*spec.Table{
		"branch": &spec.Branch, "processor": &spec.Processor, "ProcessorConfig": &spec.ProcessorConfig,
		"ItemReader": &spec.ItemReader, "ReaderConfig": &spec.ReaderConfig, "ItemBatcher": &spec.ItemBatcher,
		"ResultWriter": &spec.ResultWriter, "WriterConfig": &spec.WriterConfig, "retrier": &spec.Retrier, "catcher": &spec.Catcher,
	} {
		definitions[name] = object(table, 0)
	}
	for _, name := range spec.All.Names() {
		definitions[name] = object(&spec.State, spec.TypeByName(name))
	}
	definitions["ReaderConfig"].(node)["allOf"] = append(definitions["ReaderConfig"].(node)["allOf"].([]node),
		needs("InputType", "CSV", "CSVHeaderLocation"), needs("CSVHeaderLocation", "GIVEN", "CSVHeaders"))
	schema["definitions"] = definitions
	return schema
}

// needs asks for a field where another one has a certain value.
func needs(field, value, needed string) node {
	return node{
		"if":   node{"properties": node{field: node{"const": value}}, "required": []string{field}},
		"then": node{"required": []string{needed}},
	}
}

// stateSwitch leads to the definition of the state's type, so that an editor
// complains about that alone.
func stateSwitch() node {
	var cases []node
	for _, name := range spec.All.Names() {
		cases = append(cases, node{"if": node{"properties": node{"Type": node{"const": name}}, "required": []string{"Type"}}, "then": ref(name)})
	}
	return node{
		"type": "object", "required": []string{"Type"},
		"properties": node{"Type": node{"enum": spec.All.Names()}}, "allOf": cases,
	}
}

// object converts a table; of states, the fields that one type has.
func object(table *spec.Table, types spec.Types) node {
	properties, required := node{}, []string{}
	for i := range table.Fields {
		field := &table.Fields[i]
		if types != 0 && field.Types&types == 0 {
			continue
		}
		properties[field.Name] = value(field)
		if field.Required {
			required = append(required, field.Name)
		}
	}
	schema := node{"type": "object", "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		schema["required"] = required
	}
	if groups := groups(table, types); len(groups) > 0 {
		schema["allOf"] = groups
	}
	return schema
}

// groups forbids that two fields of a group stand together, and asks for one
// where one must be there.
func groups(table *spec.Table, types spec.Types) []node {
	var rules []node
	for _, group := range table.Groups {
		if types != 0 && group.Types != 0 && group.Types&types == 0 {
			continue
		}
		for i, first := range group.Fields {
			for _, second := range group.Fields[i+1:] {
				rules = append(rules, node{"not": node{"required": []string{first, second}}})
			}
		}
		if group.Required {
			var one []node
			for _, name := range group.Fields {
				one = append(one, node{"required": []string{name}})
			}
			rules = append(rules, node{"anyOf": one})
		}
	}
	return rules
}

// structured are the fields that hold objects with a definition of their own.
func structured() map[string]node {
	list := func(items string) node { return node{"type": "array", "items": ref(items)} }
	filled := func(items string) node { return node{"type": "array", "minItems": 1, "items": ref(items)} }
	return map[string]node{
		"States": ref("states"), "Branches": filled("branch"), "ItemProcessor": ref("processor"), "Iterator": ref("processor"),
		"ProcessorConfig": ref("ProcessorConfig"), "ItemReader": ref("ItemReader"), "ReaderConfig": ref("ReaderConfig"),
		"ItemBatcher": ref("ItemBatcher"), "ResultWriter": ref("ResultWriter"), "WriterConfig": ref("WriterConfig"),
		"Credentials": ref("Credentials"), "Retry": list("retrier"), "Catch": list("catcher"), "Choices": filled("choiceRule"), "ErrorEquals": ref("errorNames"),
	}
}

func value(field *spec.Field) node {
	if known, ok := structured()[field.Name]; ok {
		return known
	}
	schema := plainValue(field)
	if schema["type"] == nil && schema["enum"] == nil {
		return schema // anything goes
	}
	var alternatives []node
	switch field.Kind {
	case spec.IntegerValue, spec.NumberValue, spec.BooleanValue, spec.EnumValue:
		alternatives = append(alternatives, ref("substituted"))
	}
	if field.Expression {
		alternatives = []node{ref("computed")}
	}
	if field.Nullable {
		alternatives = append(alternatives, node{"type": "null"})
	}
	if len(alternatives) == 0 || schema["type"] == "string" && !field.Nullable {
		return schema
	}
	return node{"anyOf": append([]node{schema}, alternatives...)}
}

func plainValue(field *spec.Field) node {
	switch field.Kind {
	case spec.EnumValue:
		return node{"enum": field.Values}
	case spec.BooleanValue:
		return node{"type": "boolean"}
	case spec.IntegerValue, spec.NumberValue:
		schema := node{"type": "number", "minimum": field.Min}
		if field.Kind == spec.IntegerValue {
			schema["type"] = "integer"
		}
		if field.Max > 0 {
			schema["maximum"] = field.Max
		}
		return schema
	case spec.ObjectValue:
		return node{"type": "object"}
	case spec.ArrayValue:
		return node{"type": "array"}
	case spec.NonEmptyArrayValue:
		return node{"type": "array", "minItems": 1}
	case spec.AnyValue, spec.TemplateValue:
		return node{}
	}
	return node{"type": "string"}
}

// choiceRule describes a Choice Rule; one at the top has Next.
func choiceRule(top bool) node {
	properties := node{
		"Comment": node{"type": "string"}, "Variable": node{"type": "string"}, "Condition": node{"type": []string{"string", "boolean"}},
		"And": node{"type": "array", "minItems": 1, "items": ref("nestedRule")},
		"Or":  node{"type": "array", "minItems": 1, "items": ref("nestedRule")},
		"Not": ref("nestedRule"),
	}
	var tests []node
	for _, selector := range spec.Selectors {
		tests = append(tests, node{"required": []string{selector}})
	}
	for name, operand := range operands() {
		properties[name] = operand
	}
	schema := node{"type": "object", "additionalProperties": false, "properties": properties, "anyOf": tests}
	if top {
		properties["Next"] = node{"type": "string"}
		properties["Assign"] = node{"type": "object"}
		properties["Output"] = node{}
		schema["required"] = []string{"Next"}
	}
	return schema
}

func operands() map[string]node {
	types := map[spec.Operand]node{
		spec.StringOperand: {"type": "string"}, spec.TimestampOperand: {"type": "string"},
		spec.NumberOperand:  {"anyOf": []node{{"type": "number"}, ref("substituted")}},
		spec.BooleanOperand: {"anyOf": []node{{"type": "boolean"}, ref("substituted")}},
	}
	all := map[string]node{}
	for _, operator := range spec.Operators {
		all[operator.Name] = types[operator.Operand]
		if operator.Path {
			all[operator.Name+"Path"] = node{"type": "string"}
		}
	}
	return all
}

func TestNamesListsEverySchema(t *testing.T) {
	for _, name := range Names() {
		text, ok := Get(name)
		var decoded map[string]any
		if err := json.Unmarshal(text, &decoded); !ok || err != nil {
			t.Errorf("%s: %v", name, err)
		}
		keys := slices.Sorted(maps.Keys(decoded))
		if !slices.Contains(keys, "title") || !slices.Contains(keys, "$id") {
			t.Errorf("%s has neither title nor $id: %v", name, keys)
		}
	}
	if _, ok := Get("nothing"); ok {
		t.Error("there is a schema that is called nothing")
	}
}
