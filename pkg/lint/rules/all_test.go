package rules

import (
	"testing"

	"github.com/sfnctl/sfnctl/pkg/lint"
)

func TestEveryRuleSaysWhatItIs(t *testing.T) {
	for _, fault := range lint.Validate(All()) {
		t.Error(fault)
	}
}
