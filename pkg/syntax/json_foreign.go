package syntax

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// byteOrderMark may stand at the start of a text; it means nothing in UTF-8.
const byteOrderMark = "\uFEFF"

// skipOddity skips what other notations let stand between tokens, and reports
// it; it reports whether something was skipped.
func (p *jsonParser) skipOddity(c byte) bool {
	switch {
	case c == '/' && (p.nextIs("//") || p.nextIs("/*")), c == '#':
		p.comment()
	case p.nextIs("{%"), p.nextIs("{#"), p.nextIs("%{"):
		p.templateStatement()
	case c < ' ':
		p.strayControl()
	case c >= utf8.RuneSelf && p.oddBlank() > 0:
		p.strayBlank()
	default:
		return false
	}
	return true
}

func (p *jsonParser) comment() {
	start := p.pos
	rest := p.text[start:]
	end := strings.IndexAny(rest, "\r\n")
	if strings.HasPrefix(rest, "/*") {
		end = strings.Index(rest[2:], "*/")
		if end >= 0 {
			end += 4
		}
	}
	if end < 0 {
		end = len(rest)
	}
	p.pos = start + end
	p.fail(Span{start, p.pos}, "JSON has no comments", "remove the comment")
}

func (p *jsonParser) strayControl() {
	start := p.pos
	c := p.text[start]
	for p.pos < len(p.text) && p.text[p.pos] == c {
		p.pos++
	}
	span := Span{start, p.pos}
	if c == 0 {
		p.add(Error{Span: span, Code: BadEncoding, Message: "NUL byte", Help: "remove it; is the file text in UTF-8"})
		return
	}
	p.fail(span, fmt.Sprintf("control character U+%04X", c), "remove it")
}

// oddBlank returns the size of the character at pos if it looks like a blank
// but is none in JSON, else 0.
func (p *jsonParser) oddBlank() int {
	r, size := utf8.DecodeRuneInString(p.text[p.pos:])
	if r >= utf8.RuneSelf && r != utf8.RuneError && (unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)) {
		return size
	}
	return 0
}

func (p *jsonParser) strayBlank() {
	start := p.pos
	r, _ := utf8.DecodeRuneInString(p.text[start:])
	for p.pos < len(p.text) && p.oddBlank() > 0 {
		p.pos += p.oddBlank()
	}
	p.fail(Span{start, p.pos}, fmt.Sprintf("the invisible character U+%04X stands outside of a string", r), "replace it by an ordinary blank")
}

// atSubstitution reports whether a placeholder of a template starts at pos.
func (p *jsonParser) atSubstitution() bool {
	return p.nextIs("${") || p.nextIs("{{") || p.nextIs("<%")
}

// substitution reads a placeholder outside of quotes, which CloudFormation,
// Terraform or Jinja fill in before the text is JSON. Only the first one of a
// file is reported: the others have the same cause.
func (p *jsonParser) substitution() Node {
	start := p.pos
	p.skipPlaceholder()
	for p.pos < len(p.text) && isWordByte(p.text[p.pos]) {
		p.pos++
	}
	span := Span{start, p.pos}
	text := p.text[start:p.pos]
	p.reportTemplate(span, "the substitution "+shorten(text)+" stands outside of quotes; the text is JSON only after it is filled in",
		"fill it in first, or put it in double quotes if its value is text; other substitutions of this file are not reported")
	return NewBad(span)
}

func (p *jsonParser) templateStatement() {
	start := p.pos
	p.skipPlaceholder()
	p.reportTemplate(Span{start, p.pos}, "the template statement "+shorten(p.text[start:p.pos])+" makes this file a template; it is JSON only after it is filled in",
		"fill in the template first; other statements and substitutions of this file are not reported")
}

func (p *jsonParser) reportTemplate(span Span, message, help string) {
	if p.template {
		return
	}
	p.template = true
	p.add(Error{Span: span, Code: Substitution, Message: message, Help: help})
}

// maxPlaceholder is how long a placeholder can be.
const maxPlaceholder = 4096

