package terraform

import (
	"errors"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

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
			machines = append(machines, m.instances(block)...)
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
		if found := m.machine(block, block.Labels[0], argument, nil); m.isMachine(&found, block, argument) {
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
func (m *module) machine(block *hclsyntax.Block, name, argument string, in scope) host.Machine {
	file := m.request.File
	label := spanOf(block.LabelRanges[len(block.LabelRanges)-1], file)
	machine := host.Machine{Name: name, Definition: file, Deployment: m.deployment(block, name, label)}
	machine.Type, machine.HasType = m.workflowType(&machine, block, in)
	attribute := block.Body.Attributes[argument]
	if attribute == nil {
		machine.NotRead(file, label, diag.Error, "it has none", "add the argument definition")
		return machine
	}
	m.read(&machine, attribute.Expr, in)
	return machine
}

// instances returns the state machines of a resource: one, or one for each item
// of a for_each, or of a count, that is known and that the definition depends on.
func (m *module) instances(block *hclsyntax.Block) []host.Machine {
	const most = 100
	one := []host.Machine{}
	loop, definition := block.Body.Attributes["for_each"], block.Body.Attributes["definition"]
	if loop != nil && definition != nil && refersTo(definition.Expr, "each") {
		items := m.evaluate(loop.Expr, nil)
		if items.IsKnown() && !items.IsNull() && items.CanIterateElements() && items.LengthInt() > 0 && items.LengthInt() <= most {
			for it := items.ElementIterator(); it.Next(); {
				key, value := it.Element()
				if items.Type().IsSetType() {
					key = value
				}
				name, _ := textOf(key)
				each := cty.ObjectVal(map[string]cty.Value{"key": key, "value": value})
				in := scope{"each": {each, host.Unknown("each." + name)}}
				one = append(one, m.machine(block, block.Labels[1]+"["+name+"]", "definition", in))
			}
			return one
		}
	}
	if count := block.Body.Attributes["count"]; count != nil && definition != nil && refersTo(definition.Expr, "count") {
		total, err := strconv.Atoi(m.value(count.Expr, nil).Text)
		for i := 0; err == nil && i < min(total, most); i++ {
			index := cty.ObjectVal(map[string]cty.Value{"index": cty.NumberIntVal(int64(i))})
			in := scope{"count": {index, host.Known(strconv.Itoa(i))}}
			one = append(one, m.machine(block, block.Labels[1]+"["+strconv.Itoa(i)+"]", "definition", in))
		}
		if err == nil && total > 0 && total <= most {
			return one
		}
		one = nil
	}
	return append(one, m.machine(block, block.Labels[1], "definition", nil))
}

func refersTo(e hclsyntax.Expression, root string) bool {
	for _, reference := range e.Variables() {
		if reference.RootName() == root {
			return true
		}
	}
	return false
}

func (m *module) workflowType(machine *host.Machine, block *hclsyntax.Block, in scope) (asl.WorkflowType, bool) {
	attribute := block.Body.Attributes["type"]
	if attribute == nil {
		return asl.Standard, true
	}
	value := m.value(attribute.Expr, in)
	if block.Type == "resource" {
		machine.CheckType(value, m.request.File, spanOf(attribute.Expr.Range(), m.request.File))
	}
	if strings.EqualFold(value.Text, asl.Express.String()) {
		return asl.Express, true
	}
	return asl.Standard, value.Known
}

// read reads the definition that an expression gives.
func (m *module) read(machine *host.Machine, e hclsyntax.Expression, in scope) {
	file := m.request.File
	r := &reader{module: m, machine: machine}
	m.exceeded = false
	found := r.resolve(e, in)
	switch {
	case m.exceeded:
		machine.Form = m.source(e)
		machine.NotRead(file, m.place(e, file, machine.Deployment.Span), diag.Warning, "it takes too many steps, or becomes too large, to work out", "write the definition out, or keep it in a file of its own")
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
		machine.NotRead(file, m.place(e, file, machine.Deployment.Span), severity, reason, help)
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
	for _, reference := range e.Variables() {
		names := namesOf(reference)
		if len(names) > 1 && names[0] == "var" && m.named("var", names[1]) == nil {
			return "the callers of the module give var." + names[1] + ", which has no default"
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
