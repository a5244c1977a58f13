package terraform

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/json"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// jsonFile reads the JSON notation of Terraform, which the CDK for Terraform
// writes, into the blocks that the native notation gives. A string there is a
// template, with places in the file of its own.
type jsonFile struct {
	module *module
	file   *syntax.File
}

func (m *module) parseJSON(file *syntax.File) parsed {
	tree := syntax.ParseJSON(file)
	f := jsonFile{m, file}
	body := &hclsyntax.Body{Attributes: hclsyntax.Attributes{}}
	root, _ := tree.Root.(*syntax.Object)
	for kind, labels := range map[string]int{"locals": 0, "variable": 1, "module": 1, "resource": 2, "data": 2} {
		body.Blocks = append(body.Blocks, f.blocks(kind, labels, root.Get(kind), nil, nil)...)
	}
	slices.SortStableFunc(body.Blocks, func(a, b *hclsyntax.Block) int {
		return cmp.Compare(a.TypeRange.Start.Byte, b.TypeRange.Start.Byte)
	})
	return parsed{body, tree.Errors}
}

// blocks returns the blocks below a node: objects whose keys are labels, and
// lists of such objects.
func (f jsonFile) blocks(kind string, labels int, node syntax.Node, names []string, ranges []hcl.Range) []*hclsyntax.Block {
	var blocks []*hclsyntax.Block
	switch node := node.(type) {
	case *syntax.Array:
		for _, item := range node.Items {
			blocks = append(blocks, f.blocks(kind, labels, item, names, ranges)...)
		}
	case *syntax.Object:
		if labels == 0 {
			at := f.rangeOf(node.Span())
			return []*hclsyntax.Block{{Type: kind, Labels: names, LabelRanges: ranges, TypeRange: at, OpenBraceRange: at, Body: f.body(node)}}
		}
		for _, member := range node.Members {
			if member.Key.Value == "//" {
				continue
			}
			blocks = append(blocks, f.blocks(kind, labels-1, member.Value,
				append(names[:len(names):len(names)], member.Key.Value), append(ranges[:len(ranges):len(ranges)], f.rangeOf(member.Key.Span())))...)
		}
	}
	return blocks
}

// body returns the members of an object as arguments, and those that are objects
// as nested blocks as well: the notation does not tell them apart.
func (f jsonFile) body(object *syntax.Object) *hclsyntax.Body {
	body := &hclsyntax.Body{Attributes: hclsyntax.Attributes{}}
	for _, member := range object.Members {
		name := member.Key.Value
		nested := f.blocks(name, 0, member.Value, nil, nil)
		body.Blocks = append(body.Blocks, nested...)
		if len(nested) > 0 && name == "logging_configuration" || len(nested) > 0 && name == "tracing_configuration" {
			continue
		}
		if e := f.expression(member.Value); e != nil {
			at := f.rangeOf(member.Value.Span())
			body.Attributes[name] = &hclsyntax.Attribute{Name: name, Expr: e, SrcRange: at, NameRange: f.rangeOf(member.Key.Span())}
		}
	}
	return body
}

func (f jsonFile) expression(node syntax.Node) hclsyntax.Expression {
	switch node := node.(type) {
	case *syntax.String:
		return f.template(node)
	case *syntax.Object:
		e := &hclsyntax.ObjectConsExpr{SrcRange: f.rangeOf(node.Span())}
		for _, member := range node.Members {
			if value := f.expression(member.Value); value != nil {
				e.Items = append(e.Items, hclsyntax.ObjectConsItem{KeyExpr: f.template(member.Key), ValueExpr: value})
			}
		}
		return e
	case *syntax.Array:
		e := &hclsyntax.TupleConsExpr{SrcRange: f.rangeOf(node.Span())}
		for _, item := range node.Items {
			if value := f.expression(item); value != nil {
				e.Exprs = append(e.Exprs, value)
			}
		}
		return e
	case nil:
		return nil
	}
	text := []byte(f.file.Text(node.Span()))
	kind, err := json.ImpliedType(text)
	if err != nil {
		return nil
	}
	value, err := json.Unmarshal(text, kind)
	if err != nil {
		return nil
	}
	return &hclsyntax.LiteralValueExpr{Val: value, SrcRange: f.rangeOf(node.Span())}
}

// template parses a string. Its file is the text of the string, which knows
// where it stands in the JSON.
func (f jsonFile) template(s *syntax.String) hclsyntax.Expression {
	if s.Value == "" {
		return &hclsyntax.LiteralValueExpr{Val: cty.StringVal(""), SrcRange: f.rangeOf(s.Span())}
	}
	inner := host.TextOfString(f.file, s).Embedded()
	name := f.file.Name + "#" + strconv.Itoa(s.Span().Start)
	e, diagnostics := hclsyntax.ParseTemplate(inner.Src, name, hcl.InitialPos)
	if diagnostics.HasErrors() || e == nil {
		return &hclsyntax.LiteralValueExpr{Val: cty.StringVal(s.Value), SrcRange: f.rangeOf(s.Span())}
	}
	f.module.files[name] = inner
	return e
}

func (f jsonFile) rangeOf(span syntax.Span) hcl.Range {
	return hcl.Range{Filename: f.file.Name, Start: hcl.Pos{Byte: span.Start}, End: hcl.Pos{Byte: span.End}}
}
