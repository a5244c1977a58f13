package asl

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/asl/intrinsic"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// pathField reads a field that holds a path.
func (o *object) pathField(field *spec.Field, node syntax.Node) *Expression {
	text, ok := node.(*syntax.String)
	if !ok {
		return o.mistyped(field, node)
	}
	if field.Kind == spec.PathOrCallValue && !strings.HasPrefix(text.Value, "$") {
		return o.d.stringCall(text)
	}
	return o.d.pathExpression(text, field.Kind != spec.PathValue, field.Heads)
}

// pathExpression reads a Path, or a Reference Path, that may begin with $ and the given
// other roots.
func (d *decoder) pathExpression(text *syntax.String, reference bool, heads spec.Heads) *Expression {
	path, err := d.parsePath(text.Value)
	if err == nil {
		err = d.judgePath(path, reference, heads)
	}
	switch {
	case err == nil:
		return &Expression{Kind: PathExpression, Node: text, Field: d.field(), Path: path, Source: text.Value}
	case HasSubstitution(text.Value):
		return d.substitution(text)
	}
	d.reportPath(text, reference, path != nil, err)
	return d.broken(text)
}

// parsePath parses a path, and each text once: a few paths such as "$.error" stand
// everywhere in a definition. Nothing changes a path that is parsed.
func (d *decoder) parsePath(text string) (*jsonpath.Path, error) {
	if path := d.paths[text]; path != nil {
		return path, nil
	}
	path, err := jsonpath.Parse(text)
	if err == nil {
		d.paths[text] = path
	}
	return path, err
}

// judgePath checks what a path that parses may not be in its field.
func (d *decoder) judgePath(path *jsonpath.Path, reference bool, heads spec.Heads) error {
	if path.Root == jsonpath.RootContext && heads&spec.Context == 0 {
		return &jsonpath.SyntaxError{Message: "the context object cannot be used here"}
	}
	if path.Root == jsonpath.RootVariable && heads&spec.Variable == 0 {
		return &jsonpath.SyntaxError{Message: "a variable cannot be used here"}
	}
	if reference {
		return path.ReferenceError()
	}
	return nil
}

func (d *decoder) reportPath(text *syntax.String, reference, parsed bool, err error) {
	rule, kind, aws := RuleInvalidPath, "a JSONPath expression", "Value must be a valid JSONPath."
	if reference {
		aws = "Value is not a Reference Path"
		if !strings.HasPrefix(text.Value, "$") {
			aws += ": Reference path didn't start with '$'"
		}
	}
	if parsed {
		rule, kind = RuleInvalidReferencePath, "a Reference Path"
	}
	span, message := text.Span(), err.Error()
	var fault *jsonpath.SyntaxError
	if errors.As(err, &fault) {
		message = fault.Message
		if fault.Offset > 0 {
			span = characterAt(text, fault.Offset)
		}
	}
	d.report(rule, span, fmt.Sprintf("%s is not %s: %s", d.subject(), kind, message), pathHelp(text.Value)).
		schema(text.Span(), "%s", aws)
}

// characterAt returns the source of the character at an offset of a decoded
// string; what follows the text when the offset is its end.
func characterAt(text *syntax.String, offset int) syntax.Span {
	if offset >= len(text.Value) {
		return text.SpanOf(offset, offset)
	}
	_, size := utf8.DecodeRuneInString(text.Value[offset:])
	return text.SpanOf(offset, offset+size)
}

// pathHelp spots what is often written in place of a path.
func pathHelp(text string) string {
	switch {
	case strings.HasPrefix(text, "States."):
		return `intrinsic functions work in fields that end in ".$", and in ErrorPath and CausePath`
	case strings.HasPrefix(text, jsonataOpen):
		return `{% %} works in JSONata states only`
	case isVariableName(text):
		return "write $." + text
	}
	return ""
}

// dynamic reads the value of a ".$" field of holder: a path when it begins with
// $, else an intrinsic function call.
func (d *decoder) dynamic(holder *syntax.Object, key *syntax.String, node syntax.Node) *Expression {
	text, ok := node.(*syntax.String)
	switch {
	case !ok:
		return d.rejectDynamic(holder, key, node)
	case strings.HasPrefix(text.Value, "$") && !strings.HasPrefix(text.Value, "${"):
		return d.dynamicPath(holder, key, text)
	}
	call, err := intrinsic.Parse(text.Value)
	switch {
	case err == nil:
		return &Expression{Kind: Intrinsic, Node: text, Field: d.field(), Intrinsic: call, Source: text.Value}
	case HasSubstitution(text.Value):
		return d.substitution(text)
	}
	d.reportCall(text, err).schema(holder.Span(), awsDynamic, key.Value)
	return d.broken(text)
}

