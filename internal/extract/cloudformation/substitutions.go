package cloudformation

import (
	"regexp"
	"strings"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// substitutions are the DefinitionSubstitutions of a resource.
type substitutions struct {
	template *template
	machine  *host.Machine
	entries  *syntax.Object
	used     map[string]bool
	values   map[string]host.Value // evaluated already
	unset    map[string]bool       // reported already
	blind    bool                  // the definition is not read, so that nothing is known to be unused
}

func (t *template) substitutions(m *host.Machine, entries *syntax.Object) *substitutions {
	return &substitutions{template: t, machine: m, entries: entries, used: map[string]bool{}, values: map[string]host.Value{}, unset: map[string]bool{}}
}

// maxNesting bounds how often the value of a substitution may hold another one.
const maxNesting = 20

// lookup evaluates ${Name} in a definition.
func (s *substitutions) lookup(file *syntax.File) func(host.Substitution) (host.Value, bool) {
	return func(placeholder host.Substitution) (host.Value, bool) {
		name := placeholder.Name
		node := s.entries.Get(name)
		if node == nil {
			if text, ok := s.template.request.Given(name); ok {
				return host.Known(text), true
			}
			s.reportUnset(file, placeholder)
			return host.Unknown(name), placeholder.Bare
		}
		return s.value(name, node, 0), true
	}
}

// value evaluates an entry once.
func (s *substitutions) value(name string, node syntax.Node, depth int) host.Value {
	known, ok := s.values[name]
	if !ok {
		known = s.evaluate(name, node, depth)
		s.values[name] = known
	}
	return known
}

// evaluate replaces placeholders in the value of an entry as well, as the
// service does, until none is left.
func (s *substitutions) evaluate(name string, node syntax.Node, depth int) host.Value {
	s.used[name] = true
	if text, ok := s.template.request.Substitutions[name]; ok {
		return host.Known(text)
	}
	value := s.template.value(node)
	literal, isText := node.(*syntax.String)
	if _, isCall := s.template.function(node); !isText || isCall || !strings.Contains(literal.Value, "${") {
		return value
	}
	if depth >= maxNesting {
		s.machine.Report(diag.Diagnostic{
			Rule: lint.UnsetSubstitution, Severity: diag.Error, File: s.template.file, Span: node.Span(),
			Message: "the substitution " + quote(name) + " contains itself", Help: "write its value out",
		})
		return host.Unknown(name)
	}
	text := host.Expand(host.TextOfString(s.template.file, literal), syntax.YAML, false, func(inner host.Substitution) (host.Value, bool) {
		if next := s.entries.Get(inner.Name); next != nil {
			return s.value(inner.Name, next, depth+1), true
		}
		return host.Value{}, false
	})
	if text.Len() > maxText {
		return host.Unknown(name)
	}
	return host.Partly(text.String())
}

// expand fills in the substitutions of a text.
func (s *substitutions) expand(t *host.Text, notation syntax.Format) *host.Text {
	return host.Expand(t, notation, false, s.lookup(t.File()))
}

// parse reads a definition in a file of its own: JSON, else YAML, as the
// service reads objects in S3.
func (s *substitutions) parse(file *syntax.File) *syntax.Tree {
	name := strings.ToLower(file.Name)
	if strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml") {
		return syntax.ParseYAML(s.expand(host.TextOfFile(file), syntax.YAML).Embedded())
	}
	return syntax.ParseJSON(s.expand(host.TextOfFile(file), syntax.JSON).Embedded())
}

// likeAName tells placeholders from text that only looks like one, such as the
// variables of a shell script in a payload.
var likeAName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.:-]*$`)

func (s *substitutions) reportUnset(file *syntax.File, placeholder host.Substitution) {
	name := placeholder.Name
	isToken := strings.HasPrefix(name, "Token[")
	if s.unset[name] || !isToken && !likeAName.MatchString(name) {
		return
	}
	s.unset[name] = true
	help := "add " + name + " to DefinitionSubstitutions, or give it a value: --substitute " + name + "=VALUE"
	if isToken {
		help = "the AWS CDK left its own placeholder in the text: hand the value over with DefinitionBody.fromString(stack.toJsonString(...)) or as a definition substitution"
	} else if strings.HasPrefix(name, "AWS::") {
		help = "pseudo parameters are not known inside of a definition: add an entry to DefinitionSubstitutions, such as Region: !Ref " + name
	} else if near := s.near(name); near != "" {
		help = "did you mean " + quote(near) + "?"
	}
	s.machine.Report(diag.Diagnostic{
		Rule: lint.UnsetSubstitution, Severity: diag.Warning, File: file, Span: placeholder.Place,
		Message: "nothing fills in ${" + name + "}: it stays in the definition as it is", Help: help,
	})
}

// near returns the entry that a name is probably meant to be. With very many
// wrong names, the cause is another one.
func (s *substitutions) near(name string) string {
	const most = 50
	if len(s.unset) > most {
		return ""
	}
	return diag.Suggest(name, s.names())
}

func (s *substitutions) names() []string {
	var names []string
	for _, member := range members(s.entries) {
		names = append(names, member.Key.Value)
	}
	return names
}

func (s *substitutions) reportUnused() {
	if s.blind || s.machine.Tree == nil {
		return
	}
	for _, member := range members(s.entries) {
		if name := member.Key.Value; !s.used[name] {
			s.machine.Report(diag.Diagnostic{
				Rule: lint.UnusedSubstitution, Severity: diag.Info, File: s.template.file, Span: member.Key.Span(),
				Message: "the definition of " + quote(s.machine.Name) + " never uses the substitution " + quote(name), Help: "remove it",
			})
		}
	}
}

// reportUnknownName reports a ${Name} of an Fn::Sub that the template does not
// have.
func (t *template) reportUnknownName(m *host.Machine, s host.Substitution) {
	if !likeAName.MatchString(s.Name) {
		return
	}
	m.Report(diag.Diagnostic{
		Rule: lint.UnsetSubstitution, Severity: diag.Warning, File: t.file, Span: s.Place,
		Message: "${" + s.Name + "} names neither a parameter nor a resource of the template",
		Help:    "correct the name, or write ${!" + s.Name + "} to keep it for DefinitionSubstitutions",
	})
}
