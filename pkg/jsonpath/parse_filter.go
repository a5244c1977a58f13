package jsonpath

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// maxDepth bounds how deep filters, parentheses and literals nest.
const maxDepth = 50

// parseFilterStep reads ?(...), the position being at the '?'.
func (p *parser) parseFilterStep() (Step, error) {
	p.pos++
	p.skipSpace()
	if p.peek() != '(' {
		return Step{}, p.errorf("expected '(' after '?', found %s; a filter is written [?(@.name == 'value')]", p.describe())
	}
	start := p.pos
	p.pos++
	expression, err := p.parseOr()
	if err != nil {
		return Step{}, err
	}
	if err := p.expectClosing(); err != nil {
		return Step{}, err
	}
	filter := &Filter{Text: p.text[start:p.pos], Expression: expression, Start: start, End: p.pos}
	return Step{Kind: StepFilter, Filter: filter}, nil
}

func (p *parser) expectClosing() error {
	p.skipSpace()
	if p.peek() != ')' {
		return p.errorf("expected ')', '&&' or '||', found %s", p.describe())
	}
	p.pos++
	return nil
}

func (p *parser) parseOr() (Expression, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.errorf("filters nest deeper than %d levels", maxDepth)
	}
	defer func() { p.depth-- }()
	left, err := p.parseAnd()
	for err == nil && p.accept("||") {
		var right Expression
		right, err = p.parseAnd()
		left = &Or{left, right}
	}
	return left, err
}

func (p *parser) parseAnd() (Expression, error) {
	left, err := p.parseCondition()
	for err == nil && p.accept("&&") {
		var right Expression
		right, err = p.parseCondition()
		left = &And{left, right}
	}
	return left, err
}

// accept skips white space and then token, when that comes next.
func (p *parser) accept(token string) bool {
	p.skipSpace()
	if !strings.HasPrefix(p.text[p.pos:], token) {
		return false
	}
	p.pos += len(token)
	return true
}

func (p *parser) parseCondition() (Expression, error) {
	negated := false
	for p.accept("!") {
		negated = !negated
	}
	condition, err := p.parsePlainCondition()
	if err != nil || !negated {
		return condition, err
	}
	return &Not{condition}, nil
}

func (p *parser) parsePlainCondition() (Expression, error) {
	if p.accept("(") {
		inner, err := p.parseOr()
		if err != nil {
			return nil, err
		}
		return inner, p.expectClosing()
	}
	left, err := p.parseOperand(true)
	if err != nil {
		return nil, err
	}
	operator, err := p.parseOperator()
	if err != nil {
		return nil, err
	}
	if operator == "" {
		if left.Path == nil {
			return nil, &SyntaxError{left.Start, "a condition starts with a path such as @.name; compare it with an operator"}
		}
		return &Exists{left.Path}, nil
	}
	right, err := p.parseOperand(operator == Matches)
	if err != nil {
		return nil, err
	}
	return p.comparison(left, operator, right)
}

func (p *parser) comparison(left Operand, operator Operator, right Operand) (Expression, error) {
	if isPattern := left.Pattern != nil || right.Pattern != nil; isPattern != (operator == Matches) {
		return nil, &SyntaxError{right.Start, "'=~' and a regular expression such as /a.*/ go together"}
	}
	return &Comparison{left, operator, right}, nil
}

var symbols = [...]Operator{Equal, NotEqual, Matches, LessOrEqual, GreaterOrEqual, Less, Greater}

var words = [...]Operator{In, NotIn, SubsetOf, AnyOf, NoneOf, All, SizeIs, Empty, Contains}

// parseOperator reads an operator; "" when the condition ends here.
func (p *parser) parseOperator() (Operator, error) {
	p.skipSpace()
	for _, symbol := range symbols {
		if p.accept(string(symbol)) {
			return symbol, nil
		}
	}
	word := p.text[p.pos : p.pos+wordLength(p.text[p.pos:])]
	if word == "" {
		if p.peek() == '=' {
			return "", p.errorf("'=' is not an operator; write '=='")
		}
		return "", nil
	}
	for _, name := range words {
		if strings.EqualFold(word, string(name)) {
			p.pos += len(word)
			return name, nil
		}
	}
	return "", p.errorf("unknown operator '%s'", word)
}

func wordLength(text string) int {
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		return len(text)
	}
	return end
}

