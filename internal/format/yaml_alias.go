package format

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// alias is a *name of YAML and the place of the &name before it that it means.
type alias struct{ place, anchor int }

// scalarsOf lists where scalars stand, keys included, in source order.
func scalarsOf(tree *syntax.Tree) []syntax.Span {
	var spans []syntax.Span
	seen := map[syntax.Node]bool{} // what aliases stand for comes again
	var visit func(n syntax.Node)
	visit = func(n syntax.Node) {
		switch n := n.(type) {
		case *syntax.Object:
			if seen[n] {
				return
			}
			seen[n] = true
			for _, member := range n.Members {
				spans = append(spans, member.Key.Span())
				visit(member.Value)
			}
		case *syntax.Array:
			if seen[n] {
				return
			}
			seen[n] = true
			for _, item := range n.Items {
				visit(item)
			}
		default:
			spans = append(spans, n.Span())
		}
	}
	visit(tree.Root)
	slices.SortFunc(spans, func(a, b syntax.Span) int { return a.Start - b.Start })
	return slices.Compact(spans)
}

// aliasesOf finds the aliases in the text between scalars and comments, in
// source order.
func aliasesOf(tree *syntax.Tree, scalars []syntax.Span) []alias {
	if !strings.Contains(string(tree.File.Src), "*") {
		return nil
	}
	taken := slices.Clone(scalars)
	for _, c := range tree.Comments {
		taken = append(taken, c.Span)
	}
	slices.SortFunc(taken, func(a, b syntax.Span) int { return a.Start - b.Start })
	anchors := map[string]int{}
	var aliases []alias
	at := 0
	for _, span := range append(taken, syntax.Span{Start: len(tree.File.Src), End: len(tree.File.Src)}) {
		for ; at < span.Start; at++ {
			mark := tree.File.Src[at]
			if mark != '&' && mark != '*' {
				continue
			}
			name := nameAt(tree.File.Src, at+1)
			if anchor, known := anchors[name]; known && mark == '*' {
				aliases = append(aliases, alias{at, anchor})
			} else if mark == '&' {
				anchors[name] = at
			}
		}
		at = max(at, span.End)
	}
	return aliases
}

// nameAt returns the name of an anchor that starts at a byte.
func nameAt(src []byte, start int) string {
	end := start
	for end < len(src) && strings.IndexByte(" \t\r\n,[]{}", src[end]) < 0 {
		end++
	}
	return string(src[start:end])
}
