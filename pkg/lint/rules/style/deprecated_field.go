package style

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func deprecatedField() *lint.Rule {
	return &lint.Rule{
		Name: "deprecated-field", Category: lint.Style, Severity: diag.Info, Preset: lint.Recommended,
		Summary: "a Map uses a field that has a new name",
		Run: func(p *lint.Pass) {
			for state := range p.Machine.States() {
				if state.Map == nil {
					continue
				}
				if state.Map.UsesIterator {
					reportRenamed(p, state, "Iterator", "ItemProcessor")
				}
				if state.Parameters != nil && state.Map.ItemSelector == nil {
					reportRenamed(p, state, "Parameters", "ItemSelector")
				}
			}
		},
	}
}

func reportRenamed(p *lint.Pass, state *asl.State, old, now string) {
	key := keyOf(state.Node, old)
	if key == nil {
		return
	}
	p.Report(diag.Diagnostic{
		Span: key.Span(), State: state.Name,
		Message: fmt.Sprintf("Map %q uses %q, which is now called %q", state.Name, old, now),
		Help:    fmt.Sprintf("rename it to %q; it means the same", now),
		Fixes: []diag.Fix{{
			Message: fmt.Sprintf("rename %q to %q", old, now), Safe: true,
			Edits: []syntax.Edit{{Span: key.SpanOf(0, len(key.Value)), Text: now}},
		}},
	})
}

func keyOf(object *syntax.Object, name string) *syntax.String {
	for i := range object.Members {
		if object.Members[i].Key.Value == name {
			return object.Members[i].Key
		}
	}
	return nil
}
