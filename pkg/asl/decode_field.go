package asl

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// text returns the value of a field that holds a constant string, nil when it
// is absent or wrong. The table says which values are accepted.
func (o *object) text(name string) *syntax.String {
	node := o.get(name)
	if node == nil {
		return nil
	}
	text, ok := node.(*syntax.String)
	if !ok {
		o.reportKind(name, node)
		return nil
	}
	field := o.table.Find(name)
	if field.Kind == spec.EnumValue && !slices.Contains(field.Values, text.Value) && !HasSubstitution(text.Value) {
		o.reportEnum(field, text)
	}
	return text
}

func (o *object) reportEnum(field *spec.Field, text *syntax.String) {
	meant := o.d.suggest(text.Value, field.Values)
	help := didYouMean(meant)
	if help == "" {
		help = "write " + list(field.Values, "or")
	}
	found := o.d.report(RuleInvalidValue, text.Span(),
		fmt.Sprintf("%s cannot be %s", o.d.subjectOf(field.Name), quote(text.Value)), help).
		replacing(text, meant)
	if field.Name == "Type" {
		found.schema(text.Span(), "The field 'Type' should have one of these values: [%s]", strings.Join(field.Values, ", "))
		return
	}
	found.schema(text.Span(), "Value should be one of the following: [%s]", strings.Join(field.Values, ", "))
}

// boolean returns the value of a field that is true or false; false when it is
// absent or wrong.
func (o *object) boolean(name string) bool {
	switch node := o.get(name).(type) {
	case nil:
	case *syntax.Bool:
		return node.Value
	default:
		if !isSubstituted(node) {
			o.reportKind(name, node)
		}
	}
	return false
}

// transition returns a field that names the state to go to.
func (o *object) transition(name string) *Transition {
	text := o.text(name)
	if text == nil {
		return nil
	}
	return &Transition{Node: text, Target: text.Value}
}

// number returns the value of a field that holds a constant number.
func (o *object) number(name string) *Number {
	node := o.get(name)
	if node == nil {
		return nil
	}
	number, ok := node.(*syntax.Number)
	if !ok {
		if !isSubstituted(node) {
			o.reportKind(name, node)
		}
		return nil
	}
	value := o.d.judgeNumber(o.d.subjectOf(name), o.table.Find(name), number)
	return &Number{Node: number, Value: value}
}

func (d *decoder) judgeNumber(subject string, field *spec.Field, node *syntax.Number) float64 {
	value, err := strconv.ParseFloat(node.Text, 64)
	integer := field.Kind == spec.IntegerValue
	switch {
	case err != nil && !math.IsInf(value, 0):
	case integer && value != math.Trunc(value):
		d.reportNumber(subject, node, "must be a whole number").
			schema(node.Span(), "Expected value of type Integer")
	case value < field.Min:
		d.reportNumber(subject, node, "must be at least "+bound(field.Min)).
			schema(node.Span(), "Minimum value is %s", awsBound(field.Min, integer))
	case field.Max != 0 && value > field.Max:
		d.reportNumber(subject, node, "must be at most "+bound(field.Max)).
			schema(node.Span(), "Maximum value is %s", awsBound(field.Max, integer))
	}
	return value
}

func (d *decoder) reportNumber(subject string, node *syntax.Number, demand string) finding {
	return d.report(RuleInvalidValue, node.Span(), fmt.Sprintf("%s is %s, but %s", subject, node.Text, demand), "")
}

func bound(limit float64) string { return strconv.FormatFloat(limit, 'f', -1, 64) }

// awsBound prints a limit as the service does: with a fraction unless the field
// is an integer.
func awsBound(limit float64, integer bool) string {
	if integer {
		return bound(limit)
	}
	return strconv.FormatFloat(limit, 'f', 1, 64)
}

// items returns the elements of a field that holds an array; ok is false when
// there is none.
func (o *object) items(name string) (items []syntax.Node, ok bool) {
	node := o.get(name)
	if node == nil {
		return nil, false
	}
	array, ok := node.(*syntax.Array)
	if !ok {
		if !isSubstituted(node) {
			o.reportKind(name, node)
		}
		return nil, false
	}
	if len(array.Items) == 0 && o.table.Find(name).Kind == spec.NonEmptyArrayValue {
		o.d.report(RuleInvalidValue, array.Span(), o.d.subjectOf(name)+" is empty", emptyHelp[name]).
			schema(array.Span(), "Value cannot be empty")
	}
	return array.Items, true
}

var emptyHelp = map[string]string{
	"Choices":     "add at least one Choice Rule",
	"Branches":    "add at least one branch",
	"ErrorEquals": `name the errors, or write ["States.ALL"]`,
}

// member returns the value of a field that holds an object.
func (o *object) member(name string) *syntax.Object {
	node := o.get(name)
	if node == nil {
		return nil
	}
	member, ok := node.(*syntax.Object)
	if !ok && !isSubstituted(node) {
		o.reportKind(name, node)
	}
	return member
}

// asObject returns an element of an array as the object it must be.
func (d *decoder) asObject(node syntax.Node) *syntax.Object {
	member, ok := node.(*syntax.Object)
	if _, broken := node.(*syntax.Bad); !ok && !broken && !isSubstituted(node) {
		d.reportType(node, d.subject(), "an object", "Object")
	}
	return member
}

// reportKind reports a value that is of another JSON type than its field.
func (o *object) reportKind(name string, node syntax.Node) {
	want, aws := kindWords(o.table.Find(name).Kind)
	o.d.reportType(node, o.d.subjectOf(name), want, aws)
}

func (d *decoder) reportType(node syntax.Node, subject, want, aws string) finding {
	found := d.report(RuleWrongType, node.Span(),
		fmt.Sprintf("%s must be %s, not %s", subject, want, withKind(node)), typeHelp(node, want))
	if aws != "" {
		found.schema(node.Span(), "Expected value of type %s", aws)
	}
	return found
}

// withKind names a value in a sentence: "a string", "null".
func withKind(node syntax.Node) string {
	if _, isNull := node.(*syntax.Null); isNull {
		return "null"
	}
	return withArticle(syntax.Kind(node))
}

// typeHelp spots values that only have quotes too many or too few.
func typeHelp(node syntax.Node, want string) string {
	if number, ok := node.(*syntax.Number); ok && want == "a string" {
		return "write " + quote(number.Text) + " with quotes"
	}
	text, ok := node.(*syntax.String)
	if !ok {
		return ""
	}
	_, err := strconv.ParseFloat(text.Value, 64)
	if err == nil && strings.Contains(want, "number") || want == "a boolean" && (text.Value == "true" || text.Value == "false") {
		return "write " + text.Value + " without quotes"
	}
	return ""
}

// kindWords says what a field takes, for our message and for the service's.
func kindWords(kind spec.Kind) (want, aws string) {
	switch kind {
	case spec.BooleanValue:
		return "a boolean", "Boolean"
	case spec.IntegerValue:
		return "a whole number", "Integer"
	case spec.NumberValue:
		return "a number", "Double"
	case spec.ObjectValue:
		return "an object", "Object"
	case spec.ArrayValue, spec.NonEmptyArrayValue:
		return "an array", "Array"
	}
	return "a string", "String"
}
