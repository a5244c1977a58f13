package integrations

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// readsTaskToken returns the first expression among those given that reads the
// task token from the context object, alone or with more of it.
func readsTaskToken(expressions ...*asl.Expression) (asl.Read, bool) {
	for _, expression := range expressions {
		for read := range expression.Reads() {
			if read.Source == asl.FromContext && leadsToToken(read.Path) {
				return read, true
			}
		}
	}
	return asl.Read{}, false
}

var tokenPath = []string{"Task", "Token"}

// leadsToToken reports whether what stands at the path holds the token: the
// token, the Task, or the whole context object.
func leadsToToken(path []string) bool {
	return len(path) <= len(tokenPath) && slices.Equal(path, tokenPath[:len(path)])
}

// isHidden reports whether a part of the expression is only known when the
// definition is deployed, or could not be read.
func isHidden(p *lint.Pass, expression *asl.Expression) bool {
	for inner := range expression.All() {
		if inner.Kind == asl.Broken {
			return true
		}
	}
	return asl.HasSubstitution(p.Machine.File().Text(expression.Node.Span()))
}
