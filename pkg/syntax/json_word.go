package syntax

import (
	"strings"
	"unicode/utf8"
)

// number reads a number; pos is at a minus or a digit.
func (p *jsonParser) number() Node {
	start := p.pos
	i, ok := scanNumber(p.text, start)
	if ok && (i == len(p.text) || !isWordByte(p.text[i]) && p.text[i] != '+') {
		p.pos = i
		return p.nodes.number(Span{start, i}, p.text[start:i])
	}
	return p.wrongNumber()
}

// scanNumber returns the end of the number at i, and whether it is one of JSON.
func scanNumber(text string, i int) (end int, ok bool) {
	if i < len(text) && text[i] == '-' {
		i++
	}
	whole := i
	i = scanDigits(text, i)
	if i == whole || text[whole] == '0' && i > whole+1 {
		return i, false
	}
	if i < len(text) && text[i] == '.' {
		fraction := i + 1
		if i = scanDigits(text, fraction); i == fraction {
			return i, false
		}
	}
	if i < len(text) && text[i]|0x20 == 'e' {
		i++
		if i < len(text) && (text[i] == '+' || text[i] == '-') {
			i++
		}
		exponent := i
		if i = scanDigits(text, i); i == exponent {
			return i, false
		}
	}
	return i, true
}

func scanDigits(text string, i int) int {
	for i < len(text) && text[i] >= '0' && text[i] <= '9' {
		i++
	}
	return i
}

func (p *jsonParser) wrongNumber() Node {
	start := p.pos
	for p.pos < len(p.text) && (isWordByte(p.text[p.pos]) || p.text[p.pos] == '+') {
		p.pos++
	}
	text := p.text[start:p.pos]
	span := Span{start, p.pos}
	digits := strings.TrimLeft(text, "+-")
	switch {
	case digits == "Infinity" || digits == "NaN" || digits == "inf" || digits == "nan":
		return p.notJSON(span, text, "use a number, null, or a string in double quotes")
	case strings.HasPrefix(digits, "0x") || strings.HasPrefix(digits, "0X"):
		p.fail(span, text+" is not a JSON number: it is hexadecimal", "write it in decimal")
	case strings.Trim(digits, "0123456789.eE+-_") != "":
		p.fail(span, "expected a value, found "+quote(text), "if it is text, put it in double quotes")
	case strings.Contains(digits, "_"):
		p.fail(span, text+" is not a JSON number: it has an underscore", "remove the underscore")
	case text[0] == '+':
		p.fail(span, text+" is not a JSON number: it has a plus sign", "remove the plus sign")
	case digits != "" && digits[0] == '.':
		p.fail(span, text+" is not a JSON number: a digit is missing before the point", "write 0 before the point")
	case len(digits) > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9':
		p.fail(span, text+" is not a JSON number: it starts with a zero", "remove the zeros, or put it in double quotes if it is text")
	case strings.HasSuffix(digits, "."):
		p.fail(span, text+" is not a JSON number: a digit is missing after the point", "remove the point, or write a digit after it")
	default:
		p.fail(span, quote(text)+" is not a JSON number", "put it in double quotes if it is text")
	}
	return NewBad(span)
}

// word reads a value that starts with none of JSON's characters, or one of
// true, false and null.
func (p *jsonParser) word() Node {
	if p.pos >= len(p.text) {
		return NewBad(Span{p.pos, p.pos})
	}
	c := p.text[p.pos]
	switch {
	case p.literal("true"):
		return NewBool(Span{p.pos - 4, p.pos}, true)
	case p.literal("false"):
		return NewBool(Span{p.pos - 5, p.pos}, false)
	case p.literal("null"):
		return NewNull(Span{p.pos - 4, p.pos})
	case p.atSubstitution():
		return p.substitution()
	case p.openingQuote() > 0:
		return p.otherQuotes()
	case c == '+' || c == '.':
		return p.wrongNumber()
	case isWordByte(c) || c >= utf8.RuneSelf:
		return p.unquoted()
	}
	return p.garbage("value")
}

