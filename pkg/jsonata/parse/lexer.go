package parse

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/jsonata/fault"
	"github.com/sfnctl/sfnctl/pkg/jsonata/regex"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// lexer cuts the text into tokens.
type lexer struct {
	text       string
	pos        int
	coalescing bool // ?? and ?: are operators
}

func (l *lexer) fail(code string, start, end int) *fault.Error {
	return fault.New(code, ast.Span{Start: start, End: end})
}

// next reads one token. Where an operator is expected, a slash divides;
// elsewhere it opens a regular expression.
func (l *lexer) next(operatorExpected bool) (token, *fault.Error) {
	if err := l.skipSpace(); err != nil {
		return token{}, err
	}
	if l.pos >= len(l.text) {
		return token{Span: ast.Span{Start: len(l.text), End: len(l.text)}}, nil
	}
	c := l.text[l.pos]
	switch {
	case c == '/' && !operatorExpected:
		return l.scanRegex()
	case isOperator(c):
		return l.scanOperator(), nil
	case c == '"' || c == '\'':
		return l.scanString(c)
	case c >= '0' && c <= '9':
		return l.scanNumber()
	case c == '`':
		return l.scanQuotedName()
	}
	return l.scanName(), nil
}

// token makes a token of the text from start to the current position.
func (l *lexer) token(k kind, start int, text string) token {
	return token{Span: ast.Span{Start: start, End: l.pos}, kind: k, text: text}
}

func (l *lexer) skipSpace() *fault.Error {
	for l.pos < len(l.text) {
		switch l.text[l.pos] {
		case ' ', '\t', '\n', '\r', '\v':
			l.pos++
		case '/':
			if !strings.HasPrefix(l.text[l.pos:], "/*") {
				return nil
			}
			end := strings.Index(l.text[l.pos+2:], "*/")
			if end < 0 {
				return l.fail("S0106", l.pos, l.pos)
			}
			l.pos += end + 4
		default:
			return nil
		}
	}
	return nil
}

func (l *lexer) scanOperator() token {
	start := l.pos
	if l.pos+2 <= len(l.text) {
		switch pair := l.text[l.pos : l.pos+2]; pair {
		case "..", ":=", "!=", ">=", "<=", "**", "~>":
			l.pos += 2
			return l.token(operatorToken, start, pair)
		case "?:", "??":
			if l.coalescing {
				l.pos += 2
				return l.token(operatorToken, start, pair)
			}
		}
	}
	l.pos++
	return l.token(operatorToken, start, l.text[start:l.pos])
}

func (l *lexer) scanString(quote byte) (token, *fault.Error) {
	start := l.pos
	l.pos++
	rest := l.text[l.pos:]
	if end := strings.IndexByte(rest, quote); end >= 0 && strings.IndexByte(rest[:end], '\\') < 0 {
		l.pos += end + 1
		return l.stringToken(start, rest[:end]), nil
	}
	var buf []byte
	for l.pos < len(l.text) {
		switch c := l.text[l.pos]; c {
		case quote:
			l.pos++
			return l.stringToken(start, string(buf)), nil
		case '\\':
			l.pos++
			var err *fault.Error
			if buf, err = l.scanEscape(buf); err != nil {
				return token{}, err
			}
		default:
			buf = append(buf, c)
			l.pos++
		}
	}
	return token{}, l.fail("S0101", start, l.pos)
}

func (l *lexer) stringToken(start int, text string) token {
	t := l.token(literalToken, start, text)
	t.literal = value.String(text)
	return t
}

// scanEscape reads what follows a backslash.
func (l *lexer) scanEscape(buf []byte) ([]byte, *fault.Error) {
	if l.pos >= len(l.text) {
		return buf, nil // the missing quote is reported
	}
	if l.text[l.pos] == 'u' {
		return l.scanUnicode(buf)
	}
	const letters, meanings = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	at := strings.IndexByte(letters, l.text[l.pos])
	if at < 0 {
		r, size := utf8.DecodeRuneInString(l.text[l.pos:])
		err := l.fail("S0103", l.pos-1, l.pos+size)
		err.Token = string(r)
		return nil, err
	}
	l.pos++
	return append(buf, meanings[at]), nil
}

// scanUnicode reads uXXXX, and a second one when the two are a surrogate pair.
// A lone surrogate is kept in the bytes that UTF-8 would give it.
func (l *lexer) scanUnicode(buf []byte) ([]byte, *fault.Error) {
	unit, ok := l.hex4(l.pos + 1)
	if !ok {
		return nil, l.fail("S0104", l.pos-1, l.pos)
	}
	l.pos += 5
	if unit >= 0xD800 && unit < 0xDC00 && strings.HasPrefix(l.text[l.pos:], `\u`) {
		if low, ok := l.hex4(l.pos + 2); ok && low >= 0xDC00 && low < 0xE000 {
			l.pos += 6
			unit = 0x10000 + (unit-0xD800)<<10 + (low - 0xDC00)
		}
	}
	if unit >= 0xD800 && unit < 0xE000 {
		return append(buf, 0xE0|byte(unit>>12), 0x80|byte(unit>>6)&0xBF, 0x80|byte(unit)&0xBF), nil
	}
	return utf8.AppendRune(buf, unit), nil
}

