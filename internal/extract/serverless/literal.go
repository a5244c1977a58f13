package serverless

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// exported finds what a program exports: an object, or the name of one.
var exported = regexp.MustCompile(`(?m)^\s*(?:module\.exports\s*=|export\s+default\b|export\s*=)\s*(\{|[A-Za-z_$][\w$]*)`)

// parseProgram reads the object that a configuration in TypeScript or
// JavaScript exports, as far as it is written out as a literal. Everything that
// would have to be executed becomes a placeholder. The root is nil when no
// literal is exported.
func parseProgram(file *syntax.File) *syntax.Tree {
	tree := &syntax.Tree{File: file, Format: syntax.JSON}
	match := exported.FindSubmatchIndex(file.Src)
	if match == nil {
		return tree
	}
	start := match[2]
	if name := string(file.Src[match[2]:match[3]]); name != "{" {
		declared := regexp.MustCompile(`(?m)^\s*(?:export\s+)?(?:const|let|var)\s+` + regexp.QuoteMeta(name) + `\s*(?::[^={]+)?=\s*\{`).FindIndex(file.Src)
		if declared == nil {
			return tree
		}
		start = declared[1] - 1
	}
	r := &literalReader{file: file, text: string(file.Src), at: start}
	if root, ok := r.object(0).(*syntax.Object); ok && !r.failed {
		tree.Root = root
	}
	return tree
}

// literalReader reads the literals of JavaScript.
type literalReader struct {
	file   *syntax.File
	text   string
	at     int
	failed bool // the text ends too early, or is not JavaScript
}

// next passes over blanks and comments, and returns the byte there; 0 at the
// end.
func (r *literalReader) next() byte {
	for r.at < len(r.text) {
		rest := r.text[r.at:]
		switch {
		case strings.HasPrefix(rest, "//"):
			r.at += lengthUntil(rest, "\n")
		case strings.HasPrefix(rest, "/*"):
			r.at += lengthUntil(rest, "*/")
		case strings.IndexByte(" \t\r\n", rest[0]) >= 0:
			r.at++
		default:
			return rest[0]
		}
	}
	return 0
}

// lengthUntil returns how long a text is up to the end of a word in it.
func lengthUntil(text, word string) int {
	if i := strings.Index(text, word); i >= 0 {
		return i + len(word)
	}
	return len(text)
}

// value reads a value and what follows it, such as "as const". A value
// with an operator after it is not a literal.
func (r *literalReader) value(depth int) syntax.Node {
	first := r.next()
	start := r.at
	var node syntax.Node
	switch {
	case depth > syntax.MaxDepth:
		r.failed = true
	case first == '{':
		node = r.object(depth)
	case first == '[':
		node = r.array(depth)
	case first == '\'' || first == '"' || first == '`':
		node = r.quoted(first)
	default:
		node = r.word()
	}
	if r.failed {
		return syntax.NewBad(syntax.Span{Start: start, End: r.at})
	}
	end := r.at
	switch r.next(); {
	case node != nil && r.atEnd():
		return node
	case node != nil && (strings.HasPrefix(r.text[r.at:], "as ") || strings.HasPrefix(r.text[r.at:], "satisfies ")):
		r.skip()
		return node
	}
	r.at = end
	r.skip()
	return r.computed(start)
}

// atEnd reports whether a value ends here.
func (r *literalReader) atEnd() bool {
	return r.at >= len(r.text) || strings.IndexByte(",}];)", r.text[r.at]) >= 0
}

// computed returns the placeholder for an expression that is not executed.
func (r *literalReader) computed(start int) syntax.Node {
	source := strings.TrimSpace(r.text[start:r.at])
	return host.Placed(syntax.Span{Start: start, End: start + len(source)}, host.Unknown(strings.Join(strings.Fields(source), " ")).Text)
}

// skip passes over an expression up to the comma or bracket that ends it.
func (r *literalReader) skip() {
	depth := 0
	for b := r.next(); b != 0; b = r.next() {
		switch {
		case depth == 0 && r.atEnd():
			return
		case b == '\'' || b == '"' || b == '`':
			r.quoted(b)
			continue
		case b == '{' || b == '[' || b == '(':
			depth++
		case b == '}' || b == ']' || b == ')':
			depth--
		}
		r.at++
	}
	r.failed = true
}

// word reads a number, true, false or null; nil for anything else.
func (r *literalReader) word() syntax.Node {
	start := r.at
	for r.at < len(r.text) && (isWordByte(r.text[r.at]) || r.text[r.at] == '.' || r.at == start && r.text[r.at] == '-') {
		r.at++
	}
	span := syntax.Span{Start: start, End: r.at}
	switch word := r.text[start:r.at]; word {
	case "true", "false":
		return syntax.NewBool(span, word == "true")
	case "null":
		return syntax.NewNull(span)
	default:
		if _, err := strconv.ParseFloat(word, 64); err == nil && strings.Trim(word, "-.0123456789") == "" {
			return syntax.NewNumber(span, word)
		}
	}
	return nil
}

