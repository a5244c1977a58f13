package limits

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/ruletest"
)

var update = ruletest.Update()

// bySize are the rules whose examples are too large to be read.
var bySize = []string{"definition-too-large", "payload-too-large"}

func TestRulesFireAndStaySilent(t *testing.T) {
	readable := slices.DeleteFunc(All(), func(rule *lint.Rule) bool { return slices.Contains(bySize, rule.Name) })
	ruletest.RunRules(t, readable, *update)
}

func TestSizesAreBoundedToTheCharacter(t *testing.T) {
	pass := func(padding, text string) string {
		return fmt.Sprintf(`{"StartAt": "A", "States": {"A": {"Type": "Pass",%s "Result": "%s", "End": true}}}`, padding, text)
	}
	const maxDefinition, maxPayload = 1_048_576, 262_144
	frame := len(pass("", ""))
	tests := []struct {
		name, rule, file, source, help string
		findings                       int
	}{
		{"a definition of the largest size", bySize[0], "a.json", pass("", strings.Repeat("x", maxDefinition-frame)), "", 0},
		{"one character more", bySize[0], "a.json", pass("", strings.Repeat("x", maxDefinition-frame+1)), "compact form", 1},
		{"more than without blanks", bySize[0], "a.json", pass("", strings.Repeat("x", maxDefinition)), "state machines of their own", 1},
		{"characters are no bytes", bySize[0], "a.json", pass("", strings.Repeat("é", maxDefinition-frame)), "", 0},
		{"blanks can be left out", bySize[0], "a.json", pass(strings.Repeat(" ", maxDefinition), ""), "compact form", 1},
		{"YAML is not sent", bySize[0], "a.yaml", pass("", strings.Repeat("x", maxDefinition)), "", 0},
		{"data of the largest size", bySize[1], "a.json", pass("", strings.Repeat("x", maxPayload-len(`""`))), "", 0},
		{"one byte more", bySize[1], "a.json", pass("", strings.Repeat("x", maxPayload-len(`""`)+1)), "S3", 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			suite := ruletest.Suite{Rules: All(), Selection: lint.Selection{Only: []string{test.rule}}}
			findings, _ := suite.Findings(t, test.file, []byte(test.source), "")
			if len(findings) != test.findings {
				t.Fatalf("%d findings, want %d", len(findings), test.findings)
			}
			if len(findings) > 0 && !strings.Contains(findings[0].Help, test.help) {
				t.Errorf("help %q lacks %q", findings[0].Help, test.help)
			}
		})
	}
}
