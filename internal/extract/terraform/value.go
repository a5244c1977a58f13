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
	switch e := target.(type) {
	case *hclsyntax.TemplateExpr:
		if m.steps++; m.depth < maxDepth && m.steps < maxSteps && m.fileOf(e) != nil {
			m.depth++
			defer func() { m.depth-- }()
			out := host.NewText(m.fileOf(e))
			for _, part := range e.Parts {
				out.AppendAt(m.value(part, in).Text, spanOf(part.Range(), m.fileOf(e)))
			}
			if out.Len() > maxSize {
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
	return host.Unknown(m.source(e))
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
	m.steps++
	if m.depth >= maxDepth || m.steps > maxSteps {
		return cty.DynamicVal
	}
	m.depth++
	defer func() { m.depth-- }()
	references := e.Variables()
	context := m.context(references, in)
	if len(references)*largest(context.Variables) > 32*maxSize {
		return cty.DynamicVal
	}
	result, diagnostics := e.Value(context)
	if diagnostics.HasErrors() || sizeOf(result, maxSize) > maxSize {
		return cty.DynamicVal
	}
	return result
}

// largest returns the size of the largest variable.
func largest(variables map[string]cty.Value) int {
	most := 1
	for _, value := range variables {
		most = max(most, sizeOf(value, maxSize))
	}
	return most
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

// context holds what an expression refers to.
func (m *module) context(references []hcl.Traversal, in scope) *hcl.EvalContext {
	roots := map[string]map[string]cty.Value{}
	variables := map[string]cty.Value{}
	for _, reference := range references {
		root := reference.RootName()
		if known, ok := in[root]; ok {
			variables[root] = known.value
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
			roots[root][names[1]] = m.valueOf(root, names[1])
		default:
			variables[root] = cty.DynamicVal
		}
	}
	for root, attributes := range roots {
		variables[root] = cty.ObjectVal(attributes)
	}
	return &hcl.EvalContext{Variables: variables, Functions: boundedFunctions}
}

// valueOf evaluates local.NAME, var.NAME or path.NAME.
func (m *module) valueOf(root, name string) cty.Value {
	if root == "path" {
		return cty.StringVal(".")
	}
	if root == "var" {
		if text, given := m.request.Given(name); given {
			return givenValue(text)
		}
	}
	key := root + "." + name
	if known, ok := m.values[key]; ok {
		return known
	}
	e := m.named(root, name)
	if e == nil {
		return cty.DynamicVal
	}
	m.values[key] = cty.DynamicVal // while it is evaluated, so that a cycle ends
	m.values[key] = m.evaluate(e, nil)
	return m.values[key]
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
