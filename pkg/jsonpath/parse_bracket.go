package jsonpath

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// parseBracket reads [...], the position being at the '['.
func (p *parser) parseBracket() (Step, error) {
	p.pos++
	p.skipSpace()
	var step Step
	var err error
	switch c := p.peek(); {
	case c == '\'' || c == '"':
		step, err = p.parseQuotedNames()
	case c == '*':
		p.pos++
		step = Step{Kind: StepWildcard}
	case c == '?':
		step, err = p.parseFilterStep()
	case c == '-' || c == ':' || c >= '0' && c <= '9':
		step, err = p.parseNumbers()
	case c == '(':
		step, err = p.parseFromEnd()
	case p.atEnd():
		err = p.errorf("']' is missing")
	default:
		err = p.errorf("expected a quoted name, an index, '*' or a filter, found %s; a name in brackets needs quotes", p.describe())
	}
	if err != nil {
		return step, err
	}
	p.skipSpace()
	if p.peek() != ']' {
		return step, p.errorf("expected ']', found %s", p.describe())
	}
	p.pos++
	return step, nil
}

// fromEnd is the one script that the service's library evaluates: the place of an
// element counted from the end of its array.
var fromEnd = regexp.MustCompile(`^\(\s*@\.length\s*-\s*([0-9]{1,9})\s*\)`)

func (p *parser) parseFromEnd() (Step, error) {
	found := fromEnd.FindStringSubmatch(p.text[p.pos:])
	if found == nil {
		return Step{}, p.errorf("a script can only be (@.length-1) or the like; use an index or a filter [?(...)]")
	}
	p.pos += len(found[0])
	n, _ := strconv.Atoi(found[1]) // nine digits at most
	return Step{Kind: StepFromEnd, Index: n}, nil
}

func (p *parser) parseQuotedNames() (Step, error) {
	var names []string
	for {
		p.skipSpace()
		if c := p.peek(); c != '\'' && c != '"' {
			return Step{}, p.errorf("expected a quoted name, found %s", p.describe())
		}
		name, err := p.parseQuoted()
		if err != nil {
			return Step{}, err
		}
		names = append(names, name)
		p.skipSpace()
		if p.peek() != ',' {
			break
		}
		p.pos++
	}
	if len(names) == 1 {
		return Step{Kind: StepMember, Name: names[0], key: names[0], operator: -1}, nil
	}
	return Step{Kind: StepNames, Names: names}, nil
}

// parseQuoted reads a name or a string in quotes, with backslash escapes.
func (p *parser) parseQuoted() (string, error) {
	quote := p.text[p.pos]
	open := p.pos
	p.pos++
	start := p.pos
	escaped := false
	for ; !p.atEnd(); p.pos++ {
		switch p.text[p.pos] {
		case quote:
			content := p.text[start:p.pos]
			p.pos++
			if escaped {
				content = unescape(content, quote)
			}
			return content, nil
		case '\\':
			escaped = true
			p.pos++
		}
	}
	p.pos = open
	return "", p.errorf("the quote %c is not closed", quote)
}

// unescape takes the backslashes away: \n, \t and the like and \uXXXX become
// the character they name, any other character stands for itself. Between single
// quotes the library leaves \" as it stands, as was recorded.
func unescape(text string, quote byte) string {
	const names, bytes = "bfnrt", "\b\f\n\r\t"
	buf := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			buf = append(buf, text[i])
			continue
		}
		i++
		if text[i] == '"' && quote == '\'' {
			buf = append(buf, '\\')
		}
		if text[i] == 'u' {
			if r, size := unicodeEscape(text[i+1:]); size > 0 {
				buf = utf8.AppendRune(buf, r)
				i += size
				continue
			}
		}
		if at := strings.IndexByte(names, text[i]); at >= 0 {
			buf = append(buf, bytes[at])
			continue
		}
		buf = append(buf, text[i])
	}
	return string(buf)
}

// unicodeEscape reads the digits of \uXXXX, and a second escape when the two
// form a surrogate pair; size 0 when they are not hexadecimal.
func unicodeEscape(digits string) (r rune, size int) {
	high, ok := hex4(digits)
	if !ok {
		return 0, 0
	}
	if utf16.IsSurrogate(high) && strings.HasPrefix(digits[4:], `\u`) {
		if low, ok := hex4(digits[6:]); ok {
			if full := utf16.DecodeRune(high, low); full != utf8.RuneError {
				return full, 10
			}
		}
	}
	return high, 4
}

func hex4(digits string) (rune, bool) {
	if len(digits) < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(digits[:4], 16, 16)
	return rune(n), err == nil
}

// parseNumbers reads an index, a list of indexes, or a slice.
func (p *parser) parseNumbers() (Step, error) {
	start := p.pos
	first, err := p.parseBound()
	if err != nil {
		return Step{}, err
	}
	p.skipSpace()
	switch p.peek() {
	case ':':
		return p.parseSlice(first)
	case ',':
		return p.parseIndexes(first)
	}
	if first == nil {
		p.pos = start
		return Step{}, p.errorf("an index is missing")
	}
	return Step{Kind: StepIndex, Index: *first}, nil
}

func (p *parser) parseSlice(from *int) (Step, error) {
	step := Step{Kind: StepSlice, Slice: Slice{From: from}}
	var err error
	p.pos++
	p.skipSpace()
	if step.Slice.To, err = p.parseBound(); err != nil {
		return step, err
	}
	p.skipSpace()
	if p.peek() == ':' {
		p.pos++
		p.skipSpace()
		if step.Slice.Stride, err = p.parseBound(); err != nil {
			return step, err
		}
	}
	if step.Slice.From == nil && step.Slice.To == nil {
		return step, p.errorf("a slice needs a start or an end; for all elements write [*]")
	}
	return step, nil
}

func (p *parser) parseIndexes(first *int) (Step, error) {
	step := Step{Kind: StepIndexes, Indexes: []int{*first}}
	for p.peek() == ',' {
		p.pos++
		p.skipSpace()
		next, err := p.parseBound()
		if err != nil {
			return step, err
		}
		if next == nil {
			return step, p.errorf("expected an index, found %s", p.describe())
		}
		step.Indexes = append(step.Indexes, *next)
		p.skipSpace()
	}
	return step, nil
}

// parseBound reads an integer, which must fit in Java's int; nil when there is
// none.
func (p *parser) parseBound() (*int, error) {
	start := p.pos
	if p.peek() == '-' {
		p.pos++
	}
	digits := p.pos
	for c := p.peek(); c >= '0' && c <= '9'; c = p.peek() {
		p.pos++
	}
	if p.pos == digits {
		if digits > start {
			return nil, p.errorf("expected a digit, found %s", p.describe())
		}
		return nil, nil
	}
	n, err := strconv.ParseInt(p.text[start:p.pos], 10, 64)
	if err != nil || n > math.MaxInt32 || n < math.MinInt32 {
		p.pos = start
		return nil, p.errorf("the index is too large")
	}
	bound := int(n)
	return &bound, nil
}
