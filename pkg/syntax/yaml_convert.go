package syntax

import (
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// maxAliased is how many nodes aliases may add to a tree.
const maxAliased = 100_000

// yamlReader makes our tree of the library's.
type yamlReader struct {
	tree       *Tree
	text       string
	lines      []int // offset of the first byte of each line, as YAML counts lines
	cursor     struct{ line, column, offset int }
	nodes      nodes
	duplicates duplicates
	scalars    []Span // where scalars stand, in order
	blanked    []Span // what was left out

	anchors  map[*yaml.Node]*anchored
	size     int  // nodes converted so far
	aliased  int  // nodes that aliases added
	bomb     bool // it is reported that aliases add too many
	template bool // a substitution is reported
}

// anchored is a node that aliases can stand for.
type anchored struct {
	node Node
	size int // nodes in it
}

// convert returns the node, and where it ends in its place: for an alias, the
// end of the alias.
func (r *yamlReader) convert(n *yaml.Node, depth int) (node Node, end int) {
	r.size++
	if n.Kind == yaml.AliasNode {
		return r.alias(n)
	}
	if depth >= MaxDepth {
		return r.tooDeep(n)
	}
	var entry *anchored
	before := r.size
	if n.Anchor != "" {
		entry = &anchored{}
		if r.anchors == nil {
			r.anchors = map[*yaml.Node]*anchored{}
		}
		r.anchors[n] = entry
	}
	switch n.Kind {
	case yaml.MappingNode:
		node, end = r.mapping(n, depth)
	case yaml.SequenceNode:
		node, end = r.sequence(n, depth)
	default:
		node, end = r.scalar(n)
	}
	if tag := customTag(n); tag != "" {
		if r.tree.tags == nil {
			r.tree.tags = map[Node]string{}
		}
		r.tree.tags[node] = tag
	}
	if entry != nil {
		entry.node, entry.size = node, r.size-before+1
	}
	return node, end
}

// customTag returns the tag of n when it is none of YAML's own.
func customTag(n *yaml.Node) string {
	if n.Style&yaml.TaggedStyle == 0 || strings.HasPrefix(n.Tag, "!!") {
		return ""
	}
	return n.Tag
}

// alias returns the node of the anchor, which stands earlier in the text.
func (r *yamlReader) alias(n *yaml.Node) (Node, int) {
	start := r.offset(n)
	span := Span{start, start + 1 + len(n.Value)}
	entry := r.anchors[n.Alias]
	switch {
	case entry == nil || entry.node == nil:
		r.tree.fail(span, "the anchor "+quote(n.Value)+" contains itself", "remove the alias")
		return NewBad(span), span.End
	case !r.expand(entry.size, span):
		return NewBad(span), span.End
	}
	return entry.node, span.End
}

// expand counts nodes that an alias adds; it reports whether that many may be.
func (r *yamlReader) expand(size int, at Span) bool {
	r.size += size
	r.aliased += size
	if r.aliased <= maxAliased {
		return true
	}
	if !r.bomb {
		r.bomb = true
		r.tree.add(Error{Span: at, Code: AliasBomb,
			Message: "the aliases up to here stand for more than 100,000 values; this one and those after it are not read",
			Help:    "write the values out, or use fewer aliases of aliases"})
	}
	return false
}

func (r *yamlReader) tooDeep(n *yaml.Node) (Node, int) {
	start := r.offset(n)
	end := r.lastOffset(n)
	r.tree.add(Error{Span: Span{start, min(start+1, len(r.text))}, Code: TooDeep,
		Message: "nested more than 1,000 levels deep; what is deeper is not read", Help: "make the structure flatter"})
	return NewBad(Span{start, end}), end
}

// lastOffset returns where the last scalar in n starts.
func (r *yamlReader) lastOffset(n *yaml.Node) int {
	for len(n.Content) > 0 {
		n = n.Content[len(n.Content)-1]
	}
	return r.offset(n)
}

func (r *yamlReader) mapping(n *yaml.Node, depth int) (Node, int) {
	start := r.afterProperties(n)
	if strings.HasPrefix(r.text[start:], "{{") && n.Style&yaml.FlowStyle != 0 {
		return r.substitution(n, start)
	}
	end := start
	members := make([]Member, 0, len(n.Content)/2)
	var merged []Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if isMerge(key) {
			r.scalar(key)
			var node Node
			node, end = r.convert(value, depth+1)
			merged = append(merged, r.mergeSources(node, r.offset(key))...)
			continue
		}
		name, keyEnd := r.key(key, depth)
		node, valueEnd := r.convert(value, depth+1)
		members = append(members, Member{name, node})
		end = max(end, keyEnd, valueEnd)
	}
	for _, d := range r.duplicates.find(members) {
		r.tree.add(duplicateKey(members[d.first].Key, members[d.again].Key))
	}
	members = r.merge(members, merged)
	end = r.closing(n, start, end, '{', '}')
	return r.nodes.object(Span{start, end}, members), end
}