// skipPlaceholder skips a placeholder with the braces in it; one that is not
// closed ends with its line.
func (p *jsonParser) skipPlaceholder() {
	rest := p.text[p.pos:min(len(p.text), p.pos+maxPlaceholder)]
	for _, pair := range [][2]string{{"{{", "}}"}, {"{%", "%}"}, {"{#", "#}"}, {"<%", "%>"}} {
		if strings.HasPrefix(rest, pair[0]) {
			p.pos += endOr(strings.Index(rest, pair[1]), len(pair[1]), rest)
			return
		}
	}
	depth := 0
	for i := range len(rest) {
		switch rest[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				p.pos += i + 1
				return
			}
		}
	}
	p.pos += endOr(-1, 0, rest)
}

// endOr returns the end of what was found at i, else the end of the line.
func endOr(i, size int, rest string) int {
	if i >= 0 {
		return i + size
	}
	if i = strings.IndexAny(rest, "\r\n"); i >= 0 {
		return i
	}
	return len(rest)
}

// closingQuotes returns what may close a string that r opens, in notations
// other than JSON or after a word processor; "" when r is not a quote.
func closingQuotes(r rune) string {
	switch r {
	case '\'', '`':
		return string(r)
	case '“', '”', '„', '″':
		return "“”″\""
	case '‘', '’':
		return "‘’'"
	case '«':
		return "»"
	}
	return ""
}

// openingQuote returns the size of the foreign quote at pos, 0 when there is none.
func (p *jsonParser) openingQuote() int {
	if r, size := utf8.DecodeRuneInString(p.text[p.pos:]); closingQuotes(r) != "" {
		return size
	}
	return 0
}

// otherQuotes reads a string in quotes that are not JSON's.
func (p *jsonParser) otherQuotes() *String {
	start := p.pos
	r, size := utf8.DecodeRuneInString(p.text[start:])
	closers := closingQuotes(r)
	d := decoder{}
	p.pos += size
	d.mark(p.pos)
	closed := false
	for p.pos < len(p.text) && !closed {
		c, size := utf8.DecodeRuneInString(p.text[p.pos:])
		switch {
		case strings.ContainsRune(closers, c):
			closed = true
		case c == '\n' && r != '`':
			return p.unterminated(start, d)
		case c == '\\' && p.pos+1 < len(p.text) && p.text[p.pos+1] != '\n':
			_, size = utf8.DecodeRuneInString(p.text[p.pos+1:])
			d.put(unescape(p.text[p.pos+1:p.pos+1+size]), p.pos, p.pos+1+size)
			size++
		default:
			d.put(string(c), p.pos, p.pos+size)
		}
		p.pos += size
	}
	if !closed {
		return p.unterminated(start, d)
	}
	span := Span{start, p.pos}
	p.fail(span, "the text stands in "+quoteName(r)+"; JSON knows double quotes only", `write `+shorten(`"`+string(d.text)+`"`))
	s := p.nodes.string(span, string(d.text))
	s.origins = d.places
	return s
}

func unescape(c string) string {
	if i := strings.Index("nrt", c); i >= 0 && len(c) == 1 {
		return "\n\r\t"[i : i+1]
	}
	return c
}

func quoteName(r rune) string {
	switch r {
	case '\'':
		return "single quotes"
	case '`':
		return "backticks"
	}
	return "typographic quotes"
}

// refuseEncoding returns a tree without content when f is not UTF-8 at all but
// UTF-16 or UTF-32, else nil.
func refuseEncoding(f *File) *Tree {
	src := f.Src
	wide := len(src) >= 2 && (src[0] == 0xFF && src[1] == 0xFE || src[0] == 0xFE && src[1] == 0xFF)
	wide = wide || len(src) >= 4 && (src[0] == 0) != (src[1] == 0) && (src[2] == 0) != (src[3] == 0) && (src[0] == 0) == (src[2] == 0)
	if !wide {
		return nil
	}
	all := Span{0, len(src)}
	return &Tree{File: f, Root: NewBad(all), Errors: []Error{{
		Span: Span{0, 2}, Code: BadEncoding, Message: "the file is in UTF-16", Help: "save the file as UTF-8",
	}}}
}
