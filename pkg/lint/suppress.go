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
func (r *Runner) suppress(machine *asl.Machine, findings []diag.Diagnostic) []diag.Diagnostic {
	reader := directiveReader{machine: machine}
	reader.read()
	if len(reader.suppressions) == 0 {
		return findings
	}
	kept := findings[:0]
	for _, finding := range findings {
		if !reader.ignores(finding) {
			kept = append(kept, finding)
		}
	}
	whole := len(malformed(machine.Tree)) == 0
	return append(append(kept, r.unused(machine, reader.suppressions, whole)...), reader.findings...)
}

// directiveReader collects the ignore directives of a machine.
type directiveReader struct {
	machine      *asl.Machine
	suppressions []*suppression
	findings     []diag.Diagnostic
}

func (d *directiveReader) ignores(finding diag.Diagnostic) bool {
	ignored := false
	for _, s := range d.suppressions {
		if s.rule == finding.Rule && d.covers(s, finding) {
			s.used, ignored = true, true
		}
	}
	return ignored
}

// covers reports whether a directive reaches a finding. One in a template around
// the definition is reached by directives for the whole state machine.
func (d *directiveReader) covers(s *suppression, finding diag.Diagnostic) bool {
	if finding.File != d.machine.File() || !d.machine.Tree.Root.Span().Contains(finding.Span) && s.state == "" {
		return s.state == ""
	}
	return s.cover.Start <= finding.Span.Start && finding.Span.Start < s.cover.End
}

func (d *directiveReader) read() {
	whole := syntax.Span{Start: 0, End: len(d.machine.File().Src) + 1}
	d.add(directive.Parse(d.machine.Comment), whole, "")
	for state := range d.machine.States() {
		d.readState(state)
	}
	for _, comment := range d.machine.Tree.Comments {
		cover, state := d.yamlCover(comment, whole)
		d.add(directive.ParseYAML(comment), cover, state)
	}
}

func (d *directiveReader) readState(state *asl.State) {
	d.add(directive.Parse(state.Comment), stateSpan(state), state.Name)
	for _, region := range state.Regions() {
		d.add(directive.Parse(region.Comment), region.Node.Span(), state.Name)
	}
	for _, retrier := range state.Retry {
		d.add(directive.Parse(retrier.Comment), retrier.Node.Span(), state.Name)
	}
	for _, catcher := range state.Catch {
		d.add(directive.Parse(catcher.Comment), catcher.Node.Span(), state.Name)
	}
	if state.Choice != nil {
		for _, rule := range state.Choice.Rules {
			d.add(directive.Parse(rule.Comment), rule.Node.Span(), state.Name)
		}
	}
}

// stateSpan reaches from the name of a state to its end.
func stateSpan(state *asl.State) syntax.Span {
	if state.Node == nil {
		return state.NameNode.Span()
	}
	return state.NameNode.Span().Cover(state.Node.Span())
}

func (d *directiveReader) add(directives []directive.Directive, cover syntax.Span, state string) {
	for _, found := range directives {
		if found.Key != directive.Ignore {
			continue
		}
		for _, rule := range found.List() {
			d.suppressions = append(d.suppressions, &suppression{
				rule: rule, cover: cover, at: partSpan(d.machine.File(), found, rule), state: state,
			})
		}
		if found.Reason == "" {
			d.findings = append(d.findings, diag.Diagnostic{
				Rule: ignoreWithoutReason, File: d.machine.File(), Span: found.Span, State: state,
				Message: "this directive does not say why the finding is ignored",
				Help:    "add the reason after two dashes: sfnctl:ignore=" + found.Value + " -- why",
			})
		}
	}
}

// partSpan narrows the span of a list of rules to one of them.
func partSpan(file *syntax.File, found directive.Directive, part string) syntax.Span {
	if i := strings.Index(file.Text(found.ValueSpan), part); i >= 0 {
		start := found.ValueSpan.Start + i
		return syntax.Span{Start: start, End: start + len(part)}
	}
	return found.Span
}

// yamlCover says what a YAML comment speaks of: the state whose name stands on
// its line or on the line below it, else that line; above the definition, all of it.
func (d *directiveReader) yamlCover(comment syntax.Comment, whole syntax.Span) (syntax.Span, string) {
	file := d.machine.File()
	if comment.Span.Start < d.machine.Tree.Root.Span().Start {
		return whole, ""
	}
	line := file.Position(comment.Span.Start, syntax.Bytes).Line
	before := file.Text(syntax.Span{Start: file.LineSpan(line).Start, End: comment.Span.Start})
	for alone := strings.TrimSpace(before) == ""; alone && line < file.Lines(); {
		line++
		text := strings.TrimSpace(file.Text(file.LineSpan(line)))
		alone = text == "" || strings.HasPrefix(text, "#")
	}
	cover := file.LineSpan(line)
	for state := range d.machine.States() {
		if start := state.NameNode.Span().Start; cover.Start <= start && start < cover.End {
			return stateSpan(state), state.Name
		}
	}
	return cover, ""
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
