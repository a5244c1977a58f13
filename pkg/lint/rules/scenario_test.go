package rules_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/compensation"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/errors"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/flow"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/ruletest"
)

var update = ruletest.Update()

// flowRules are the rules about terminals and compensation. The scenarios hold
// the findings of all of them together.
func flowRules() []*lint.Rule {
	return slices.Concat(flow.All(), errors.All(), compensation.All())
}

// scenarios is where the machines stand, one archive a theme.
const scenarios = "../../../testdata/flow/*.txtar"

func TestScenariosHaveExactlyTheFindingsExpected(t *testing.T) {
	archives, err := filepath.Glob(scenarios)
	if err != nil || len(archives) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	for _, archive := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(archive), ".txtar"), func(t *testing.T) {
			suite := ruletest.Suite{Rules: flowRules(), Selection: lint.Selection{Preset: lint.Recommended}, Update: *update}
			suite.Run(t, archive)
		})
	}
}
