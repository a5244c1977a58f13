package syntax

import (
	"slices"
	"unicode/utf8"
)

// MaxDepth is how deep objects and arrays may be nested. The service stops far
// earlier.
const MaxDepth = 1000

// ParseJSON parses f as JSON (RFC 8259). It always returns a tree: after an
// error it resynchronises and goes on, so that one broken place yields one
// error and the rest is still read.
func ParseJSON(f *File) *Tree {
	if tree := refuseEncoding(f); tree != nil {
		return tree
	}
	text := string(f.Src)
	best := parseJSON(text, recovery{})
	if best.brackets {
		best = tryRecoveries(text, best)
	}
	slices.SortStableFunc(best.errors, func(a, b Error) int { return a.Span.Start - b.Span.Start })
	return &Tree{File: f, Format: JSON, Root: best.root, Errors: best.errors, text: text}
}

// recovery says what a parser believes where brackets do not match. The text
// alone cannot tell, so that a broken text is parsed once for each belief, and
// the one that needs the fewest errors is taken.
type recovery struct {
	indentation bool // an object ends where the indentation says so, though its bracket is missing
	wrongCloser bool // a bracket of the wrong kind is a slip for the right one
}

func tryRecoveries(text string, plain *jsonParser) *jsonParser {
	best := parseJSON(text, recovery{indentation: true})
	for _, r := range []recovery{{indentation: true, wrongCloser: true}, {}, {wrongCloser: true}} {
		other := plain
		if r != (recovery{}) {
			other = parseJSON(text, r)
		}
		if other.cost() < best.cost() {
			best = other
		}
	}
	return best
}

// cost is how bad the outcome of a belief is. To leave text unread is worse than
// some errors more.
func (p *jsonParser) cost() int {
	if p.lost {
		return p.found + 10
	}
	return p.found
}

// jsonParser reads one text. Fields that only errors need are not touched on
// the way through valid text.
type jsonParser struct {
	text     string
	pos      int
	recovery recovery
	root     Node
	nodes    nodes

	open       []bracket // the objects and arrays around pos
	members    []Member  // members of the open objects
	items      []Node    // items of the open arrays
	duplicates duplicates
	plain      *[256]bool // bytes that stand for themselves in a string

	errors   []Error
	found    int  // number of errors, those beyond the limit included
	brackets bool // brackets do not match somewhere
	ended    bool // the unexpected end of the text is reported
	lost     bool // text after the end is not read
	hopeless bool // too many errors: what follows is not read
	template bool // a substitution is reported

	last     line // the last answer of lineOf,
	asked    int  // the question to it,
	measured bool // and whether there was one
}

// bracket is an open object or array.
type bracket struct {
	closer byte
	at     int
	line   line // only when recovering by indentation
}

func parseJSON(text string, r recovery) *jsonParser {
	p := &jsonParser{text: text, recovery: r, plain: &plainText}
	if !utf8.ValidString(text) {
		p.plain = &plainASCII
	}
	if len(text) >= len(byteOrderMark) && text[:len(byteOrderMark)] == byteOrderMark {
		p.pos = len(byteOrderMark)
	}
	p.document()
	return p
}

func (p *jsonParser) document() {
	for c := p.peek(); !p.hopeless && (c == ',' || c == ':' || c == '}' || c == ']'); c = p.peek() {
		p.fail(Span{p.pos, p.pos + 1}, "expected a value, found "+quoteByte(c), "start with {")
		p.pos++
	}
	if p.peek() == 0 || p.hopeless {
		p.root = NewBad(Span{p.pos, p.pos})
		if p.found == 0 {
			p.fail(Span{0, len(p.text)}, "the file is empty", "write a JSON object, such as {}")
		}
		return
	}
	p.root = p.value()
	if word, ok := p.root.(*String); ok && p.peek() == ':' {
		p.root = p.missingBraces(word)
	}
	if p.peek() != 0 && !p.hopeless && !p.isProse() {
		p.textAfterEnd()
	}
}

// isProse reports whether the text begins with a bare word: then it is not JSON
// at all, which has been said.
func (p *jsonParser) isProse() bool {
	word, ok := p.root.(*String)
	return ok && p.found > 0 && p.text[word.Span().Start] != '"'
}

// peek skips what separates tokens and returns the next byte, 0 at the end.
func (p *jsonParser) peek() byte {
	for p.pos < len(p.text) {
		switch c := p.text[p.pos]; c {
		case ' ', '\n', '\r', '\t':
			p.pos++
		case '"', ',', ':', '}', '[', ']':
			return c
		default:
			if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || !p.skipOddity(c) {
				return c
			}
		}
	}
	return 0
}

// value reads a value. The next byte must not be the end, a comma, a colon or a
// closing bracket.
func (p *jsonParser) value() Node {
	switch p.peek() {
	case '"':
		s := p.string()
		if p.pos < len(p.text) && isWordByte(p.text[p.pos]) {
			return p.innerQuotes(s)
		}
		return s
	case '{':
		if p.nextIs("{{") {
			return p.substitution()
		}
		return p.object()
	case '[':
		return p.array()
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return p.number()
	}
	return p.word()
}

func (p *jsonParser) nextIs(prefix string) bool {
	return len(p.text)-p.pos >= len(prefix) && p.text[p.pos:p.pos+len(prefix)] == prefix
}

// enter opens the bracket at pos; it refuses to go deeper than MaxDepth.
func (p *jsonParser) enter(closer byte) bool {
	if len(p.open) >= MaxDepth {
		return false
	}
	b := bracket{closer: closer, at: p.pos}
	if p.recovery.indentation {
		b.line = p.lineOf(p.pos)
	}
	p.open = append(p.open, b)
	p.pos++
	return true
}

func (p *jsonParser) leave() { p.open = p.open[:len(p.open)-1] }
