package jsonpath

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxTextLength = 1 << 20 // a whole definition is at most 1 MB
	maxSteps      = 10_000  // evaluation descends a level a step
)

// Parse reads a path: $ (the state's data), $$ (the Context object) or $name
// (a variable), and its steps. The error is a *[SyntaxError].
func Parse(text string) (*Path, error) {
	if len(text) > maxTextLength {
		return nil, &SyntaxError{0, "the path is longer than 1 MB"}
	}
	p := &parser{text: strings.TrimRight(text, " \t\r\n")}
	path, err := p.parseWhole()
	if err != nil {
		return nil, err
	}
	path.Text = text
	return path, nil
}

// parser reads a path from left to right. Methods that return an error have
// their position at the fault.
type parser struct {
	text  string
	pos   int
	depth int // of parentheses and filters
}

func (p *parser) parseWhole() (*Path, error) {
	if !strings.HasPrefix(p.text, "$") {
		return nil, p.errorf("a path starts with '$'")
	}
	path := &Path{}
	p.pos++
	switch {
	case p.peek() == '$':
		p.pos++
		path.Root = RootContext
	case !p.atEnd() && p.peek() != '.' && p.peek() != '[':
		path.Root = RootVariable
		if err := p.parseVariable(path); err != nil {
			return nil, err
		}
	}
	if err := p.parseSteps(path, false); err != nil {
		return nil, err
	}
	return path, nil
}

func (p *parser) parseVariable(path *Path) error {
	start := p.pos
	for !p.atEnd() {
		r, size := utf8.DecodeRuneInString(p.text[p.pos:])
		if !isIdentifier(r, p.pos == start) {
			break
		}
		p.pos += size
	}
	path.Variable = p.text[start:p.pos]
	if p.pos == start || !p.atEnd() && p.peek() != '.' && p.peek() != '[' {
		return p.errorf("expected '.' or '[', or a variable name, after '%s'", p.text[:p.pos])
	}
	return nil
}

// isIdentifier follows UAX #31, the rule for names of variables.
func isIdentifier(r rune, first bool) bool {
	if unicode.IsLetter(r) || unicode.Is(unicode.Nl, r) || unicode.Is(unicode.Other_ID_Start, r) || r == '_' {
		return true
	}
	return !first && unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Continue)
}

// parseSteps reads steps up to the end of the text or, in a filter, up to the
// end of the operand.
func (p *parser) parseSteps(path *Path, inFilter bool) error {
	for !p.atEnd() {
		start := p.pos
		var step Step
		var err error
		switch c := p.peek(); {
		case c == '[':
			step, err = p.parseBracket()
		case c == '.' && p.peekAt(1) == '.':
			p.pos += 2
			step = Step{Kind: StepDeepScan}
			err = p.checkAfterScan()
		case c == '.':
			p.pos++
			step, err = p.parseAfterDot(inFilter)
		case len(path.Steps) > 0 && path.Steps[len(path.Steps)-1].Kind == StepDeepScan:
			step, err = p.parseAfterDot(inFilter)
		case !inFilter && p.isBareName(path):
			step, err = p.parseAfterDot(inFilter)
		case inFilter:
			path.definite = isDefinite(path.Steps)
			return nil
		default:
			return p.errorf("expected '.' or '[', found %s", p.describe())
		}
		if err != nil {
			return err
		}
		if len(path.Steps) == maxSteps {
			return p.errorf("a path has at most %d steps", maxSteps)
		}
		step.Start, step.End = start, p.pos
		path.Steps = append(path.Steps, step)
	}
	path.definite = isDefinite(path.Steps)
	return nil
}

func (p *parser) checkAfterScan() error {
	switch p.peek() {
	case 0:
		return p.errorf("a path cannot end with '..'; name what to look for")
	case '.':
		return p.errorf("too many dots")
	}
	return nil
}

// isBareName reports whether a name follows a bracket without a dot, as in
// $.list[0]name. The library reads it like .name, and deployed definitions have it.
func (p *parser) isBareName(path *Path) bool {
	r, _ := utf8.DecodeRuneInString(p.text[p.pos:])
	return len(path.Steps) > 0 && p.text[p.pos-1] == ']' && isIdentifier(r, true)
}

