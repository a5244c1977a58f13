package asl

import (
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// ParseState decodes the definition of a single state, as the TestState API
// takes it, into a machine that has only this state, under the given name.
// Where its transitions lead is not judged.
func ParseState(name string, tree *syntax.Tree) (*Machine, []diag.Diagnostic) {
	d := newDecoder(tree)
	d.reportSyntax()
	region := &Region{Node: tree.Root}
	d.machine = &Machine{Tree: tree, Region: region}
	start := tree.Root.Span().Start
	key := syntax.NewString(syntax.Span{Start: start, End: start}, name)
	state := &State{Name: name, NameNode: key, Region: region}
	region.States = []*State{state}
	region.byName = map[string]*State{name: state}
	region.StartAt = &Transition{Node: key, Target: name}
	d.names[name] = state
	d.decodeStateWithin(state, tree.Root)
	sortFindings(d.findings)
	return d.machine, d.findings
}
