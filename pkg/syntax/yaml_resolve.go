package syntax

import (
	"math/big"
	"strings"

	"gopkg.in/yaml.v3"
)

// scalar makes the node of a scalar.
func (r *yamlReader) scalar(n *yaml.Node) (Node, int) {
	kind, text, end := r.scalarText(n)
	span := text.span
	switch kind {
	case plainNull:
		for _, blanked := range r.blanked {
			if r.leadsTo(span.Start, blanked) {
				return NewBad(blanked), end
			}
		}
		return NewNull(span), end
	case plainTrue, plainFalse:
		return NewBool(span, kind == plainTrue), end
	case plainNumber:
		number, _ := jsonNumber(text.Value)
		return r.nodes.number(span, number), end
	}
	return text, end
}

// leadsTo reports whether nothing stands between at and what was left out.
func (r *yamlReader) leadsTo(at int, blanked Span) bool {
	return at <= blanked.End && strings.TrimSpace(r.text[min(at, blanked.Start):blanked.Start]) == ""
}

// scalarText reads a scalar as a string, as keys are, and tells what it is as a
// value.
func (r *yamlReader) scalarText(n *yaml.Node) (kind plainKind, text *String, end int) {
	start := r.afterProperties(n)
	style := n.Style &^ yaml.TaggedStyle
	var p placed
	switch {
	case style == yaml.DoubleQuotedStyle && strings.HasPrefix(r.text[start:], `"`):
		p = placeDoubleQuoted(r.text, start, n.Value)
	case style == yaml.SingleQuotedStyle && strings.HasPrefix(r.text[start:], "'"):
		p = placeSingleQuoted(r.text, start, n.Value)
	case style == yaml.LiteralStyle || style == yaml.FoldedStyle:
		p = placeBlock(r.text, start, n.Value)
	case style == 0:
		p = placePlain(r.text, start, n.Value)
		if tag := n.Tag; n.Style&yaml.TaggedStyle == 0 || strings.HasPrefix(tag, "!!") {
			kind = resolvePlain(n.Value)
		}
	}
	if !p.ok {
		p.end = max(p.end, min(len(r.text), max(lineEnd(r.text, start), start)))
		p.places = []origin{{0, start}, {len(n.Value), p.end}}
	}
	kind = taggedKind(n, kind)
	text = r.nodes.string(Span{start, p.end}, n.Value)
	text.origins = p.places
	if p.ok && len(p.places) <= 1 && style != yaml.LiteralStyle && style != yaml.FoldedStyle {
		text.origins = nil // one to one, with or without quotes
	}
	if len(r.scalars) == 0 || r.scalars[len(r.scalars)-1].End <= start {
		r.scalars = append(r.scalars, text.span)
	}
	return kind, text, p.end
}

// plainKind says what a plain scalar is in the core schema of YAML 1.2.
type plainKind uint8

const (
	plainString plainKind = iota
	plainNull
	plainTrue
	plainFalse
	plainNumber
)

func resolvePlain(text string) plainKind {
	switch text {
	case "", "~", "null", "Null", "NULL":
		return plainNull
	case "true", "True", "TRUE":
		return plainTrue
	case "false", "False", "FALSE":
		return plainFalse
	}
	if _, ok := jsonNumber(text); ok {
		return plainNumber
	}
	return plainString
}

// taggedKind applies one of YAML's own tags.
func taggedKind(n *yaml.Node, kind plainKind) plainKind {
	if n.Style&yaml.TaggedStyle == 0 {
		return kind
	}
	switch n.Tag {
	case "!!null":
		return plainNull
	case "!!bool", "!!int", "!!float":
		return resolvePlain(n.Value)
	}
	return plainString
}

// maxNumber is how long a number can be that JSON writes differently.
const maxNumber = 100

// jsonNumber returns a number of the core schema in JSON's spelling.
func jsonNumber(text string) (string, bool) {
	if end, ok := scanNumber(text, 0); ok && end == len(text) {
		return text, true
	}
	if len(text) > maxNumber {
		return "", false
	}
	if len(text) > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'o') {
		base := 16
		if text[1] == 'o' {
			base = 8
		}
		if strings.ContainsAny(text[2:], "+-_") {
			return "", false
		}
		value, ok := new(big.Int).SetString(text[2:], base)
		if !ok {
			return "", false
		}
		return value.String(), true
	}
	sign := ""
	digits := strings.TrimPrefix(text, "+")
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		sign, digits = "-", rest
	}
	mantissa, exponent := digits, ""
	if i := strings.IndexAny(digits, "eE"); i >= 0 {
		mantissa, exponent = digits[:i], digits[i:]
	}
	whole, fraction, point := strings.Cut(mantissa, ".")
	if whole == "" && fraction == "" {
		return "", false
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if point && fraction != "" {
		fraction = "." + fraction
	}
	number := sign + whole + fraction + exponent
	end, ok := scanNumber(number, 0)
	return number, ok && end == len(number)
}