func isWordByte(b byte) bool {
	return b == '_' || b == '$' || b >= '0' && b <= '9' || b|0x20 >= 'a' && b|0x20 <= 'z' || b >= utf8.RuneSelf
}

// array reads a list. One with a spread in it is not a literal.
func (r *literalReader) array(depth int) syntax.Node {
	start := r.at
	var items []syntax.Node
	spread := false
	r.at++
	for r.next() != ']' {
		if strings.HasPrefix(r.text[r.at:], "...") {
			spread = true
		}
		items = append(items, r.value(depth+1))
		if !r.separated(']') {
			return nil
		}
	}
	r.at++
	if spread {
		return r.computed(start)
	}
	return syntax.NewArray(syntax.Span{Start: start, End: r.at}, items...)
}

// separated passes over the comma between elements, and reports whether the text
// goes on.
func (r *literalReader) separated(closing byte) bool {
	switch b := r.next(); {
	case r.failed:
		return false
	case b == ',':
		r.at++
		return true
	case b == closing:
		return true
	}
	r.failed = true
	return false
}

// object reads an object. One with a spread or a computed key is not a literal.
func (r *literalReader) object(depth int) syntax.Node {
	start := r.at
	var members []syntax.Member
	known := true
	r.at++
	for r.next() != '}' {
		key := r.key()
		switch {
		case key == nil:
			known = false
			r.skip()
		case r.next() == ':':
			r.at++
			members = append(members, syntax.Member{Key: key, Value: r.value(depth + 1)})
		case r.atEnd(): // {name} is short for {name: name}
			members = append(members, syntax.Member{Key: key, Value: host.Placed(key.Span(), host.Unknown(key.Value).Text)})
		default: // a method
			known = false
			r.skip()
		}
		if !r.separated('}') {
			return nil
		}
	}
	r.at++
	if !known {
		return r.computed(start)
	}
	return syntax.NewObject(syntax.Span{Start: start, End: r.at}, members...)
}

// key reads the name of a member; nil when it is a spread or is computed.
func (r *literalReader) key() *syntax.String {
	if b := r.next(); b == '\'' || b == '"' {
		key, _ := r.quoted(b).(*syntax.String)
		return key
	}
	start := r.at
	for r.at < len(r.text) && isWordByte(r.text[r.at]) {
		r.at++
	}
	if r.at == start {
		return nil
	}
	return syntax.NewString(syntax.Span{Start: start, End: r.at}, r.text[start:r.at])
}

// quoted reads a string. A template literal with an expression in it becomes a
// placeholder.
func (r *literalReader) quoted(quote byte) syntax.Node {
	start := r.at
	var value []byte
	var places []int
	put := func(text string, at int) {
		for i := range len(text) {
			value, places = append(value, text[i]), append(places, at)
		}
	}
	for r.at++; r.at < len(r.text); {
		switch b := r.text[r.at]; {
		case b == quote:
			places = append(places, r.at)
			r.at++
			return syntax.NewStringAt(syntax.Span{Start: start, End: r.at}, string(value), places)
		case b == '\\':
			size, means := scriptEscape(r.text[r.at:])
			put(means, r.at)
			r.at += size
		case quote == '`' && strings.HasPrefix(r.text[r.at:], "${"):
			size := lengthUntil(r.text[r.at:], "}")
			put(host.Unknown(strings.Trim(r.text[r.at:r.at+size], "${}")).Text, r.at)
			r.at += size
		case b == '\n' && quote != '`':
			r.failed = true
			return nil
		default:
			put(r.text[r.at:r.at+1], r.at)
			r.at++
		}
	}
	r.failed = true
	return nil
}

// scriptEscape returns the size of the escape that a text begins with, and what
// it stands for.
func scriptEscape(text string) (size int, means string) {
	if len(text) < 2 {
		return len(text), ""
	}
	switch text[1] {
	case 'n':
		return 2, "\n"
	case 't':
		return 2, "\t"
	case 'r':
		return 2, "\r"
	case '\n':
		return 2, ""
	case 'u':
		if len(text) >= 6 {
			if code, err := strconv.ParseUint(text[2:6], 16, 32); err == nil && utf8.ValidRune(rune(code)) {
				return 6, string(rune(code))
			}
		}
	}
	_, width := utf8.DecodeRuneInString(text[1:])
	return 1 + width, text[1 : 1+width]
}
