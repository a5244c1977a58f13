package terraform

import (
	"path"
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// scope holds the variables of a template file; nil in a module's own files.
type scope map[string]variable

// variable is a variable of a template file.
type variable struct {
	value  cty.Value
	origin host.Value // what to show for it while value is not known
}

// reader finds the definition that an expression stands for.
type reader struct {
	module  *module
	machine *host.Machine
}

// definition is what a reader finds: text, or a tree. Both are nil when only a
// run of Terraform knows, or when err says why not.
type definition struct {
	text *host.Text
	tree *syntax.Tree
	err  error
}

// Bounds of how deep references are followed, how many in all, and how large a
// value may become, in bytes and elements: values can double with every
// reference.
const (
	maxDepth = 50
	maxSteps = 200_000
	maxSize  = 1 << 18
)

// form notes how the definition is written, the outermost way first.
func (r *reader) form(words string) {
	if r.machine.Form == "" {
		r.machine.Form = words
	}
}

// resolve follows an expression to the text of the definition.
func (r *reader) resolve(e hclsyntax.Expression, in scope) definition {
	m := r.module
	if !m.step() {
		return definition{}
	}
	m.depth++
	defer func() { m.depth-- }()
	switch e := e.(type) {
	case *hclsyntax.ParenthesesExpr:
		return r.resolve(e.Expression, in)
	case *hclsyntax.TemplateWrapExpr:
		return r.resolve(e.Wrapped, in)
	case *hclsyntax.TemplateExpr:
		r.form("text")
		out := host.NewText(m.fileOf(e))
		m.appendTemplate(out, e, in)
		return definition{text: out}
	case *hclsyntax.FunctionCallExpr:
		return r.call(e, in)
	case *hclsyntax.ScopeTraversalExpr:
		return r.reference(e, in)
	case *hclsyntax.ConditionalExpr:
		if found := r.resolve(m.choose(e, in), in); found.text != nil || found.tree != nil {
			return found
		}
		return r.resolve(e.FalseResult, in)
	}
	return definition{}
}

// call resolves the functions that make a definition.
func (r *reader) call(e *hclsyntax.FunctionCallExpr, in scope) definition {
	r.form(e.Name)
	if len(e.Args) == 0 {
		return definition{}
	}
	switch e.Name {
	case "jsonencode":
		return r.encode(e.Args[0], in)
	case "file":
		file, err := r.open(e.Args[0], in)
		if err != nil || file == nil {
			return definition{err: err}
		}
		return definition{text: host.TextOfFile(file)}
	case "templatefile":
		file, err := r.open(e.Args[0], in)
		if err != nil || file == nil {
			return definition{err: err}
		}
		var variables hclsyntax.Expression
		if len(e.Args) > 1 {
			variables = e.Args[1]
		}
		return r.template(file, variables, in)
	case "nonsensitive", "sensitive", "tostring", "trimspace", "chomp", "try", "coalesce":
		return r.resolve(e.Args[0], in)
	case "replace":
		return r.replace(e, in)
	}
	return definition{}
}

// encode reads what jsonencode is given: an object of the file, or what a file
// of YAML or JSON holds.
func (r *reader) encode(e hclsyntax.Expression, in scope) definition {
	m := r.module
	if call, ok := e.(*hclsyntax.FunctionCallExpr); ok && len(call.Args) == 1 && (call.Name == "yamldecode" || call.Name == "jsondecode") {
		found := r.resolve(call.Args[0], in)
		if found.text == nil {
			return found
		}
		if call.Name == "yamldecode" {
			return definition{tree: syntax.ParseYAML(m.given(found.text).Embedded())}
		}
		return definition{tree: syntax.ParseJSON(m.given(found.text).Embedded())}
	}
	target, in := m.follow(e, in)
	file := m.fileOf(target)
	if file == nil {
		return definition{}
	}
	c := converter{module: m, file: file, scope: in}
	root := c.node(target, spanOf(target.Range(), file), 0)
	if _, ok := root.(*syntax.Object); !ok {
		return definition{}
	}
	return definition{tree: &syntax.Tree{File: file, Format: syntax.JSON, Root: root}}
}

// reference resolves local.x, var.x and data.template_file.x.rendered.
func (r *reader) reference(e *hclsyntax.ScopeTraversalExpr, in scope) definition {
	m := r.module
	names := namesOf(e.Traversal)
	if len(names) == 4 && names[0] == "data" && names[1] == "template_file" && names[3] == "rendered" {
		return r.templateFile(m.resources[strings.Join(names[:3], ".")], in)
	}
	if len(names) == 4 && names[0] == "data" && names[1] == "local_file" && names[3] == "content" {
		return r.localFile(m.resources[strings.Join(names[:3], ".")], in)
	}
	if _, ok := in[e.Traversal.RootName()]; ok {
		text, isKnown := textOf(m.evaluate(e, in))
		if !isKnown {
			return definition{}
		}
		r.form(e.Traversal.RootName())
		out := host.NewText(m.fileOf(e))
		out.AppendAt(text, spanOf(e.Range(), m.fileOf(e)))
		return definition{text: out}
	}
	target, in := m.follow(e, in)
	if target == hclsyntax.Expression(e) {
		return definition{}
	}
	r.form(names[0])
	return r.resolve(target, in)
}

// localFile resolves the data source that reads a file.
func (r *reader) localFile(block *hclsyntax.Block, in scope) definition {
	if block == nil || block.Body.Attributes["filename"] == nil {
		return definition{}
	}
	r.form("local_file")
	file, err := r.open(block.Body.Attributes["filename"].Expr, in)
	if err != nil || file == nil {
		return definition{err: err}
	}
	return definition{text: host.TextOfFile(file)}
}

// templateFile resolves the data source of the template provider.
func (r *reader) templateFile(block *hclsyntax.Block, in scope) definition {
	if block == nil || block.Body.Attributes["template"] == nil {
		return definition{}
	}
	r.form("template_file")
	var variables hclsyntax.Expression
	if attribute := block.Body.Attributes["vars"]; attribute != nil {
		variables = attribute.Expr
	}
	found := r.resolve(block.Body.Attributes["template"].Expr, in)
	if found.text == nil {
		return found
	}
	if file := found.text.Embedded(); file == found.text.File() {
		return r.template(file, variables, in)
	}
	return found
}

// template evaluates a file that is a template, with its variables.
func (r *reader) template(file *syntax.File, variables hclsyntax.Expression, in scope) definition {
	m := r.module
	known := m.variablesOf(variables, in)
	m.files[file.Name] = file
	e, diagnostics := hclsyntax.ParseTemplate(file.Src, file.Name, hcl.InitialPos)
	out := host.NewText(file)
	if diagnostics.HasErrors() || e == nil {
		// The definition is checked as it stands: a slip in one expression
		// must not hide the rest.
		return definition{text: host.Expand(host.TextOfFile(file), notationOf(file), false, func(s host.Substitution) (host.Value, bool) {
			return host.Unknown(s.Name), true
		})}
	}
	r.compare(file, e, variables, known)
	m.appendAny(out, e, known)
	return definition{text: out}
}

func notationOf(file *syntax.File) syntax.Format {
	switch strings.ToLower(path.Ext(file.Name)) {
	case ".yaml", ".yml":
		return syntax.YAML
	}
	return syntax.JSON
}

// open reads the file that an argument names.
func (r *reader) open(e hclsyntax.Expression, in scope) (*syntax.File, error) {
	name := r.module.value(e, in)
	if !name.Known {
		return nil, nil
	}
	return r.module.request.Project.Open(r.module.request.File, name.Text)
}

// replace resolves replace(TEXT, OLD, NEW); OLD in slashes is a regular
// expression.
func (r *reader) replace(e *hclsyntax.FunctionCallExpr, in scope) definition {
	found := r.resolve(e.Args[0], in)
	if found.text == nil || len(e.Args) != 3 {
		return definition{}
	}
	before, after := r.module.value(e.Args[1], in), r.module.value(e.Args[2], in)
	if !before.Known || before.Text == "" {
		return definition{}
	}
	if n := len(before.Text); n > 1 && before.Text[0] == '/' && before.Text[n-1] == '/' {
		pattern, err := regexp.Compile(before.Text[1 : n-1])
		if err != nil || !after.Known {
			return definition{}
		}
		return definition{text: host.ReplacePattern(found.text, pattern, after.Text)}
	}
	return definition{text: host.Replace(found.text, before.Text, after, notationOf(found.text.File()))}
}

// follow returns the expression that local.x or var.x stands for, or e itself.
func (m *module) follow(e hclsyntax.Expression, in scope) (hclsyntax.Expression, scope) {
	for range maxDepth {
		switch wrapped := e.(type) {
		case *hclsyntax.ParenthesesExpr:
			e = wrapped.Expression
			continue
		case *hclsyntax.TemplateWrapExpr:
			e = wrapped.Wrapped
			continue
		}
		traversal, ok := e.(*hclsyntax.ScopeTraversalExpr)
		if !ok {
			break
		}
		names := namesOf(traversal.Traversal)
		if len(names) != 2 {
			break
		}
		next := m.named(names[0], names[1])
		if next == nil {
			break
		}
		e, in = next, nil
	}
	return e, in
}

// named returns the expression of a local value, or the value or default of a
// variable; nil when there is none.
func (m *module) named(root, name string) hclsyntax.Expression {
	switch root {
	case "local":
		return m.locals[name]
	case "var":
		if _, given := m.request.Given(name); given {
			return nil
		}
		if e := m.settings[name]; e != nil {
			return e
		}
		if block := m.variables[name]; block != nil && block.Body.Attributes["default"] != nil {
			return block.Body.Attributes["default"].Expr
		}
	}
	return nil
}

// namesOf returns the names of a traversal; an index ends it.
func namesOf(traversal hcl.Traversal) []string {
	var names []string
	for _, step := range traversal {
		switch step := step.(type) {
		case hcl.TraverseRoot:
			names = append(names, step.Name)
		case hcl.TraverseAttr:
			names = append(names, step.Name)
		case hcl.TraverseIndex:
			if step.Key.Type() == cty.String {
				names = append(names, step.Key.AsString())
			}
		}
	}
	return names
}

// compare reports the variables that a template file uses and is not given, and
// those that it is given and does not use.
func (r *reader) compare(file *syntax.File, template, variables hclsyntax.Expression, known scope) {
	used := map[string]bool{}
	for _, reference := range template.Variables() {
		name := reference.RootName()
		_, given := r.module.request.Given(name)
		if _, ok := known[name]; !ok && !given && !used[name] && isListed(variables) {
			r.machine.Report(diag.Diagnostic{
				Rule: lint.UnsetSubstitution, Severity: diag.Warning, File: file, Span: spanOf(reference.SourceRange(), file),
				Message: "the template is not given a variable \"" + name + "\"", Help: "add it to the variables, or write $${" + name + "} to keep it as it is",
			})
		}
		used[name] = true
	}
	if !isListed(variables) {
		return
	}
	for _, item := range variables.(*hclsyntax.ObjectConsExpr).Items {
		of := r.module.fileOf(item.KeyExpr)
		name := r.module.value(item.KeyExpr, nil)
		if of == nil || !name.Known || used[name.Text] {
			continue
		}
		r.machine.Report(diag.Diagnostic{
			Rule: lint.UnusedSubstitution, Severity: diag.Info, File: of, Span: spanOf(item.KeyExpr.Range(), of),
			Message: "the definition of \"" + r.machine.Name + "\" never uses the variable \"" + name.Text + "\"", Help: "remove it",
		})
	}
}

// isListed reports whether the variables of a template are written out.
func isListed(variables hclsyntax.Expression) bool {
	_, ok := variables.(*hclsyntax.ObjectConsExpr)
	return ok
}
