package terraform

import (
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Extract returns the state machines that a file of a module declares, in
// source order, and the errors of its notation.
func Extract(request *host.Request) ([]host.Machine, []syntax.Error) {
	m := load(request)
	var machines []host.Machine
	for _, block := range m.blocks[request.File] {
		switch {
		case block.Type == "resource" && len(block.Labels) == 2 && block.Labels[0] == machineType:
			machines = append(machines, m.machine(block, block.Labels[1], "definition"))
		case block.Type == "module" && len(block.Labels) == 1:
			machines = append(machines, m.handedOver(block)...)
		}
	}
	return machines, m.faults[request.File]
}

// handedOver returns the state machines whose definitions are arguments of a
// module.
func (m *module) handedOver(block *hclsyntax.Block) []host.Machine {
	var machines []host.Machine
	for _, argument := range slices.Sorted(maps.Keys(block.Body.Attributes)) {
		if !strings.Contains(argument, "definition") {
			continue
		}
		if found := m.machine(block, block.Labels[0], argument); m.isMachine(&found, block, argument) {
			machines = append(machines, found)
		}
	}
	return machines
}

// isMachine reports whether an argument of a module is the definition of a state
// machine: other things have definitions, too.
func (m *module) isMachine(found *host.Machine, block *hclsyntax.Block, argument string) bool {
	if found.Tree != nil {
		root, ok := found.Tree.Root.(*syntax.Object)
		return ok && (root.Get("States") != nil || root.Get("StartAt") != nil)
	}
	source := block.Body.Attributes["source"]
	return argument == "definition" && source != nil && strings.Contains(m.source(source.Expr), "step-functions")
}

// machine reads the definition that an argument of a block holds.
func (m *module) machine(block *hclsyntax.Block, name, argument string) host.Machine {
	file := m.request.File
	label := spanOf(block.LabelRanges[len(block.LabelRanges)-1], file)
	machine := host.Machine{Name: name, Definition: file, Deployment: m.deployment(block, name, label)}
	machine.Type, machine.HasType = m.workflowType(block)
	attribute := block.Body.Attributes[argument]
	if attribute == nil {
		machine.NotRead(file, label, diag.Error, "it has none", "add the argument definition")
		return machine
	}
	m.read(&machine, attribute.Expr)
	return machine
}

func (m *module) workflowType(block *hclsyntax.Block) (asl.WorkflowType, bool) {
	attribute := block.Body.Attributes["type"]
	if attribute == nil {
		return asl.Standard, true
	}
	value := m.value(attribute.Expr, nil)
	if strings.EqualFold(value.Text, asl.Express.String()) {
		return asl.Express, true
	}
	return asl.Standard, value.Known
}

// read reads the definition that an expression gives.
func (m *module) read(machine *host.Machine, e hclsyntax.Expression) {
	file := m.request.File
	r := &reader{module: m, machine: machine}
	found := r.resolve(e, nil)
	switch {
	case found.tree != nil:
		machine.Tree = found.tree
		machine.Definition = found.tree.File
	case found.text != nil && strings.TrimSpace(found.text.String()) != "":
		machine.Definition = found.text.File()
		content := m.given(found.text)
		machine.Tree = parseText(content)
	default:
		machine.Form = m.source(e)
		reason, help, severity := m.whyNot(e, found.err), "", diag.Info
		var missing *host.MissingError
		if errors.As(found.err, &missing) {
			help = "paths start from the directory where terraform runs; ${path.module} is that of the module"
		}
		if found.err != nil {
			severity = diag.Warning
		}
		machine.NotRead(file, spanOf(e.Range(), file), severity, reason, help)
	}
}

// given fills in the substitutions that the user gives by name.
func (m *module) given(t *host.Text) *host.Text {
	if len(m.request.Substitutions) == 0 {
		return t
	}
	return host.Expand(t, syntax.JSON, false, func(s host.Substitution) (host.Value, bool) {
		text, ok := m.request.Substitutions[s.Name]
		return host.Known(text), ok
	})
}

func parseText(t *host.Text) *syntax.Tree {
	file := t.Embedded()
	switch strings.ToLower(path.Ext(file.Name)) {
	case ".yaml", ".yml":
		return syntax.ParseYAML(file)
	}
	return syntax.ParseJSON(file)
}

// whyNot says what keeps a definition from being read.
func (m *module) whyNot(e hclsyntax.Expression, err error) string {
	if err != nil {
		return err.Error()
	}
	if traversal, ok := e.(*hclsyntax.ScopeTraversalExpr); ok {
		switch traversal.Traversal.RootName() {
		case "var":
			return "the callers of the module give it (" + m.source(e) + ")"
		case "each", "count":
			return "it differs for each instance (" + m.source(e) + ")"
		}
	}
	return "only a run of Terraform knows what " + shorten(m.source(e)) + " gives"
}

func shorten(text string) string {
	const longest = 60
	if len(text) > longest {
		return strings.ToValidUTF8(text[:longest], "") + "..."
	}
	return text
}
