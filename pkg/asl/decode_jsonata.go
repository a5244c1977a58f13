package asl

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// What a JSONata string stands between.
const (
	jsonataOpen  = "{%"
	jsonataClose = "%}"
)

// readable says what $states offers besides input and context.
type readable uint8

const (
	resultReadable readable = 1 << iota // $states.result: Output and Assign of Task, Parallel and Map
	errorReadable                       // $states.errorOutput: Output and Assign of a Catcher
)

// jsonataString reads a {% %} string; nil when text is ordinary text.
func (d *decoder) jsonataString(text *syntax.String) *Expression {
	opens, closes := strings.HasPrefix(text.Value, jsonataOpen), strings.HasSuffix(text.Value, jsonataClose)
	switch {
	case !opens && !closes:
		d.judgeBlanksAround(text)
		return nil
	case !opens || !closes || len(text.Value) < len(jsonataOpen)+len(jsonataClose):
		return d.rejectUnclosed(text, opens)
	}
	source := strings.TrimSpace(text.Value[len(jsonataOpen) : len(text.Value)-len(jsonataClose)])
	offset := sourceOffset(text.Value)
	compiled, err := jsonata.Compile(source, jsonata.Options{Library: d.library})
	switch {
	case err == nil:
		e := &Expression{Kind: JSONataString, Node: text, Field: d.field(), JSONata: compiled, Source: source, references: compiled.References()}
		d.judgeReferences(text, offset, e.references)
		return e
	case hasNamedSubstitution(source):
		return d.substitution(text)
	}
	d.reportJSONata(text, offset, err)
	return d.broken(text)
}

// sourceOffset returns where the expression begins in a {% %} string.
func sourceOffset(text string) int {
	inner := text[len(jsonataOpen) : len(text)-len(jsonataClose)]
	return len(text) - len(jsonataClose) - len(strings.TrimLeftFunc(inner, unicode.IsSpace))
}

// judgeBlanksAround warns of an expression that blanks around it turn into text.
func (d *decoder) judgeBlanksAround(text *syntax.String) {
	trimmed := strings.TrimSpace(text.Value)
	if trimmed == text.Value || !strings.HasPrefix(trimmed, jsonataOpen) || !strings.HasSuffix(trimmed, jsonataClose) {
		return
	}
	d.report(RuleInvalidJSONata, text.Span(), d.subject()+" is plain text, because blanks stand around {% %}",
		"remove the blanks outside of {% and %}").warning()
}

func (d *decoder) rejectUnclosed(text *syntax.String, opens bool) *Expression {
	message, help := d.subject()+" ends with %} but does not begin with {%", "begin the string with {%"
	if opens {
		message, help = d.subject()+" begins with {% but does not end with %}", "end the string with %}"
	}
	d.report(RuleInvalidJSONata, text.Span(), message, help+", without blanks outside").
		schema(text.Span(), "JSONata string must start with {%% and end with %%}")
	return d.broken(text)
}

func (d *decoder) reportJSONata(text *syntax.String, offset int, err error) {
	span, message := text.Span(), err.Error()
	var fault *jsonata.Error
	if errors.As(err, &fault) {
		message = fault.Message
		span = text.SpanOf(offset+fault.Span.Start, offset+fault.Span.End)
	}
	d.report(RuleInvalidJSONata, span, fmt.Sprintf("%s does not parse: %s", d.subject(), message), jsonataHelp(text.Value)).
		aws(text.Span(), awsJSONata, "%s", message)
}

// jsonataHelp spots habits of JSONPath states.
func jsonataHelp(text string) string {
	if strings.Contains(text, "$.") {
		return "the input of a JSONata state is $states.input"
	}
	return ""
}

// judgeReferences checks what an expression reads. There is no input document,
// and $states has other fields in other places.
func (d *decoder) judgeReferences(text *syntax.String, offset int, references *jsonata.References) {
	for _, context := range references.Context {
		span := text.SpanOf(offset+context.Span.Start, offset+context.Span.End)
		found := d.report(RuleUnsupportedJSONata, span,
			fmt.Sprintf("%s reads %s, but expressions have no input document", d.subject(), quote(context.Text)), contextHelp(context.Text)).
			aws(text.Span(), awsUnsupported, "%s", awsContext(context.Text))
		if strings.HasPrefix(context.Text, "*") {
			found.warning() // not recorded: it may only find nothing
		}
	}
	for _, variable := range references.Variables {
		if variable.Name == "states" && len(variable.Path) > 0 {
			d.judgeStates(text, offset, variable)
		}
	}
}

func contextHelp(text string) string {
	if !isVariableName(text) {
		return "write $states.input"
	}
	return fmt.Sprintf("write $states.input.%s, or put quotes around a text", text)
}

func awsContext(text string) string {
	if text == "$$" {
		return "Reference to '$$' is not supported."
	}
	return fmt.Sprintf("Reference to '%s' at the top level is not supported.", text)
}

// judgeStates checks a read of $states.NAME.
func (d *decoder) judgeStates(text *syntax.String, offset int, variable jsonata.VariableReference) {
	name := variable.Path[0]
	span := text.SpanOf(offset+variable.Span.Start, offset+variable.Span.End)
	switch {
	case name == "input", name == "context",
		name == "result" && d.readable&resultReadable != 0,
		name == "errorOutput" && d.readable&errorReadable != 0:
	case name == "result":
		d.reportStates(text, span, name, "it exists in the Output and Assign of Task, Parallel and Map states only")
	case name == "errorOutput":
		d.reportStates(text, span, name, "it exists in the Output and Assign of a Catcher only")
	default:
		names := []string{"input", "context", "result", "errorOutput"}
		help := "$states has the fields input, context, result and errorOutput"
		if meant := d.suggest(name, names); meant != "" && slices.Contains(names, meant) {
			help = didYouMean("$states." + meant)
		}
		d.reportStates(text, span, name, help).warning()
	}
}

func (d *decoder) reportStates(text *syntax.String, span syntax.Span, name, help string) finding {
	return d.report(RuleUnsupportedJSONata, span, fmt.Sprintf("%s reads $states.%s, which does not exist here", d.subject(), name), help).
		aws(text.Span(), awsUnsupported, "Field '$states.%s' does not exist.", name)
}
