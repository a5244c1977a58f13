package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/directive"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// The rules about directives that suppress findings.
const (
	unusedIgnore        = "unused-ignore"
	ignoreWithoutReason = "ignore-without-reason"
)

// SuppressionRules returns the rules that the runner itself checks.
func SuppressionRules() []*Rule {
	return []*Rule{
		{
			Name: unusedIgnore, Category: Style, Severity: diag.Warning, Preset: Recommended,
			Summary: "an sfnctl:ignore directive suppresses nothing or names no rule",
		},
		{
			Name: ignoreWithoutReason, Category: Style, Severity: diag.Info, Preset: Strict,
			Summary: "an sfnctl:ignore directive does not say why",
		},
	}
}

// suppression is one rule that one directive ignores.
type suppression struct {
	rule  string
	cover syntax.Span // findings that begin in here are ignored
	at    syntax.Span // the rule's name in the directive
	state string
	used  bool
}

// suppress drops the findings that directives of the definition ignore, and
// adds those about the directives.
func (r *Runner) suppress(machine *asl.Machine, directives *asl.Directives, findings []diag.Diagnostic) []diag.Diagnostic {
	ignored := suppressionsOf(machine, directives)
	if len(ignored) == 0 {
		return findings
	}
	kept := findings[:0]
	for _, finding := range findings {
		if !ignores(ignored, machine, finding) {
			kept = append(kept, finding)
		}
	}
	whole := len(malformed(machine.Tree)) == 0
	return slices.Concat(kept, r.unused(machine, ignored, whole), unexplained(machine, directives))
}

// suppressionsOf returns what the directives of a machine ignore.
func suppressionsOf(machine *asl.Machine, directives *asl.Directives) []*suppression {
	var found []*suppression
	for _, d := range directives.All {
		if d.Key != directive.Ignore {
			continue
		}
		for _, rule := range d.List() {
			found = append(found, &suppression{
				rule: rule, cover: d.Cover, at: partSpan(machine.File(), d.Directive, rule), state: nameOf(d.State),
			})
		}
	}
	return found
}

func ignores(suppressions []*suppression, machine *asl.Machine, finding diag.Diagnostic) bool {
	ignored := false
	for _, s := range suppressions {
		if s.rule == finding.Rule && s.covers(machine, finding) {
			s.used, ignored = true, true
		}
	}
	return ignored
}

// covers reports whether a directive reaches a finding. One in a template around
// the definition is reached by directives for the whole state machine.
func (s *suppression) covers(machine *asl.Machine, finding diag.Diagnostic) bool {
	if s.state == "" {
		return true
	}
	return finding.File == machine.File() && machine.Tree.Root.Span().Contains(finding.Span) &&
		s.cover.Start <= finding.Span.Start && finding.Span.Start < s.cover.End
}

// unexplained returns the findings on directives that do not say why.
func unexplained(machine *asl.Machine, directives *asl.Directives) []diag.Diagnostic {
	var findings []diag.Diagnostic
	for _, d := range directives.All {
		if d.Key == directive.Ignore && d.Reason == "" {
			findings = append(findings, diag.Diagnostic{
				Rule: ignoreWithoutReason, File: machine.File(), Span: d.Span, State: nameOf(d.State),
				Message: "this directive does not say why the finding is ignored",
				Help:    "add the reason after two dashes: sfnctl:ignore=" + d.Value + " -- why",
			})
		}
	}
	return findings
}

// partSpan narrows the span of a list of rules to one of them.
func partSpan(file *syntax.File, found directive.Directive, part string) syntax.Span {
	if i := strings.Index(file.Text(found.ValueSpan), part); i >= 0 {
		start := found.ValueSpan.Start + i
		return syntax.Span{Start: start, End: start + len(part)}
	}
	return found.Span
}

// unused reports directives that ignore nothing. Where rules did not run, or
// the text is broken, nothing can be said.
func (r *Runner) unused(machine *asl.Machine, suppressions []*suppression, whole bool) []diag.Diagnostic {
	var findings []diag.Diagnostic
	for _, s := range suppressions {
		finding := diag.Diagnostic{Rule: unusedIgnore, File: machine.File(), Span: s.at, State: s.state}
		switch {
		case s.used:
			continue
		case !r.Rules.Known(s.rule):
			finding.Message = fmt.Sprintf("sfnctl:ignore names %q, which is no rule", s.rule)
			finding.Help = didYouMean(diag.Suggest(s.rule, r.Rules.names()))
		case whole && r.Rules.Has(s.rule):
			finding.Message = fmt.Sprintf("sfnctl:ignore=%s suppresses nothing here", s.rule)
			finding.Help = "remove it"
		default:
			continue
		}
		findings = append(findings, finding)
	}
	return findings
}

func didYouMean(name string) string {
	if name == "" {
		return "sfnctl rules lists the rules"
	}
	return fmt.Sprintf("did you mean %q?", name)
}

func (s *RuleSet) names() []string {
	names := make([]string, 0, len(s.known))
	for name := range s.known {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
