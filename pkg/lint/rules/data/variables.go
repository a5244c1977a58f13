package data

import (
	"iter"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// Every States object is a scope of variables: the top level, each branch, each
// item processor. Inner scopes read the variables of outer ones, except in the
// children of a distributed Map, and may not assign them. Source: Amazon States
// Language, "Variables"; Developer Guide, "Passing data between states with
// variables".

// assignment is a place that assigns a variable.
type assignment struct {
	state    *asl.State
	variable *asl.Variable
}

// variables is what the machine does with its variables.
type variables struct {
	names    map[string]int // an index for each name that is assigned anywhere
	assigned map[*asl.Region]map[string][]assignment
	uses     []use // in the order of the states

	suggested int // how often a misspelt name has been looked up
}

var allVariables = &lint.Result[*variables]{
	Name:     "variables",
	Requires: []lint.Prerequisite{allExpressions},
	Compute: func(p *lint.Pass) *variables {
		v := &variables{names: map[string]int{}, assigned: map[*asl.Region]map[string][]assignment{}, uses: expressionsOf(p).uses}
		for state := range p.Machine.States() {
			for assign := range assigns(state) {
				for _, variable := range assign.Variables {
					v.add(state, variable)
				}
			}
		}
		return v
	},
}

// variablesOf collects assignments and reads, once for all rules.
func variablesOf(p *lint.Pass) *variables { return allVariables.Of(p) }

func (v *variables) add(state *asl.State, variable *asl.Variable) {
	scope := v.assigned[state.Region]
	if scope == nil {
		scope = map[string][]assignment{}
		v.assigned[state.Region] = scope
	}
	scope[variable.Name] = append(scope[variable.Name], assignment{state, variable})
	if _, known := v.names[variable.Name]; !known {
		v.names[variable.Name] = len(v.names)
	}
}

// assigns yields every Assign of a state: its own, and those of its Choice
// Rules and Catchers.
func assigns(state *asl.State) iter.Seq[*asl.Assign] {
	return func(yield func(*asl.Assign) bool) {
		if state.Assign != nil && !yield(state.Assign) {
			return
		}
		if state.Choice != nil {
			for _, rule := range state.Choice.Rules {
				if rule.Assign != nil && !yield(rule.Assign) {
					return
				}
			}
		}
		for _, catcher := range state.Catch {
			if catcher.Assign != nil && !yield(catcher.Assign) {
				return
			}
		}
	}
}

// outerRegion returns the region whose variables are read in a region beside
// its own; nil at top level and in the children of a distributed Map.
func outerRegion(region *asl.Region) *asl.Region {
	if region.Owner == nil || isDistributed(region) {
		return nil
	}
	return region.Owner.Region
}

// isDistributed reports whether a region runs as child executions.
func isDistributed(region *asl.Region) bool {
	return region.Owner != nil && region.Owner.Map != nil && region.Owner.Map.Distributed
}

// occurrence is a read of a variable by a state.
type occurrence struct {
	state *asl.State
	read  asl.Read
}

// eachVariable yields, for each variable of each scope, the reads that fail
// when the variable has no value, one for each state: one cause, one finding. A
// Choice that tests whether the variable is there fails at none.
func (v *variables) eachVariable() iter.Seq2[string, []occurrence] {
	type key struct {
		scope *asl.Region
		name  string
	}
	var order []key
	found := map[key][]occurrence{}
	for _, use := range v.uses {
		checked := asksForPresence(use.state)
		for _, read := range use.reads {
			if slices.Contains(checked, read.Variable) {
				continue
			}
			checked = append(checked, read.Variable)
			scope, _ := v.find(use.state.Region, read.Variable)
			k := key{scope, read.Variable}
			if found[k] == nil {
				order = append(order, k)
			}
			found[k] = append(found[k], occurrence{use.state, read})
		}
	}
	return func(yield func(string, []occurrence) bool) {
		for _, k := range order {
			if !yield(k.name, found[k]) {
				return
			}
		}
	}
}

// find returns the assignments of a variable that a state of the region sees,
// and the region they stand in; nil when there are none.
func (v *variables) find(region *asl.Region, name string) (*asl.Region, []assignment) {
	for ; region != nil; region = outerRegion(region) {
		if found := v.assigned[region][name]; len(found) > 0 {
			return region, found
		}
	}
	return nil, nil
}

// visible returns the names that a state of the region could read.
func (v *variables) visible(region *asl.Region) []string {
	var names []string
	for ; region != nil; region = outerRegion(region) {
		for name := range v.assigned[region] {
			names = append(names, name)
		}
	}
	return sorted(names)
}
