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
	about := map[*graph.Node][]diag.Diagnostic{}
	for _, finding := range findings {
		node := nodes[finding.State]
		if node == nil {
			others = append(others, finding)
			continue
		}
		about[node] = append(about[node], finding)
	}
	for node, findings := range about {
		o.Marks[node] = markOf(findings)
	}
	return o, others
}

// markOf names the rules by severity: "error: wrong-type · warning: uncaught-error".
func markOf(findings []diag.Diagnostic) render.Mark {
	mark := render.Mark{Tone: render.Warned}
	var parts []string
	for _, severity := range []diag.Severity{diag.Error, diag.Warning, diag.Info} {
		var rules []string
		for _, finding := range findings {
			if finding.Severity == severity && !slices.Contains(rules, finding.Rule) {
				rules = append(rules, finding.Rule)
			}
		}
		if len(rules) == 0 {
			continue
		}
		if severity == diag.Error {
			mark.Tone = render.Faulty
		}
		parts = append(parts, severity.String()+": "+strings.Join(rules, ", "))
	}
	mark.Text = strings.Join(parts, " · ")
	return mark
}
