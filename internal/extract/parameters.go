package extract

import (
	"fmt"
	"path"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// ReadParameters reads the values of a template's parameters: the list of
// ParameterKey and ParameterValue that aws cloudformation takes, an object with
// Parameters or with the values themselves (JSON or YAML), or a .tfvars file.
func ReadParameters(name string, content []byte) (map[string]string, error) {
	if strings.EqualFold(path.Ext(name), ".tfvars") {
		return readVariables(name, content)
	}
	file := syntax.NewFile(name, content)
	tree := syntax.Parse(file)
	if len(tree.Errors) > 0 {
		at := file.Position(tree.Errors[0].Span.Start, syntax.CodePoints)
		return nil, fmt.Errorf("%s:%d:%d: %s", name, at.Line, at.Column, tree.Errors[0].Message)
	}
	values := map[string]string{}
	switch root := tree.Root.(type) {
	case *syntax.Array:
		for _, item := range root.Items {
			object, _ := item.(*syntax.Object)
			key, ok := object.Get("ParameterKey").(*syntax.String)
			if ok {
				setParameter(values, key.Value, object.Get("ParameterValue"))
			}
		}
		return values, nil
	case *syntax.Object:
		if inner, ok := root.Get("Parameters").(*syntax.Object); ok {
			root = inner
		}
		for _, member := range root.Members {
			setParameter(values, member.Key.Value, member.Value)
		}
		return values, nil
	}
	return nil, fmt.Errorf("%s holds no parameters: write an object with a value for each name", name)
}

func setParameter(values map[string]string, name string, node syntax.Node) {
	switch n := node.(type) {
	case *syntax.String:
		values[name] = n.Value
	case *syntax.Number:
		values[name] = n.Text
	case *syntax.Bool:
		values[name] = fmt.Sprint(n.Value)
	}
}

// readVariables reads a .tfvars file; values that are not a text, number or
// boolean are left out.
func readVariables(name string, content []byte) (map[string]string, error) {
	file, diagnostics := hclsyntax.ParseConfig(content, name, hcl.InitialPos)
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	attributes, diagnostics := file.Body.JustAttributes()
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	values := map[string]string{}
	for key, attribute := range attributes {
		value, diagnostics := attribute.Expr.Value(nil)
		if diagnostics.HasErrors() {
			return nil, diagnostics
		}
		if text, err := convert.Convert(value, cty.String); err == nil && !text.IsNull() && text.IsKnown() {
			values[key] = text.AsString()
		}
	}
	return values, nil
}
