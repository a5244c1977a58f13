package errors

import (
	"iter"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

// caught is a Catcher of a reachable state, with where it leads.
type caught struct {
	*asl.Catcher
	edge *graph.Edge
}

// catchers yields the Catchers of the machine that lead somewhere.
func catchers(p *lint.Pass) iter.Seq[caught] {
	return func(yield func(caught) bool) {
		reach := verdict.Reach(p)
		for _, node := range p.Graph().Nodes {
			for _, edge := range node.Out {
				if edge.Kind == graph.Catch && reach.Reachable[node.ID] && !yield(caught{node.State.Catch[edge.Index], edge}) {
					return
				}
			}
		}
	}
}

func isNull(e *asl.Expression) bool {
	return e != nil && e.Kind == asl.Literal && e.Literal.IsNull()
}
