package syntax

import "strings"

// closed reports whether the innermost object or array ends here, and reads its
// bracket. comma is the place of the comma before, -1 when there is none.
func (p *jsonParser) closed(comma int) bool {
	inner := p.open[len(p.open)-1]
	for {
		c := p.peek()
		if c == 0 || p.hopeless {
			p.unexpectedEnd()
			return true
		}
		if p.recovery.indentation && p.endsByIndentation(c, inner) {
			p.unclosed(inner)
			return true
		}
		if c != '}' && c != ']' {
			return false
		}
		if p.recovery.indentation && p.tooFarIn(inner) {
			p.strayCloser()
			continue
		}
		if c == inner.closer {
			if comma >= 0 {
				p.fail(Span{comma, comma + 1}, "trailing comma before "+quoteByte(c), "remove the comma")
			}
			p.pos++
			return true
		}
		if p.wrongCloser(c, inner) {
			return true
		}
	}
}

// wrongCloser deals with a closing bracket of the wrong kind; it reports
// whether the innermost bracket ends with it.
func (p *jsonParser) wrongCloser(c byte, inner bracket) bool {
	p.brackets = true
	if p.recovery.wrongCloser {
		p.add(Error{
			Span:    Span{p.pos, p.pos + 1},
			Message: "expected " + quoteByte(inner.closer) + ", found " + quoteByte(c),
			Help:    "replace it by " + quoteByte(inner.closer),
			Related: Span{inner.at, inner.at + 1},
		})
		p.pos++
		return true
	}
	for _, outer := range p.open {
		if outer.closer == c {
			p.unclosed(inner)
			return true
		}
	}
	p.strayCloser()
	return false
}

// unclosed reports that inner has no closing bracket before pos, and steps back
// to where it belongs.
func (p *jsonParser) unclosed(inner bracket) {
	p.brackets = true
	end := p.endOfText(p.pos)
	if end > inner.at+1 && p.text[end-1] == ',' {
		end--
	}
	p.pos = end
	p.add(Error{
		Span:    Span{end, end},
		Message: "expected " + quoteByte(inner.closer) + " to close the " + bracketKind(inner.closer) + " that starts here",
		Help:    "add " + quoteByte(inner.closer),
		Related: Span{inner.at, inner.at + 1},
	})
}

func (p *jsonParser) strayCloser() {
	p.brackets = true
	p.fail(Span{p.pos, p.pos + 1}, "unexpected "+quoteByte(p.text[p.pos])+": it closes nothing", "remove it, or add the bracket that it closes")
	p.pos++
	p.optionalComma()
}

// unexpectedEnd reports once that the text ends before its brackets are closed.
func (p *jsonParser) unexpectedEnd() {
	p.pos = len(p.text)
	p.brackets = true
	if p.ended {
		return
	}
	p.ended = true
	inner := p.open[len(p.open)-1]
	end := p.endOfText(len(p.text))
	closers := make([]byte, 0, len(p.open))
	for i := len(p.open) - 1; i >= 0; i-- {
		closers = append(closers, p.open[i].closer)
	}
	p.add(Error{
		Span:    Span{end, end},
		Message: "the text ends before the " + bracketKind(inner.closer) + " is closed",
		Help:    "add " + shorten(string(closers)),
		Related: Span{inner.at, inner.at + 1},
	})
}

// textAfterEnd reports what follows the value of the whole text, and skips it.
func (p *jsonParser) textAfterEnd() {
	p.brackets, p.lost = true, true
	start := p.pos
	c := p.text[p.pos]
	end := p.pos + 1
	for end < len(p.text) && p.text[end] != '\n' && p.text[end] != '\r' {
		end++
	}
	span := Span{start, p.endOfText(end)}
	p.pos = len(p.text)
	switch c {
	case '}', ']':
		p.fail(Span{start, start + 1}, "unexpected "+quoteByte(c)+" after the end: it closes nothing", "remove it, or add the bracket that it closes")
	case '{', '[':
		p.fail(Span{start, start + 1}, "a second value starts here; a file holds one", "put it into a file of its own")
	case ',':
		p.fail(Span{start, start + 1}, "unexpected comma after the end of the value", "remove the comma and what follows, or the closing bracket before it")
	default:
		p.fail(span, "unexpected text after the end of the value", "remove it")
	}
}

