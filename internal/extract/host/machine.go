// Package host is what all kinds of host files share: files that hold a state
// machine among other things, such as a CloudFormation template or a Terraform
// module. It reads the files that they refer to, and puts a definition together
// from pieces without losing where each piece stands.
package host

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Request is a host file to look into, and what else is known.
type Request struct {
	Project       *Project
	File          *syntax.File
	Substitutions map[string]string // by the user, for placeholders and parameters alike
	Parameters    map[string]string // the values of the template's parameters
}

// Given returns the value that the user gives to a parameter or placeholder.
func (r *Request) Given(name string) (string, bool) {
	if text, ok := r.Substitutions[name]; ok {
		return text, true
	}
	text, ok := r.Parameters[name]
	return text, ok
}

// Machine is a state machine that a host file deploys.
type Machine struct {
	Name       string           // the logical id, or the name of the resource
	Form       string           // how the definition is written, such as "DefinitionUri"
	Tree       *syntax.Tree     // the definition; nil when it cannot be read
	Unread     string           // why it cannot be read
	Type       asl.WorkflowType // Standard when the host does not say
	HasType    bool             // the host says which type
	Deployment *lint.Deployment
	Findings   []diag.Diagnostic // about substitutions and about reading
	Definition *syntax.File      // the file that the definition stands in; may be the host itself
}

// NotRead makes the definition one that cannot be read, and reports why.
func (m *Machine) NotRead(file *syntax.File, at syntax.Span, severity diag.Severity, reason, help string) {
	m.Unread = reason
	m.Report(diag.Diagnostic{
		Rule: lint.DefinitionNotRead, Severity: severity, File: file, Span: at,
		Message: "the definition of " + quote(m.Name) + " is not checked: " + reason, Help: help,
	})
}

// Report adds a finding.
func (m *Machine) Report(finding diag.Diagnostic) {
	finding.Category = string(lint.Template)
	m.Findings = append(m.Findings, finding)
}

// CheckType reports a type of workflow that is known and that the deployment
// refuses: only STANDARD and EXPRESS, in capitals, are types.
func (m *Machine) CheckType(value Value, file *syntax.File, at syntax.Span) {
	if !value.Known || value.Text == asl.Standard.String() || value.Text == asl.Express.String() {
		return
	}
	help := "write STANDARD or EXPRESS"
	if upper := strings.ToUpper(value.Text); upper == asl.Standard.String() || upper == asl.Express.String() {
		help = "write " + upper
	}
	m.Report(diag.Diagnostic{
		Rule: lint.InvalidTemplate, Severity: diag.Error, File: file, Span: at,
		Message: "the type of " + quote(m.Name) + " is " + quote(value.Text) + ", which the deployment refuses", Help: help,
	})
}

// CheckParts makes sure that a definition is not taken for read whose parts are
// placeholders: it says which of them are not checked, and why.
func (m *Machine) CheckParts() {
	if m.Tree == nil {
		return
	}
	root, ok := m.Tree.Root.(*syntax.Object)
	if text := placeholder(m.Tree.Root); !ok && text != "" {
		m.notReadAt(m.Tree.Root, "only the deployment knows what "+text+" gives")
		return
	}
	if text := placeholder(root.Get("States")); text != "" {
		m.notReadAt(root.Get("States"), "only the deployment knows its States, "+text)
		return
	}
	m.checkStates(root)
}

func (m *Machine) notReadAt(node syntax.Node, reason string) {
	tree := m.Tree
	m.Tree = nil
	m.NotRead(tree.File, node.Span(), diag.Info, reason, "")
}

// checkStates reports the states, branches and processors that are placeholders.
func (m *Machine) checkStates(region *syntax.Object) {
	states, _ := region.Get("States").(*syntax.Object)
	if states == nil {
		return
	}
	for _, member := range states.Members {
		state, _ := member.Value.(*syntax.Object)
		m.checkPart("the state "+quote(member.Key.Value), member.Value)
		for _, field := range []string{"ItemProcessor", "Iterator"} {
			processor, _ := state.Get(field).(*syntax.Object)
			m.checkRegion(field+" of "+quote(member.Key.Value), state.Get(field), processor)
		}
		m.checkPart("Branches of "+quote(member.Key.Value), state.Get("Branches"))
		branches, _ := state.Get("Branches").(*syntax.Array)
		for i := 0; branches != nil && i < len(branches.Items); i++ {
			branch, _ := branches.Items[i].(*syntax.Object)
			m.checkRegion("a branch of "+quote(member.Key.Value), branches.Items[i], branch)
		}
	}
}

func (m *Machine) checkRegion(what string, node syntax.Node, region *syntax.Object) {
	m.checkPart(what, node)
	if region != nil {
		m.checkPart("States in "+what, region.Get("States"))
		m.checkStates(region)
	}
}

func (m *Machine) checkPart(what string, node syntax.Node) {
	if text := placeholder(node); text != "" {
		m.Report(diag.Diagnostic{
			Rule: lint.DefinitionNotRead, Severity: diag.Info, File: m.Tree.File, Span: node.Span(),
			Message: what + " is not checked: only the deployment knows what " + text + " gives",
		})
	}
}

// placeholder returns the text of a node that is a placeholder, else "".
func placeholder(node syntax.Node) string {
	if text, ok := node.(*syntax.String); ok && asl.HasSubstitution(text.Value) {
		return text.Value
	}
	return ""
}

func quote(name string) string { return `"` + name + `"` }
