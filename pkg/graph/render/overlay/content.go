package overlay

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// content writes what a state says apart from its transitions, its comments
// and the states it holds, in one form for JSON and YAML.
func content(state *asl.State) string {
	if state.Node == nil {
		return ""
	}
	var b strings.Builder
	writeNode(&b, state.Node, true)
	return b.String()
}

// leftOut reports the members that a picture shows otherwise.
func leftOut(key string) bool {
	switch key {
	case "Next", "Default", "End", "Comment", "StartAt", "States":
		return true
	}
	return false
}

// structural reports the members that hold transitions or regions; what stands
// elsewhere, as in a Payload Template, is data.
func structural(key string) bool {
	switch key {
	case "Choices", "Catch", "Retry", "Branches", "ItemProcessor", "Iterator":
		return true
	}
	return false
}

func writeNode(b *strings.Builder, n syntax.Node, language bool) {
	switch n := n.(type) {
	case *syntax.Object:
		members := slices.Clone(n.Members)
		slices.SortStableFunc(members, func(x, y syntax.Member) int { return strings.Compare(x.Key.Value, y.Key.Value) })
		b.WriteByte('{')
		for _, member := range members {
			key := member.Key.Value
			if language && leftOut(key) {
				continue
			}
			b.WriteString(strconv.Quote(key) + ":")
			writeNode(b, member.Value, language && structural(key))
			b.WriteByte(',')
		}
		b.WriteByte('}')
	case *syntax.Array:
		b.WriteByte('[')
		for _, item := range n.Items {
			writeNode(b, item, language)
			b.WriteByte(',')
		}
		b.WriteByte(']')
	case *syntax.String:
		b.WriteString(strconv.Quote(n.Value))
	case *syntax.Number:
		b.WriteString(n.Text)
	case *syntax.Bool:
		b.WriteString(strconv.FormatBool(n.Value))
	default:
		b.WriteString("null")
	}
}
