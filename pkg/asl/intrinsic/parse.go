package intrinsic

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// MaxNesting is how deep calls may nest in one field, the outermost counted.
const MaxNesting = 10

// maxTextLength bounds a call; a whole definition is at most 1 MB.
const maxTextLength = 1 << 20

// SyntaxError tells why a text is not a call that the service accepts.
type SyntaxError struct {
	Start, End int    // byte offsets of the fault; equal where something is missing
	Message    string // what is wrong and what to write instead
	Suggestion string // the function that was probably meant; replaces the text between Start and End
}

// Error gives the message and the byte offset.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s (at byte %d)", e.Message, e.Start)
}

// Parse reads a call of an intrinsic function. The error is a *[SyntaxError]
// and stands for a definition that the service refuses. What the service
// accepts and fails on later, such as too few arguments, is for [Call.Check].
func Parse(text string) (*Call, error) {
	if len(text) > maxTextLength {
		return nil, &SyntaxError{0, len(text), "the call is longer than 1 MB", ""}
	}
	p := &parser{text: text}
	p.skipSpace()
	call, err := p.parseCall()
	if err != nil {
		return nil, err
	}
	if p.skipSpace(); !p.atEnd() {
		return nil, p.errorf("unexpected %s after the call; the result of a function cannot be indexed or combined", p.describe())
	}
	return call, nil
}

type parser struct {
	text  string
	pos   int
	depth int
}

func (p *parser) parseCall() (*Call, error) {
	call := &Call{Start: p.pos}
	for !p.atEnd() && isNameByte(p.text[p.pos]) {
		p.pos++
	}
	call.Name = p.text[call.Start:p.pos]
	if err := p.checkName(call); err != nil {
		return nil, err
	}
	if p.depth++; p.depth > MaxNesting {
		return nil, p.errorAt(call.Start, fmt.Sprintf("calls nest deeper than %d levels; compute part of it in a state before", MaxNesting))
	}
	p.pos++
	if err := p.parseArguments(call); err != nil {
		return nil, err
	}
	p.depth--
	call.End = p.pos
	call.Text = p.text[call.Start:call.End]
	return call, nil
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_'
}

func (p *parser) checkName(call *Call) error {
	switch {
	case call.Name == "":
		return p.errorf("expected a path that starts with '$' or a function such as States.Format(...), found %s", p.describe())
	case p.peek() != '(':
		return p.errorWord(call.Start)
	}
	function, ok := Lookup(call.Name)
	if !ok {
		err := p.errorAt(call.Start, fmt.Sprintf("there is no function '%s'", call.Name))
		if err.Suggestion = suggest(call.Name); err.Suggestion != "" {
			err.Message += fmt.Sprintf("; did you mean %s?", err.Suggestion)
		}
		return err
	}
	call.Function = function
	return nil
}

// errorWord reports a word that the grammar does not know.
func (p *parser) errorWord(start int) *SyntaxError {
	for !p.atEnd() && strings.IndexByte(" \t\r\n,()'", p.text[p.pos]) < 0 {
		p.pos++
	}
	return p.errorAt(start, fmt.Sprintf("'%s' is neither a path nor a function call; a path starts with '$', text stands in single quotes", p.text[start:p.pos]))
}

func (p *parser) parseArguments(call *Call) error {
	if p.skipSpace(); p.peek() == ')' {
		p.pos++
		return nil
	}
	for {
		p.skipSpace()
		argument, err := p.parseArgument()
		if err != nil {
			return err
		}
		call.Args = append(call.Args, argument)
		p.skipSpace()
		switch p.peek() {
		case ')':
			p.pos++
			return nil
		case ',':
			p.pos++
		default:
			return p.errorf("expected ',' or ')', found %s", p.describe())
		}
	}
}

