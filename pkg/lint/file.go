package lint

import (
	"context"
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
)

// File checks one definition, JSON or YAML, with the rules of the recommended
// preset, and returns what it finds, sorted by place. The name, a path with
// slashes, only tells the two formats apart and stands in findings. A definition
// that is wrong yields findings; the error tells that ctx is over or that the
// rules cannot be used together. Callers that want another selection, templates
// or fixes make a [Runner].
func File(ctx context.Context, rules []*Rule, name string, source []byte) ([]diag.Diagnostic, error) {
	set, err := Select(rules, Selection{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	machine, decoded := asl.ParseFile(name, source)
	runner := Runner{Rules: set}
	return runner.Check(Target{Machine: machine, Decoded: decoded}), nil
}
