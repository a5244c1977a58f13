package value

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// MaxDepth is how deep arrays and objects may nest in a text given to [Parse].
const MaxDepth = 10_000

// SyntaxError tells where a JSON text is broken.
type SyntaxError struct {
	Offset  int    // in bytes from the start of the text
	Message string // what was found or is missing there
}

// Error gives the message and the byte offset.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("invalid JSON at byte %d: %s", e.Offset, e.Message)
}

// Parse reads one JSON text (RFC 8259). The value keeps the text: strings
// without escapes share its memory, and the value's [Value.Raw] is the text
// without the white space around it. Of duplicate members the last one counts.
func Parse(text string) (Value, error) {
	v, err := ParseCompact(text)
	if err != nil {
		return Value{}, err
	}
	switch raw := strings.Trim(text, " \t\r\n"); v.kind { // nobody else has seen the node yet
	case KindArray:
		v.array().raw = raw
	case KindObject:
		v.object().raw = raw
	}
	return v, nil
}

// ParseCompact is [Parse] without keeping the raw text: the value prints
// compactly.
func ParseCompact(text string) (Value, error) {
	p := parser{text: text}
	v, err := p.parseValue(0)
	if err != nil {
		return Value{}, err
	}
	if p.skipSpace(); p.pos < len(text) {
		return Value{}, p.errorf("unexpected %s after the value", p.describe())
	}
	return v, nil
}

// parser reads a text. Elements and members collect on stacks until their
// array or object is complete, so that each gets one slice of the right size.
type parser struct {
	text    string
	pos     int
	items   []Value
	members []Member
	slabs   slabs
}

func (p *parser) errorf(format string, args ...any) error {
	return &SyntaxError{Offset: p.pos, Message: fmt.Sprintf(format, args...)}
}

func (p *parser) describe() string {
	if p.pos >= len(p.text) {
		return "end of text"
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.pos:])
	return strconv.QuoteRune(r)
}

func (p *parser) skipSpace() {
	for p.pos < len(p.text) {
		switch p.text[p.pos] {
		case ' ', '\t', '\r', '\n':
			p.pos++
		default:
			return
		}
	}
}

func (p *parser) parseValue(depth int) (Value, error) {
	p.skipSpace()
	if depth > MaxDepth {
		return Value{}, p.errorf("nested deeper than %d levels", MaxDepth)
	}
	if p.pos >= len(p.text) {
		return Value{}, p.errorf("a value is missing")
	}
	switch c := p.text[p.pos]; {
	case c == '{':
		return p.parseObject(depth)
	case c == '[':
		return p.parseArray(depth)
	case c == '"':
		s, err := p.parseString()
		return String(s), err
	case c == '-' || c >= '0' && c <= '9':
		return p.parseNumber()
	}
	return p.parseLiteral()
}

func (p *parser) parseLiteral() (Value, error) {
	rest := p.text[p.pos:]
	switch {
	case strings.HasPrefix(rest, "true"):
		p.pos += 4
		return Bool(true), nil
	case strings.HasPrefix(rest, "false"):
		p.pos += 5
		return Bool(false), nil
	case strings.HasPrefix(rest, "null"):
		p.pos += 4
		return Null(), nil
	}
	return Value{}, p.errorf("expected a value, found %s", p.describe())
}

func (p *parser) parseArray(depth int) (Value, error) {
	p.pos++
	if p.skipSpace(); p.peek() == ']' {
		p.pos++
		return p.slabs.array(nil), nil
	}
	base := len(p.items)
	for {
		item, err := p.parseValue(depth + 1)
		if err != nil {
			return Value{}, err
		}
		p.items = append(p.items, item)
		done, err := p.parseSeparator(']')
		if err != nil {
			return Value{}, err
		}
		if done {
			v := p.slabs.array(p.items[base:])
			p.items = p.items[:base]
			return v, nil
		}
	}
}

func (p *parser) parseObject(depth int) (Value, error) {
	p.pos++
	if p.skipSpace(); p.peek() == '}' {
		p.pos++
		return p.slabs.object(nil), nil
	}
	base := len(p.members)
	for {
		member, err := p.parseMember(depth)
		if err != nil {
			return Value{}, err
		}
		p.members = append(p.members, member)
		done, err := p.parseSeparator('}')
		if err != nil {
			return Value{}, err
		}
		if done {
			v := p.slabs.object(p.members[base:])
			p.members = p.members[:base]
			return v, nil
		}
	}
}

func (p *parser) parseMember(depth int) (Member, error) {
	p.skipSpace()
	if p.peek() != '"' {
		return Member{}, p.errorf("expected a quoted member name, found %s", p.describe())
	}
	key, err := p.parseString()
	if err != nil {
		return Member{}, err
	}
	p.skipSpace()
	if p.peek() != ':' {
		return Member{}, p.errorf("expected ':' after the member name, found %s", p.describe())
	}
	p.pos++
	v, err := p.parseValue(depth + 1)
	return Member{key, v}, err
}

