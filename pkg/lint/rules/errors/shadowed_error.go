package errors

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func shadowedError() *lint.Rule {
	return &lint.Rule{
		Name: "shadowed-error", Category: lint.Errors, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "a Retrier or Catcher never sees an error, because one before it takes it",
		Run: func(p *lint.Pass) {
			for state := range p.Machine.States() {
				var retriers, catchers [][]*syntax.String
				for _, retrier := range state.Retry {
					retriers = append(retriers, retrier.ErrorEquals)
				}
				for _, catcher := range state.Catch {
					catchers = append(catchers, catcher.ErrorEquals)
				}
				reportShadowed(p, state, "Retrier", retriers)
				reportShadowed(p, state, "Catcher", catchers)
			}
		},
	}
}

// reportShadowed looks through the lists of names in the order in which they are
// tried.
func reportShadowed(p *lint.Pass, state *asl.State, kind string, lists [][]*syntax.String) {
	var earlier spec.Takers
	first := map[string]*syntax.String{}
	for _, names := range lists {
		for _, name := range names {
			if spec.Uncatchable(name.Value) || !earlier.LeaveNothing([]string{name.Value}) {
				continue
			}
			by := takers(first, name.Value)
			finding := verdict.On(state, "a %s of %q never sees %q, because %s", kind, state.Name, name.Value, whatTakes(kind, by, name))
			finding.Span = name.Span()
			finding.Help = "remove it, or put it before the other one"
			if len(by) > 1 {
				finding.Severity = diag.Info // the last resort, which does no harm
			}
			for _, taker := range by {
				finding.Related = append(finding.Related, verdict.Related(p, taker.Span(), "this one"))
			}
			p.Report(finding)
		}
		for _, name := range names {
			if first[name.Value] == nil {
				first[name.Value] = name
			}
			earlier.Add([]string{name.Value})
		}
	}
}

// takers returns the earlier names that together take what a name takes: one of
// them where one is enough.
func takers(first map[string]*syntax.String, name string) []*syntax.String {
	wanted := spec.TakenBy([]string{name})
	var some []*syntax.String
	for _, listed := range []string{name, spec.ErrorAll, spec.ErrorTaskFailed, spec.ErrorTimeout, spec.ErrorHeartbeatTimeout} {
		taker, takes := first[listed], spec.TakenBy([]string{listed})
		switch {
		case taker == nil:
		case spec.TakenBy([]string{name}).Minus(takes).Empty():
			return []*syntax.String{taker}
		case wanted.Meets(takes):
			some, wanted = append(some, taker), wanted.Minus(takes)
		}
	}
	return some
}

func whatTakes(kind string, by []*syntax.String, name *syntax.String) string {
	switch {
	case len(by) > 1:
		quoted := make([]string, len(by))
		for i, taker := range by {
			quoted[i] = fmt.Sprintf("%q", taker.Value)
		}
		return fmt.Sprintf("%s in earlier %ss take it all", strings.Join(quoted, " and "), kind)
	case by[0].Value == name.Value:
		return fmt.Sprintf("an earlier %s takes it", kind)
	}
	return fmt.Sprintf("%q in an earlier %s takes it", by[0].Value, kind)
}
