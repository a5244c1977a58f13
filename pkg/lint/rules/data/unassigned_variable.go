package data

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func unassignedVariable() *lint.Rule {
	return &lint.Rule{
		Name: "unassigned-variable", Category: lint.Data, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "a state reads a variable that no state before it assigns",
		Requires: []lint.Prerequisite{variableFlows},
		Run: func(p *lint.Pass) {
			v := variablesOf(p)
			for _, reads := range v.eachVariable() {
				reportAbsence(p, v, reads)
			}
		},
	}
}

// reportAbsence reports the first of the reads of a variable that can never find
// a value, and points at the others.
func reportAbsence(p *lint.Pass, v *variables, reads []occurrence) {
	var first diag.Diagnostic
	for _, o := range reads {
		fault := v.absence(p, o.state, o.read)
		switch {
		case fault.Message == "":
		case first.Message == "":
			first = fault
		case len(first.Related) < maxRelated:
			first.Related = append(first.Related, verdict.Related(p, o.read.Span, "%q reads it, too", o.state.Name))
		}
	}
	if first.Message != "" {
		p.Report(first)
	}
}

// absence says why a read can never find a value; the Message is empty when it can.
func (v *variables) absence(p *lint.Pass, state *asl.State, read asl.Read) diag.Diagnostic {
	name := read.Variable
	finding := diag.Diagnostic{Span: read.Span, State: state.Name}
	if region, _ := v.find(state.Region, name); region == nil {
		finding.Message = fmt.Sprintf("state %q reads the variable $%s, which no state assigns", state.Name, name)
		v.explain(p, &finding, state, name)
		return finding
	}
	flow := flowOf(p)
	if flow == nil {
		return diag.Diagnostic{}
	}
	if _, may := flow.knows(nodeOf(p, state), name); may || toleratesAbsence(read) {
		return diag.Diagnostic{}
	}
	_, places := v.find(state.Region, name)
	finding.Message = fmt.Sprintf("state %q reads the variable $%s before any state assigns it", state.Name, name)
	finding.Help = "assign it in a state on the way"
	if places[0].state == state {
		finding.Help = "a state sees variables as they were when it was entered: what it assigns itself is there from the next state on"
	}
	finding.Related = relateAssignments(p, places)
	return finding
}

// explain tells a misspelling, and a variable that another scope keeps to itself.
func (v *variables) explain(p *lint.Pass, finding *diag.Diagnostic, state *asl.State, name string) {
	if _, assigned := v.names[name]; !assigned {
		if name == "states" {
			finding.Help = "$states exists in JSONata states; in a JSONPath state the input is $"
		} else if near := v.suggest(state, name); near != "" {
			finding.Help = fmt.Sprintf("did you mean $%s?", near)
		}
		return
	}
	finding.Message = fmt.Sprintf("state %q reads the variable $%s, which it cannot see", state.Name, name)
	for region := state.Region; region.Owner != nil; region = region.Owner.Region {
		outer, places := v.find(region.Owner.Region, name)
		if outer != nil && isDistributed(region) {
			finding.Help = fmt.Sprintf("the child executions of the distributed Map %q see no variables from outside: pass the value in with ItemSelector", region.Owner.Name)
			finding.Related = relateAssignments(p, places)
			return
		}
	}
	for other := range p.Machine.States() {
		if places := v.assigned[other.Region][name]; len(places) > 0 && other.Owner() != nil {
			finding.Help = fmt.Sprintf("a variable that is assigned inside a branch or an item processor ends with it: let %q return the value and assign it there", other.Owner().Name)
			finding.Related = relateAssignments(p, places)
			return
		}
	}
}

// maxSuggestions bounds how many misspelt variables of a machine are looked up,
// so that a huge machine costs no square of its variables.
const maxSuggestions = 20

// suggest returns the variable that a wrong name was probably meant to be: one
// that is assigned, or the $states of JSONata.
func (v *variables) suggest(state *asl.State, name string) string {
	if v.suggested++; v.suggested > maxSuggestions {
		return ""
	}
	if near := diag.Suggest(name, v.visible(state.Region)); near != "" || state.QueryLanguage != asl.JSONata {
		return near
	}
	return diag.Suggest(name, []string{"states"})
}

// maxRelated bounds the places that a finding points at.
const maxRelated = 3

func relateAssignments(p *lint.Pass, places []assignment) []diag.Related {
	var related []diag.Related
	for _, place := range places[:min(len(places), maxRelated)] {
		related = append(related, verdict.Related(p, place.variable.NameNode.Span(), "%q assigns it here", place.state.Name))
	}
	return related
}

// toleratesAbsence reports whether a read does not fail by itself when the
// variable has no value: in JSONata only an expression that gives nothing as a
// whole fails, which is certain only for a variable and its fields alone.
func toleratesAbsence(read asl.Read) bool {
	e := read.Expression
	return e.Kind == asl.JSONataString && !isPlainRead(e.Source)
}

// isPlainRead reports whether a JSONata expression is a variable, or a field of
// one, and nothing else: $order.items.price.
func isPlainRead(source string) bool {
	if source == "" || source[0] != '$' {
		return false
	}
	for _, r := range source[1:] {
		if r != '_' && r != '.' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return false
		}
	}
	return true
}

// nodeOf returns the node of a state in the graph.
func nodeOf(p *lint.Pass, state *asl.State) *graph.Node { return p.Graph().Node(state) }
