package lint

import (
	"fmt"
	"reflect"

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

	Deployment *Deployment // what the template says of the machine; nil for a plain definition

	graph  func() *graph.Graph
	shared map[reflect.Type]any
	report func(diag.Diagnostic)
	global bool // the rule looked at the machine as a whole
}

// Options is what the configuration tells the rules.
type Options struct {
	Strict bool          // the strict preset: do not trust what is only inferred
	Flow   graph.Options // what the team declares about terminals, effects and undos
}

// Graph returns the control-flow graph of the machine, built once for all rules.
func (p *Pass) Graph() *graph.Graph {
	p.global = true
	return p.graph()
}

// Shared returns what compute makes of the machine, computed once for all rules
// that share the type of the result.
func Shared[T any](p *Pass, compute func(*Pass) T) T {
	p.global = true
	return Collected(p, compute)
}

// Collected is [Shared] for what is told of each state by itself, so that it
// holds for the rest of a machine of which a part could not be read.
func Collected[T any](p *Pass, compute func(*Pass) T) T {
	key := reflect.TypeFor[T]()
	if known, ok := p.shared[key]; ok {
		return known.(T)
	}
	result := compute(p)
	p.shared[key] = result
	return result
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
