package lint

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Pass is one run of one rule over one machine.
type Pass struct {
	Rule    *Rule
	Machine *asl.Machine
	Type    asl.WorkflowType
	Options Options

	Deployment *Deployment     // what the template says of the machine; nil for a plain definition
	Directives *asl.Directives // what the definition says in its comments

	needs   []Prerequisite // what may be read: what the rule, or the result being computed, requires
	results map[Prerequisite]any
	report  func(diag.Diagnostic)
	fixes   bool // somebody asks for fixes
}

// Options is what the configuration tells the rules.
type Options struct {
	Strict bool          // the strict preset: do not trust what is only inferred
	Flow   graph.Options // what the team declares about terminals, effects and undos
}

// Prerequisite is a [Result] of any type. A rule names in Requires those that it
// reads.
type Prerequisite interface {
	requires() []Prerequisite
	ofStates() bool
}

// Result is what several rules derive from a machine. It is computed when the
// first of them reads it, and once.
type Result[T any] struct {
	Name string
	// Requires lists what Compute reads.
	Requires []Prerequisite
	// OfStates says that the result tells of each state by itself, so that it
	// holds for the rest of a machine of which a part could not be read. The
	// findings of a rule that requires any other result are dropped there.
	OfStates bool
	Compute  func(*Pass) T
}

func (r *Result[T]) requires() []Prerequisite { return r.Requires }
func (r *Result[T]) ofStates() bool           { return r.OfStates }

// Of returns the result for the machine of the pass. It panics when the rule
// does not require the result, which is a mistake in the rule.
func (r *Result[T]) Of(p *Pass) T {
	if known, ok := p.results[r]; ok && p.mayRead(r, p.needs) {
		return known.(T)
	}
	if !p.mayRead(r, p.needs) {
		panic(fmt.Sprintf("rule %s reads the result %q, which it does not require", p.Rule.Name, r.Name))
	}
	before := p.needs
	p.needs = r.Requires
	result := r.Compute(p)
	p.needs, p.results[r] = before, result
	return result
}

// mayRead reports whether a result is required, by the rule or by what it requires.
func (p *Pass) mayRead(result Prerequisite, needs []Prerequisite) bool {
	for _, need := range needs {
		if need == result || p.mayRead(result, need.requires()) {
			return true
		}
	}
	return false
}

// judgesWhole reports whether any of the results tells of the machine as a whole.
func judgesWhole(needs []Prerequisite) bool {
	for _, need := range needs {
		if !need.ofStates() || judgesWhole(need.requires()) {
			return true
		}
	}
	return false
}

// Graph is the control-flow graph of the machine.
var Graph = &Result[*graph.Graph]{
	Name:    "graph",
	Compute: func(p *Pass) *graph.Graph { return graph.Build(p.Machine) },
}

// Graph returns the control-flow graph of the machine, which the rule requires.
func (p *Pass) Graph() *graph.Graph { return Graph.Of(p) }

// Fix offers what build makes as fixes of a finding that is not reported yet. It
// is built only when somebody asks for fixes.
func (p *Pass) Fix(finding *diag.Diagnostic, build func() []diag.Fix) {
	if p.fixes {
		finding.Fixes = build()
	}
}

// Report adds a finding. What it leaves out is filled in: Rule, Category and
// Severity from the rule, File from the machine, Pointer from Span.
func (p *Pass) Report(finding diag.Diagnostic) {
	finding.Rule = p.Rule.Name
	if finding.Severity == 0 {
		finding.Severity = p.Rule.Severity
	}
	if finding.File == nil {
		finding.File = p.Machine.File()
	}
	p.report(finding)
}

// Reportf adds a finding about a state, at the node given. State may be nil
// for what concerns the whole machine.
func (p *Pass) Reportf(state *asl.State, at syntax.Node, format string, arguments ...any) {
	p.Report(diag.Diagnostic{Span: at.Span(), State: nameOf(state), Message: fmt.Sprintf(format, arguments...)})
}

func nameOf(state *asl.State) string {
	if state == nil {
		return ""
	}
	return state.Name
}
