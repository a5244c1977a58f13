package asl

import (
	"fmt"
	"slices"
	"sort"

	"github.com/sfnctl/sfnctl/pkg/diag"
)

// judgeTargets checks that every transition of a region leads to a state of it.
func (d *decoder) judgeTargets(region *Region) {
	if hidesStates(region) {
		return
	}
	var names []string // of the region, made when a suggestion is needed
	check := func(from *State, field string, to *Transition) {
		if to == nil || region.byName[to.Target] != nil || HasSubstitution(to.Target) {
			return
		}
		if names == nil && d.budget > 0 {
			names = stateNames(region)
		}
		d.pending = append(d.pending, danglingTarget{region, from, field, to, d.suggest(to.Target, names)})
	}
	check(nil, "StartAt", region.StartAt)
	for _, state := range region.States {
		for transition, field := range state.transitions() {
			check(state, field, transition)
		}
	}
}

// hidesStates reports whether a name of the region is a ${...}, which any
// target may become.
func hidesStates(region *Region) bool {
	return slices.ContainsFunc(region.States, func(s *State) bool { return HasSubstitution(s.Name) })
}

func stateNames(region *Region) []string {
	names := make([]string, len(region.States))
	for i, state := range region.States {
		names[i] = state.Name
	}
	return names
}

// danglingTarget is a transition to a state that its region does not have. It
// is reported when all states are known, to tell whether another region has it.
type danglingTarget struct {
	region *Region
	from   *State // nil for StartAt
	field  string
	to     *Transition
	meant  string
}

func (d *decoder) reportTargets() {
	for _, dangling := range d.pending {
		d.reportTarget(dangling)
	}
}

func (d *decoder) reportTarget(dangling danglingTarget) {
	d.state = dangling.from
	span := dangling.to.Node.Span()
	target := quote(dangling.to.Target)
	message := fmt.Sprintf("%s leads to %s, which does not exist", d.transitionName(dangling), target)
	help := didYouMean(dangling.meant)
	if count := len(dangling.region.States); help == "" && count <= 6 {
		help = "the states here are " + list(stateNames(dangling.region), "and")
		if count == 1 {
			help = "the only state here is " + quote(dangling.region.States[0].Name)
		}
	}
	elsewhere := d.names[dangling.to.Target]
	if elsewhere != nil {
		message = fmt.Sprintf("%s leads to %s, which is in another States object", d.transitionName(dangling), target)
		help = "a transition stays among the states beside it: " + homeOf(elsewhere)
	}
	found := d.report(RuleUndefinedTarget, span, message, help).
		aws(span, awsTarget, "Missing 'Next' target: %s", dangling.to.Target)
	if elsewhere != nil {
		found.related(elsewhere.NameNode.Span(), "the state of that name")
	}
	if elsewhere == nil {
		found.replacing(dangling.to.Node, dangling.meant)
	}
}

func (d *decoder) transitionName(dangling danglingTarget) string {
	if dangling.from != nil {
		return fmt.Sprintf("%s of state %s", quote(dangling.field), quote(dangling.from.Name))
	}
	if owner := dangling.region.Owner; owner != nil {
		d.state = owner
		return fmt.Sprintf(`"StartAt" of %s in state %s`, regionName(dangling.region), quote(owner.Name))
	}
	return `"StartAt"`
}

func regionName(region *Region) string {
	if region.Owner.Type == Parallel {
		return fmt.Sprintf("Branches[%d]", region.Index)
	}
	return "the item processor"
}

func homeOf(state *State) string {
	if owner := state.Owner(); owner != nil {
		return fmt.Sprintf("%s is inside %s", quote(state.Name), quote(owner.Name))
	}
	return quote(state.Name) + " is at the top level"
}

// sortFindings puts findings in source order, those of one place in the order
// in which they were found.
func sortFindings(findings []diag.Diagnostic) {
	sort.SliceStable(findings, func(i, j int) bool { return findings[i].Span.Start < findings[j].Span.Start })
}
