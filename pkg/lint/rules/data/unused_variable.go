package data

import (
	"fmt"
	"regexp"
	"sync"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func unusedVariable() *lint.Rule {
	return &lint.Rule{
		Name: "unused-variable", Category: lint.Data, Severity: diag.Info, Preset: lint.Recommended,
		Summary:  "a variable is assigned and never read",
		Requires: []lint.Prerequisite{allVariables},
		Run: func(p *lint.Pass) {
			v := variablesOf(p)
			if len(v.names) == 0 {
				return
			}
			read := namesRead(v)
			for _, name := range variableNames().FindAllString(expressionsOf(p).unjudged, -1) {
				read[name[1:]] = true
			}
			for state := range p.Machine.States() {
				for assign := range assigns(state) {
					for _, variable := range assign.Variables {
						if name := variable.Name; !read[name] {
							read[name] = true // one finding for a variable
							p.Report(diag.Diagnostic{
								Span: variable.NameNode.Span(), State: state.Name,
								Message: fmt.Sprintf("the variable %q is assigned and never read", name),
								Help:    "remove it, or read it as $" + name,
							})
						}
					}
				}
			}
		},
	}
}

// variableNames finds what may be variables in text that could not be read.
var variableNames = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\$[\pL\pN_]+`) })

func namesRead(v *variables) map[string]bool {
	names := map[string]bool{}
	for _, use := range v.uses {
		for _, read := range use.reads {
			names[read.Variable] = true
		}
	}
	return names
}