// lacksCommas reports whether a call would parse if paths that only blanks
// separate had a comma between them. What the service makes of such a call is
// not known: its own editor takes it.
func lacksCommas(text string) bool {
	const maxArguments = 50
	for range maxArguments {
		_, err := intrinsic.Parse(text)
		var fault *intrinsic.SyntaxError
		if !errors.As(err, &fault) {
			return err == nil
		}
		at := fault.Start
		if at < 1 || at >= len(text) || text[at] != '$' || text[at-1] != ' ' {
			return false
		}
		text = text[:at-1] + "," + text[at:]
	}
	return false
}

const awsDynamic = "The value for the field '%s' must be a valid JSONPath or a valid intrinsic function call"

func (d *decoder) dynamicPath(holder *syntax.Object, key, text *syntax.String) *Expression {
	found := len(d.findings)
	e := d.pathExpression(text, false, spec.AnyHead)
	if len(d.findings) > found {
		finding{&d.findings[found], d.tree.Format}.schema(holder.Span(), awsDynamic, key.Value)
	}
	return e
}

// rejectDynamic reports a ".$" field whose value is no string.
func (d *decoder) rejectDynamic(holder *syntax.Object, key *syntax.String, node syntax.Node) *Expression {
	if _, broken := node.(*syntax.Bad); !broken {
		name := strings.TrimSuffix(key.Value, dynamicSuffix)
		d.report(RuleInvalidTemplate, node.Span(),
			fmt.Sprintf("%s must be a string with a path or an intrinsic function call, not %s", d.subject(), withKind(node)),
			fmt.Sprintf("to pass the value as it stands, name the field %s", quote(name))).
			schema(holder.Span(), awsDynamic, key.Value)
	}
	return d.broken(node)
}

// stringCall reads an intrinsic function call that must give a string. Source:
// Developer Guide, "Fail workflow state".
func (d *decoder) stringCall(text *syntax.String) *Expression {
	call, err := intrinsic.Parse(text.Value)
	switch {
	case err == nil && call.Function.ReturnsString:
		return &Expression{Kind: Intrinsic, Node: text, Field: d.field(), Intrinsic: call, Source: text.Value}
	case HasSubstitution(text.Value):
		return d.substitution(text)
	case err == nil:
		d.report(RuleInvalidIntrinsic, text.Span(), fmt.Sprintf("%s must give a string, which %s does not", d.subject(), call.Name),
			"use a function that gives a string, such as States.Format or States.JsonToString")
	case !strings.Contains(text.Value, "("):
		d.report(RuleInvalidPath, text.Span(), d.subject()+" is neither a Reference Path nor an intrinsic function call", constantHelp(d.field(), text.Value)).
			schema(text.Span(), "Value is not a Reference Path: Reference path didn't start with '$'")
	default:
		d.reportCall(text, err)
	}
	return d.broken(text)
}

// constantHelp tells how to write a constant in place of a path.
func constantHelp(field, text string) string {
	if plain, ok := withoutPath(field); ok {
		return fmt.Sprintf("for a constant text write %s: %s", quote(plain), quote(text))
	}
	return ""
}

func (d *decoder) reportCall(text *syntax.String, err error) finding {
	span, message, help := text.Span(), err.Error(), ""
	var fault *intrinsic.SyntaxError
	if errors.As(err, &fault) {
		message, help = fault.Message, didYouMean(fault.Suggestion)
		span = text.SpanOf(fault.Start, fault.End)
		if fault.End <= fault.Start {
			span = characterAt(text, fault.Start)
		}
		if strings.Contains(message, "did you mean") {
			help = "" // said already
		}
	}
	if !strings.Contains(text.Value, "(") && help == "" {
		return d.report(RuleInvalidTemplate, text.Span(), d.subject()+" is neither a path nor an intrinsic function call", plainHelp(d.field()))
	}
	if lacksCommas(text.Value) {
		return d.report(RuleInvalidIntrinsic, span, d.subject()+" has arguments with only a blank between them", "separate arguments with commas").warning()
	}
	return d.report(RuleInvalidIntrinsic, span, fmt.Sprintf("%s is no valid intrinsic function call: %s", d.subject(), message), help)
}

// plainHelp tells how to pass a text as it stands.
func plainHelp(field string) string {
	name := field[strings.LastIndexByte(field, '/')+1:]
	return fmt.Sprintf("a path begins with $; to pass the text as it stands, name the field %s", quote(strings.TrimSuffix(name, dynamicSuffix)))
}
