package asl

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// homes lists the objects whose fields are found in the wrong place most often,
// with the words for where they belong.
var homes = []struct {
	table *spec.Table
	place string
}{
	{&spec.State, "a state"},
	{&spec.Retrier, "an element of Retry"},
	{&spec.Catcher, "an element of Catch"},
	{&spec.ChoiceRule, "an element of Choices"},
	{&spec.Processor, "an ItemProcessor"},
	{&spec.ProcessorConfig, "ItemProcessor.ProcessorConfig"},
	{&spec.ItemReader, "ItemReader"},
	{&spec.ReaderConfig, "ItemReader.ReaderConfig"},
	{&spec.ItemBatcher, "ItemBatcher"},
	{&spec.ResultWriter, "ResultWriter"},
	{&spec.WriterConfig, "ResultWriter.WriterConfig"},
	{&spec.Machine, "the top level"},
}

// isForeignObject reports whether a field that table lacks is one of another
// kind of object.
func isForeignObject(table *spec.Table, name string) bool { return placeOf(table, name) != "" }

// placeOf says where a field belongs that table lacks; "" when nowhere.
func placeOf(table *spec.Table, name string) string {
	switch {
	case name == "QueryLanguage" && (table == &spec.Branch || table == &spec.Processor):
		return "nested states take the QueryLanguage of the state machine unless they set their own"
	case name == "Next" && table == &spec.NestedRule:
		return "only the rule at the top of And, Or and Not has a Next"
	case name == "ProcessorConfig" && table == &spec.Branch, name == "ProcessorConfig" && table == &spec.Machine:
		return "ProcessorConfig belongs in the ItemProcessor of a Map"
	}
	for _, home := range homes {
		if home.table != table && home.table.Find(name) != nil {
			return fmt.Sprintf("%s belongs in %s", quote(name), home.place)
		}
	}
	if operator, _ := spec.FindOperator(name); operator != nil {
		return fmt.Sprintf("%s belongs in a Choice Rule", quote(name))
	}
	return ""
}

// reportWrongLanguage reports a field of the other query language. A state that
// is written in the other language altogether has one cause, so that only its
// first field is reported, and the others stand beside it.
func (o *object) reportWrongLanguage(key *syntax.String, field *spec.Field) {
	d := o.d
	if d.foreign {
		d.noteForeign(key)
		return
	}
	d.foreign = true
	own, other := JSONPath, JSONata
	if field.Language == spec.JSONPathOnly {
		own, other = JSONata, JSONPath
	}
	message := fmt.Sprintf("%s uses %s, which %s states do not have", d.subject(), quote(key.Value), own)
	d.report(RuleMisplacedField, key.Span(), message, foreignHelp(key.Value, other)).
		schema(o.node.Span(), "The QueryLanguage is set to '%s', but field '%s' is only supported for the '%s' QueryLanguage", own, key.Value, other)
}

// noteForeign adds another field to the finding on the state's use of the other
// language, which is the last of its rule for this state.
func (d *decoder) noteForeign(key *syntax.String) {
	for i := len(d.findings) - 1; i >= 0; i-- {
		if found := &d.findings[i]; found.Rule == RuleMisplacedField && found.State == d.state.Name {
			finding{found, d.tree.Format}.related(key.Span(), quote(key.Value)+" is another such field")
			return
		}
	}
}

// foreignHelp says what takes the place of a field in the other language.
func foreignHelp(name string, language QueryLanguage) string {
	if language == JSONata {
		return `add "QueryLanguage": "JSONata" to the state or to the state machine, or use JSONPath fields`
	}
	switch name {
	case "Parameters":
		return `use "Arguments" with {% %} expressions`
	case "InputPath":
		return `read what is needed from $states.input in "Arguments" or "Output"`
	case "OutputPath", "ResultPath", "ResultSelector", "Result":
		return `use "Output" with {% %} expressions, such as {% $states.result %}`
	case "ItemsPath":
		return `use "Items" with a {% %} expression`
	case "Variable", "And", "Or", "Not":
		return `use "Condition" with a {% %} expression`
	}
	if value, ok := withoutPath(name); ok {
		return fmt.Sprintf(`use %s with a {%% %%} expression`, quote(value))
	}
	return "JSONata states have no such field"
}

// withoutPath returns the field that a ...Path field is the variant of.
func withoutPath(name string) (string, bool) {
	const suffix = "Path"
	if len(name) <= len(suffix) || name[len(name)-len(suffix):] != suffix {
		return "", false
	}
	return name[:len(name)-len(suffix)], true
}