// substitution reads {{ name }}, which YAML takes for a mapping whose key is a
// mapping. Like in JSON, only the first one of a file is reported.
func (r *yamlReader) substitution(n *yaml.Node, start int) (Node, int) {
	end := lineEnd(r.text, start)
	place := r.closing(n, start, end, '{', '}')
	if i := strings.Index(r.text[start:], "}}"); i >= 0 {
		end = start + i + 2
		place = end
	}
	if !r.template {
		r.template = true
		r.tree.add(Error{Span: Span{start, end}, Code: Substitution,
			Message: "the substitution " + shorten(r.text[start:end]) + " stands outside of quotes",
			Help:    "fill it in first, or put it in quotes if its value is text; other substitutions of this file are not reported"})
	}
	return NewBad(Span{start, end}), place
}

func (r *yamlReader) sequence(n *yaml.Node, depth int) (Node, int) {
	start := r.afterProperties(n)
	end := start
	if n.Style&yaml.FlowStyle == 0 && start < len(r.text) {
		end++ // the dash
	}
	items := make([]Node, 0, len(n.Content))
	for _, child := range n.Content {
		node, itemEnd := r.convert(child, depth+1)
		items = append(items, node)
		end = max(end, itemEnd)
	}
	end = r.closing(n, start, end, '[', ']')
	return r.nodes.array(Span{start, end}, items), end
}

// key makes the key of a member; YAML takes any node, JSON strings only.
func (r *yamlReader) key(n *yaml.Node, depth int) (*String, int) {
	if n.Kind == yaml.ScalarNode {
		_, text, end := r.scalarText(n)
		return text, end
	}
	node, end := r.convert(n, depth+1)
	start := r.offset(n)
	if s, ok := node.(*String); ok {
		return s, end
	}
	span := Span{start, end}
	r.tree.fail(span, "a key must be a string; this is "+aKind(node), "write a plain or quoted text")
	return NewString(span, r.text[start:end]), end
}

func isMerge(key *yaml.Node) bool {
	return key.Kind == yaml.ScalarNode && key.Value == "<<" && key.Style&^yaml.TaggedStyle == 0 &&
		(key.Tag == "!!merge" || key.Tag == "")
}

// mergeSources returns the mappings that a merge key names.
func (r *yamlReader) mergeSources(value Node, at int) []Node {
	switch v := value.(type) {
	case *Object:
		return []Node{v}
	case *Array:
		for _, item := range v.Items {
			if _, ok := item.(*Object); !ok {
				r.tree.fail(Span{at, at + 2}, "a merge key needs a mapping, not "+aKind(item), "name a mapping by its alias")
				return nil
			}
		}
		return v.Items
	case *Bad:
		return nil
	}
	r.tree.fail(Span{at, at + 2}, "a merge key needs a mapping, not "+aKind(value), "name a mapping by its alias")
	return nil
}

// merge puts the members of the sources before the own ones. Own members win
// over merged ones, and earlier sources over later ones.
func (r *yamlReader) merge(members []Member, sources []Node) []Member {
	if len(sources) == 0 {
		return members
	}
	known := make(map[string]bool, len(members))
	for _, m := range members {
		known[m.Key.Value] = true
	}
	var all []Member
	for _, source := range sources {
		for _, m := range source.(*Object).Members {
			if known[m.Key.Value] {
				continue
			}
			if !r.expand(1, m.Key.span) {
				break
			}
			known[m.Key.Value] = true
			all = append(all, m)
		}
	}
	return append(all, members...)
}

