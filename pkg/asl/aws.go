package asl

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// AWSLocation writes the place of span as the service's diagnostics do: a path
// with "/" before member names, which are not escaped, and indexes in brackets,
// such as "/States/A/Choices[0]/Next". The top level is "/"; the zero span, for
// diagnostics without a location, is "".
func AWSLocation(tree *syntax.Tree, span syntax.Span) string {
	if span == (syntax.Span{}) {
		return ""
	}
	var location strings.Builder
	node := tree.Root
	for _, token := range strings.Split(tree.PointerAt(span), "/")[1:] {
		token = strings.NewReplacer("~1", "/", "~0", "~").Replace(token)
		if array, ok := node.(*syntax.Array); ok {
			location.WriteString("[" + token + "]")
			node = element(array, token)
			continue
		}
		location.WriteString("/" + token)
		object, _ := node.(*syntax.Object)
		node = object.Get(token)
	}
	if location.Len() == 0 {
		return "/"
	}
	return location.String()
}

func element(array *syntax.Array, index string) syntax.Node {
	at := 0
	for _, digit := range index {
		at = at*10 + int(digit-'0')
	}
	if at < len(array.Items) {
		return array.Items[at]
	}
	return nil
}
