package format

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// isFaithful reports whether result says what the text of tree says: it reads as
// the same tree with the fields of the language in order, it holds the same
// comments, and no character but blanks came or went. Both notations have more
// corners than the code that lays them out; what does not pass is not written.
func isFaithful(tree *syntax.Tree, root kind, result []byte) bool {
	again := parse(syntax.NewFile(tree.File.Name, result))
	c := comparison{before: tree, after: again}
	return len(again.Errors) == len(tree.Errors) &&
		inkOf(tree.File.Src) == inkOf(result) &&
		slices.Equal(commentsOf(tree), commentsOf(again)) &&
		c.same(tree.Root, again.Root, root)
}

// inkOf counts the bytes of a text that are not blanks, each value by itself.
func inkOf(text []byte) (counts [256]int) {
	for _, c := range text {
		counts[c]++
	}
	for _, blank := range " \t\r\n" {
		counts[blank] = 0
	}
	return counts
}

func commentsOf(tree *syntax.Tree) []string {
	texts := make([]string, 0, len(tree.Comments))
	for _, comment := range tree.Comments {
		texts = append(texts, comment.Text)
	}
	slices.Sort(texts)
	return texts
}

// comparison holds two trees of which the second is to be the first in order.
type comparison struct{ before, after *syntax.Tree }

func (c *comparison) same(before, after syntax.Node, k kind) bool {
	if c.before.Tag(before) != c.after.Tag(after) || syntax.Kind(before) != syntax.Kind(after) {
		return false
	}
	switch a := before.(type) {
	case *syntax.Object:
		return c.sameMembers(a.Members, after.(*syntax.Object).Members, k)
	case *syntax.Array:
		return slices.EqualFunc(a.Items, after.(*syntax.Array).Items, func(x, y syntax.Node) bool { return c.same(x, y, k) })
	case *syntax.String:
		return a.Value == after.(*syntax.String).Value
	case *syntax.Number:
		return a.Text == after.(*syntax.Number).Text
	case *syntax.Bool:
		return a.Value == after.(*syntax.Bool).Value
	case *syntax.Bad:
		return c.before.File.Text(a.Span()) == c.after.File.Text(after.Span())
	}
	return true
}

// sameMembers compares the members in the order in which they are to stand. The
// order of after may be another one where YAML forbids to move a member.
func (c *comparison) sameMembers(before, after []syntax.Member, k kind) bool {
	if len(before) != len(after) {
		return false
	}
	orderBefore, orderAfter := k.arrange(before), k.arrange(after)
	for i := range orderBefore {
		x, y := before[orderBefore[i]], after[orderAfter[i]]
		if x.Key.Value != y.Key.Value || !c.same(x.Value, y.Value, k.of(&x)) {
			return false
		}
	}
	return true
}
