package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/json"

	"github.com/sfnctl/sfnctl/internal/extract/host"
)

// value evaluates an expression as text.
func (m *module) value(e hclsyntax.Expression, in scope) host.Value {
	if v, ok := m.given1(e); ok {
		return v
	}
	result := m.evaluate(e, in)
	if text, ok := textOf(result); ok {
		return host.Known(text)
	}
	return m.placeholder(e, in)
}

// given1 returns what the user gives for a variable by its name.
func (m *module) given1(e hclsyntax.Expression) (host.Value, bool) {
	traversal, ok := e.(*hclsyntax.ScopeTraversalExpr)
	if !ok {
		return host.Value{}, false
	}
	names := namesOf(traversal.Traversal)
	if names[0] == "var" {
		names = names[1:]
	}
	text, ok := m.request.Given(strings.Join(names, "."))
	return host.Known(text), ok
}

// textOf returns a known value as a template prints it; a list or an object as
// JSON.
func textOf(v cty.Value) (string, bool) {
	if v.IsNull() || !v.IsWhollyKnown() {
		return "", false
	}
	if text, err := convert.Convert(v, cty.String); err == nil && text.IsKnown() && !text.IsNull() {
		return text.AsString(), true
	}
	return "", false
}

// placeholder says what an expression stands for that is not known: its parts
// where it is a template or a reference, else its source.
func (m *module) placeholder(e hclsyntax.Expression, in scope) host.Value {
	target, in := m.follow(e, in)
	if in != nil {
		return m.show(target, in)
	}
	if before, ok := m.shown[target]; ok {
		m.exceeded = m.exceeded || before.exceeded
		return before.value
	}
	outside := m.exceeded
	m.exceeded = false
	value := m.show(target, nil)
	m.shown[target] = shown{value, m.exceeded}
	m.exceeded = m.exceeded || outside
	return value
}

// shown is the placeholder of an expression.
type shown struct {
	value    host.Value
	exceeded bool // a bound kept it from being worked out
}

func (m *module) show(target hclsyntax.Expression, in scope) host.Value {
	switch e := target.(type) {
	case *hclsyntax.TemplateExpr:
		if m.step() && m.fileOf(e) != nil {
			m.depth++
			defer func() { m.depth-- }()
			out := host.NewText(m.fileOf(e))
			for _, part := range e.Parts {
				out.AppendAt(m.value(part, in).Text, spanOf(part.Range(), m.fileOf(e)))
			}
			if out.Len() > maxSize {
				m.exceeded = true
				return host.Unknown("long text")
			}
			return host.Partly(out.String())
		}
	case *hclsyntax.ScopeTraversalExpr:
		if known, ok := in[e.Traversal.RootName()]; ok {
			return known.origin
		}
		return m.referenceTo(e.Traversal)
	case *hclsyntax.FunctionCallExpr:
		if (e.Name == "nonsensitive" || e.Name == "sensitive" || e.Name == "tostring" || e.Name == "try" || e.Name == "coalesce") && len(e.Args) > 0 {
			return m.value(e.Args[0], in)
		}
	case *hclsyntax.RelativeTraversalExpr, *hclsyntax.IndexExpr, *hclsyntax.SplatExpr:
		if variables := e.Variables(); len(variables) > 0 {
			return m.referenceTo(append(variables[0].SimpleSplit().Abs, lastAttribute(e)...))
		}
	}
	return host.Unknown(m.source(target))
}

func lastAttribute(e hclsyntax.Expression) hcl.Traversal {
	relative, ok := e.(*hclsyntax.RelativeTraversalExpr)
	if !ok {
		return nil
	}
	return relative.Traversal
}

// arnForm says what the ARN of a resource looks like; NAME stands for a
// placeholder.
func arnForm(resourceType string) string {
	switch resourceType {
	case "aws_lambda_function", "aws_lambda_alias":
		return "arn:aws:lambda:${region}:${account}:function:NAME"
	case machineType:
		return "arn:aws:states:${region}:${account}:stateMachine:NAME"
	case "aws_sfn_activity":
		return "arn:aws:states:${region}:${account}:activity:NAME"
	case "aws_sns_topic":
		return "arn:aws:sns:${region}:${account}:NAME"
	case "aws_sqs_queue":
		return "arn:aws:sqs:${region}:${account}:NAME"
	case "aws_dynamodb_table":
		return "arn:aws:dynamodb:${region}:${account}:table/NAME"
	case "aws_s3_bucket":
		return "arn:aws:s3:::NAME"
	}
	return ""
}

// referenceTo says what a reference to a resource gives, as far as its type
// tells.
func (m *module) referenceTo(traversal hcl.Traversal) host.Value {
	names := namesOf(traversal)
	name := strings.Join(names, ".")
	if len(names) > 1 && names[0] == "data" && names[1] == "aws_partition" {
		return host.Known("aws")
	}
	if len(names) < 3 {
		return host.Unknown(name)
	}
	attribute := names[len(names)-1]
	isARN := attribute == "arn" || attribute == "qualified_arn" ||
		attribute == "id" && (names[0] == machineType || names[0] == "aws_sfn_activity" || names[0] == "aws_sns_topic")
	if form := arnForm(names[0]); form != "" && isARN {
		return host.Partly(strings.Replace(form, "NAME", "${"+strings.Join(names[:2], ".")+"}", 1))
	}
	return host.Unknown(name)
}

