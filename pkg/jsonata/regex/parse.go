package regex

import (
	"strings"
	"unicode/utf8"
)

// maxNesting is how deep groups may nest.
const maxNesting = 250

type parser struct {
	text   string
	pos    int
	groups int // opened so far
	total  int // in the whole pattern, for back-references forward
	depth  int
	named  bool
	names  map[string]int
}

func (p *parser) fail(message string) error { return &SyntaxError{Offset: p.pos, Message: message} }

// countGroups finds the capturing groups beforehand: \2 is a back-reference
// only when there is a second group, even one after it.
func (p *parser) countGroups() {
	p.names = map[string]int{}
	inClass := false
	for i := 0; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == '\\':
			i++
		case c == '[':
			inClass = true
		case c == ']':
			inClass = false
		case c == '(' && !inClass:
			p.countGroup(p.text[i+1:])
		}
	}
}

func (p *parser) countGroup(rest string) {
	name, isNamed := groupName(rest)
	if isNamed || !strings.HasPrefix(rest, "?") {
		p.total++
	}
	if isNamed {
		p.names[name] = p.total
	}
}

// groupName reads the ?<name> after an opening parenthesis.
func groupName(rest string) (string, bool) {
	name, ok := strings.CutPrefix(rest, "?<")
	if !ok || strings.HasPrefix(name, "=") || strings.HasPrefix(name, "!") {
		return "", false
	}
	name, _, ok = strings.Cut(name, ">")
	return name, ok && name != ""
}

func (p *parser) parse() (node, error) {
	tree, err := p.parseChoice()
	if err == nil && p.pos < len(p.text) {
		return nil, p.fail("unmatched ')'")
	}
	return tree, err
}

func (p *parser) parseChoice() (node, error) {
	if p.depth++; p.depth > maxNesting {
		return nil, p.fail("groups are nested too deeply")
	}
	defer func() { p.depth-- }()
	var options []node
	for {
		option, err := p.parseSequence()
		if err != nil {
			return nil, err
		}
		options = append(options, option)
		if !p.accept("|") {
			break
		}
	}
	if len(options) == 1 {
		return options[0], nil
	}
	return choiceNode{options}, nil
}

func (p *parser) accept(s string) bool {
	if strings.HasPrefix(p.text[p.pos:], s) {
		p.pos += len(s)
		return true
	}
	return false
}

