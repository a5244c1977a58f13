package terraform

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

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
