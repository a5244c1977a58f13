package terraform

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// appendTemplate appends what a template gives, part by part.
func (m *module) appendTemplate(out *host.Text, e *hclsyntax.TemplateExpr, in scope) {
	before := m.quoted
	defer func() { m.quoted = before }()
	if file := m.fileOf(e); file != nil {
		source := file.Text(spanOf(e.Range(), file))
		m.quoted = m.quoted && !strings.HasPrefix(source, "<<") || strings.HasPrefix(source, `"`) && strings.HasSuffix(file.Name, ".tf")
	}
	for _, part := range e.Parts {
		m.appendAny(out, part, in)
	}
}

// appendAny appends what a part of a template gives.
func (m *module) appendAny(out *host.Text, part hclsyntax.Expression, in scope) {
	file := m.fileOf(part)
	if file != out.File() {
		return
	}
	if !m.step() || out.Len() > 4*maxSize {
		m.exceeded = true
		return
	}
	m.depth++
	defer func() { m.depth-- }()
	span := spanOf(part.Range(), file)
	switch part := part.(type) {
	case *hclsyntax.LiteralValueExpr:
		if part.Val.Type() == cty.String && part.Val.IsKnown() && !part.Val.IsNull() {
			out.AppendLiteral(part.Val.AsString(), span.Start, file.Text(span), escapeIn(m.quoted))
			return
		}
	case *hclsyntax.TemplateExpr:
		m.appendTemplate(out, part, in)
		return
	case *hclsyntax.ConditionalExpr:
		if chosen := m.choose(part, in); isTemplate(chosen) {
			m.appendAny(out, chosen, in)
			return
		}
	case *hclsyntax.TemplateJoinExpr:
		if loop, ok := part.Tuple.(*hclsyntax.ForExpr); ok {
			m.appendLoop(out, loop, in)
			return
		}
	}
	out.AppendValue(m.value(part, in), around(file, span), notationOf(file))
}

// isTemplate tells the branch of a %{ if } from that of a ? : operator.
func isTemplate(e hclsyntax.Expression) bool {
	switch e := e.(type) {
	case *hclsyntax.TemplateExpr:
		return true
	case *hclsyntax.LiteralValueExpr:
		return e.Val.Type() == cty.String
	}
	return false
}

// around widens the place of an expression to the braces of its ${ }.
func around(file *syntax.File, span syntax.Span) syntax.Span {
	text := string(file.Src)
	start := strings.TrimRight(text[:span.Start], " \t~")
	end := strings.TrimLeft(text[span.End:], " \t~")
	if strings.HasSuffix(start, "${") && strings.HasPrefix(end, "}") {
		return syntax.Span{Start: len(start) - 2, End: len(text) - len(end) + 1}
	}
	return span
}

// appendLoop appends a %{ for }: each item, or one round with placeholders
// where the collection is not known.
func (m *module) appendLoop(out *host.Text, loop *hclsyntax.ForExpr, in scope) {
	const most = 1000
	collection := m.evaluate(loop.CollExpr, in)
	if collection.IsWhollyKnown() && !collection.IsNull() && collection.CanIterateElements() {
		rounds := 0
		for it := collection.ElementIterator(); it.Next() && rounds < most; rounds++ {
			key, value := it.Element()
			m.appendAny(out, loop.ValExpr, in.with(loop.KeyVar, key).with(loop.ValVar, value))
		}
		return
	}
	m.loops++
	defer func() { m.loops-- }()
	m.appendAny(out, loop.ValExpr, in.with(loop.KeyVar, cty.NumberIntVal(0)).with(loop.ValVar, cty.DynamicVal))
}

func (s scope) with(name string, value cty.Value) scope {
	if name == "" {
		return s
	}
	next := make(scope, len(s)+1)
	for key, known := range s {
		next[key] = known
	}
	next[name] = variable{value, host.Unknown(name)}
	return next
}

// choose returns the branch of a condition. Where that is not known it is the
// first one, but in a round that stands for many, such as the comma between
// items, the second.
func (m *module) choose(e *hclsyntax.ConditionalExpr, in scope) hclsyntax.Expression {
	condition := m.evaluate(e.Condition, in)
	known := condition.IsKnown() && !condition.IsNull() && condition.Type() == cty.Bool
	if known && condition.False() || !known && m.loops > 0 {
		return e.FalseResult
	}
	return e.TrueResult
}

// escapeIn returns how escapes are read in a literal: those of templates, and
// in quotes those of quoted text. In a heredoc a backslash means itself.
func escapeIn(quoted bool) func(string) (int, string) {
	return func(source string) (int, string) {
		switch {
		case strings.HasPrefix(source, "$${"), strings.HasPrefix(source, "%%{"):
			return 3, source[1:3]
		case quoted && source[0] == '\\' && len(source) > 1:
			return escape(source)
		}
		return 0, ""
	}
}

func escape(source string) (int, string) {
	switch source[1] {
	case 'n':
		return 2, "\n"
	case 'r':
		return 2, "\r"
	case 't':
		return 2, "\t"
	case '"', '\\':
		return 2, source[1:2]
	case 'u', 'U':
		digits := 4
		if source[1] == 'U' {
			digits = 8
		}
		if len(source) >= 2+digits {
			if code, err := strconv.ParseUint(source[2:2+digits], 16, 32); err == nil && utf8.ValidRune(rune(code)) {
				return 2 + digits, string(rune(code))
			}
		}
	}
	return 0, ""
}
