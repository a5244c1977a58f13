package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty/json"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// converter makes the tree of the value that jsonencode is given. Its nodes
// stand where the expressions do.
type converter struct {
	module *module
	file   *syntax.File
	scope  scope
}

// node converts an expression that stands at span.
func (c *converter) node(e hclsyntax.Expression, span syntax.Span, depth int) syntax.Node {
	m := c.module
	m.steps++
	if depth >= syntax.MaxDepth || m.depth >= maxDepth || m.steps > maxSteps {
		return syntax.NewBad(span)
	}
	switch e := e.(type) {
	case *hclsyntax.ParenthesesExpr:
		return c.node(e.Expression, span, depth)
	case *hclsyntax.ObjectConsExpr:
		return c.object(e, span, depth)
	case *hclsyntax.TupleConsExpr:
		items := make([]syntax.Node, 0, len(e.Exprs))
		for _, item := range e.Exprs {
			items = append(items, c.node(item, m.place(item, c.file, span), depth+1))
		}
		return syntax.NewArray(span, items...)
	case *hclsyntax.TemplateExpr:
		return c.text(e, span)
	case *hclsyntax.ConditionalExpr:
		chosen := m.choose(e, c.scope)
		return c.node(chosen, m.place(chosen, c.file, span), depth+1)
	case *hclsyntax.FunctionCallExpr:
		if e.Name == "merge" {
			if merged := c.merge(e, span, depth); merged != nil {
				return merged
			}
		}
	case *hclsyntax.ScopeTraversalExpr, *hclsyntax.TemplateWrapExpr:
		return c.reference(e, span, depth)
	}
	return c.value(e, span)
}

func (c *converter) object(e *hclsyntax.ObjectConsExpr, span syntax.Span, depth int) syntax.Node {
	members := make([]syntax.Member, 0, len(e.Items))
	for _, item := range e.Items {
		members = append(members, syntax.Member{
			Key:   c.key(item.KeyExpr, span),
			Value: c.node(item.ValueExpr, c.module.place(item.ValueExpr, c.file, span), depth+1),
		})
	}
	return syntax.NewObject(span, members...)
}

func (c *converter) key(e hclsyntax.Expression, around syntax.Span) *syntax.String {
	span := c.module.place(e, c.file, around)
	if key, ok := e.(*hclsyntax.ObjectConsKeyExpr); ok {
		if word := hcl.ExprAsKeyword(key.Wrapped); word != "" && !key.ForceNonLiteral {
			return syntax.NewString(span, word)
		}
		e = key.Wrapped
	}
	if template, ok := e.(*hclsyntax.TemplateExpr); ok {
		return c.text(template, span)
	}
	return placed(span, c.module.value(e, c.scope).Text)
}

// text converts a quoted text or a heredoc.
func (c *converter) text(e *hclsyntax.TemplateExpr, span syntax.Span) *syntax.String {
	out := host.NewText(c.module.fileOf(e))
	out.Plain()
	c.module.appendTemplate(out, e, c.scope)
	if out.File() != c.file {
		return placed(span, out.String())
	}
	if out.Len() == 0 {
		return syntax.NewString(span, "")
	}
	return out.Node(span)
}

// reference converts local.x and var.x where their expressions are known.
func (c *converter) reference(e hclsyntax.Expression, span syntax.Span, depth int) syntax.Node {
	m := c.module
	target, in := m.follow(e, c.scope)
	if target == e {
		return c.value(e, span)
	}
	m.depth++
	defer func() { m.depth-- }()
	file := m.fileOf(target)
	if file == nil {
		return c.value(e, span)
	}
	inner := converter{module: m, file: file, scope: in}
	node := inner.node(target, spanOf(target.Range(), file), depth+1)
	if file != c.file {
		return host.Relocate(node, span)
	}
	return node
}

// merge converts merge(A, B): the members of all, later ones last.
func (c *converter) merge(e *hclsyntax.FunctionCallExpr, span syntax.Span, depth int) syntax.Node {
	var members []syntax.Member
	for _, argument := range e.Args {
		object, ok := c.node(argument, c.module.place(argument, c.file, span), depth+1).(*syntax.Object)
		if !ok {
			return nil
		}
		for _, member := range object.Members {
			members = replaceMember(members, member)
		}
	}
	return syntax.NewObject(span, members...)
}

func replaceMember(members []syntax.Member, member syntax.Member) []syntax.Member {
	for i := range members {
		if members[i].Key.Value == member.Key.Value {
			members[i] = member
			return members
		}
	}
	return append(members, member)
}

// value converts what an expression evaluates to; what is not known becomes a
// placeholder.
func (c *converter) value(e hclsyntax.Expression, span syntax.Span) syntax.Node {
	result := c.module.evaluate(e, c.scope)
	if result.IsWhollyKnown() {
		text, err := json.Marshal(result, result.Type())
		if err == nil {
			return host.Relocate(syntax.ParseJSON(syntax.NewFile("value", text)).Root, span)
		}
	}
	return placed(span, c.module.placeholder(e, c.scope).Text)
}

func placed(span syntax.Span, value string) *syntax.String { return host.Placed(span, value) }
