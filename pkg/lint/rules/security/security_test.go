package security

import (
	"testing"

	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/ruletest"
)

var update = ruletest.Update()

func TestRulesFireAndStaySilent(t *testing.T) { ruletest.RunRules(t, All(), *update) }