// parseAfterDot reads what follows a dot: a name, '*', or a bracket, which
// may follow a dot here: $.[0].x
func (p *parser) parseAfterDot(inFilter bool) (Step, error) {
	switch p.peek() {
	case 0:
		return Step{}, p.errorf("a path cannot end with '.'; remove it or add a name")
	case '.':
		return Step{}, p.errorf("too many dots")
	case '[':
		return p.parseBracket()
	case '*':
		p.pos++
		return Step{Kind: StepWildcard}, nil
	}
	return p.parseName(inFilter)
}

// parseName reads an unquoted member name, in which a backslash takes the
// next character as it is.
func (p *parser) parseName(inFilter bool) (Step, error) {
	step := Step{Kind: StepMember, operator: -1}
	start := p.pos
	escaped := false
	for !p.atEnd() {
		c := p.peek()
		if c == '\\' {
			escaped = true
			p.pos++
			if p.atEnd() {
				return step, p.errorf("a backslash must be followed by a character")
			}
			p.pos += runeSize(p.text[p.pos:])
			continue
		}
		if c == '.' || c == '[' || inFilter && strings.IndexByte(" \t\r\n=!<>~&|),]", c) >= 0 {
			break
		}
		if c == '(' {
			return p.parseFunction(start)
		}
		if message := forbiddenInName(c); message != "" {
			return step, p.errorf("%s", message)
		}
		if step.operator < 0 && strings.IndexByte("@,:?*", c) >= 0 {
			step.operator, step.symbol = p.pos, c
		}
		p.pos++
	}
	if p.pos == start {
		return step, p.errorf("a name is missing, found %s", p.describe())
	}
	step.Name = p.text[start:p.pos]
	if escaped {
		step.Name = unescape(step.Name, 0)
	}
	step.key = step.Name
	return step, nil
}

func forbiddenInName(c byte) string {
	switch c {
	case ' ', '\t', '\r', '\n':
		return "white space in a name; write the name in brackets and quotes: ['my name']"
	case ']', ')', '\'', '"':
		return fmt.Sprintf("unexpected %c; write a name with this character in brackets and quotes", c)
	}
	return ""
}

// parseFunction reads the parentheses of name(...).
func (p *parser) parseFunction(start int) (Step, error) {
	name := p.text[start:p.pos]
	if name == "" {
		return Step{}, p.errorf("a name is missing before '('")
	}
	open := p.pos
	end := matchParenthesis(p.text, open)
	if end < 0 {
		return Step{}, p.errorf("')' is missing")
	}
	p.pos = end + 1
	return Step{
		Kind: StepFunction, Name: name, Arguments: p.text[open+1 : end],
		key: p.text[start:p.pos], operator: -1,
	}, nil
}

// matchParenthesis returns the place of the ')' that closes the '(' at open,
// -1 when there is none. Quoted text is skipped.
func matchParenthesis(text string, open int) int {
	depth := 0
	var quote byte
	for i := open; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

func (p *parser) errorf(format string, args ...any) error {
	return &SyntaxError{Offset: p.pos, Message: fmt.Sprintf(format, args...)}
}

func (p *parser) atEnd() bool { return p.pos >= len(p.text) }

// peek returns the next byte, 0 at the end.
func (p *parser) peek() byte { return p.peekAt(0) }

func (p *parser) peekAt(n int) byte {
	if p.pos+n < len(p.text) {
		return p.text[p.pos+n]
	}
	return 0
}

func (p *parser) skipSpace() {
	for !p.atEnd() && strings.IndexByte(" \t\r\n", p.text[p.pos]) >= 0 {
		p.pos++
	}
}

func (p *parser) describe() string {
	if p.atEnd() {
		return "the end of the path"
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.pos:])
	return fmt.Sprintf("%q", r)
}

func runeSize(text string) int {
	_, size := utf8.DecodeRuneInString(text)
	return size
}
