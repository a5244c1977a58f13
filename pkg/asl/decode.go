package asl

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Parse decodes a state machine and judges its structure. It returns a machine
// whatever the text is, and with it every finding: errors of the notation,
// required, unknown, misplaced and wrongly typed fields, expressions that do
// not parse, transitions that lead nowhere. Findings stand in source order.
func Parse(tree *syntax.Tree) (*Machine, []diag.Diagnostic) {
	d := newDecoder(tree)
	d.reportSyntax()
	d.decodeMachine()
	d.machine.all = slices.Collect(d.machine.Region.All())
	d.reportTargets()
	sortFindings(d.findings)
	return d.machine, d.findings
}

// ParseFile parses src and decodes it. The name says which notation it is
// written in and is shown in findings.
func ParseFile(name string, src []byte) (*Machine, []diag.Diagnostic) {
	return Parse(syntax.Parse(syntax.NewFile(name, src)))
}

// suggestionBudget bounds how many names all suggestions for one machine look at.
const suggestionBudget = 200_000

func newDecoder(tree *syntax.Tree) *decoder {
	return &decoder{
		tree:    tree,
		names:   map[string]*State{},
		paths:   map[string]*jsonpath.Path{},
		labels:  map[string]*syntax.String{},
		budget:  suggestionBudget,
		library: jsonata.Extended(),
	}
}

type decoder struct {
	tree     *syntax.Tree
	machine  *Machine
	findings []diag.Diagnostic
	budget   int

	names  map[string]*State         // every state of the machine
	paths  map[string]*jsonpath.Path // every path that parses, by its text
	labels map[string]*syntax.String // every Label of the machine

	pending []danglingTarget

	state     *State        // being decoded; nil at top level
	path      []byte        // see place.go
	stateMark int           // where the path of the state begins
	foreign   bool          // the state's use of the other query language is reported
	guessing  bool          // the QueryLanguage of the machine is not known
	language  spec.Language // of the state
	readable  readable
	library   *jsonata.Library // the functions that JSONata states may call
}

func (d *decoder) decodeMachine() {
	d.machine = &Machine{Tree: d.tree, Region: &Region{Node: d.tree.Root}}
	root, ok := d.tree.Root.(*syntax.Object)
	if !ok {
		d.rejectRoot()
		return
	}
	if d.isOtherFile(root) {
		d.report(RuleMissingField, root.Span(), `this is not a state machine: it has neither "StartAt" nor "States"`, "").
			schema(root.Span(), "These fields are required: [States, StartAt]")
		return
	}
	o := d.open(root, &spec.Machine, 0, spec.Both)
	d.machine.Comment = o.text("Comment")
	d.machine.QueryLanguage, d.guessing = d.machineLanguage(o)
	d.machine.TimeoutSeconds = o.number("TimeoutSeconds")
	o.text("Version")
	d.decodeRegion(o, d.machine.Region)
}

// isOtherFile reports whether an object is something else altogether, such as a
// package.json: several fields, and none that is or resembles what only a state
// machine has. To name each of the fields would not help.
func (d *decoder) isOtherFile(root *syntax.Object) bool {
	names := []string{"StartAt", "States", "QueryLanguage", "TimeoutSeconds"}
	for _, member := range root.Members {
		if slices.Contains(names, member.Key.Value) || d.suggest(member.Key.Value, names) != "" || HasSubstitution(member.Key.Value) {
			return false
		}
	}
	return len(root.Members) > 1
}

// rejectRoot reports a definition that is no object. Text that does not even
// parse has been reported as such.
func (d *decoder) rejectRoot() {
	if len(d.tree.Errors) > 0 || isSubstituted(d.tree.Root) {
		return
	}
	span := d.tree.Root.Span()
	message := "a definition is an object, not " + withArticle(syntax.Kind(d.tree.Root))
	if strings.TrimSpace(string(d.tree.File.Src)) == "" {
		message = "the definition is empty"
	}
	d.report(RuleWrongType, span, message, `write {"StartAt": ..., "States": {...}}`).
		schema(syntax.Span{}, "Definition must be a valid JSON object")
}