func (l *lexer) hex4(at int) (rune, bool) {
	if at+4 > len(l.text) {
		return 0, false
	}
	n, err := strconv.ParseUint(l.text[at:at+4], 16, 16)
	return rune(n), err == nil
}

// scanNumber reads (0|[1-9][0-9]*)(.[0-9]+)?([Ee][-+]?[0-9]+)?
func (l *lexer) scanNumber() (token, *fault.Error) {
	start := l.pos
	if l.text[l.pos] == '0' {
		l.pos++
	} else {
		l.pos = l.digits(l.pos)
	}
	if l.pos < len(l.text) && l.text[l.pos] == '.' {
		if end := l.digits(l.pos + 1); end > l.pos+1 {
			l.pos = end
		}
	}
	if l.pos < len(l.text) && l.text[l.pos]|0x20 == 'e' {
		at := l.pos + 1
		if at < len(l.text) && (l.text[at] == '-' || l.text[at] == '+') {
			at++
		}
		if end := l.digits(at); end > at {
			l.pos = end
		}
	}
	t := l.token(literalToken, start, l.text[start:l.pos])
	f, _ := strconv.ParseFloat(t.text, 64)
	if math.IsInf(f, 0) {
		err := l.fail("S0102", start, l.pos)
		err.Position, err.Token = start, t.text
		return token{}, err
	}
	t.literal = value.Float(f)
	return t, nil
}

func (l *lexer) digits(at int) int {
	for at < len(l.text) && l.text[at] >= '0' && l.text[at] <= '9' {
		at++
	}
	return at
}

func (l *lexer) scanQuotedName() (token, *fault.Error) {
	start := l.pos
	end := strings.IndexByte(l.text[l.pos+1:], '`')
	if end < 0 {
		l.pos = len(l.text)
		return token{}, l.fail("S0105", start, l.pos)
	}
	l.pos += end + 2
	return l.token(nameToken, start, l.text[start+1:l.pos-1]), nil
}

func (l *lexer) scanName() token {
	start := l.pos
	for l.pos < len(l.text) && !endsName(l.text[l.pos]) {
		l.pos++
	}
	text := l.text[start:l.pos]
	if text[0] == '$' {
		return l.token(variableToken, start, text[1:])
	}
	t := l.token(nameToken, start, text)
	switch text {
	case "and", "or", "in":
		t.kind = operatorToken
	case "true", "false":
		t.kind, t.literal = literalToken, value.Bool(text == "true")
	case "null":
		t.kind, t.literal = literalToken, value.Null()
	}
	return t
}

// scanRegex reads /pattern/flags. The pattern ends at the first slash that is
// neither escaped nor inside brackets of any sort.
func (l *lexer) scanRegex() (token, *fault.Error) {
	start := l.pos
	l.pos++
	depth := 0
	for ; l.pos < len(l.text); l.pos++ {
		switch l.text[l.pos] {
		case '/':
			if depth == 0 && !l.escaped(start) {
				return l.regexToken(start)
			}
		case '(', '[', '{':
			if l.text[l.pos-1] != '\\' {
				depth++
			}
		case ')', ']', '}':
			if l.text[l.pos-1] != '\\' {
				depth--
			}
		}
	}
	return token{}, l.fail("S0302", start, l.pos)
}

// escaped reports whether an odd number of backslashes stands before the
// current position.
func (l *lexer) escaped(start int) bool {
	count := 0
	for at := l.pos - 1; at > start && l.text[at] == '\\'; at-- {
		count++
	}
	return count%2 == 1
}

func (l *lexer) regexToken(start int) (token, *fault.Error) {
	pattern := l.text[start+1 : l.pos]
	if pattern == "" {
		return token{}, l.fail("S0301", start, l.pos)
	}
	l.pos++
	flags := l.pos
	for l.pos < len(l.text) && (l.text[l.pos] == 'i' || l.text[l.pos] == 'm') {
		l.pos++
	}
	program, err := regex.Compile(pattern, l.text[flags:l.pos])
	if err != nil {
		failure := l.fail("S0303", start, l.pos)
		failure.Message = "Invalid regular expression /" + pattern + "/: " + strings.TrimPrefix(err.Error(), "invalid regular expression ")
		failure.Token = pattern
		return token{}, failure
	}
	t := l.token(regexToken, start, pattern)
	t.regex = program
	return t, nil
}
