package syntax

import (
	"strconv"
	"unicode/utf8"
)

const (
	maxErrors = 100  // reported for one file
	tooWrong  = 1000 // errors after which a text is not read further
)

func (p *jsonParser) fail(span Span, message, help string) {
	p.add(Error{Span: span, Message: message, Help: help})
}

func (p *jsonParser) add(e Error) {
	p.found++
	switch {
	case p.found <= maxErrors:
		p.errors = append(p.errors, e)
	case p.found == maxErrors+1:
		p.errors = append(p.errors, tooMany(e.Span))
	case p.found >= tooWrong:
		p.hopeless, p.ended = true, true
	}
}

func tooMany(at Span) Error {
	return Error{Span: at, Message: "more errors follow; they are not shown", Help: "correct the first ones"}
}

func quoteByte(c byte) string { return `"` + string(rune(c)) + `"` }

// quote puts text in double quotes as it stands, shortened; what cannot be
// printed is escaped.
func quote(text string) string {
	text = shorten(text)
	quoted := strconv.Quote(text)
	if len(quoted) == len(text)+2 || !utf8.ValidString(text) {
		return quoted
	}
	for _, r := range text {
		if !strconv.IsPrint(r) {
			return quoted
		}
	}
	return `"` + text + `"`
}

const maxQuoted = 40

// shorten cuts text to what a message can carry.
func shorten(text string) string {
	if utf8.RuneCountInString(text) <= maxQuoted {
		return text
	}
	n := 0
	for i := range text {
		if n == maxQuoted-3 {
			return text[:i] + "..."
		}
		n++
	}
	return text
}

// glance returns the token at pos, for messages.
func (p *jsonParser) glance() string {
	end := p.pos
	if p.text[end] == '"' {
		end++
		start := end
		for end < len(p.text) && p.text[end] != '"' && p.text[end] != '\n' {
			end++
		}
		return p.text[start:end]
	}
	for end < len(p.text) && isWordByte(p.text[end]) {
		end++
	}
	if end == p.pos {
		_, size := utf8.DecodeRuneInString(p.text[p.pos:])
		end += size
	}
	return p.text[p.pos:end]
}

func bracketKind(closer byte) string {
	if closer == '}' {
		return "object"
	}
	return "array"
}

func hasLineBreak(text string) bool {
	for i := range len(text) {
		if text[i] == '\n' || text[i] == '\r' {
			return true
		}
	}
	return false
}