// separator reads the comma after a member or item and returns its place; -1
// when there is none, because a bracket follows or because it is missing, which
// is reported.
func (p *jsonParser) separator() int {
	end := p.pos
	for {
		switch c := p.peek(); c {
		case ',':
			p.pos++
			return p.pos - 1
		case 0, '}', ']':
			return -1
		case ';':
			p.fail(Span{p.pos, p.pos + 1}, `expected a comma, found ";"`, "replace it by a comma")
			p.pos++
			return -1
		case ':':
			p.fail(Span{p.pos, p.pos + 1}, `unexpected ":" after a value`, "a colon stands between a key and its value only; is a comma or a bracket missing before it")
			p.dropValue()
		default:
			if p.recovery.indentation && p.endsByIndentation(c, p.open[len(p.open)-1]) {
				return -1
			}
			p.fail(Span{end, end}, "expected a comma between this and "+quote(p.glance()), "add a comma")
			return -1
		}
	}
}

// optionalComma is separator after something broken, where a missing comma is
// no error more.
func (p *jsonParser) optionalComma() int {
	if p.peek() != ',' {
		return -1
	}
	p.pos++
	return p.pos - 1
}

func (p *jsonParser) extraCommas() {
	start := p.pos
	end := start
	for p.peek() == ',' {
		p.pos++
		end = p.pos
	}
	p.fail(Span{start, end}, "unexpected comma: no value stands before it", "remove the comma")
}

// tooDeep reports a bracket beyond MaxDepth and skips to its end.
func (p *jsonParser) tooDeep() Node {
	start, depth := p.pos, 0
	for p.pos < len(p.text) {
		switch p.text[p.pos] {
		case '"':
			p.skipString()
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		p.pos++
		if depth == 0 {
			break
		}
	}
	p.add(Error{
		Span:    Span{start, start + 1},
		Code:    TooDeep,
		Message: "nested more than 1,000 levels deep; what is deeper is not read",
		Help:    "make the structure flatter",
	})
	return NewBad(Span{start, p.pos})
}

func (p *jsonParser) skipString() {
	for p.pos++; p.pos < len(p.text); p.pos++ {
		switch p.text[p.pos] {
		case '\\':
			p.pos++
		case '"', '\n':
			p.pos++
			return
		}
	}
	p.pos = len(p.text)
}

// endsByIndentation reports whether the line that starts with the token at pos
// stands outside of inner: no further in than the line that opened it.
func (p *jsonParser) endsByIndentation(c byte, inner bracket) bool {
	if len(p.open) < 2 {
		return false
	}
	line := p.lineOf(p.pos)
	if line.start+line.indent != p.pos {
		return false
	}
	if c == '}' || c == ']' {
		return line.indent < inner.line.indent
	}
	return line.indent <= inner.line.indent && line.start != inner.line.start
}

// tooFarIn reports whether the closing bracket at pos starts a line that stands
// further in than the line that opened inner.
func (p *jsonParser) tooFarIn(inner bracket) bool {
	line := p.lineOf(p.pos)
	return line.start+line.indent == p.pos && line.indent > inner.line.indent
}

// line is where a line starts and how many blanks it starts with.
type line struct{ start, indent int }

// lineOf returns the line that holds at. The parser asks in order, mostly, so
// that the search goes on from the last answer.
func (p *jsonParser) lineOf(at int) line {
	start := p.last.start
	if at < start {
		start = strings.LastIndexAny(p.text[:at], "\r\n") + 1
	} else if i := strings.LastIndexAny(p.text[p.asked:max(at, p.asked)], "\r\n"); i >= 0 {
		start = p.asked + i + 1
	}
	p.asked = at
	if start != p.last.start || !p.measured {
		p.last, p.measured = line{start, countBlanks(p.text[start:])}, true
	}
	return p.last
}

func countBlanks(text string) int {
	return len(text) - len(strings.TrimLeft(text, " \t"))
}

// endOfText returns the end of what stands before at, blanks left out.
func (p *jsonParser) endOfText(at int) int {
	for at > 0 {
		switch p.text[at-1] {
		case ' ', '\t', '\n', '\r':
			at--
			continue
		}
		break
	}
	return at
}
