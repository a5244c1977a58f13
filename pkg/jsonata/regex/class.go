package regex

import (
	"unicode"
	"unicode/utf8"
)

// class is a set of characters.
type class struct {
	ranges  []runeRange
	nested  []*class // shorthands such as \d inside brackets
	negated bool
	ascii   [128]bool // the members below 128, negation included
}

type runeRange struct{ low, high rune }

func newClass(negated bool, ranges ...runeRange) *class {
	return (&class{ranges: ranges, negated: negated}).seal()
}

// seal fills the table of ASCII members.
func (c *class) seal() *class {
	for r := range rune(128) {
		c.ascii[r] = c.find(r) != c.negated
	}
	return c
}

func (c *class) has(r rune) bool {
	if r < 128 {
		return c.ascii[r]
	}
	return c.find(r) != c.negated
}

func (c *class) find(r rune) bool {
	for _, span := range c.ranges {
		if r >= span.low && r <= span.high {
			return true
		}
	}
	for _, other := range c.nested {
		if other.has(r) {
			return true
		}
	}
	return false
}

// folded returns the set that also holds a character when it holds another one
// that differs in case only.
func (c *class) folded() *class {
	positive := &class{ranges: c.ranges, nested: c.nested}
	positive.seal()
	return (&class{nested: []*class{positive}, negated: c.negated}).sealFolded()
}

func (c *class) sealFolded() *class {
	for r := range rune(128) {
		c.ascii[r] = c.findFolded(r) != c.negated
	}
	return c
}

func (c *class) hasFolded(r rune) bool {
	if r < 128 {
		return c.ascii[r]
	}
	return c.findFolded(r) != c.negated
}

func (c *class) findFolded(r rune) bool {
	if c.find(r) {
		return true
	}
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		if canonical(other) == canonical(r) && c.find(other) {
			return true
		}
	}
	return false
}

// canonical is the form that characters are compared in when case is ignored:
// upper case, unless that would turn a character beyond ASCII into one of ASCII.
func canonical(r rune) rune {
	if r < 128 {
		if r >= 'a' && r <= 'z' {
			return r - 32
		}
		return r
	}
	if upper := unicode.ToUpper(r); upper >= 128 {
		return upper
	}
	return r
}

var (
	digits     = []runeRange{{'0', '9'}}
	wordRunes  = []runeRange{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}
	spaceRunes = []runeRange{{'\t', '\r'}, {' ', ' '}, {0xA0, 0xA0}, {0x1680, 0x1680}, {0x2000, 0x200A},
		{0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}}
)

// shorthand returns the set of \d, \D, \w, \W, \s or \S; nil for another letter.
func shorthand(letter byte) *class {
	switch letter {
	case 'd', 'D':
		return newClass(letter == 'D', digits...)
	case 'w', 'W':
		return newClass(letter == 'W', wordRunes...)
	case 's', 'S':
		return newClass(letter == 'S', spaceRunes...)
	}
	return nil
}

// parseClass reads a class after its opening bracket.
func (p *parser) parseClass() (*class, error) {
	set := &class{negated: p.accept("^")}
	for {
		if p.pos >= len(p.text) {
			return nil, p.fail("unterminated character class")
		}
		if p.accept("]") {
			return set.seal(), nil
		}
		if err := p.parseClassItem(set); err != nil {
			return nil, err
		}
	}
}

func (p *parser) parseClassItem(set *class) error {
	low, lowSet, err := p.parseClassAtom()
	if err != nil {
		return err
	}
	isRange := p.pos+1 < len(p.text) && p.text[p.pos] == '-' && p.text[p.pos+1] != ']'
	if !isRange {
		set.add(low, low, lowSet)
		return nil
	}
	p.pos++
	high, highSet, err := p.parseClassAtom()
	switch {
	case err != nil:
		return err
	case lowSet != nil || highSet != nil: // [\w-x]: the hyphen is itself
		set.add(low, low, lowSet)
		set.add('-', '-', nil)
		set.add(high, high, highSet)
	case low > high:
		return p.fail("range out of order in character class")
	default:
		set.add(low, high, nil)
	}
	return nil
}

func (c *class) add(low, high rune, nested *class) {
	if nested != nil {
		c.nested = append(c.nested, nested)
		return
	}
	c.ranges = append(c.ranges, runeRange{low, high})
}

func (p *parser) parseClassAtom() (rune, *class, error) {
	if p.pos >= len(p.text) {
		return 0, nil, p.fail("unterminated character class")
	}
	if !p.accept(`\`) {
		r, size := utf8.DecodeRuneInString(p.text[p.pos:])
		p.pos += size
		return r, nil, nil
	}
	if p.pos >= len(p.text) {
		return 0, nil, p.fail("\\ at the end of the pattern")
	}
	letter := p.text[p.pos]
	if set := shorthand(letter); set != nil {
		p.pos++
		return 0, set, nil
	}
	if letter == 'b' {
		p.pos++
		return '\b', nil, nil
	}
	return p.readCharacterEscape(), nil, nil
}
