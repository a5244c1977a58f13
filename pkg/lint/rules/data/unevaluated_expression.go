package data

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/intrinsic"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func unevaluatedExpression() *lint.Rule {
	return &lint.Rule{
		Name: "unevaluated-expression", Category: lint.Data, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "a text looks like an expression, but is passed on as it stands",
		Run: func(p *lint.Pass) {
			u := unevaluated{pass: p}
			for state := range p.Machine.States() {
				u.state = state
				u.checkResult()
				u.checkTwins()
				for expression := range state.Expressions() {
					if isTemplateField(expression.Field) {
						u.whole(expression)
					}
				}
				for assign := range assigns(state) {
					u.template(assign.Node, nil)
				}
			}
		},
	}
}

// unevaluated looks through the templates of one state.
type unevaluated struct {
	pass  *lint.Pass
	state *asl.State
}

// isTemplateField reports whether a field of that path takes a template.
func isTemplateField(field string) bool {
	last := field[strings.LastIndexByte(field, '/')+1:]
	switch last {
	case "Parameters", "ResultSelector", "ItemSelector", "BatchInput", "Arguments", "Output", "Items", "Credentials":
		return true
	}
	return false
}

// whole looks at the value of a field.
func (u *unevaluated) whole(e *asl.Expression) {
	text, ok := e.Node.(*syntax.String)
	switch {
	case !ok, u.state.QueryLanguage == asl.JSONata:
		u.template(e.Node, nil)
	case isJSONataText(text.Value):
		u.jsonpathText(text, nil)
	case looksEvaluated(text.Value):
		u.report(text, fmt.Sprintf("is plain text, because %q is no path", e.Field), `write an object, with the path under a key that ends in ".$"`, "NO_DOLLAR")
	}
}

// template looks at every text of a template. Key is the key that holds the
// text, nil for an element of an array.
func (u *unevaluated) template(node syntax.Node, key *syntax.String) {
	switch node := node.(type) {
	case *syntax.Object:
		if u.isForCallee(node) {
			u.forCallee(node, key)
			return
		}
		for i := range node.Members {
			u.template(node.Members[i].Value, node.Members[i].Key)
		}
	case *syntax.Array:
		for _, item := range node.Items {
			u.template(item, nil)
		}
	case *syntax.String:
		if u.state.QueryLanguage == asl.JSONata {
			u.jsonataText(node, key)
		} else {
			u.jsonpathText(node, key)
		}
	}
}

// isForCallee reports whether an object holds nothing but paths as plain text,
// several of them, in a template that evaluates others: its author knows how, and
// a function may resolve these itself, as far as they are there.
func (u *unevaluated) isForCallee(node *syntax.Object) bool {
	if u.state.Task == nil || u.state.QueryLanguage == asl.JSONata || len(node.Members) < 2 || !evaluates(u.state.Parameters) {
		return false
	}
	if resource := u.state.Task.Resource; resource != nil {
		if parsed := spec.ParseResource(resource.Value); parsed.IsIntegration() && !parsed.IsLambda() {
			return false
		}
	}
	for i := range node.Members {
		text, ok := node.Members[i].Value.(*syntax.String)
		if !ok || !strings.HasPrefix(text.Value, "$.") || !looksEvaluated(text.Value) || strings.HasSuffix(node.Members[i].Key.Value, ".$") {
			return false
		}
	}
	return true
}

// evaluates reports whether a template has a key that is evaluated.
func evaluates(template *asl.Expression) bool {
	for e := range template.All() {
		for _, member := range e.Members {
			if member.Dynamic {
				return true
			}
		}
	}
	return false
}

func (u *unevaluated) forCallee(node *syntax.Object, key *syntax.String) {
	at, name := node.Span(), "an object"
	if key != nil {
		at, name = key.Span(), fmt.Sprintf("%q", key.Value)
	}
	first := node.Members[0]
	u.pass.Report(diag.Diagnostic{
		Span: at, State: u.state.Name, Severity: diag.Info,
		Message: fmt.Sprintf("the %d paths of %s in state %q are plain text, because their keys do not end in .$", len(node.Members), name, u.state.Name),
		Help:    fmt.Sprintf(`if the function does not resolve them itself, name the keys "%s.$" and so on`, first.Key.Value),
		AWS:     &diag.AWS{Code: "NO_DOLLAR", Span: first.Value.Span()},
	})
}

// jsonpathText judges a text of a JSONPath state, where only keys that end in
// ".$" are evaluated.
func (u *unevaluated) jsonpathText(text, key *syntax.String) {
	switch {
	case key != nil && strings.HasSuffix(key.Value, ".$"):
	case isJSONataText(text.Value):
		u.report(text, "is plain text, because {% %} is evaluated in JSONata states only", `set "QueryLanguage": "JSONata" for the state, or write a path`, "")
	case key != nil && u.isPartOfURL(key, text):
		u.report(text, "is plain text, paths inside it as well", fmt.Sprintf(`put the parts together: "%s.$": "States.Format('/{}', $.name)"`, key.Value), "")
	case !looksEvaluated(text.Value):
	case key != nil:
		u.report(text, "is plain text, because its key does not end in .$", fmt.Sprintf(`to evaluate it, name the key "%s.$"`, key.Value), "NO_DOLLAR")
	default:
		u.report(text, "is plain text, because elements of an array are not evaluated", `build the array with "States.Array(...)" under a key that ends in ".$"`, "")
	}
}

