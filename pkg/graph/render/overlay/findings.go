package overlay

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/render"
)

// Findings marks the states that findings of the linter speak of. It also
// returns the findings that speak of no state of the machine.
func Findings(g *graph.Graph, findings []diag.Diagnostic) (o *Overlay, others []diag.Diagnostic) {
	o = newOverlay()
	nodes := byName(g)
	said := map[*graph.Node][]string{}
	worst := map[*graph.Node]diag.Severity{}
	for _, finding := range findings {
		node := nodes[finding.State]
		if node == nil {
			others = append(others, finding)
			continue
		}
		if !slices.Contains(said[node], finding.Rule) {
			said[node] = append(said[node], finding.Rule)
		}
		worst[node] = max(worst[node], finding.Severity)
	}
	for node, rules := range said {
		tone := render.Warned
		if worst[node] == diag.Error {
			tone = render.Faulty
		}
		o.Marks[node] = render.Mark{Tone: tone, Text: worst[node].String() + ": " + strings.Join(rules, ", ")}
	}
	return o, others
}
