package syntax

import (
	"strings"

	"gopkg.in/yaml.v3"
)

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
