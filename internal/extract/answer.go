package extract

import (
	"strings"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// answer reads what DescribeStateMachine answers, or CreateStateMachine takes: the
// definition is the text of a member. Catalogues of samples have it as an object.
func answer(request *host.Request) ([]host.Machine, []syntax.Error) {
	tree := syntax.Parse(request.File)
	root, _ := tree.Root.(*syntax.Object)
	definition := root.Get("definition")
	if definition == nil {
		return nil, tree.Errors
	}
	m := host.Machine{Name: "StateMachine", Form: "definition", Definition: request.File, HasType: true}
	at := definition.Span()
	if name, ok := root.Get("name").(*syntax.String); ok {
		m.Name = name.Value
	}
	if kind, ok := root.Get("type").(*syntax.String); ok && strings.EqualFold(kind.Value, asl.Express.String()) {
		m.Type = asl.Express
	}
	m.Deployment = &lint.Deployment{
		Format: "answer of the AWS API", Name: m.Name, File: request.File, Span: at,
		Logging: member(root, "loggingConfiguration", "level", at), Tracing: member(root, "tracingConfiguration", "enabled", at),
	}
	switch definition := definition.(type) {
	case *syntax.String:
		m.Tree = syntax.ParseJSON(host.TextOfString(request.File, definition).Embedded())
	case *syntax.Object:
		m.Tree = tree.Part(definition, definition)
	default:
		m.NotRead(request.File, at, diag.Error, "it is neither text nor an object", "")
	}
	return []host.Machine{m}, outside(tree, at)
}

// outside returns the errors of the notation that do not lie in a place.
func outside(tree *syntax.Tree, place syntax.Span) []syntax.Error {
	var faults []syntax.Error
	for _, fault := range tree.Errors {
		if !place.Contains(fault.Span) {
			faults = append(faults, fault)
		}
	}
	return faults
}

func member(root *syntax.Object, name, key string, otherwise syntax.Span) lint.Property {
	configuration, ok := root.Get(name).(*syntax.Object)
	if !ok {
		return lint.Property{State: lint.Computed, Span: otherwise} // not every answer has it
	}
	switch value := configuration.Get(key).(type) {
	case *syntax.String:
		return lint.Property{State: lint.Set, Value: value.Value, Span: value.Span()}
	case *syntax.Bool:
		return lint.Property{State: lint.Set, Value: map[bool]string{true: "true", false: "false"}[value.Value], Span: value.Span()}
	}
	return lint.Property{Span: configuration.Span()}
}

// maxTemplates bounds how many templates of one assembly are read.
const maxTemplates = 1000

// assembly reads the templates that the manifest of a CDK assembly lists.
func assembly(request *host.Request) []host.Machine {
	var machines []host.Machine
	pending := []*syntax.File{request.File}
	seen := map[*syntax.File]bool{}
	for len(pending) > 0 && len(seen) < maxTemplates {
		file := pending[0]
		pending = pending[1:]
		if seen[file] {
			continue
		}
		seen[file] = true
		if KindOf(file.Name, file.Src) == CloudFormation {
			inner := *request
			inner.File = file
			machines = append(machines, Machines(&inner).Machines...)
			continue
		}
		for _, reference := range artifacts(file) {
			next, err := request.Project.Open(file, reference.Value)
			if err == nil {
				pending = append(pending, next)
				continue
			}
			m := host.Machine{Name: reference.Value, Form: "stack", Definition: file}
			m.NotRead(file, reference.Span(), diag.Warning, err.Error(), "run cdk synth again")
			machines = append(machines, m)
		}
	}
	return machines
}

// artifacts returns the templates and further manifests that a manifest names.
func artifacts(file *syntax.File) []*syntax.String {
	root, _ := syntax.ParseJSON(file).Root.(*syntax.Object)
	list, _ := root.Get("artifacts").(*syntax.Object)
	if list == nil {
		return nil
	}
	var names []*syntax.String
	for _, artifact := range list.Members {
		object, _ := artifact.Value.(*syntax.Object)
		properties, _ := object.Get("properties").(*syntax.Object)
		if name, ok := properties.Get("templateFile").(*syntax.String); ok {
			names = append(names, name)
		}
		if name, ok := properties.Get("directoryName").(*syntax.String); ok {
			names = append(names, syntax.NewString(name.Span(), name.Value+"/manifest.json"))
		}
	}
	return names
}