// parseOperand reads a path, a string, a number, an array, an object, a bare word
// or, where one can stand, a regular expression. Elsewhere a slash begins a word:
// [?(@.Name==/a/b/c)].
func (p *parser) parseOperand(orPattern bool) (operand Operand, err error) {
	p.skipSpace()
	operand.Start = p.pos
	switch c := p.peek(); {
	case c == '@' || c == '$':
		operand.Path, err = p.parseInnerPath()
	case c == '/' && orPattern:
		operand.Pattern, err = p.parsePattern()
	case p.atEnd():
		err = p.errorf("the filter is not closed; ')' and ']' are missing")
	default:
		operand.Literal, operand.Bare, err = p.parseLiteral()
		operand.compared = operand.Literal
		if kind := operand.Literal.Kind(); kind == value.KindNumber || kind == value.KindBool {
			operand.compared = value.String(operand.Literal.Compact())
		}
	}
	operand.End = p.pos
	return operand, err
}

func (p *parser) parseInnerPath() (*Path, error) {
	start := p.pos
	path := &Path{Root: RootInput}
	if p.peek() == '@' {
		path.Root = RootItem
	}
	p.pos++
	if c := p.peek(); path.Root == RootInput && (c == '$' || isIdentifier(rune(c), true)) {
		return nil, p.errorf("inside a filter a path starts with '@' or '$'; the Context object and variables cannot be used")
	}
	if p.depth++; p.depth > maxDepth {
		return nil, p.errorf("filters nest deeper than %d levels", maxDepth)
	}
	err := p.parseSteps(path, true)
	p.depth--
	path.Text = p.text[start:p.pos]
	return path, err
}

// parsePattern reads /.../ and the flags after it.
func (p *parser) parsePattern() (*Pattern, error) {
	start := p.pos
	p.pos++
	for ; !p.atEnd() && p.text[p.pos] != '/'; p.pos++ {
		if p.text[p.pos] == '\\' {
			p.pos++
		}
	}
	if p.atEnd() {
		p.pos = start
		return nil, p.errorf("the regular expression is not closed; '/' is missing")
	}
	pattern := &Pattern{Source: p.text[start+1 : p.pos]}
	p.pos++
	flags := p.pos
	for strings.IndexByte("idmsuxU", p.peek()) >= 0 && !p.atEnd() {
		p.pos++
	}
	pattern.Flags = p.text[flags:p.pos]
	pattern.compiled, pattern.err = compileJava(pattern.Source, pattern.Flags)
	return pattern, nil
}

// parseLiteral reads a literal. A word without quotes is a string for the
// service: [?(@.Name==Receipt)].
func (p *parser) parseLiteral() (literal value.Value, bare bool, err error) {
	switch p.peek() {
	case '\'', '"':
		text, err := p.parseQuoted()
		return value.String(text), false, err
	case '[':
		literal, err = p.parseArrayLiteral()
		return literal, false, err
	case '{':
		literal, err = p.parseObjectLiteral()
		return literal, false, err
	}
	word := p.parseWord()
	if word == "" {
		return literal, false, p.errorf("expected a path, a string, a number or a word, found %s", p.describe())
	}
	if parsed, err := value.ParseCompact(word); err == nil {
		return parsed, false, nil
	}
	return value.String(word), true, nil
}

// parseWord reads up to a character that ends an operand.
func (p *parser) parseWord() string {
	start := p.pos
	for !p.atEnd() {
		c, size := utf8.DecodeRuneInString(p.text[p.pos:])
		if unicode.IsSpace(c) || strings.ContainsRune("=!<>~&|()[],'\"", c) {
			break
		}
		p.pos += size
	}
	return p.text[start:p.pos]
}

func (p *parser) parseArrayLiteral() (value.Value, error) {
	if p.depth++; p.depth > maxDepth {
		return value.Value{}, p.errorf("arrays nest deeper than %d levels", maxDepth)
	}
	defer func() { p.depth-- }()
	p.pos++
	var items []value.Value
	if p.accept("]") {
		return value.Array(), nil
	}
	for {
		p.skipSpace()
		item, _, err := p.parseLiteral()
		if err != nil {
			return value.Value{}, err
		}
		items = append(items, item)
		if p.accept("]") {
			return value.Array(items...), nil
		}
		if !p.accept(",") {
			return value.Value{}, p.errorf("expected ',' or ']', found %s", p.describe())
		}
	}
}

// parseObjectLiteral reads a JSON object.
func (p *parser) parseObjectLiteral() (value.Value, error) {
	depth := 0
	quoted := false
	for i := p.pos; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				literal, err := value.ParseCompact(p.text[p.pos : i+1])
				if err != nil {
					return literal, p.errorf("the object is not JSON: %s", err)
				}
				p.pos = i + 1
				return literal, nil
			}
		}
	}
	return value.Value{}, p.errorf("the object is not closed")
}
