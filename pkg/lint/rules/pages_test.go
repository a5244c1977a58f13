package rules_test

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules"
)

var example = regexp.MustCompile("(?s)## (Bad|Good)\n\n```json\n(.*?)```")

// TestExamplesOfFlowRulesFireAndStaySilent runs the Bad and Good blocks of the
// pages of the rules about flow, errors and compensation.
func TestExamplesOfFlowRulesFireAndStaySilent(t *testing.T) {
	for _, rule := range flowRules() {
		page, err := os.ReadFile("../../../docs/rules/" + rule.Name + ".md")
		if err != nil {
			t.Errorf("%s has no page: %v", rule.Name, err)
			continue
		}
		blocks := example.FindAllSubmatch(page, -1)
		if len(blocks) != 2 {
			t.Errorf("%s has %d examples", rule.Name, len(blocks))
		}
		for _, block := range blocks {
			bad := string(block[1]) == "Bad"
			if got := reports(t, rule, block[2]); got != bad {
				t.Errorf("%s: the %s example is reported: %t", rule.Name, block[1], got)
			}
		}
	}
}

func reports(t *testing.T, rule *lint.Rule, src []byte) bool {
	t.Helper()
	machine, decoded := asl.ParseFile("example.json", src)
	if len(decoded) > 0 {
		t.Errorf("the example of %s does not decode: %s", rule.Name, decoded[0].Message)
	}
	set, err := lint.Select(rules.All(), lint.Selection{Preset: rule.Preset})
	if err != nil {
		t.Fatal(err)
	}
	runner := &lint.Runner{Rules: set, Options: lint.Options{Strict: rule.Preset == lint.Strict}}
	findings := runner.Check(lint.Target{Machine: machine})
	var names []string
	for _, finding := range findings {
		names = append(names, finding.Rule)
	}
	return slices.Contains(names, rule.Name)
}