// closing returns the end of a collection: behind its bracket in flow style,
// the end of the last child in block style.
func (r *yamlReader) closing(n *yaml.Node, start, end int, opener, closer byte) int {
	if n.Style&yaml.FlowStyle == 0 || start >= len(r.text) || r.text[start] != opener {
		return end
	}
	for i := max(end, start+1); i < len(r.text); i++ {
		switch c := r.text[i]; {
		case c == closer:
			return i + 1
		case c == '#' && strings.IndexByte(" \t\r\n", r.text[i-1]) >= 0:
			i = lineEnd(r.text, i) - 1
		}
	}
	return end
}

// yamlLines returns where the lines start: YAML knows more line breaks than
// [File] does. A byte order mark is in no line.
func yamlLines(text string) []int {
	lines := []int{len(text) - len(strings.TrimPrefix(text, byteOrderMark))}
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		i += size
		switch r {
		case '\r':
			if i < len(text) && text[i] == '\n' {
				i++
			}
		case '\n', '\u0085', '\u2028', '\u2029':
		default:
			continue
		}
		lines = append(lines, i)
	}
	return lines
}

// offset returns where n starts, with its anchor and tag. The library counts
// lines and code points; nodes come mostly in order, so that counting goes on
// from the node before.
func (r *yamlReader) offset(n *yaml.Node) int {
	line := n.Line - 2 // the line break that comes first, and counting from 1
	if line < 0 {
		return r.lines[0]
	}
	if line >= len(r.lines) {
		return len(r.text)
	}
	c := &r.cursor
	if c.column == 0 || c.line != line || c.column > n.Column || c.offset < r.lines[line] {
		c.line, c.column, c.offset = line, 1, r.lines[line]
	}
	for ; c.column < n.Column && c.offset < len(r.text); c.column++ {
		_, size := utf8.DecodeRuneInString(r.text[c.offset:])
		c.offset += size
	}
	return c.offset
}

// afterProperties returns where the content of n starts, behind its anchor and
// its tag.
func (r *yamlReader) afterProperties(n *yaml.Node) int {
	at := r.offset(n)
	anchor := n.Anchor != ""
	tag := n.Style&yaml.TaggedStyle != 0
	for at < len(r.text) && (anchor || tag || n.Kind == yaml.ScalarNode) {
		switch c := r.text[at]; {
		case c == '&' && anchor:
			anchor = false
			at = endOfProperty(r.text, at)
		case c == '!':
			tag = false
			at = endOfProperty(r.text, at)
		default:
			return at
		}
		if n.Kind == yaml.ScalarNode && n.Value == "" && n.Style&^yaml.TaggedStyle == 0 {
			if next := skipSeparation(r.text, at); !(next < len(r.text) && (r.text[next] == '&' && anchor || r.text[next] == '!' && tag)) {
				return at // nothing follows
			}
		}
		at = skipSeparation(r.text, at)
	}
	return at
}

func endOfProperty(text string, at int) int {
	if strings.HasPrefix(text[at:], "!<") {
		if i := strings.IndexByte(text[at:], '>'); i >= 0 {
			return at + i + 1
		}
	}
	for at < len(text) && strings.IndexByte(" \t\r\n,[]{}", text[at]) < 0 {
		at++
	}
	return at
}

// skipSeparation skips blanks, line breaks and comments.
func skipSeparation(text string, at int) int {
	for at < len(text) {
		switch text[at] {
		case ' ', '\t', '\r', '\n':
			at++
		case '#':
			at = lineEnd(text, at)
		default:
			return at
		}
	}
	return at
}

// collectComments takes what stands behind a # outside of scalars.
func (r *yamlReader) collectComments() {
	at := 0
	for _, scalar := range append(r.scalars, Span{len(r.text), len(r.text)}) {
		for at < scalar.Start {
			i := strings.IndexByte(r.text[at:scalar.Start], '#')
			if i < 0 {
				break
			}
			at += i
			if at > 0 && strings.IndexByte(" \t\r\n", r.text[at-1]) < 0 && at != r.lines[0] {
				at++
				continue
			}
			end := lineEnd(r.text, at)
			text := strings.TrimSpace(strings.TrimLeft(r.text[at:end], "#"))
			r.tree.Comments = append(r.tree.Comments, Comment{Span{at, end}, text})
			at = end
		}
		at = max(at, scalar.End)
	}
}