// parseSeparator reads a comma, or the closing character, which ends the list.
func (p *parser) parseSeparator(closing byte) (done bool, err error) {
	p.skipSpace()
	switch p.peek() {
	case closing:
		p.pos++
		return true, nil
	case ',':
		p.pos++
		return false, nil
	}
	return false, p.errorf("expected ',' or '%c', found %s", closing, p.describe())
}

// peek returns the next byte, or 0 at the end.
func (p *parser) peek() byte {
	if p.pos < len(p.text) {
		return p.text[p.pos]
	}
	return 0
}

func (p *parser) skipDigits() bool {
	start := p.pos
	for c := p.peek(); c >= '0' && c <= '9'; c = p.peek() {
		p.pos++
	}
	return p.pos > start
}

func (p *parser) parseNumber() (Value, error) {
	start := p.pos
	if p.peek() == '-' {
		p.pos++
	}
	if p.peek() == '0' {
		p.pos++
	} else if !p.skipDigits() {
		return Value{}, p.errorf("expected a digit, found %s", p.describe())
	}
	integer := p.pos
	if p.peek() == '.' {
		p.pos++
		if !p.skipDigits() {
			return Value{}, p.errorf("expected a digit, found %s", p.describe())
		}
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		p.pos++
		if c := p.peek(); c == '+' || c == '-' {
			p.pos++
		}
		if !p.skipDigits() {
			return Value{}, p.errorf("expected a digit, found %s", p.describe())
		}
	}
	return numberFromText(p.text[start:p.pos], p.pos == integer), nil
}

// numberFromText reads a valid number; short integers take a fast way. The
// service reads "-0" as 0.
func numberFromText(text string, integer bool) Value {
	if text == "-0" {
		return Float(0)
	}
	if integer && len(text) <= 15 {
		i, _ := strconv.Atoi(text)
		return Float(float64(i))
	}
	if isShortest(text) {
		f, _ := strconv.ParseFloat(text, 64)
		return Float(f)
	}
	return Number(text)
}

// isShortest reports whether text is surely what its value prints as: up to 15
// digits survive the way through a double.
func isShortest(text string) bool {
	return len(text) <= 16 && text[len(text)-1] != '0' && !strings.ContainsAny(text, "eE") &&
		strings.IndexByte(text, '.') > 0 && !strings.Contains(text, "0.00000")
}

func (p *parser) parseString() (string, error) {
	p.pos++
	start := p.pos
	for p.pos < len(p.text) {
		switch c := p.text[p.pos]; {
		case c == '"':
			p.pos++
			return p.text[start : p.pos-1], nil
		case c == '\\':
			return p.parseEscaped(start)
		case c < ' ':
			return "", p.errorf("control character in a string; write it as \\u%04x", c)
		}
		p.pos++
	}
	return "", p.errorf("the string is not closed")
}

func (p *parser) parseEscaped(start int) (string, error) {
	buf := []byte(p.text[start:p.pos])
	for p.pos < len(p.text) {
		switch c := p.text[p.pos]; {
		case c == '"':
			p.pos++
			return string(buf), nil
		case c < ' ':
			return "", p.errorf("control character in a string; write it as \\u%04x", c)
		case c == '\\':
			var err error
			if buf, err = p.parseEscape(buf); err != nil {
				return "", err
			}
		default:
			buf = append(buf, c)
			p.pos++
		}
	}
	return "", p.errorf("the string is not closed")
}

func (p *parser) parseEscape(buf []byte) ([]byte, error) {
	const names, bytes = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	p.pos++
	c := p.peek()
	if c == 'u' {
		p.pos++
		r, err := p.parseUnicodeEscape()
		return utf8.AppendRune(buf, r), err
	}
	at := strings.IndexByte(names, c)
	if at < 0 {
		return nil, p.errorf("unknown escape \\%s", strings.Trim(p.describe(), "'"))
	}
	p.pos++
	return append(buf, bytes[at]), nil
}

func (p *parser) parseUnicodeEscape() (rune, error) {
	r, err := p.parseHex()
	if err != nil || !utf16.IsSurrogate(r) {
		return r, err
	}
	if strings.HasPrefix(p.text[p.pos:], `\u`) {
		mark := p.pos
		p.pos += 2
		low, err := p.parseHex()
		if err != nil {
			return 0, err
		}
		if full := utf16.DecodeRune(r, low); full != utf8.RuneError {
			return full, nil
		}
		p.pos = mark
	}
	return utf8.RuneError, nil
}

func (p *parser) parseHex() (rune, error) {
	if p.pos+4 > len(p.text) {
		return 0, p.errorf("\\u needs four hexadecimal digits")
	}
	n, err := strconv.ParseUint(p.text[p.pos:p.pos+4], 16, 16)
	if err != nil {
		return 0, p.errorf("\\u needs four hexadecimal digits")
	}
	p.pos += 4
	return rune(n), nil
}
