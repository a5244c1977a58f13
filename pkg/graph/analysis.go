package graph

import "github.com/sfnctl/sfnctl/pkg/asl"

// Analysis is everything that is told of a machine's ends and compensations.
type Analysis struct {
	Graph   *Graph
	Options Options
	Reach   *Reach
	*Pairs
	Terminals    *Terminals
	Compensation *Compensation

	data           *writers
	flags          *flags
	flow           *flow
	outcomes       *outcomes
	pairsOf        map[*Node][]*Pair
	pivots         []bool
	pivotsDeclared bool
	visits         int                // of the walks so far
	spent          *walk[pendingFact] // the last walk from an action: its memory serves the next
}

// Analyze runs all analyses. The result depends on nothing but its arguments.
func Analyze(g *Graph, options Options) *Analysis {
	if options.Directives == nil {
		options.Directives = asl.ReadDirectives(g.Machine)
	}
	a := &Analysis{Graph: g, Options: options, Reach: NewReach(g)}
	a.Pairs = findPairs(g, options, a.Reach)
	a.data = findWriters(g)
	a.flags = findFlags(g, a.data, a.onFailure)
	a.flow = newFlow(g, a.Reach, a.flags)
	a.outcomes = a.findOutcomes()
	a.Terminals = a.classify()
	a.Compensation = a.compensate()
	return a
}

// Classify tells of every terminal of a machine how an execution that ends
// there ended.
func Classify(g *Graph, options Options) *Terminals { return Analyze(g, options).Terminals }

// Compensate tells which actions of a machine are undone when it fails.
func Compensate(g *Graph, options Options) *Compensation { return Analyze(g, options).Compensation }