func (p *parser) parseArgument() (Argument, error) {
	argument := Argument{Start: p.pos}
	var err error
	switch c := p.peek(); {
	case c == '$':
		argument.Kind = ArgumentPath
		argument.Path, err = p.parsePath()
	case c == '\'':
		argument.Literal, err = p.parseString()
	case c == '-' || c >= '0' && c <= '9':
		argument.Literal, err = p.parseNumber()
	case c == '"':
		err = p.errorf("strings stand in single quotes here")
	default:
		err = p.parseWord(&argument)
	}
	argument.End = p.pos
	argument.Text = p.text[argument.Start:p.pos]
	return argument, err
}

// parseWord reads true, false, null or a nested call.
func (p *parser) parseWord(argument *Argument) (err error) {
	for word, literal := range map[string]value.Value{"true": value.Bool(true), "false": value.Bool(false), "null": value.Null()} {
		rest, found := strings.CutPrefix(p.text[p.pos:], word)
		if found && (rest == "" || !isNameByte(rest[0]) && rest[0] != '(') {
			p.pos += len(word)
			argument.Literal = literal
			return nil
		}
	}
	argument.Kind = ArgumentCall
	argument.Call, err = p.parseCall()
	return err
}

func (p *parser) parseNumber() (value.Value, error) {
	start := p.pos
	for !p.atEnd() && strings.IndexByte("+-.0123456789eE", p.text[p.pos]) >= 0 {
		p.pos++
	}
	number, err := value.ParseCompact(p.text[start:p.pos])
	if err != nil {
		return number, p.errorAt(start, fmt.Sprintf("'%s' is not a number", p.text[start:p.pos]))
	}
	return number, nil
}

// parsePath reads a path up to the comma or parenthesis that ends the
// argument.
func (p *parser) parsePath() (*jsonpath.Path, error) {
	start := p.pos
	p.pos += pathLength(p.text[start:])
	path, err := jsonpath.Parse(p.text[start:p.pos])
	var syntax *jsonpath.SyntaxError
	if errors.As(err, &syntax) {
		at := start + syntax.Offset
		return nil, &SyntaxError{at, at, syntax.Message, ""}
	}
	return path, err
}

// pathLength returns the length of the path that text starts with. Brackets
// and parentheses may hold anything; quotes and backslashes protect.
func pathLength(text string) int {
	depth := 0
	var quote byte
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case depth > 0 && (c == '\'' || c == '"'):
			quote = c
		case c == '[' || c == '(':
			depth++
		case depth == 0 && (c == ',' || c == ')' || isSpace(c)):
			return i
		case c == ']' || c == ')':
			depth--
		}
	}
	return len(text)
}

// parseString reads a quoted string. Only quote, braces and backslash may be
// escaped; the service refuses any other escape.
func (p *parser) parseString() (value.Value, error) {
	open := p.pos
	var buf []byte
	for p.pos++; !p.atEnd(); p.pos++ {
		switch c := p.text[p.pos]; c {
		case '\'':
			p.pos++
			return value.String(string(buf)), nil
		case '\\':
			p.pos++
			if p.atEnd() || strings.IndexByte(`'{}\`, p.text[p.pos]) < 0 {
				p.pos--
				return value.Value{}, p.errorf(`a backslash must be followed by ', {, } or \; write a line break or a quote as it is`)
			}
			buf = append(buf, p.text[p.pos])
		default:
			buf = append(buf, c)
		}
	}
	p.pos = open
	return value.Value{}, p.errorf("the string is not closed; ' is missing")
}

// errorf reports a fault at the position.
func (p *parser) errorf(format string, args ...any) *SyntaxError {
	return p.errorAt(p.pos, fmt.Sprintf(format, args...))
}

// errorAt reports a fault from start to the position.
func (p *parser) errorAt(start int, message string) *SyntaxError {
	return &SyntaxError{Start: start, End: p.pos, Message: message}
}

func (p *parser) atEnd() bool { return p.pos >= len(p.text) }

func (p *parser) peek() byte {
	if p.atEnd() {
		return 0
	}
	return p.text[p.pos]
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

func (p *parser) skipSpace() {
	for !p.atEnd() && isSpace(p.text[p.pos]) {
		p.pos++
	}
}

func (p *parser) describe() string {
	if p.atEnd() {
		return "the end"
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.pos:])
	return fmt.Sprintf("%q", r)
}
