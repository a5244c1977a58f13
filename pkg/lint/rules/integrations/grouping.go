package integrations

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/directive"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// reportTogether makes one finding of what holds for several Tasks, so that a
// machine in which nothing has a timeout says so once. What is the predicate in
// the singular and in the plural: "waits ...", "wait ...". A Task whose own
// directive ignores the rule gets a finding of its own, for that directive to act on.
func reportTogether(p *lint.Pass, found []*task, singular, plural, help string) {
	var together []*task
	for _, t := range found {
		if ignores(p, t.State) {
			t.report(p, diag.Diagnostic{Span: t.node.Span(), Message: t.subject() + " " + singular, Help: help})
			continue
		}
		together = append(together, t)
	}
	if len(together) == 0 {
		return
	}
	first := together[0]
	finding := diag.Diagnostic{Span: first.node.Span(), Message: first.subject() + " " + singular, Help: help}
	if len(together) > 1 {
		finding.Message = fmt.Sprintf("%d states %s: %s", len(together), plural, nameSome(together))
	}
	for _, t := range together[1:] {
		finding.Related = append(finding.Related, diag.Related{File: p.Machine.File(), Span: t.node.Span(), Message: t.subject()})
	}
	first.report(p, finding)
}

func ignores(p *lint.Pass, state *asl.State) bool {
	for _, found := range p.Directives.Of(state, directive.Ignore) {
		if slices.Contains(found.List(), p.Rule.Name) {
			return true
		}
	}
	return false
}

// nameSome lists the names of the first few Tasks.
func nameSome(list []*task) string {
	const most = 4
	var names []string
	for _, t := range list[:min(len(list), most)] {
		names = append(names, fmt.Sprintf("%q", t.Name))
	}
	if more := len(list) - most; more > 0 {
		return strings.Join(names, ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}
