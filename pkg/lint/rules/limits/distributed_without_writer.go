package limits

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func distributedWithoutWriter() *lint.Rule {
	return &lint.Rule{
		Name: "distributed-without-writer", Category: lint.Limits, Severity: diag.Info, Preset: lint.Recommended,
		Summary: "a distributed Map over items from S3 gathers all results in its own, which may have 256 KiB",
		Run: func(p *lint.Pass) {
			for state := range p.Machine.States() {
				m := state.Map
				if m == nil || !m.Distributed || m.ItemReader == nil || m.ResultWriter != nil && m.ResultWriter.Resource != nil || yieldsLittle(m.Processor) {
					continue
				}
				finding := verdict.On(state, "the results of all items of Map %q must fit into 256 KiB", state.Name)
				finding.Help = fmt.Sprintf("add a ResultWriter that writes them to S3, or end the item processor of %q with a small or empty output", state.Name)
				p.Report(finding)
			}
		},
	}
}

// yieldsLittle reports whether every end of an item processor gives a constant.
func yieldsLittle(processor *asl.Region) bool {
	if processor == nil {
		return true
	}
	for _, state := range processor.States {
		if state.IsTerminal() && state.Type != asl.Fail && !givesConstant(state) {
			return false
		}
	}
	return true
}

func givesConstant(state *asl.State) bool {
	if state.QueryLanguage == asl.JSONata {
		return state.Output != nil && state.Output.Kind == asl.Literal
	}
	if path := state.OutputPath; path != nil && path.Kind == asl.Literal {
		return true
	}
	isWhole := state.ResultPath == nil
	return isWhole && (state.Pass != nil && state.Pass.Result != nil || state.ResultSelector != nil && state.ResultSelector.Kind == asl.Literal)
}
