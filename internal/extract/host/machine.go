// Package host is what all kinds of host files share: files that hold a state
// machine among other things, such as a CloudFormation template or a Terraform
// module. It reads the files that they refer to, and puts a definition together
// from pieces without losing where each piece stands.
package host

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Request is a host file to look into, and what is known beside it.
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

func quote(name string) string { return `"` + name + `"` }
