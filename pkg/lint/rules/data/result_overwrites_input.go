package data

import (
	"fmt"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func resultOverwritesInput() *lint.Rule {
	return &lint.Rule{
		Name: "result-overwrites-input", Category: lint.Data, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "the result of a state replaces data that a later state reads",
		Requires: []lint.Prerequisite{verdict.Workshop, misses},
		Run: func(p *lint.Pass) {
			var order []*asl.State
			lost := map[*asl.State][]miss{}
			misread := misreadResults(missesOf(p))
			for _, m := range missesOf(p) {
				if !m.isOverwritten() || misread[m.in.source.state] {
					continue
				}
				by := m.in.source.state
				if lost[by] == nil {
					order = append(order, by)
				}
				lost[by] = append(lost[by], m)
			}
			for _, state := range order {
				reportOverwritten(p, state, lost[state])
			}
		},
	}
}

// misreadResults returns the states that look in their own result for what is
// not there: those that read it later mean the result too, and one finding is enough.
func misreadResults(misses []miss) map[*asl.State]bool {
	misread := map[*asl.State]bool{}
	for _, m := range misses {
		if m.in.source != nil && m.in.source.byRule == byResult && m.in.source.state == m.state {
			misread[m.state] = true
		}
	}
	return misread
}

func reportOverwritten(p *lint.Pass, state *asl.State, lost []miss) {
	var names []string
	finding := verdict.On(state, "")
	for _, m := range lost {
		if !slices.Contains(names, m.name) {
			names = append(names, m.name)
		}
		if len(finding.Related) < maxRelated {
			finding.Related = append(finding.Related, verdict.Related(p, m.span, "%q reads %q here", m.state.Name, m.text))
		}
	}
	finding.Message = fmt.Sprintf("the result of %q takes the place of its input, of which %q reads %s later", state.Name, lost[0].state.Name, verdict.List(names))
	inside := lost[0].insideEnvelope()
	if inside != "" {
		inside = fmt.Sprintf("; where the answer is meant, read %q", inside)
	}
	if state.QueryLanguage == asl.JSONata {
		finding.Help = `keep the input beside the result: "Output": "{% $merge([$states.input, {'result': $states.result}]) %}"` + inside
		p.Report(finding)
		return
	}
	finding.Help = `keep the input beside the result: "ResultPath": "$.result"` + inside
	if state.ResultPath == nil && state.Node != nil {
		p.Fix(&finding, func() []diag.Fix {
			return verdict.AddMember(p, state.Node, "ResultPath", `"$.result"`, "keep the input beside the result")
		})
	}
	p.Report(finding)
}

func sorted(names []string) []string {
	slices.Sort(names)
	return names
}
