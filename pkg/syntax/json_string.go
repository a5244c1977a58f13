package syntax

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// plainText marks the bytes that stand for themselves in a string of a text
// that is valid UTF-8, plainASCII those in any text.
var plainText, plainASCII = plainBytes(0x100), plainBytes(utf8.RuneSelf)

func plainBytes(end int) (plain [256]bool) {
	for c := ' '; c < rune(end); c++ {
		plain[c] = c != '"' && c != '\\'
	}
	return plain
}

// string reads a string in double quotes; pos is at the first.
func (p *jsonParser) string() *String {
	start := p.pos
	i := start + 1
	for i < len(p.text) && p.plain[p.text[i]] {
		i++
	}
	if i < len(p.text) && p.text[i] == '"' {
		p.pos = i + 1
		return p.nodes.string(Span{start, i + 1}, p.text[start+1:i])
	}
	return p.stringWithEscapes(start, i)
}

// stringWithEscapes goes on from at, where the first byte stands that does not
// stand for itself.
func (p *jsonParser) stringWithEscapes(start, at int) *String {
	d := decoder{places: []origin{{0, start + 1}}}
	d.text = append(d.text, p.text[start+1:at]...)
	p.pos = at
	complained := false
	closed := false
	for p.pos < len(p.text) && !closed {
		c := p.text[p.pos]
		switch {
		case p.plain[c]:
			d.text = append(d.text, c)
			p.pos++
		case c == '"':
			p.pos++
			closed = true
		case c == '\\':
			p.escape(&d)
		case c >= utf8.RuneSelf:
			p.encoded(&d, &complained)
		case (c == '\n' || c == '\r') && p.endsAtLineBreak():
			return p.unterminated(start, d)
		default:
			p.controlCharacter(&d, &complained)
		}
	}
	if !closed {
		return p.unterminated(start, d)
	}
	s := p.nodes.string(Span{start, p.pos}, string(d.text))
	s.origins = d.places
	return s
}

// decoder collects the value of a string and where its bytes come from.
type decoder struct {
	text   []byte
	places []origin
}

// put adds text that stands for the source up to end.
func (d *decoder) put(text string, from, end int) {
	d.mark(from)
	d.text = append(d.text, text...)
	d.mark(end)
}

// mark says that the next byte comes from the source at place.
func (d *decoder) mark(place int) {
	n := len(d.places)
	if n > 0 {
		last := d.places[n-1]
		if last.value == len(d.text) {
			d.places[n-1].source = place
			return
		}
		if place-last.source == len(d.text)-last.value {
			return
		}
	}
	d.places = append(d.places, origin{len(d.text), place})
}

const escapes = `"\/bfnrt`

func (p *jsonParser) escape(d *decoder) {
	start := p.pos
	if start+1 >= len(p.text) {
		p.pos++
		return
	}
	c := p.text[start+1]
	if c == 'u' {
		p.unicodeEscape(d)
		return
	}
	i := strings.IndexByte(escapes, c)
	if i < 0 {
		p.wrongEscape(d)
		return
	}
	p.pos += 2
	d.put("\"\\/\b\f\n\r\t"[i:i+1], start, p.pos)
}

// wrongEscape reports a backslash before a character that has no escape; the
// character is taken as it stands.
func (p *jsonParser) wrongEscape(d *decoder) {
	start := p.pos
	p.pos++
	d.mark(p.pos)
	_, size := utf8.DecodeRuneInString(p.text[start+1:])
	help := `write \\ for a backslash`
	switch c := p.text[start+1]; c {
	case '\'', '`', '$', '{', '%', '#':
		help = "remove the backslash"
	case 'x':
		help = `write \u00 and two hexadecimal digits, or \\ for a backslash`
	case '\n', '\r':
		return // the line break is reported
	}
	p.fail(Span{start, start + 1 + size}, quote(p.text[start:start+1+size])+" is not a valid escape", help)
}

func (p *jsonParser) unicodeEscape(d *decoder) {
	start := p.pos
	r, ok := hex4(p.text[start+2:])
	if !ok {
		end := start + 2
		for end < len(p.text) && end < start+6 && isHex(p.text[end]) {
			end++
		}
		p.fail(Span{start, end}, quote(p.text[start:end])+" is not a valid escape: \\u needs four hexadecimal digits", `write four digits, or \\u for a backslash and a u`)
		p.pos = end
		d.put("\uFFFD", start, end)
		return
	}
	p.pos += 6
	if utf16.IsSurrogate(r) {
		low, ok := rune(0), false
		if p.nextIs(`\u`) {
			low, ok = hex4(p.text[p.pos+2:])
		}
		r = utf16.DecodeRune(r, low)
		if ok && r != utf8.RuneError {
			p.pos += 6
		}
	}
	d.put(string(r), start, p.pos)
}

func hex4(text string) (r rune, ok bool) {
	if len(text) < 4 {
		return 0, false
	}
	for i := range 4 {
		c := text[i]
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

// encoded copies a character beyond ASCII in a text that is not valid UTF-8.
func (p *jsonParser) encoded(d *decoder, complained *bool) {
	r, size := utf8.DecodeRuneInString(p.text[p.pos:])
	if r != utf8.RuneError || size > 1 {
		d.text = append(d.text, p.text[p.pos:p.pos+size]...)
		p.pos += size
		return
	}
	if !*complained {
		*complained = true
		p.add(Error{
			Span:    Span{p.pos, p.pos + 1},
			Code:    BadEncoding,
			Message: fmt.Sprintf("the byte 0x%02X is not UTF-8", p.text[p.pos]),
			Help:    "save the file as UTF-8",
		})
	}
	p.pos++
	d.put("\uFFFD", p.pos-1, p.pos)
}

// controlCharacter reports a character below U+0020, once for a string.
func (p *jsonParser) controlCharacter(d *decoder, complained *bool) {
	c := p.text[p.pos]
	if !*complained {
		*complained = true
		p.add(controlError(c, p.pos))
	}
	d.text = append(d.text, c)
	p.pos++
}

func controlError(c byte, at int) Error {
	e := Error{Span: Span{at, at + 1}}
	switch c {
	case '\n', '\r':
		e.Message, e.Help = "line break inside a string", `write \n for the line break, or close the string before it`
	case '\t':
		e.Message, e.Help = "tab inside a string", `write \t`
	case 0:
		e.Code, e.Message, e.Help = BadEncoding, "NUL byte inside a string", "remove it; is the file text in UTF-8"
	default:
		e.Message, e.Help = fmt.Sprintf("control character U+%04X inside a string", c), fmt.Sprintf(`remove it, or write \u%04x`, c)
	}
	return e
}