// pathInURL finds a path, or a call, that stands in the place of a part of a URL.
var pathInURL = regexp.MustCompile(`[/=](\$\.[A-Za-z_]|States\.[A-Z][A-Za-z0-9]+\()`)

// isPartOfURL reports whether the text is the URL of an HTTP call, or the path in
// it, and has a path in it that nobody evaluates.
func (u *unevaluated) isPartOfURL(key, text *syntax.String) bool {
	if u.state.Task == nil || u.state.Task.Resource == nil || key.Value != "Path" && key.Value != "ApiEndpoint" {
		return false
	}
	resource := spec.ParseResource(u.state.Task.Resource.Value)
	isCall := resource.IsHTTP() || resource.Service == "apigateway"
	return resource.Kind == spec.OptimizedIntegration && isCall && pathInURL.MatchString(text.Value)
}

// jsonataText judges a text of a JSONata state, where only {% %} is evaluated.
func (u *unevaluated) jsonataText(text, key *syntax.String) {
	switch {
	case isJSONataText(text.Value):
	case key != nil && strings.HasSuffix(key.Value, ".$") && strings.HasPrefix(text.Value, "$"):
		u.report(text, `is plain text: in JSONata states a key that ends in ".$" has no meaning`, "write the value as {% $states.input ... %} and the key without .$", "")
	case strings.HasPrefix(text.Value, "$states.") || looksEvaluated(text.Value):
		u.report(text, "is plain text, because it is not in {% %}", "write {% "+asJSONata(text.Value)+" %}", "")
	}
}

func asJSONata(text string) string {
	if rest, ok := strings.CutPrefix(text, "$."); ok {
		return "$states.input." + rest
	}
	if rest, ok := strings.CutPrefix(text, "$$."); ok {
		return "$states.context." + rest
	}
	return text
}

func isJSONataText(text string) bool {
	return strings.HasPrefix(text, "{%") && strings.HasSuffix(text, "%}")
}

// looksEvaluated reports whether text is a path or an intrinsic function call.
func looksEvaluated(text string) bool {
	switch {
	case strings.HasPrefix(text, "$."), strings.HasPrefix(text, "$$."), strings.HasPrefix(text, "$["):
		_, err := jsonpath.Parse(text)
		return err == nil
	case strings.HasPrefix(text, "States."):
		_, err := intrinsic.Parse(text)
		return err == nil
	}
	return false
}

// checkResult judges the Result of a Pass, which is never evaluated.
func (u *unevaluated) checkResult() {
	if u.state.Pass != nil && u.state.Pass.Result != nil {
		u.result(u.state.Pass.Result.Node, nil)
	}
}

func (u *unevaluated) result(node syntax.Node, key *syntax.String) {
	switch node := node.(type) {
	case *syntax.Object:
		for i := range node.Members {
			u.result(node.Members[i].Value, node.Members[i].Key)
		}
	case *syntax.Array:
		for _, item := range node.Items {
			u.result(item, nil)
		}
	case *syntax.String:
		if looksEvaluated(node.Value) {
			u.report(node, "is plain text, because the Result of a Pass is not evaluated", `use "Parameters" with keys that end in ".$"`, "PASS_RESULT_IS_STATIC")
		}
	}
}

// checkTwins judges fields whose value can also be given by a ...Path field.
func (u *unevaluated) checkTwins() {
	if u.state.QueryLanguage == asl.JSONata {
		return
	}
	if fail := u.state.Fail; fail != nil {
		u.twin("Error", fail.Error)
		u.twin("Cause", fail.Cause)
	}
	for rule := range u.state.ChoiceRules() {
		if rule.Comparison == nil {
			continue
		}
		if name := rule.Comparison.Operator; strings.HasPrefix(name, "String") && name != "StringMatches" && !strings.HasSuffix(name, "Path") {
			u.twin(name, rule.Comparison.Value)
		}
	}
}

func (u *unevaluated) twin(field string, value *asl.Expression) {
	if value == nil || value.Kind != asl.Literal {
		return
	}
	if text, ok := value.Node.(*syntax.String); ok && looksEvaluated(text.Value) {
		u.report(text, fmt.Sprintf("is plain text in %q", field), fmt.Sprintf("write %q: %q", field+"Path", text.Value), "NO_PATH")
	}
}

func (u *unevaluated) report(text *syntax.String, message, help, code string) {
	finding := diag.Diagnostic{
		Span: text.Span(), State: u.state.Name, Help: help,
		Message: fmt.Sprintf("%q in state %q %s", text.Value, u.state.Name, message),
	}
	if code != "" {
		finding.AWS = &diag.AWS{Code: code, Span: text.Span()}
	}
	u.pass.Report(finding)
}
