package host

import "github.com/sfnctl/sfnctl/pkg/syntax"

// Relocate returns a copy of a tree in which everything stands at span.
func Relocate(n syntax.Node, span syntax.Span) syntax.Node {
	switch n := n.(type) {
	case *syntax.Object:
		members := make([]syntax.Member, 0, len(n.Members))
		for _, member := range n.Members {
			members = append(members, syntax.Member{Key: Placed(span, member.Key.Value), Value: Relocate(member.Value, span)})
		}
		return syntax.NewObject(span, members...)
	case *syntax.Array:
		items := make([]syntax.Node, 0, len(n.Items))
		for _, item := range n.Items {
			items = append(items, Relocate(item, span))
		}
		return syntax.NewArray(span, items...)
	case *syntax.String:
		return Placed(span, n.Value)
	case *syntax.Number:
		return syntax.NewNumber(span, n.Text)
	case *syntax.Bool:
		return syntax.NewBool(span, n.Value)
	case *syntax.Null:
		return syntax.NewNull(span)
	}
	return syntax.NewBad(span)
}

// Placed makes a string all of which stands for span.
func Placed(span syntax.Span, value string) *syntax.String {
	places := make([]int, len(value)+1)
	for i := range places {
		places[i] = span.Start
	}
	places[len(value)] = span.End
	return syntax.NewStringAt(span, value, places)
}
