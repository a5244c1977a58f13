package lint

import (
	"cmp"
	"slices"
	"sort"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Target is one state machine to check.
type Target struct {
	Machine *asl.Machine
	Type    asl.WorkflowType
	Decoded []diag.Diagnostic // what reading the definition found

	Deployment *Deployment // what its template says of it; nil for a plain definition
}

// Runner applies rules to machines. It holds no state between machines and is
// safe for concurrent use.
type Runner struct {
	Rules   *RuleSet
	Options Options
	Fixes   bool // build the fixes of findings; without it they have none but those of decoding

	Consequences bool // keep the findings that are only consequences of others
}

// Check returns what is wrong with one machine, sorted by place, each finding
// once, without what the definition's own directives ignore.
func (r *Runner) Check(target Target) []diag.Diagnostic {
	directives := asl.ReadDirectives(target.Machine)
	findings := r.admit(r.collect(target, directives))
	findings = r.admit(r.suppress(target.Machine, directives, findings))
	placed := &statesByPlace{machine: target.Machine}
	for i := range findings {
		if findings[i].State == "" && findings[i].File == target.Machine.File() {
			findings[i].State = placed.at(findings[i].Span)
		}
		findings[i].Pointer = cmp.Or(findings[i].Pointer, pointerTo(target.Machine.Tree, findings[i]))
		if aws := findings[i].AWS; aws != nil {
			aws.Location = asl.AWSLocation(target.Machine.Tree, aws.Span)
		}
	}
	findings = Sort(findings)
	if r.Fixes {
		r.prove(target, findings)
	}
	return findings
}

// statesByPlace finds the state around a place: faults of the text, such as a
// key that stands twice, are found before there are states.
type statesByPlace struct {
	machine *asl.Machine
	states  []*asl.State // by where they begin; made when first asked for
}

// at returns the name of the innermost state around the span, "" for none.
func (s *statesByPlace) at(span syntax.Span) string {
	if s.states == nil {
		s.states = slices.Collect(s.machine.States())
		slices.SortStableFunc(s.states, func(a, b *asl.State) int { return cmp.Compare(a.Span().Start, b.Span().Start) })
	}
	after := sort.Search(len(s.states), func(i int) bool { return s.states[i].Span().Start > span.Start })
	if after == 0 {
		return ""
	}
	for state := s.states[after-1]; state != nil; state = state.Owner() {
		if state.Span().Contains(span) {
			return state.Name
		}
	}
	return ""
}

// Admit returns the findings of rules that are on, with their severity: for what
// is found outside of state machines.
func (r *Runner) Admit(findings []diag.Diagnostic) []diag.Diagnostic { return Sort(r.admit(findings)) }

// admit keeps the findings of rules that are on, causes or also their
// consequences, and gives them their severity.
func (r *Runner) admit(findings []diag.Diagnostic) []diag.Diagnostic {
	admitted := findings[:0]
	for _, finding := range findings {
		if (r.Consequences || !finding.Consequence) && r.Rules.admit(&finding) {
			admitted = append(admitted, finding)
		}
	}
	return admitted
}

// collect runs the rules.
func (r *Runner) collect(target Target, directives *asl.Directives) []diag.Diagnostic {
	findings := slices.Clone(target.Decoded)
	broken := brokenPlaces(target.Machine)
	options := r.Options
	options.Flow.Directives = directives
	var own []diag.Diagnostic
	pass := &Pass{ // one for all rules: none keeps it
		Machine: target.Machine, Type: target.Type, Options: options,
		Deployment: target.Deployment, Directives: directives,
		results: map[Prerequisite]any{}, fixes: r.Fixes,
		report: func(finding diag.Diagnostic) { own = append(own, finding) },
	}
	for _, rule := range r.Rules.Enabled() {
		if rule.Run == nil || len(broken) > 0 && judgesWhole(rule.Requires) {
			continue
		}
		own, pass.Rule, pass.needs = own[:0], rule, rule.Requires
		rule.Run(pass)
		if len(broken) > 0 {
			own = trusted(own, broken)
		}
		findings = append(findings, own...)
	}
	return findings
}

// trusted drops what a rule can only have guessed because a part of the text
// could not be read: what it says of that part.
func trusted(findings []diag.Diagnostic, broken []syntax.Span) []diag.Diagnostic {
	return slices.DeleteFunc(findings, func(finding diag.Diagnostic) bool {
		return slices.ContainsFunc(broken, func(place syntax.Span) bool {
			return place.Contains(finding.Span) || finding.Span.Contains(place)
		})
	})
}

// brokenPlaces returns the states, or the smallest regions, of which a part
// could not be read.
func brokenPlaces(machine *asl.Machine) []syntax.Span {
	holes := malformed(machine.Tree)
	for i, hole := range holes {
		for state := range machine.States() {
			if span := state.Span(); span.Contains(hole) {
				holes[i] = span
			}
		}
	}
	return holes
}

// malformed returns the places where the text could not be read.
func malformed(tree *syntax.Tree) []syntax.Span {
	var holes []syntax.Span
	for _, fault := range tree.Errors {
		if fault.Code != syntax.DuplicateKey && fault.Code != syntax.Substitution {
			holes = append(holes, fault.Span)
		}
	}
	return holes
}

// Sort orders findings by the file that the user edits, place and rule, so that
// output never depends on the order of work, and drops repetitions: a definition
// that two templates deploy is reported once.
func Sort(findings []diag.Diagnostic) []diag.Diagnostic {
	sorted := make([]placed, len(findings))
	for i, finding := range findings {
		file, span, _ := finding.File.Locate(finding.Span)
		sorted[i] = placed{finding, file.Name, span}
	}
	slices.SortStableFunc(sorted, func(a, b placed) int {
		return cmp.Or(
			cmp.Compare(a.file, b.file),
			cmp.Compare(a.span.Start, b.span.Start),
			cmp.Compare(a.span.End, b.span.End),
			cmp.Compare(a.finding.Rule, b.finding.Rule),
			cmp.Compare(a.finding.Message, b.finding.Message),
		)
	})
	sorted = slices.CompactFunc(sorted, func(a, b placed) bool {
		return a.file == b.file && a.span == b.span && a.finding.Rule == b.finding.Rule && a.finding.Message == b.finding.Message
	})
	findings = findings[:0]
	for _, p := range sorted {
		findings = append(findings, p.finding)
	}
	return findings
}

// placed is a finding with its place in the file that the user edits.
type placed struct {
	finding diag.Diagnostic
	file    string
	span    syntax.Span
}

// pointerTo returns the RFC 6901 pointer of a finding in the definition.
func pointerTo(tree *syntax.Tree, finding diag.Diagnostic) string {
	if finding.File != tree.File {
		return ""
	}
	return tree.PointerAt(finding.Span)
}