// evaluate evaluates an expression with what is known; it never fails.
func (m *module) evaluate(e hclsyntax.Expression, in scope) cty.Value {
	if !m.step() {
		return cty.DynamicVal
	}
	m.depth++
	defer func() { m.depth-- }()
	references := e.Variables()
	context, largest := m.context(references, in)
	if len(references)*largest > 32*maxSize {
		m.exceeded = true
		return cty.DynamicVal
	}
	result, diagnostics := e.Value(context)
	if diagnostics.HasErrors() {
		return cty.DynamicVal
	}
	if sizeOf(result, maxSize) > maxSize {
		m.exceeded = true
		return cty.DynamicVal
	}
	return result
}

// step counts a reference or function that is followed, and reports whether the
// bounds allow for it.
func (m *module) step() bool {
	m.steps++
	if m.depth >= maxDepth || m.steps > maxSteps {
		m.exceeded = true
		return false
	}
	return true
}

// sizeOf counts the bytes of text and the elements in a value, up to a limit.
func sizeOf(v cty.Value, limit int) int {
	size := 1
	switch {
	case v.IsNull() || !v.IsKnown():
	case v.Type() == cty.String:
		size += len(v.AsString())
	case v.CanIterateElements():
		for it := v.ElementIterator(); it.Next() && size <= limit; {
			_, element := it.Element()
			size += sizeOf(element, limit-size)
		}
	}
	return size
}

// context holds what an expression refers to. It also returns the size of the
// largest of it.
func (m *module) context(references []hcl.Traversal, in scope) (context *hcl.EvalContext, largest int) {
	largest = 1
	roots := map[string]map[string]cty.Value{}
	variables := map[string]cty.Value{}
	for _, reference := range references {
		root := reference.RootName()
		if known, ok := in[root]; ok {
			variables[root] = known.value
			largest = max(largest, sizeOf(known.value, maxSize))
			continue
		}
		names := namesOf(reference)
		switch root {
		case "local", "var", "path":
			if len(names) < 2 {
				variables[root] = cty.DynamicVal
				continue
			}
			if roots[root] == nil {
				roots[root] = map[string]cty.Value{}
			}
			named := m.valueOf(root, names[1])
			roots[root][names[1]] = named.value
			largest = max(largest, named.size)
		default:
			variables[root] = cty.DynamicVal
		}
	}
	for root, attributes := range roots {
		variables[root] = cty.ObjectVal(attributes)
	}
	return &hcl.EvalContext{Variables: variables, Functions: boundedFunctions}, largest
}

// valueOf evaluates local.NAME, var.NAME or path.NAME.
func (m *module) valueOf(root, name string) known {
	if root == "path" {
		return known{value: cty.StringVal(".")}
	}
	key := root + "." + name
	if before, ok := m.values[key]; ok {
		m.exceeded = m.exceeded || before.exceeded
		return before
	}
	m.values[key] = known{value: cty.DynamicVal} // while it is evaluated, so that a cycle ends
	outside := m.exceeded
	m.exceeded = false
	value := m.valueOfNamed(root, name)
	m.values[key] = known{value, sizeOf(value, maxSize), m.exceeded}
	m.exceeded = m.exceeded || outside
	return m.values[key]
}

// known is the value of a local value or variable.
type known struct {
	value    cty.Value
	size     int
	exceeded bool // a bound kept it from being worked out
}

func (m *module) valueOfNamed(root, name string) cty.Value {
	if text, given := m.request.Given(name); given && root == "var" {
		return givenValue(text)
	}
	if e := m.named(root, name); e != nil {
		return m.evaluate(e, nil)
	}
	return cty.DynamicVal
}

// givenValue reads what the user gives: JSON, else text.
func givenValue(text string) cty.Value {
	if kind, err := json.ImpliedType([]byte(text)); err == nil {
		if value, err := json.Unmarshal([]byte(text), kind); err == nil {
			return value
		}
	}
	return cty.StringVal(text)
}

// variablesOf evaluates the variables of a template file. One that is not
// known carries what it comes from.
func (m *module) variablesOf(e hclsyntax.Expression, in scope) scope {
	result := scope{}
	if e == nil {
		return result
	}
	e, in = m.follow(e, in)
	object, ok := e.(*hclsyntax.ObjectConsExpr)
	if !ok {
		if value := m.evaluate(e, in); value.IsKnown() && !value.IsNull() && value.CanIterateElements() && value.Type().IsObjectType() {
			for name, part := range value.AsValueMap() {
				result[name] = variable{part, host.Unknown(name)}
			}
		}
		return result
	}
	for _, item := range object.Items {
		name := m.value(item.KeyExpr, in)
		known := variable{m.evaluate(item.ValueExpr, in), host.Unknown(name.Text)}
		if text, given := m.request.Substitutions[name.Text]; given {
			known.value = givenValue(text)
		}
		if !known.value.IsWhollyKnown() {
			known.origin = m.placeholder(item.ValueExpr, in)
		}
		result[name.Text] = known
	}
	return result
}
