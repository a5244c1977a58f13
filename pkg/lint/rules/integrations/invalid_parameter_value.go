package integrations

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/sfnctl/sfnctl/pkg/asl"
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
				reportHTTP(p, request)
				for value := range request.values() {
					reportValue(p, request, value)
				}
			}
		},
	}
}

// reportValue reports a value of another type as an error where the service is
// known to refuse it when the state machine is created: a number in quotes for an
// optimized integration.
func reportValue(p *lint.Pass, r *request, at written) {
	want, help := r.wrongKind(at), ""
	finding := diag.Diagnostic{Span: at.node.Span()}
	if _, isText := at.node.(*syntax.String); isText && want == kindNames[spec.Integer] && r.resource.Kind == spec.OptimizedIntegration {
		name := at.path[strings.LastIndex(at.path, ".")+1:]
		finding.Severity = diag.Error
		finding.AWS = &diag.AWS{Code: awsCode, Span: at.node.Span(), Message: fmt.Sprintf("The value for the field '%s' must be an INTEGER", name)}
	}
	if want == "" {
		want, help = r.wrongChoice(at)
	}
	if want == "" || at.path == "" {
		return
	}
	finding.Message = fmt.Sprintf("%s sends %q of %s as %s, which takes %s", r.subject(), at.path, call(r.resource), shown(at.node), want)
	finding.Help = help
	r.report(p, finding)
}

// wrongKind says what the shape takes when the value is of another JSON type.
// The service turns a scalar into a list of one, and for DynamoDB into an
// attribute; it writes an object as JSON text where the API takes text, as in the
// Detail of an event; and SDK integrations and DynamoDB read "true" and "false" as
// booleans. The rest is wrong.
func (r *request) wrongKind(at written) string {
	_, isObject := at.node.(*syntax.Object)
	_, isArray := at.node.(*syntax.Array)
	_, isNull := at.node.(*syntax.Null)
	isScalar := !isObject && !isArray
	switch kind := at.shape.Kind; {
	case isNull, isScalar && kind == spec.Structure && r.resource.SDKService() == "dynamodb":
		return ""
	case (kind == spec.Structure || kind == spec.MapOf) && !isObject:
		return "an object"
	case kind == spec.List && isObject:
		return "a list"
	case (kind == spec.Boolean || kind == spec.Integer || kind == spec.Float) && (isObject || isArray):
		return "a single value"
	case kind == spec.Boolean && isBooleanText(at.node) && (r.resource.Kind == spec.SDKIntegration || r.resource.SDKService() == "dynamodb"):
		return ""
	case isScalar && !fits(at.node, kind):
		return kindNames[kind]
	}
	return ""
}

// kindNames says what a scalar of an API is to be.
var kindNames = map[spec.ShapeKind]string{
	spec.String: "text in quotes", spec.Boolean: "true or false", spec.Integer: "a whole number without quotes", spec.Float: "a number without quotes",
}

func isBooleanText(node syntax.Node) bool {
	text, ok := node.(*syntax.String)
	return ok && (text.Value == "true" || text.Value == "false")
}

// fits reports whether a scalar has the JSON type of the shape; shapes of other
// kinds take any.
func fits(node syntax.Node, kind spec.ShapeKind) bool {
	var ok bool
	switch kind {
	case spec.String:
		_, ok = node.(*syntax.String)
	case spec.Boolean:
		_, ok = node.(*syntax.Bool)
	case spec.Integer, spec.Float:
		_, ok = node.(*syntax.Number)
	default:
		return true
	}
	return ok
}

// functionCall finds the call of an intrinsic function in a constant.
var functionCall = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`States\.[A-Z][A-Za-z0-9]*\(`) })

// connectionARN is the ARN of an EventBridge connection.
var connectionARN = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^arn:aws[a-z-]*:events:[a-z0-9-]+:[0-9]{12}:connection/.+`)
})

// reportHTTP reports an endpoint or a connection of an HTTP task that the service
// refuses when the state machine is created.
func reportHTTP(p *lint.Pass, r *request) {
	sent, _ := r.sent.(*syntax.Object)
	if !r.resource.IsHTTP() || sent == nil {
		return
	}
	if text := r.constant(sent.Get("ApiEndpoint")); text != nil && !isEndpoint(text.Value) {
		r.reportHTTPField(p, text, "has an ApiEndpoint that is no URL",
			"write a URL such as https://api.example.com/orders; to compute it use \"ApiEndpoint.$\" or, in JSONata, {% %}",
			"The value for the ApiEndpoint field is not valid")
	}
	authentication, _ := sent.Get("Authentication").(*syntax.Object)
	if authentication == nil {
		return
	}
	text := r.constant(authentication.Get("ConnectionArn"))
	if text != nil && !connectionARN().MatchString(text.Value) && !wordsForParts().MatchString(text.Value) {
		r.reportHTTPField(p, text, "has a ConnectionArn that is no ARN of a connection",
			"a connection is arn:aws:events:REGION:ACCOUNT:connection/NAME/ID", "ConnectionArn is not valid")
	}
}

// constant returns the text that a field of the request sends as it stands; nil
// when it is computed or filled in at deployment. Braces in the call of an
// intrinsic function are part of its text.
func (r *request) constant(node syntax.Node) *syntax.String {
	text, ok := node.(*syntax.String)
	isExpression := ok && r.QueryLanguage == asl.JSONata && strings.HasPrefix(text.Value, "{%")
	if !ok || isExpression || asl.HasSubstitution(text.Value) || r.isComputed(text) && !functionCall().MatchString(text.Value) {
		return nil
	}
	return text
}

func (r *request) reportHTTPField(p *lint.Pass, text *syntax.String, what, help, aws string) {
	r.report(p, diag.Diagnostic{
		Span: text.Span(), Severity: diag.Error, Message: fmt.Sprintf("%s %s: %q", r.subject(), what, text.Value), Help: help,
		AWS: &diag.AWS{Code: awsCode, Span: text.Span(), Message: aws},
	})
}

// isEndpoint reports whether a constant can be the URL of an HTTP task.
func isEndpoint(text string) bool {
	parsed, err := url.Parse(text)
	return err == nil && (parsed.Scheme == "https" || parsed.Scheme == "http") && parsed.Host != "" && !functionCall().MatchString(text)
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
