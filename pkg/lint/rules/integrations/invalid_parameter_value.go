package integrations

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func invalidParameterValue() *lint.Rule {
	return &lint.Rule{
		Name: "invalid-parameter-value", Category: lint.Integrations, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "a Task sends a value that the API does not take: of another type, or not in its list of values",
		Requires: []lint.Prerequisite{allRequests},
		Run: func(p *lint.Pass) {
			for request := range requests(p) {
				for value := range request.values() {
					reportValue(p, request, value)
				}
			}
		},
	}
}

func reportValue(p *lint.Pass, r *request, at written) {
	want, help := r.wrongKind(at), ""
	if want == "" {
		want, help = r.wrongChoice(at)
	}
	if want == "" || at.path == "" {
		return
	}
	r.report(p, diag.Diagnostic{
		Span:    at.node.Span(),
		Message: fmt.Sprintf("%s sends %q of %s as %s, which takes %s", r.subject(), at.path, call(r.resource), shown(at.node), want),
		Help:    help,
	})
}

// wrongKind says what the shape takes when the value is of another JSON type.
// The service turns scalars into one another, a single value into a list of one,
// and for DynamoDB a string into an attribute; the rest is wrong.
func (r *request) wrongKind(at written) string {
	_, isObject := at.node.(*syntax.Object)
	_, isArray := at.node.(*syntax.Array)
	_, isNull := at.node.(*syntax.Null)
	isScalar := !isObject && !isArray
	switch kind := at.shape.Kind; {
	case isNull, isScalar && r.resource.SDKService() == "dynamodb":
		return ""
	case (kind == spec.Structure || kind == spec.MapOf) && !isObject:
		return "an object"
	case (kind == spec.Boolean || kind == spec.Integer || kind == spec.Float) && (isObject || isArray):
		return "a single value"
	}
	return ""
}

// mostCompared is the length up to which a list of values holds words, in which
// a misspelling shows. Longer ones hold codes that differ by a letter.
const mostCompared = 12

// closedInputs are the integrations whose lists of values are those of Step
// Functions itself; the lists of other APIs grow.
var closedInputs = []string{"apigateway:invoke", "http:invoke", "eks:call"}

func (r *request) wrongChoice(at written) (want, help string) {
	text, ok := at.node.(*syntax.String)
	if !ok || at.shape.Enum == nil || slices.Contains(at.shape.Enum, text.Value) {
		return "", ""
	}
	meant := meantValue(text.Value, at.shape.Enum)
	if meant == "" && !slices.Contains(closedInputs, call(r.resource)) {
		return "", ""
	}
	if meant != "" {
		help = didYouMean(meant)
	}
	if len(at.shape.Enum) > 8 {
		return "other values", help
	}
	return strings.Join(at.shape.Enum, ", "), help
}

func meantValue(text string, values []string) string {
	for _, value := range values {
		if strings.EqualFold(text, value) || len(values) <= mostCompared && nearMiss(text, value) {
			return value
		}
	}
	return ""
}

// shown prints a value in a message: a string as it is, others by their type.
func shown(node syntax.Node) string {
	if text, ok := node.(*syntax.String); ok && len(text.Value) <= 40 {
		return fmt.Sprintf("%q", text.Value)
	}
	return "a value of type " + syntax.Kind(node)
}