func (p *parser) parseSequence() (node, error) {
	var parts []node
	for p.pos < len(p.text) && p.text[p.pos] != '|' && p.text[p.pos] != ')' {
		before := p.groups
		part, quantifiable, err := p.parseTerm()
		if err != nil {
			return nil, err
		}
		if part, err = p.parseQuantifier(part, quantifiable, before); err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return sequenceNode{parts}, nil
}

func (p *parser) parseQuantifier(part node, quantifiable bool, before int) (node, error) {
	low, high, ok := p.readQuantifier()
	if !ok {
		return part, nil
	}
	switch {
	case !quantifiable:
		return nil, p.fail("nothing to repeat")
	case high >= 0 && high < low:
		return nil, p.fail("the bounds of a repetition are out of order")
	}
	return repeatNode{body: part, min: low, max: high, lazy: p.accept("?"), first: before + 1, last: p.groups + 1}, nil
}

func (p *parser) readQuantifier() (low, high int, ok bool) {
	switch {
	case p.accept("*"):
		return 0, -1, true
	case p.accept("+"):
		return 1, -1, true
	case p.accept("?"):
		return 0, 1, true
	}
	return p.readBounds()
}

// readBounds reads {n}, {n,} or {n,m}; anything else in braces is literal text.
func (p *parser) readBounds() (low, high int, ok bool) {
	start := p.pos
	if !p.accept("{") {
		return 0, 0, false
	}
	low, ok = p.readInt()
	high = low
	if ok && p.accept(",") {
		if high, _ = p.readInt(); p.text[p.pos-1] == ',' {
			high = -1
		}
	}
	if !ok || !p.accept("}") {
		p.pos = start
		return 0, 0, false
	}
	return low, high, true
}

// maxRepeat caps the numbers of a repetition: no text is longer.
const maxRepeat = 1 << 30

func (p *parser) readInt() (n int, ok bool) {
	for p.pos < len(p.text) && p.text[p.pos] >= '0' && p.text[p.pos] <= '9' {
		n = min(n*10+int(p.text[p.pos]-'0'), maxRepeat)
		ok = true
		p.pos++
	}
	return n, ok
}

func (p *parser) parseTerm() (part node, quantifiable bool, err error) {
	c := p.text[p.pos]
	switch c {
	case '^':
		p.pos++
		return assertionNode{opLineStart}, false, nil
	case '$':
		p.pos++
		return assertionNode{opLineEnd}, false, nil
	case '(':
		return p.parseGroup()
	case '.':
		p.pos++
		return anyNode{}, true, nil
	case '[':
		p.pos++
		set, err := p.parseClass()
		return classNode{set}, true, err
	case '\\':
		p.pos++
		return p.parseEscape()
	case '*', '+', '?':
		return nil, false, p.fail("nothing to repeat")
	case '{':
		if _, _, isQuantifier := p.readBounds(); isQuantifier {
			return nil, false, p.fail("nothing to repeat")
		}
	}
	r, size := utf8.DecodeRuneInString(p.text[p.pos:])
	p.pos += size
	return runeNode{r}, true, nil
}

func (p *parser) parseGroup() (part node, quantifiable bool, err error) {
	p.pos++
	look := lookNode{}
	isLook := true
	index := 0
	switch {
	case p.accept("?:"):
		isLook = false
	case p.accept("?="):
	case p.accept("?!"):
		look.negated = true
	case p.accept("?<="):
		look.behind = true
	case p.accept("?<!"):
		look.behind, look.negated = true, true
	default:
		isLook = false
		if name, named := groupName(p.text[p.pos:]); named {
			p.pos += len("?<>") + len(name)
		} else if p.accept("?") {
			return nil, false, p.fail("invalid group")
		}
		p.groups++
		index = p.groups
	}
	body, err := p.parseChoice()
	if err != nil {
		return nil, false, err
	}
	if !p.accept(")") {
		return nil, false, p.fail("unterminated group")
	}
	if isLook {
		look.body = body
		return look, !look.behind, nil
	}
	return groupNode{index, body}, true, nil
}

// parseEscape reads what follows a backslash outside a class.
func (p *parser) parseEscape() (part node, quantifiable bool, err error) {
	if p.pos >= len(p.text) {
		return nil, false, p.fail("\\ at the end of the pattern")
	}
	c := p.text[p.pos]
	switch {
	case c == 'b':
		p.pos++
		return assertionNode{opWordBoundary}, false, nil
	case c == 'B':
		p.pos++
		return assertionNode{opNotWordBoundary}, false, nil
	case c >= '1' && c <= '9':
		if group, ok := p.readReference(); ok {
			return backNode{group}, true, nil
		}
	case c == 'k' && p.named:
		return p.parseNamedReference()
	}
	if set := shorthand(c); set != nil {
		p.pos++
		return classNode{set}, true, nil
	}
	return runeNode{p.readCharacterEscape()}, true, nil
}

// readReference reads a decimal back-reference; a number above the count of
// groups is an octal or identity escape instead.
func (p *parser) readReference() (int, bool) {
	start := p.pos
	group, _ := p.readInt()
	if group <= p.total {
		return group, true
	}
	p.pos = start
	return 0, false
}

func (p *parser) parseNamedReference() (node, bool, error) {
	name, _, ok := strings.Cut(strings.TrimPrefix(p.text[p.pos+1:], "<"), ">")
	group, known := p.names[name]
	if !ok || !known {
		return nil, false, p.fail("reference to a group that does not exist")
	}
	p.pos += len("k<>") + len(name)
	return backNode{group}, true, nil
}

// readCharacterEscape reads an escape that stands for one character, inside or
// outside a class.
func (p *parser) readCharacterEscape() rune {
	r, size := utf8.DecodeRuneInString(p.text[p.pos:])
	p.pos += size
	switch r {
	case 't':
		return '\t'
	case 'n':
		return '\n'
	case 'v':
		return '\v'
	case 'f':
		return '\f'
	case 'r':
		return '\r'
	case 'c':
		return p.readControl()
	case 'x':
		return p.readHex(2, r)
	case 'u':
		return p.readUnicode()
	case '0', '1', '2', '3', '4', '5', '6', '7':
		return p.readOctal(r - '0')
	}
	return r
}

func (p *parser) readControl() rune {
	if p.pos < len(p.text) {
		if c := p.text[p.pos] | 0x20; c >= 'a' && c <= 'z' {
			p.pos++
			return rune(c & 31)
		}
	}
	p.pos-- // a lone \c is a backslash and a c
	return '\\'
}

func (p *parser) readOctal(n rune) rune {
	for i := 0; i < 2 && p.pos < len(p.text) && n < 32; i++ {
		c := p.text[p.pos]
		if c < '0' || c > '7' {
			break
		}
		n = n*8 + rune(c-'0')
		p.pos++
	}
	return n
}

// readHex reads exactly digits hexadecimal digits, else the escape stands for
// the letter itself.
func (p *parser) readHex(digits int, letter rune) rune {
	if p.pos+digits > len(p.text) {
		return letter
	}
	n := rune(0)
	for _, c := range []byte(p.text[p.pos : p.pos+digits]) {
		digit := strings.IndexByte("0123456789abcdef", c|0x20)
		if c < '0' || digit < 0 {
			return letter
		}
		n = n*16 + rune(digit)
	}
	p.pos += digits
	return n
}

// readUnicode reads \uXXXX, and two of them when they are a surrogate pair.
func (p *parser) readUnicode() rune {
	high := p.readHex(4, 'u')
	if high < 0xD800 || high > 0xDBFF || !strings.HasPrefix(p.text[p.pos:], `\u`) {
		return high
	}
	mark := p.pos
	p.pos += 2
	if low := p.readHex(4, 'u'); low >= 0xDC00 && low <= 0xDFFF {
		return (high-0xD800)<<10 + (low - 0xDC00) + 0x10000
	}
	p.pos = mark
	return high
}
