package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
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
	if depth >= syntax.MaxDepth || !m.step() {
		m.exceeded = true
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
		if built := c.call(e, span, depth); built != nil {
			return built
		}
	case *hclsyntax.ForExpr:
		if built := c.loop(e, span, depth); built != nil {
			return built
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

// call converts the functions whose arguments may be known in part; nil when
// the result cannot be told.
func (c *converter) call(e *hclsyntax.FunctionCallExpr, span syntax.Span, depth int) syntax.Node {
	switch e.Name {
	case "merge":
		return c.merge(c.argumentsOf(e, span, depth), span)
	case "concat":
		return c.concat(c.argumentsOf(e, span, depth), span)
	case "tomap", "tolist", "sensitive", "nonsensitive":
		if len(e.Args) == 1 {
			return c.node(e.Args[0], c.module.place(e.Args[0], c.file, span), depth+1)
		}
	}
	return nil
}

// argumentsOf converts the arguments; a list before "..." stands for its items.
func (c *converter) argumentsOf(e *hclsyntax.FunctionCallExpr, span syntax.Span, depth int) []syntax.Node {
	var nodes []syntax.Node
	for i, argument := range e.Args {
		node := c.node(argument, c.module.place(argument, c.file, span), depth+1)
		list, isList := node.(*syntax.Array)
		if isList && e.ExpandFinal && i == len(e.Args)-1 {
			nodes = append(nodes, list.Items...)
			continue
		}
		nodes = append(nodes, node)
	}
	return nodes
}

// concat joins lists; nil when one of them is not known.
func (c *converter) concat(lists []syntax.Node, span syntax.Span) syntax.Node {
	var items []syntax.Node
	for _, node := range lists {
		list, ok := node.(*syntax.Array)
		if !ok {
			return nil
		}
		items = append(items, list.Items...)
	}
	return syntax.NewArray(span, items...)
}

// loop converts { for ... } and [ for ... ] over a collection that is known,
// though its items may hold what is not.
func (c *converter) loop(e *hclsyntax.ForExpr, span syntax.Span, depth int) syntax.Node {
	m := c.module
	collection := m.evaluate(e.CollExpr, c.scope)
	if !collection.IsKnown() || collection.IsNull() || !collection.CanIterateElements() || e.Group {
		return nil
	}
	var members []syntax.Member
	var items []syntax.Node
	for it := collection.ElementIterator(); it.Next(); {
		key, value := it.Element()
		round := *c
		round.scope = c.scope.with(e.KeyVar, key).with(e.ValVar, value)
		if e.CondExpr != nil {
			holds := m.evaluate(e.CondExpr, round.scope)
			if !holds.IsKnown() || holds.IsNull() || holds.Type() != cty.Bool {
				return nil
			}
			if holds.False() {
				continue
			}
		}
		node := round.node(e.ValExpr, m.place(e.ValExpr, c.file, span), depth+1)
		if e.KeyExpr == nil {
			items = append(items, node)
			continue
		}
		members = append(members, syntax.Member{Key: round.key(e.KeyExpr, span), Value: node})
	}
	if e.KeyExpr == nil {
		return syntax.NewArray(span, items...)
	}
	return syntax.NewObject(span, members...)
}

// merge joins objects: the members of all, where a later one takes the place of
// an earlier one. It is nil when one of them is not known.
func (c *converter) merge(objects []syntax.Node, span syntax.Span) syntax.Node {
	var members []syntax.Member
	index := map[string]int{}
	for _, node := range objects {
		if _, isNull := node.(*syntax.Null); isNull {
			continue
		}
		object, ok := node.(*syntax.Object)
		if !ok {
			return nil
		}
		for _, member := range object.Members {
			if i, ok := index[member.Key.Value]; ok {
				members[i] = member
				continue
			}
			index[member.Key.Value] = len(members)
			members = append(members, member)
		}
	}
	return syntax.NewObject(span, members...)
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
