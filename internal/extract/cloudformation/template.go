// Package cloudformation reads the state machines in templates of AWS
// CloudFormation and AWS SAM, and in the templates that the AWS CDK writes.
package cloudformation

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// The types of resources that hold a state machine.
const (
	cloudFormationType = "AWS::StepFunctions::StateMachine"
	samType            = "AWS::Serverless::StateMachine"
)

// template is a template being read.
type template struct {
	request    *host.Request
	file       *syntax.File
	tree       *syntax.Tree
	resources  *syntax.Object
	parameters *syntax.Object
	mappings   *syntax.Object
	conditions *syntax.Object
	transforms []string
	yaml11     bool               // plain scalars mean what they mean in YAML 1.1
	depth      int                // of references being followed
	steps      int                // functions evaluated so far
	tested     map[string]outcome // conditions by name

	// known says what names mean that another tool makes resources of; it may
	// be nil. The attribute is empty for a Ref.
	known func(name, attribute string) (host.Value, bool)
}

// Extract returns the state machines of a template, in source order, and the
// errors of its notation outside of them.
func Extract(request *host.Request) ([]host.Machine, []syntax.Error) {
	tree := parse(request.File)
	root, _ := tree.Root.(*syntax.Object)
	return Read(request, tree, root)
}

// Read does the same for a template that is the object root inside of tree.
func Read(request *host.Request, tree *syntax.Tree, root *syntax.Object) ([]host.Machine, []syntax.Error) {
	t := newTemplate(request, tree, root)
	t.yaml11 = true
	var machines []host.Machine
	for _, member := range members(t.resources) {
		if strings.HasPrefix(member.Key.Value, "Fn::ForEach") {
			machines = append(machines, t.looped(member)...)
			continue
		}
		resource, _ := member.Value.(*syntax.Object)
		switch kind := text(resource.Get("Type")); {
		case kind == cloudFormationType, kind == samType && t.isSAM():
			machines = append(machines, t.machine(member.Key, resource, kind))
		}
	}
	return machines, faultsOutside(tree, machines)
}

func newTemplate(request *host.Request, tree *syntax.Tree, root *syntax.Object) *template {
	t := &template{request: request, file: tree.File, tree: tree, tested: map[string]outcome{}}
	t.resources, _ = root.Get("Resources").(*syntax.Object)
	t.parameters, _ = root.Get("Parameters").(*syntax.Object)
	t.mappings, _ = root.Get("Mappings").(*syntax.Object)
	t.conditions, _ = root.Get("Conditions").(*syntax.Object)
	switch transform := root.Get("Transform").(type) {
	case *syntax.String:
		t.transforms = []string{transform.Value}
	case *syntax.Array:
		for _, item := range transform.Items {
			t.transforms = append(t.transforms, text(item))
		}
	}
	return t
}

// parseAsIs reads a template; its name does not tell the notation reliably
// (".template" is either).
func parseAsIs(file *syntax.File) *syntax.Tree {
	switch strings.ToLower(path.Ext(file.Name)) {
	case ".json", ".yaml", ".yml":
		return syntax.Parse(file)
	}
	if strings.HasPrefix(strings.TrimSpace(string(file.Src[:min(len(file.Src), 4096)])), "{") {
		return syntax.ParseJSON(file)
	}
	return syntax.ParseYAML(file)
}

// twoTags are two short forms on one value, such as !GetAZs !Ref AWS::Region.
// YAML has no such thing, but CloudFormation takes some.
var twoTags = regexp.MustCompile(`![A-Z][A-Za-z0-9:]*( +![A-Z][A-Za-z0-9:]*)+`)

// jinja matches the statements, comments and expressions of Jinja.
var jinja = regexp.MustCompile(`\{%[^\n]*?%\}|\{#[^\n]*?#\}|\{\{[^\n}]*\}\}`)

// parse reads a template. Where two short forms stand on one value, the inner
// ones are left out rather than the lines around them; and so are the statements
// of Jinja, whose expressions become placeholders. Offsets stay what they are.
func parse(file *syntax.File) *syntax.Tree {
	tree := parseAsIs(file)
	if len(tree.Errors) == 0 || !twoTags.Match(file.Src) && !jinja.Match(file.Src) {
		return tree
	}
	clean := twoTags.ReplaceAllFunc(file.Src, func(tags []byte) []byte {
		end := bytes.IndexByte(tags, ' ')
		return append(tags[:end:end], bytes.Repeat([]byte(" "), len(tags)-end)...)
	})
	clean = jinja.ReplaceAllFunc(clean, func(text []byte) []byte {
		if text[1] == '{' {
			return slices.Concat([]byte("${"), text[2:len(text)-2], []byte(" }"))
		}
		return bytes.Repeat([]byte(" "), len(text))
	})
	again := parseAsIs(syntax.NewFile(file.Name, clean))
	if len(again.Errors) >= len(tree.Errors) {
		return tree
	}
	again.File = file
	return again
}

func (t *template) isSAM() bool { return slices.Contains(t.transforms, "AWS::Serverless-2016-10-31") }

// faultsOutside returns what is wrong with the template itself: the faults
// inside of a definition are reported with it. That a member stands twice is
// for other tools to say.
func faultsOutside(tree *syntax.Tree, machines []host.Machine) []syntax.Error {
	var faults []syntax.Error
	for _, fault := range tree.Errors {
		inside := slices.ContainsFunc(machines, func(m host.Machine) bool {
			return m.Tree != nil && m.Tree.File == tree.File && m.Tree.Root.Span().Contains(fault.Span)
		})
		if !inside && fault.Code != syntax.DuplicateKey && fault.Code != syntax.Substitution {
			faults = append(faults, fault)
		}
	}
	return faults
}

// looped names the state machines in a Fn::ForEach, which are not read: there
// is one for each item of a list.
func (t *template) looped(loop syntax.Member) []host.Machine {
	var machines []host.Machine
	syntax.Walk(loop.Value, func(n syntax.Node) bool {
		object, ok := n.(*syntax.Object)
		if ok && slices.Contains([]string{cloudFormationType, samType}, text(object.Get("Type"))) {
			m := host.Machine{Name: loop.Key.Value, Form: "Fn::ForEach", Definition: t.file}
			m.NotRead(t.file, loop.Key.Span(), 0, "it is made by Fn::ForEach, once for each item of a list", "check the template that the transform makes of it")
			machines = append(machines, m)
			return false
		}
		return true
	})
	return machines
}

func members(o *syntax.Object) []syntax.Member {
	if o == nil {
		return nil
	}
	return o.Members
}

// text returns the value of a string, "" for anything else.
func text(n syntax.Node) string {
	if s, ok := n.(*syntax.String); ok {
		return s.Value
	}
	return ""
}

// object returns n as an object, nil for anything else; a nil object can be asked.
func object(n syntax.Node) *syntax.Object {
	o, _ := n.(*syntax.Object)
	return o
}
