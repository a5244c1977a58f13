package aslschema

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// table refers to the schema of the objects of a table; types are those of a
// state, 0 for other objects.
func (g *generator) table(table *spec.Table, s scope, types spec.Types) value.Value {
	name := shortName(table)
	if types != 0 {
		name = strings.Join(types.Names(), "-")
	}
	if s.state != anyLanguage || types != 0 {
		name += "." + string(s.state)
	}
	if s.machine != anyLanguage {
		name += ".in." + string(s.machine)
	}
	return g.refer(name, func() value.Value { return g.objectOf(table, s, types) })
}

// objectOf is the schema of an object: which members it may have, which it must
// have, and which exclude each other.
func (g *generator) objectOf(table *spec.Table, s scope, types spec.Types) value.Value {
	var properties []value.Member
	var needed []string
	for i := range table.Fields {
		field := &table.Fields[i]
		if field.Types != 0 && field.Types&types == 0 || !s.state.speaks(field) {
			continue
		}
		properties = append(properties, is(field.Name, g.field(table, field, s)))
		if field.Required {
			needed = append(needed, field.Name)
		}
	}
	free := []value.Member{is(placeholderPattern, value.Bool(true))}
	if isRule(table) {
		free = append(free, is("^("+strings.Join(spec.OperatorNames(), "|")+")$", value.Bool(true)))
	}
	members := []value.Member{
		is("type", text("object")),
		is("properties", object(properties...)),
		is("patternProperties", object(free...)),
		is("additionalProperties", value.Bool(false)),
	}
	if rules := g.rulesOf(table, s, types, needed); len(rules) > 0 {
		members = append(members, is("allOf", value.Array(rules...)))
	}
	return object(members...)
}

func isRule(table *spec.Table) bool { return table == &spec.ChoiceRule || table == &spec.NestedRule }

// rulesOf lists what holds for an object beyond its single members. Behind a key
// that is a placeholder any member can hide, so that nothing is missing then.
func (g *generator) rulesOf(table *spec.Table, s scope, types spec.Types, needed []string) []value.Value {
	var always, complete []value.Value
	if len(needed) > 0 {
		complete = append(complete, required(needed...))
	}
	for _, group := range table.Groups {
		if group.Types != 0 && group.Types&types == 0 {
			continue
		}
		names := spoken(table, group.Fields, s.state)
		always = append(always, exclusions(names)...)
		if group.Required {
			complete = append(complete, oneOfThem(names))
		}
	}
	moreAlways, moreComplete := g.special(table)
	always, complete = append(always, moreAlways...), append(complete, moreComplete...)
	if len(complete) > 0 {
		then := complete[0]
		if len(complete) > 1 {
			then = object(is("allOf", value.Array(complete...)))
		}
		always = append(always, when(plainKeys(), then))
	}
	return always
}

func spoken(table *spec.Table, names []string, l language) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !l.speaks(table.Find(name)) })
}

// exclusions refuses any two of the members together. "End": false counts as
// absent.
func exclusions(names []string) []value.Value {
	var list []value.Value
	for i, a := range names {
		for _, b := range names[i+1:] {
			both := required(a, b)
			if b == "End" {
				both = object(is("required", texts([]string{a, b})), is("properties", object(is("End", notFalse()))))
			}
			list = append(list, excluded(a+" and "+b+" exclude each other.", both))
		}
	}
	return list
}

func notFalse() value.Value { return not(object(is("const", value.Bool(false)))) }

// oneOfThem asks for one of the members at least.
func oneOfThem(names []string) value.Value {
	var list []value.Value
	for _, name := range names {
		if name == "End" {
			list = append(list, object(is("required", texts([]string{name})), is("properties", object(is(name, notFalse())))))
			continue
		}
		list = append(list, required(name))
	}
	return must("One of these fields is missing: "+strings.Join(names, ", ")+".", anyOf(list...))
}

