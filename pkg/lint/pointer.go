package lint

import (
	"sort"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// pointerTo returns the RFC 6901 pointer of the smallest node around a
// finding. A key stands for its member.
func pointerTo(tree *syntax.Tree, finding diag.Diagnostic) string {
	if finding.File != tree.File {
		return ""
	}
	var pointer strings.Builder
	for node := tree.Root; node != nil; {
		var token string
		node, token = childAround(node, finding.Span)
		if node != nil {
			pointer.WriteString("/" + token)
		}
	}
	return pointer.String()
}

var pointerEscapes = strings.NewReplacer("~", "~0", "/", "~1")

// childAround returns the child of a node that holds the span, and its token
// in a pointer; nil when no child does. Children stand in source order.
func childAround(node syntax.Node, span syntax.Span) (syntax.Node, string) {
	switch node := node.(type) {
	case *syntax.Object:
		i := sort.Search(len(node.Members), func(i int) bool { return memberSpan(node.Members[i]).End >= span.End })
		if i < len(node.Members) && memberSpan(node.Members[i]).Contains(span) {
			member := node.Members[i]
			if member.Key.Span().Contains(span) {
				return &syntax.Null{}, pointerEscapes.Replace(member.Key.Value)
			}
			return member.Value, pointerEscapes.Replace(member.Key.Value)
		}
	case *syntax.Array:
		i := sort.Search(len(node.Items), func(i int) bool { return node.Items[i].Span().End >= span.End })
		if i < len(node.Items) && node.Items[i].Span().Contains(span) {
			return node.Items[i], strconv.Itoa(i)
		}
	}
	return nil, ""
}

func memberSpan(member syntax.Member) syntax.Span {
	return member.Key.Span().Cover(member.Value.Span())
}
