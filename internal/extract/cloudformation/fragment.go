package cloudformation

import (
	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Fragment is a piece of CloudFormation in the configuration of another tool,
// which makes a template of it.
type Fragment struct {
	Request   *host.Request
	Tree      *syntax.Tree
	Resources *syntax.Object                                  // the resources that the configuration adds; may be nil
	Known     func(name, attribute string) (host.Value, bool) // what the tool's own names mean
	Text      func(*syntax.String) syntax.Node                // fills in the tool's own variables
}

func (f Fragment) template() *template {
	return &template{request: f.Request, file: f.Tree.File, tree: f.Tree, resources: f.Resources, known: f.Known, tested: map[string]outcome{}}
}

// Convert makes the tree of a definition: what the intrinsic functions in it
// give stands in their place.
func (f Fragment) Convert(definition syntax.Node) syntax.Node {
	c := converter{template: f.template(), text: f.Text}
	return c.convert(definition, 0)
}

// Describe adds to a deployment what the resources say.
func (f Fragment) Describe(d *lint.Deployment) {
	t := f.template()
	d.Functions = append(d.Functions, t.functions()...)
	d.Alarms = append(d.Alarms, t.alarms()...)
	d.Rules = append(d.Rules, t.eventRules()...)
}
