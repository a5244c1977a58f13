package data

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// located is an expression with its state.
type located struct {
	state      *asl.State
	expression *asl.Expression
}

// use is a state that reads variables.
type use struct {
	state *asl.State
	reads []asl.Read
}

// contextRead is a read of the context object.
type contextRead struct {
	state *asl.State
	read  asl.Read
}

// expressions are those of the whole machine by kind, in the order of the states.
type expressions struct {
	intrinsics []located
	jsonata    []located
	uses       []use
	context    []contextRead
	unjudged   string // the text of those that could not be read
}

var allExpressions = &lint.Result[*expressions]{
	Name:     "expressions",
	OfStates: true,
	Compute: func(p *lint.Pass) *expressions {
		found := &expressions{}
		var unjudged strings.Builder
		for state := range p.Machine.States() {
			before := len(found.uses)
			for expression := range state.Expressions() {
				for inner := range expression.All() {
					switch inner.Kind {
					case asl.Intrinsic:
						found.intrinsics = append(found.intrinsics, located{state, inner})
					case asl.JSONataString:
						found.jsonata = append(found.jsonata, located{state, inner})
					case asl.Broken, asl.SubstitutionText:
						unjudged.WriteString(p.Machine.File().Text(inner.Node.Span()))
						continue
					case asl.PathExpression:
					default:
						continue
					}
					found.read(state, inner, before)
				}
			}
		}
		found.unjudged = unjudged.String()
		return found
	},
}

// expressionsOf looks through the machine once for all rules.
func expressionsOf(p *lint.Pass) *expressions { return allExpressions.Of(p) }

// read notes what an expression reads. Uses from index before on are of the
// same state.
func (f *expressions) read(state *asl.State, e *asl.Expression, before int) {
	for read := range e.Reads() {
		switch read.Source {
		case asl.FromContext:
			f.context = append(f.context, contextRead{state, read})
		case asl.FromVariable:
			if len(f.uses) == before {
				f.uses = append(f.uses, use{state: state})
			}
			last := &f.uses[len(f.uses)-1]
			last.reads = append(last.reads, read)
		}
	}
}
