package lint

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// proofBudget bounds the bytes that are checked again to prove the fixes of one
// machine. Fixes beyond it are not offered until those before are made.
const proofBudget = 4 << 20

// prove drops the fixes that would not do what they promise: after which the
// definition has the finding still, or one of any rule that it did not have. What
// mends an error is kept, because mending it can bring to light what it hid.
func (r *Runner) prove(target Target, findings []diag.Diagnostic) {
	before := tally(findings)
	budget := proofBudget
	for i := range findings {
		finding := &findings[i]
		if len(finding.Fixes) == 0 || finding.Severity == diag.Error || finding.File != target.Machine.File() {
			continue
		}
		finding.Fixes = slices.DeleteFunc(slices.Clone(finding.Fixes), func(fix diag.Fix) bool {
			budget -= len(finding.File.Src)
			return budget < 0 || !r.improves(target, finding, fix, before)
		})
	}
}

// findingKey is what makes two findings the same before and after a fix, whose
// message may count or name other states.
type findingKey struct{ rule, state string }

func tally(findings []diag.Diagnostic) map[findingKey]int {
	counts := map[findingKey]int{}
	for _, finding := range findings {
		counts[findingKey{finding.Rule, finding.State}]++
	}
	return counts
}

// improves checks the definition as it is after the fix.
func (r *Runner) improves(target Target, finding *diag.Diagnostic, fix diag.Fix, before map[findingKey]int) bool {
	text, err := syntax.Apply(finding.File.Src, fix.Edits)
	if err != nil {
		return false
	}
	parse := syntax.ParseJSON
	if target.Machine.Tree.Format == syntax.YAML {
		parse = syntax.ParseYAML
	}
	fixed := target
	fixed.Machine, fixed.Decoded = asl.Parse(parse(syntax.NewFile(finding.File.Name, text)))
	again := Runner{Rules: r.Rules, Options: r.Options}
	after := tally(again.Check(fixed))
	for key, count := range after {
		if count > before[key] {
			return false
		}
	}
	own := findingKey{finding.Rule, finding.State}
	return after[own] < before[own]
}
