package extract

import (
	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Definition parses a file that is a definition, with the substitutions that the
// user gives filled in.
func Definition(request *host.Request) *syntax.Tree {
	if len(request.Substitutions) == 0 {
		return syntax.Parse(request.File)
	}
	notation := syntax.Parse(request.File).Format
	expanded := host.Expand(host.TextOfFile(request.File), notation, false, func(s host.Substitution) (host.Value, bool) {
		text, ok := request.Substitutions[s.Name]
		return host.Known(text), ok
	})
	if notation == syntax.YAML {
		return syntax.ParseYAML(expanded.Embedded())
	}
	return syntax.ParseJSON(expanded.Embedded())
}
