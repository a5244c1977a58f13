package asl

import (
	"fmt"
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// expression returns the value of a field that can hold an expression, nil when
// the field is absent. A value that cannot be is Broken and reported.
func (o *object) expression(name string) *Expression {
	node := o.get(name)
	if node == nil {
		return nil
	}
	defer o.d.pop(o.d.push(name))
	field := o.table.Find(name)
	if _, isNull := node.(*syntax.Null); isNull && field.Nullable {
		return o.d.literal(node)
	}
	if text, ok := node.(*syntax.String); ok && field.Expression && o.language != spec.JSONPathOnly {
		if e := o.d.jsonataString(text); e != nil {
			return e
		}
	}
	switch field.Kind {
	case spec.PathValue, spec.ReferencePathValue, spec.PathOrCallValue:
		return o.pathField(field, node)
	case spec.TemplateValue:
		return o.d.template(node)
	case spec.IntegerValue, spec.NumberValue:
		return o.numberField(field, node)
	case spec.StringValue, spec.TimestampValue:
		return o.stringField(field, node)
	case spec.BooleanValue:
		return o.booleanField(field, node)
	}
	return o.d.literal(node)
}

func (d *decoder) literal(node syntax.Node) *Expression {
	return &Expression{Kind: Literal, Node: node, Field: d.field(), Literal: valueOf(node)}
}

// broken stands for a value that a finding has been made of.
func (d *decoder) broken(node syntax.Node) *Expression {
	return &Expression{Kind: Broken, Node: node, Field: d.field()}
}

func (d *decoder) substitution(text *syntax.String) *Expression {
	return &Expression{Kind: SubstitutionText, Node: text, Field: d.field(), Source: text.Value}
}

// mistyped returns what stands for a value of the wrong JSON type: text with a
// substitution may become of the right type, anything else is reported.
func (o *object) mistyped(field *spec.Field, node syntax.Node) *Expression {
	if isSubstituted(node) {
		return o.d.substitution(node.(*syntax.String))
	}
	want, aws := kindWords(field.Kind)
	if field.Expression && o.language == spec.JSONataOnly {
		want, aws = want+" or a string in {% %}", ""
	}
	o.d.reportType(node, o.d.subject(), want, aws)
	return o.d.broken(node)
}

func (o *object) numberField(field *spec.Field, node syntax.Node) *Expression {
	number, ok := node.(*syntax.Number)
	if !ok {
		return o.mistyped(field, node)
	}
	o.d.judgeNumber(o.d.subject(), field, number)
	return o.d.literal(node)
}

func (o *object) booleanField(field *spec.Field, node syntax.Node) *Expression {
	if _, ok := node.(*syntax.Bool); !ok {
		return o.mistyped(field, node)
	}
	return o.d.literal(node)
}

func (o *object) stringField(field *spec.Field, node syntax.Node) *Expression {
	text, ok := node.(*syntax.String)
	if !ok {
		return o.mistyped(field, node)
	}
	if field.Kind == spec.TimestampValue {
		return o.d.timestamp(text)
	}
	return o.d.literal(node)
}

// timestamp reads a constant timestamp.
func (d *decoder) timestamp(text *syntax.String) *Expression {
	switch {
	case isTimestamp(text.Value):
		return d.literal(text)
	case HasSubstitution(text.Value):
		return d.substitution(text)
	}
	d.report(RuleInvalidValue, text.Span(), fmt.Sprintf("%s is %s, which is no timestamp", d.subject(), quote(text.Value)),
		"write date, T, time and zone, such as 2030-01-31T08:00:00Z").
		schema(text.Span(), "String does not match RFC3339 timestamp")
	return d.broken(text)
}

// isTimestamp reports whether text is a timestamp of the RFC 3339 profile that
// the specification asks for: upper-case T and Z, fractions allowed.
func isTimestamp(text string) bool {
	if strings.ContainsAny(text, "tz,") {
		return false
	}
	_, err := time.Parse(time.RFC3339Nano, text)
	return err == nil
}