func (p *jsonParser) literal(word string) bool {
	if !p.nextIs(word) {
		return false
	}
	end := p.pos + len(word)
	if end < len(p.text) && (isWordByte(p.text[end]) || p.text[end] == '"' || p.text[end] == '\'') {
		return false
	}
	p.pos = end
	return true
}

// unquoted reads a word without quotes.
func (p *jsonParser) unquoted() Node {
	text, span, halfQuoted := p.bareWord()
	if halfQuoted {
		p.fail(Span{span.Start, span.Start}, "the opening quote of "+quote(text)+" is missing", "add a double quote")
		return p.wordString(text, span)
	}
	switch strings.ToLower(text) {
	case "true", "false":
		p.fail(span, quote(text)+" is not a JSON value", "write "+strings.ToLower(text))
		return NewBool(span, strings.EqualFold(text, "true"))
	case "null", "none", "nil", "undefined":
		p.fail(span, quote(text)+" is not a JSON value", "write null")
		return NewNull(span)
	case "nan", "infinity":
		return p.notJSON(span, text, "use a number, null, or a string in double quotes")
	}
	p.fail(span, "the text "+quote(text)+" is not in quotes", `write "`+shorten(text)+`"`)
	return p.wordString(text, span)
}

// bareWord reads letters, digits and the like; halfQuoted says that a closing
// quote follows, which is read too.
func (p *jsonParser) bareWord() (text string, span Span, halfQuoted bool) {
	start := p.pos
	for p.pos < len(p.text) {
		if c := p.text[p.pos]; !isWordByte(c) && c != '$' && c < utf8.RuneSelf {
			break
		}
		if p.pos > start && p.oddBlank() > 0 {
			break
		}
		p.pos++
	}
	text, span = p.text[start:p.pos], Span{start, p.pos}
	if p.pos < len(p.text) && p.text[p.pos] == '"' && p.pos > start {
		after := strings.TrimLeft(p.text[p.pos+1:], " \t\r\n")
		if after == "" || strings.IndexByte(",}]:", after[0]) >= 0 {
			p.pos++
			span.End++
			return text, span, true
		}
	}
	return text, span, false
}

func (p *jsonParser) wordString(text string, span Span) *String {
	s := p.nodes.string(span, strings.ToValidUTF8(text, "\uFFFD"))
	s.origins = []origin{{0, span.Start}}
	return s
}

// unquotedKey reads a key that does not start with a double quote, nil when
// there is none.
func (p *jsonParser) unquotedKey() *String {
	if p.atSubstitution() {
		start := p.pos
		p.substitution()
		return p.wordString(p.text[start:p.pos], Span{start, p.pos})
	}
	if p.openingQuote() > 0 {
		return p.otherQuotes()
	}
	if c := p.text[p.pos]; !isWordByte(c) && c != '$' && c < utf8.RuneSelf {
		p.garbage("key")
		if p.peek() == ':' {
			p.dropValue()
		}
		return nil
	}
	text, span, halfQuoted := p.bareWord()
	if halfQuoted {
		p.fail(Span{span.Start, span.Start}, "the opening quote of "+quote(text)+" is missing", "add a double quote")
	} else {
		p.fail(span, "the key "+quote(text)+" is not in quotes", `write "`+shorten(text)+`"`)
	}
	return p.wordString(text, span)
}

func (p *jsonParser) notJSON(span Span, text, help string) Node {
	p.fail(span, text+" is not a JSON value", help)
	return NewBad(span)
}

// garbage skips what makes no sense up to the next character that does.
func (p *jsonParser) garbage(expected string) Node {
	start := p.pos
	for p.pos < len(p.text) && strings.IndexByte("{}[],:\" \t\r\n", p.text[p.pos]) < 0 {
		p.pos++
	}
	if p.pos == start {
		p.pos++
	}
	span := Span{start, p.pos}
	p.fail(span, "expected a "+expected+", found "+quote(p.text[start:p.pos]), "if it is text, put it in double quotes")
	return NewBad(span)
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.'
}
