package syntax

import "strings"

// endsAtLineBreak tells the two slips apart that lead to a line break inside a
// string: the closing quote is missing (true), or the text was written over
// several lines (false). In the second case the next quote closes the string,
// so that a comma, a bracket or a colon follows it.
func (p *jsonParser) endsAtLineBreak() bool {
	rest := p.text[p.pos:]
	next := strings.TrimLeft(rest, " \t\r\n")
	if next == "" || next[0] == '"' {
		return true
	}
	for i := len(rest) - len(next); i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
		case '"':
			after := strings.TrimLeft(rest[i+1:], " \t\r\n")
			return after != "" && strings.IndexByte(",}]:", after[0]) < 0
		}
	}
	return true
}

// unterminated ends a string at the end of its line, where its quote is
// missing. A comma or closing bracket at the end of the line is taken to stand
// outside.
func (p *jsonParser) unterminated(start int, d decoder) *String {
	end := start + 1 + len(trimStructure(p.text[start+1:p.pos]))
	if end < p.pos && end > start+1 {
		p.pos = end
		d = redecode(p.text, start+1, end)
	} else if p.endOfText(len(p.text)) <= p.pos {
		p.ended, p.brackets = true, true
	}
	p.add(Error{
		Span:    Span{p.pos, p.pos},
		Message: "the string is not closed",
		Help:    `add a double quote`,
		Related: Span{start, start + 1},
	})
	s := p.nodes.string(Span{start, min(p.pos, len(p.text))}, string(d.text))
	s.origins = d.places
	return s
}

// innerQuotes repairs a string in which quotes are not escaped, as in
// "say "hello" now": a word follows its end at once, and one of the next quotes
// on the line ends the value.
func (p *jsonParser) innerQuotes(s *String) *String {
	end := lineEnd(p.text, p.pos)
	for i := p.pos; i < end; i++ {
		if p.text[i] != '"' || p.text[i-1] == '\\' {
			continue
		}
		after := strings.TrimLeft(p.text[i+1:end], " \t")
		if after != "" && strings.IndexByte(",}]", after[0]) < 0 {
			continue
		}
		inner := s.span.End - 1
		p.fail(Span{inner, inner + 1}, "a double quote inside a string", `write \" for a quote that belongs to the text`)
		p.pos = i + 1
		d := redecode(p.text, s.span.Start+1, i)
		whole := p.nodes.string(Span{s.span.Start, p.pos}, string(d.text))
		whole.origins = d.places
		return whole
	}
	return s
}

// redecode reads a part of a string again, without complaints.
func redecode(text string, start, end int) decoder {
	q := &jsonParser{text: text[:end], pos: start, plain: &plainASCII}
	d := decoder{places: []origin{{0, start}}}
	quiet := true
	for q.pos < end {
		switch c := text[q.pos]; {
		case c == '\\':
			q.escape(&d)
		case q.plain[c] || c == '"':
			d.text = append(d.text, c)
			q.pos++
		default:
			q.encoded(&d, &quiet)
		}
	}
	return d
}

// trimStructure removes blanks, and the commas and closing brackets that close
// nothing within the text, from its end.
func trimStructure(text string) string {
	text = strings.TrimRight(text, " \t\r\n")
	for text != "" {
		last := text[len(text)-1]
		switch {
		case last == ',':
		case last == '}' && strings.Count(text, "}") > strings.Count(text, "{"):
		case last == ']' && strings.Count(text, "]") > strings.Count(text, "["):
		default:
			return text
		}
		text = strings.TrimRight(text[:len(text)-1], " \t")
	}
	return text
}

// closeKey repairs a key that lacks its closing quote: in `"Type: "Pass"` the
// string ends at the quote that opens the value.
func (p *jsonParser) closeKey(key *String) *String {
	if p.pos >= len(p.text) || !isWordByte(p.text[p.pos]) && p.text[p.pos] != '$' {
		return key
	}
	name, ok := strings.CutSuffix(strings.TrimRight(key.Value, " \t"), ":")
	if !ok || key.origins != nil {
		return key
	}
	end := key.span.Start + 1 + len(name)
	p.pos = end
	p.add(Error{
		Span:    Span{end, end},
		Message: "the key " + quote(name) + " is not closed",
		Help:    "add a double quote before the colon",
		Related: Span{key.span.Start, key.span.Start + 1},
	})
	repaired := p.nodes.string(Span{key.span.Start, end}, name)
	repaired.origins = []origin{{0, key.span.Start + 1}}
	return repaired
}
