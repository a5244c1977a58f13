package serverless

import (
	"bytes"
	"errors"
	"path"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/internal/extract/cloudformation"
	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Extract returns the state machines of a serverless.yml, in source order, and
// the errors of its notation outside of them.
func Extract(request *host.Request) ([]host.Machine, []syntax.Error) {
	c := newConfig(request)
	section := c.get(c.root, "stepFunctions")
	found := c.get(section, "stateMachines")
	if _, isLiteral := found.node.(*syntax.Object); !isLiteral && IsProgram(path.Base(request.File.Name)) {
		return []host.Machine{program(request.File)}, nil
	}
	if reason, help := c.notDeployed(section, found); reason != "" {
		m := host.Machine{Name: "stepFunctions", Form: "stepFunctions", Definition: request.File}
		m.NotRead(request.File, c.sectionSpan(), diag.Warning, reason, help)
		return []host.Machine{m}, c.root.tree.Errors
	}
	var machines []host.Machine
	list, _ := found.node.(*syntax.Object)
	for _, member := range members(list) {
		machines = append(machines, c.machine(member.Key, located{found.tree, member.Value}))
	}
	return machines, c.faults(machines)
}

// IsProgram reports whether a file is a configuration that is written as a
// program.
func IsProgram(base string) bool {
	switch strings.ToLower(base) {
	case "serverless.ts", "serverless.js", "serverless.cjs", "serverless.mjs":
		return true
	}
	return false
}

// program names the configuration that is a program whose state machines are not
// written out, and which is not executed.
func program(file *syntax.File) host.Machine {
	start := max(0, bytes.Index(file.Src, []byte("stepFunctions")))
	m := host.Machine{Name: "stepFunctions", Form: "program", Definition: file}
	m.NotRead(file, syntax.Span{Start: start, End: start + len("stepFunctions")}, diag.Warning,
		"the configuration is a program, which is not executed", "print it as YAML with serverless print, and check that")
	return m
}

// notDeployed says why a section deploys no state machine, or why that is not
// known. A section that names none needs no reason.
func (c *config) notDeployed(section, machines located) (reason, help string) {
	const must = "write an object: stepFunctions: {stateMachines: {NAME: {definition: ...}}}, where a value may be ${file(PATH)}"
	switch node := section.node.(type) {
	case *syntax.Array:
		return "stepFunctions is a list, which the plugin does not deploy", must
	case *syntax.String:
		return c.why(node.Value)
	}
	switch node := machines.node.(type) {
	case *syntax.Array:
		return "stateMachines is a list, which gives the state machines no names", must
	case *syntax.String:
		return c.why(node.Value)
	}
	return "", ""
}

// why says what keeps a variable from being known, and what to do about it.
func (c *config) why(variable string) (reason, help string) {
	var missing *host.MissingError
	switch {
	case c.err == nil:
		return "only the deployment knows what " + strings.TrimSpace(variable) + " gives", ""
	case errors.As(c.err, &missing):
		help = "paths start from the directory of serverless.yml"
	case strings.Contains(c.err.Error(), "${"):
		help = "give its value: --substitute NAME=VALUE"
	}
	return c.err.Error(), help
}

// sectionSpan returns where stepFunctions stands in the file.
func (c *config) sectionSpan() syntax.Span {
	root, _ := c.root.node.(*syntax.Object)
	for _, member := range members(root) {
		if member.Key.Value == "stepFunctions" {
			return member.Key.Span()
		}
	}
	return syntax.Span{}
}

// faults returns the errors of the file that belong to no definition.
func (c *config) faults(machines []host.Machine) []syntax.Error {
	var faults []syntax.Error
	for _, fault := range c.root.tree.Errors {
		inside := fault.Code == syntax.DuplicateKey || fault.Code == syntax.Substitution
		for _, m := range machines {
			inside = inside || m.Tree != nil && m.Tree.File == c.root.tree.File && m.Tree.Root.Span().Contains(fault.Span)
		}
		if !inside {
			faults = append(faults, fault)
		}
	}
	return faults
}

func (c *config) machine(key *syntax.String, from located) host.Machine {
	m := host.Machine{Name: key.Value, Definition: from.tree.File}
	m.Deployment = c.deployment(key, from)
	m.Type, m.HasType = c.workflowType(&m, key, from)
	c.err = nil
	outer := c.resolve(from)
	object, ok := outer.node.(*syntax.Object)
	at := key.Span()
	switch {
	case !ok && outer.node != nil:
		c.unread(&m, from, outer.node, at)
		return m
	case ok && outer.tree == from.tree && object.Get("definition") != nil:
		at = object.Get("definition").Span()
	}
	definition := c.get(outer, "definition")
	switch node := definition.node.(type) {
	case nil:
		m.NotRead(from.tree.File, at, diag.Error, "it has none", "add definition")
	case *syntax.Object:
		c.read(&m, from, definition, node)
	case *syntax.String:
		c.readText(&m, from, definition, node, at)
	default:
		m.NotRead(from.tree.File, at, diag.Error, "it is neither an object nor text", "")
	}
	return m
}

// unread says why a state machine is not read whose variable has no value.
func (c *config) unread(m *host.Machine, from located, node syntax.Node, at syntax.Span) {
	m.Form = "${file()}"
	text, ok := node.(*syntax.String)
	if !ok {
		m.NotRead(from.tree.File, at, diag.Error, "the state machine is not an object", "write an object with definition")
		return
	}
	reason, help := c.why(text.Value)
	m.NotRead(from.tree.File, at, diag.Warning, reason, help)
}

func (c *config) workflowType(m *host.Machine, key *syntax.String, from located) (asl.WorkflowType, bool) {
	node := c.get(from, "type")
	if node.node == nil {
		return asl.Standard, true
	}
	value := c.text(node)
	m.CheckType(value, from.tree.File, key.Span())
	if strings.EqualFold(value.Text, asl.Express.String()) {
		return asl.Express, true
	}
	return asl.Standard, value.Known
}

// read reads a definition that is an object, in this file or in another.
func (c *config) read(m *host.Machine, from, definition located, node *syntax.Object) {
	m.Form, m.Definition = "definition", definition.tree.File
	if definition.tree.File != from.tree.File {
		m.Form = "${file()}"
	}
	m.Tree = definition.tree.Part(c.convert(definition), node)
}

// convert fills in the intrinsic functions and variables of a definition.
func (c *config) convert(definition located) syntax.Node {
	fragment := c.fragment(definition.tree)
	fragment.Text = func(s *syntax.String) syntax.Node { return c.string(definition.tree, s) }
	return fragment.Convert(definition.node)
}

func (c *config) fragment(tree *syntax.Tree) cloudformation.Fragment {
	resources := c.get(c.root, "resources", "Resources")
	object, _ := resources.node.(*syntax.Object)
	return cloudformation.Fragment{Request: c.request, Tree: tree, Resources: object, Known: c.known}
}

// string fills in the variables of a string in a definition. One that is a
// variable as a whole can become any value.
func (c *config) string(tree *syntax.Tree, s *syntax.String) syntax.Node {
	if !strings.Contains(s.Value, "${") {
		return s
	}
	target := c.resolve(located{tree, s})
	if target.node != syntax.Node(s) && c.depth < maxDepth {
		c.depth++
		defer func() { c.depth-- }()
		return host.Relocate(c.convert(target), s.Span())
	}
	filled := c.fill(tree, s)
	if filled.String() == s.Value {
		return s
	}
	return filled.Node(s.Span())
}

// readText reads a definition that is text, or says why it cannot be read.
func (c *config) readText(m *host.Machine, from, definition located, node *syntax.String, at syntax.Span) {
	m.Form = "text"
	_, isVariable := variableIn(node.Value)
	switch reason, help := c.why(node.Value); {
	case c.err != nil:
		m.NotRead(from.tree.File, at, diag.Warning, reason, help)
	case !strings.Contains(node.Value, "{") || isVariable:
		m.NotRead(from.tree.File, at, diag.Info, reason, help)
	default:
		m.Definition = definition.tree.File
		m.Tree = syntax.ParseJSON(c.fill(definition.tree, node).Embedded())
	}
}

// known says what a function's key means in Ref and Fn::GetAtt: the plugin
// makes the logical id of it.
func (c *config) known(name, attribute string) (host.Value, bool) {
	functions, _ := c.get(c.root, "functions").node.(*syntax.Object)
	for _, member := range members(functions) {
		if member.Key.Value != name && logicalID(member.Key.Value) != name {
			continue
		}
		if attribute == "Arn" {
			return host.Partly("arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${" + member.Key.Value + "}"), true
		}
		return host.Unknown(strings.TrimSuffix(member.Key.Value+"."+attribute, ".")), true
	}
	return host.Value{}, false
}

// logicalID is the name of the resource that the framework makes of a function.
func logicalID(key string) string {
	if key == "" {
		return ""
	}
	name := strings.NewReplacer("-", "Dash", "_", "Underscore").Replace(key)
	return strings.ToUpper(name[:1]) + name[1:] + "LambdaFunction"
}

func members(o *syntax.Object) []syntax.Member {
	if o == nil {
		return nil
	}
	return o.Members
}

// defaultTimeout is how long a function may run when nothing is said, in
// seconds.
const defaultTimeout = 6

func (c *config) deployment(key *syntax.String, from located) *lint.Deployment {
	d := &lint.Deployment{
		Format: "Serverless Framework configuration", Name: key.Value, File: from.tree.File, Span: key.Span(), Complete: true,
	}
	d.Logging = c.property(key, from, "loggingConfig", "level")
	d.Tracing = c.property(key, from, "tracingConfig", "enabled")
	d.Functions = c.functions()
	if alarms, ok := c.get(from, "alarms", "metrics").node.(*syntax.Array); ok {
		for _, metric := range alarms.Items {
			if name, ok := metric.(*syntax.String); ok && name.Value != "" {
				d.Alarms = append(d.Alarms, lint.Alarm{Metric: strings.ToUpper(name.Value[:1]) + name.Value[1:], Machine: key.Value})
			}
		}
	}
	fragment := c.fragment(c.get(c.root, "resources", "Resources").tree)
	if fragment.Tree != nil && fragment.Resources != nil {
		fragment.Describe(d)
	}
	return d
}

func (c *config) property(key *syntax.String, from located, name, member string) lint.Property {
	configuration := c.get(from, name)
	if configuration.node == nil {
		return lint.Property{Span: key.Span()}
	}
	place := func(n syntax.Node, in *syntax.Tree) syntax.Span {
		if in == nil || in.File != from.tree.File {
			return key.Span()
		}
		return n.Span()
	}
	value := c.get(configuration, member)
	if _, ok := configuration.node.(*syntax.Object); !ok {
		return lint.Property{State: lint.Computed, Span: place(configuration.node, configuration.tree)}
	}
	if value.node == nil {
		return lint.Property{Span: place(configuration.node, configuration.tree)}
	}
	if text := c.text(value); text.Known {
		return lint.Property{State: lint.Set, Value: text.Text, Span: place(value.node, value.tree)}
	}
	return lint.Property{State: lint.Computed, Span: place(value.node, value.tree)}
}

func (c *config) functions() []lint.Function {
	var list []lint.Function
	functions := c.get(c.root, "functions")
	object, _ := functions.node.(*syntax.Object)
	for _, member := range members(object) {
		if _, known := c.resolve(located{functions.tree, member.Value}).node.(*syntax.Object); !known {
			continue
		}
		f := lint.Function{Name: member.Key.Value, Timeout: defaultTimeout, Span: member.Key.Span()}
		timeout := c.get(located{functions.tree, member.Value}, "timeout")
		if timeout.node == nil {
			timeout = c.get(c.root, "provider", "timeout")
		}
		if timeout.node != nil {
			seconds, err := strconv.ParseFloat(c.text(timeout).Text, 64)
			if err != nil {
				continue
			}
			f.Timeout = seconds
		}
		list = append(list, f)
	}
	return list
}
