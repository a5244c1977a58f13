package cloudformation

import (
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// machine reads one resource.
func (t *template) machine(key *syntax.String, resource *syntax.Object, kind string) host.Machine {
	m := host.Machine{Name: key.Value, Definition: t.file}
	properties := object(resource.Get("Properties"))
	m.Deployment = t.deployment(key, resource, kind)
	m.Type, m.HasType = t.workflowType(&m, properties, kind)
	if properties == nil {
		m.NotRead(t.file, key.Span(), diag.Warning, "the resource has no Properties", "")
		return m
	}
	if transform := properties.Get("Fn::Transform"); transform != nil && !hasSource(properties, kind) {
		t.readIncluded(&m, key, transform, kind)
		return m
	}
	t.readDefinition(&m, key, properties, kind)
	return m
}

// hasSource reports whether a resource itself holds a definition.
func hasSource(properties *syntax.Object, kind string) bool {
	return slices.ContainsFunc(sources(kind), func(name string) bool { return properties.Get(name) != nil })
}

// readIncluded reads the properties that the transform AWS::Include inserts.
func (t *template) readIncluded(m *host.Machine, key *syntax.String, transform syntax.Node, kind string) {
	included, node, reason := t.include(transform)
	properties := object(node)
	switch {
	case reason != "":
		m.NotRead(t.file, transform.Span(), diag.Info, reason, "")
	case properties == nil || !hasSource(properties, kind):
		m.NotRead(t.file, transform.Span(), diag.Info, "the transform inserts no definition", "")
	default:
		m.Definition = included.file
		included.readDefinition(m, key, properties, kind)
	}
}

// include opens what the transform AWS::Include inserts, when it is a local file
// that aws cloudformation package uploads.
func (t *template) include(transform syntax.Node) (included *template, root syntax.Node, reason string) {
	o := object(transform)
	if text(o.Get("Name")) != "AWS::Include" {
		return nil, nil, "a transform supplies it (Fn::Transform)"
	}
	location := object(o.Get("Parameters")).Get("Location")
	reference := t.valueOr(location)
	switch {
	case !reference.Known:
		return nil, nil, "only the deployment knows the Location of AWS::Include"
	case strings.HasPrefix(reference.Text, "s3://"):
		return nil, nil, "it lies in Amazon S3"
	}
	file, err := t.request.Project.Open(t.file, reference.Text)
	if err != nil {
		return nil, nil, err.Error()
	}
	inner := *t
	inner.tree = parse(file)
	inner.file = file
	return &inner, inner.tree.Root, ""
}

func (t *template) workflowType(m *host.Machine, properties *syntax.Object, kind string) (asl.WorkflowType, bool) {
	name := "StateMachineType"
	if kind == samType {
		name = "Type"
	}
	node := properties.Get(name)
	if node == nil {
		return asl.Standard, true
	}
	value := t.value(node)
	m.CheckType(value, t.file, node.Span())
	if value.Text == asl.Express.String() {
		return asl.Express, true
	}
	return asl.Standard, value.Known
}

// sources are the properties that can hold a definition, in the order in which
// they are looked for.
func sources(kind string) []string {
	if kind == samType {
		return []string{"Definition", "DefinitionUri"}
	}
	return []string{"Definition", "DefinitionString", "DefinitionS3Location"}
}

func (t *template) readDefinition(m *host.Machine, key *syntax.String, properties *syntax.Object, kind string) {
	var names []string
	for _, name := range sources(kind) {
		if properties.Get(name) != nil {
			names = append(names, name)
		}
	}
	switch len(names) {
	case 0:
		m.NotRead(t.file, key.Span(), diag.Error, "it has none", "add "+strings.Join(sources(kind), ", or "))
		return
	case 1:
	default:
		m.Report(diag.Diagnostic{
			Rule: lint.InvalidTemplate, Severity: diag.Error, File: t.file, Span: properties.Get(names[1]).Span(),
			Message: quote(m.Name) + " has both " + strings.Join(names, " and ") + ", of which only one is allowed", Help: "remove one of them",
		})
	}
	s := t.substitutions(m, object(properties.Get("DefinitionSubstitutions")))
	node := properties.Get(names[0])
	switch names[0] {
	case "Definition":
		t.readObject(m, node, s, kind)
	case "DefinitionString":
		t.readString(m, node, s)
	default:
		t.readLocation(m, names[0], node, s, resourceOf(t, key))
	}
	s.reportUnused()
}

func resourceOf(t *template, key *syntax.String) *syntax.Object {
	return object(t.resources.Get(key.Value))
}

// readObject reads a Definition that is part of the template.
func (t *template) readObject(m *host.Machine, node syntax.Node, s *substitutions, kind string) {
	m.Form = "Definition"
	if c, ok := t.function(node); ok {
		if c.name == "Fn::Transform" && t.depth < maxDepth {
			included, root, reason := t.include(c.argument)
			if reason != "" {
				m.NotRead(t.file, node.Span(), diag.Info, reason, "")
				return
			}
			included.depth++
			inner := *s
			inner.template = included
			m.Definition = included.file
			included.readObject(m, root, &inner, kind)
			return
		}
		if c.name == "Fn::If" && t.choose(c) != nil {
			t.readObject(m, t.choose(c), s, kind)
			return
		}
		t.notKnown(m, node, c)
		return
	}
	m.Tree = t.tree.Part(s.converter(kind).convert(node, 0), node)
}

func (t *template) notKnown(m *host.Machine, node syntax.Node, c call) {
	reason, help := "only the deployment knows what "+c.name+" gives", ""
	switch c.name {
	case "Ref":
		name := text(c.argument)
		reason, help = "the parameter "+quote(name)+" holds it", "give its value: --parameters FILE"
	}
	m.NotRead(t.file, node.Span(), diag.Info, reason, help)
}

// readString reads a DefinitionString.
func (t *template) readString(m *host.Machine, node syntax.Node, s *substitutions) {
	m.Form = "DefinitionString"
	content, object := t.definitionText(node, m)
	switch {
	case object != nil:
		m.Tree = t.tree.Part(s.converter(cloudFormationType).convert(object, 0), object)
	case content == nil || !strings.Contains(content.String(), "{"):
		c, isCall := t.function(node)
		if isCall {
			t.notKnown(m, node, c)
			return
		}
		m.NotRead(t.file, node.Span(), diag.Error, "it is not JSON", "")
	default:
		m.Tree = syntax.ParseJSON(s.expand(content, syntax.JSON).Embedded())
	}
}

// readLocation reads a definition in a file of its own.
func (t *template) readLocation(m *host.Machine, property string, node syntax.Node, s *substitutions, resource *syntax.Object) {
	m.Form = property
	reference := ""
	switch {
	case object(node) != nil:
		if _, isCall := t.function(node); isCall {
			break
		}
		if reference = t.asset(object(node), resource); reference == "" {
			t.notLocal(m, node, s)
			return
		}
	default:
		if v := t.value(node); v.Known {
			reference = v.Text
		}
	}
	switch {
	case reference == "":
		c, _ := t.function(node)
		t.notKnown(m, node, c)
	case strings.HasPrefix(reference, "s3://"):
		t.notLocal(m, node, s)
	default:
		t.readFile(m, node, reference, s)
	}
}

func (t *template) notLocal(m *host.Machine, node syntax.Node, s *substitutions) {
	s.blind = true
	m.NotRead(t.file, node.Span(), diag.Info, "it lies in Amazon S3", "name a local file, which sam package or aws cloudformation package uploads")
}

func (t *template) readFile(m *host.Machine, node syntax.Node, reference string, s *substitutions) {
	file, err := t.request.Project.Open(t.file, reference)
	if err != nil {
		s.blind = true
		help := ""
		var missing *host.MissingError
		if errors.As(err, &missing) {
			help = "paths start from the directory of the template"
		}
		m.NotRead(t.file, node.Span(), diag.Warning, err.Error(), help)
		return
	}
	m.Definition = file
	m.Tree = s.parse(file)
}

func quote(name string) string { return `"` + name + `"` }

// asset returns the local file for a location in S3: one that the AWS CDK
// uploads, which the metadata of the resource or the manifest of assets next to
// the template names; "" when there is none.
func (t *template) asset(location, resource *syntax.Object) string {
	if name := text(object(resource.Get("Metadata")).Get("aws:asset:path")); name != "" {
		return name
	}
	key, ok := location.Get("Key").(*syntax.String)
	if !ok || t.tree.Tag(key) != "" {
		return ""
	}
	hash := strings.TrimSuffix(path.Base(key.Value), path.Ext(key.Value))
	base := path.Base(t.file.Name)
	manifest := strings.TrimSuffix(base, ".template.json")
	if manifest == base {
		return ""
	}
	file, err := t.request.Project.Open(t.file, manifest+".assets.json")
	if err != nil {
		return ""
	}
	root := object(syntax.ParseJSON(file).Root)
	entry := object(object(root.Get("files")).Get(hash))
	return text(object(entry.Get("source")).Get("path"))
}
