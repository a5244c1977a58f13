package asl

import (
	"github.com/sfnctl/sfnctl/pkg/syntax"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// valueOf turns a part of the definition into the JSON value it stands for.
// Numbers keep their text; of members with the same key the last counts. What
// could not be read counts as null.
func valueOf(node syntax.Node) value.Value {
	switch node := node.(type) {
	case *syntax.Object:
		members := make([]value.Member, len(node.Members))
		for i, member := range node.Members {
			members[i] = value.Member{Key: member.Key.Value, Value: valueOf(member.Value)}
		}
		return value.Object(members...)
	case *syntax.Array:
		items := make([]value.Value, len(node.Items))
		for i, item := range node.Items {
			items[i] = valueOf(item)
		}
		return value.Array(items...)
	case *syntax.String:
		return value.String(node.Value)
	case *syntax.Number:
		return value.Number(node.Text)
	case *syntax.Bool:
		return value.Bool(node.Value)
	}
	return value.Null()
}