// special lists the rules of a table that its fields and groups do not hold:
// those that always hold, and those that hold unless a member can be hidden.
func (g *generator) special(table *spec.Table) (always, complete []value.Value) {
	switch table {
	case &spec.ChoiceRule:
		return g.comparison(spec.Selectors)
	case &spec.NestedRule:
		return g.comparison([]string{"And", "Or", "Not", "Variable"})
	case &spec.ProcessorConfig:
		return nil, []value.Value{either(holds("Mode", "DISTRIBUTED"),
			required("ExecutionType"),
			when(anyOf(not(required("Mode")), holds("Mode", "INLINE")),
				excluded("ExecutionType belongs with Mode DISTRIBUTED.", required("ExecutionType"))))}
	case &spec.ItemReader, &spec.ResultWriter:
		return readsAndWrites(table), nil
	case &spec.ReaderConfig:
		return nil, readsCSV()
	case &spec.ItemBatcher:
		return nil, []value.Value{oneOfThem([]string{"MaxItemsPerBatch", "MaxItemsPerBatchPath", "MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"})}
	}
	return nil, nil
}

func readsAndWrites(table *spec.Table) []value.Value {
	if table == &spec.ResultWriter {
		return []value.Value{object(is("minProperties", value.Int(1))), resourceOf(spec.WriterActions)}
	}
	return []value.Value{resourceOf(spec.ReaderActions)}
}

// resourceOf limits Resource to the actions that a Map can read or write with.
func resourceOf(actions []string) value.Value {
	pattern := `^arn:.*:states:::(` + strings.Join(actions, "|") + `)$|` + placeholderPattern
	return property("Resource", object(is("pattern", text(pattern))))
}

// readsCSV says which fields go with CSV files.
func readsCSV() []value.Value {
	headers := anyOf(required("CSVHeaderLocation"), required("CSVHeaders"))
	return []value.Value{
		when(holds("InputType", "CSV"), required("CSVHeaderLocation")),
		when(object(is("allOf", value.Array(holds("CSVHeaderLocation", "GIVEN"), required("InputType")))), required("CSVHeaders")),
		when(holds("InputType", "JSON"), excluded("CSVHeaderLocation and CSVHeaders belong with InputType CSV.", headers)),
	}
}

// comparison holds a rule to one test, and one with a Variable to one comparison.
func (g *generator) comparison(selectors []string) (always, complete []value.Value) {
	var tests []value.Value
	for _, name := range selectors {
		tests = append(tests, required(name))
	}
	hasVariable := required("Variable")
	always = append(exclusions(selectors), when(hasVariable, g.refer("operands", g.operands)))
	complete = []value.Value{
		must("A Choice Rule needs one of "+strings.Join(selectors, ", ")+".", anyOf(tests...)),
		when(hasVariable, g.refer("one-comparison", oneComparison)),
	}
	return always, complete
}

func oneComparison() value.Value {
	var comparisons []value.Value
	for _, name := range spec.OperatorNames() {
		comparisons = append(comparisons, required(name))
	}
	return must("A rule with Variable needs exactly one comparison, such as StringEquals or IsPresent.",
		object(is("oneOf", value.Array(comparisons...))))
}

func (g *generator) operands() value.Value {
	var operands []value.Member
	for _, name := range spec.OperatorNames() {
		operands = append(operands, is(name, g.operand(name)))
	}
	return object(is("properties", object(operands...)))
}

// operand is the schema of what an operator compares with.
func (g *generator) operand(name string) value.Value {
	operator, path := spec.FindOperator(name)
	var own value.Value
	switch {
	case path:
		own = object(is("type", text("string")), is("pattern", text(pathPattern)))
	case operator.Operand == spec.NumberOperand:
		own = ofType("number")
	case operator.Operand == spec.BooleanOperand:
		own = ofType("boolean")
	case operator.Operand == spec.TimestampOperand:
		own = object(is("type", text("string")), is("pattern", text(timestampPattern)))
	default:
		return ofType("string")
	}
	return anyOf(own, g.placeholder())
}

// plainKeys is the condition that no key is a placeholder.
func plainKeys() value.Value {
	return object(is("propertyNames", not(object(is("pattern", text(placeholderPattern))))))
}
