package syntax

import "gopkg.in/yaml.v3"

// maxAliased is how many nodes aliases may add to a tree.
const maxAliased = 100_000

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
