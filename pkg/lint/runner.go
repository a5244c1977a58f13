package lint

import (
	"cmp"
	"reflect"
	"slices"
	"sync"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Target is one state machine to check.
type Target struct {
	Machine *asl.Machine
	Type    asl.WorkflowType
	Decoded []diag.Diagnostic // what reading the definition found
}

// Runner applies rules to machines. It holds no state between machines and is
// safe for concurrent use.
type Runner struct {
	Rules   *RuleSet
	Options Options
}

// Check returns what is wrong with one machine, sorted by place, each finding
// once, without what the definition's own directives ignore.
func (r *Runner) Check(target Target) []diag.Diagnostic {
	findings := r.admit(r.collect(target))
	findings = r.admit(r.suppress(target.Machine, findings))
	for i := range findings {
		findings[i].Pointer = cmp.Or(findings[i].Pointer, pointerTo(target.Machine.Tree, findings[i]))
	}
	return Sort(findings)
}

// admit keeps the findings of rules that are on and gives them their severity.
func (r *Runner) admit(findings []diag.Diagnostic) []diag.Diagnostic {
	admitted := findings[:0]
	for _, finding := range findings {
		if r.Rules.admit(&finding) {
			admitted = append(admitted, finding)
		}
	}
	return admitted
}

// collect runs the rules.
func (r *Runner) collect(target Target) []diag.Diagnostic {
	findings := slices.Clone(target.Decoded)
	broken := brokenPlaces(target.Machine)
	buildGraph := sync.OnceValue(func() *graph.Graph { return graph.Build(target.Machine) })
	shared := map[reflect.Type]any{}
	for _, rule := range r.Rules.Enabled() {
		if rule.Run == nil {
			continue
		}
		var own []diag.Diagnostic
		pass := &Pass{
			Rule: rule, Machine: target.Machine, Type: target.Type, Options: r.Options, graph: buildGraph, shared: shared,
			report: func(finding diag.Diagnostic) { own = append(own, finding) },
		}
		rule.Run(pass)
		if len(broken) > 0 {
			own = trusted(own, broken, pass.global)
		}
		findings = append(findings, own...)
	}
	return findings
}

// trusted drops what a rule can only have guessed because a part of the text
// could not be read: everything, when it looked at the machine as a whole, else
// what it says of the broken part.
func trusted(findings []diag.Diagnostic, broken []syntax.Span, global bool) []diag.Diagnostic {
	if global {
		return nil
	}
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
			if span := stateSpan(state); span.Contains(hole) {
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

// Sort orders findings by file, place and rule, so that output never depends on
// the order of work, and drops repetitions.
func Sort(findings []diag.Diagnostic) []diag.Diagnostic {
	slices.SortStableFunc(findings, func(a, b diag.Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.File.Name, b.File.Name),
			cmp.Compare(a.Span.Start, b.Span.Start),
			cmp.Compare(a.Span.End, b.Span.End),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(findings, func(a, b diag.Diagnostic) bool {
		return a.File == b.File && a.Span == b.Span && a.Rule == b.Rule && a.Message == b.Message
	})
}

// pointerTo returns the RFC 6901 pointer of a finding in the definition.
func pointerTo(tree *syntax.Tree, finding diag.Diagnostic) string {
	if finding.File != tree.File {
		return ""
	}
	return tree.PointerAt(finding.Span)
}
