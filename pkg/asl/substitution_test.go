package asl

import (
	"testing"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func parseText(text string) (*Machine, int) {
	machine, findings := Parse(syntax.ParseJSON(syntax.NewFile("x.json", []byte(text))))
	return machine, len(findings)
}

func TestListsThatAreSubstitutionsAreUnknown(t *testing.T) {
	for list, unknown := range map[string]bool{
		`"${Retry}"`: true, `["${Retrier}"]`: true, `[]`: false, `[{"ErrorEquals": ["States.ALL"], "Next": "A"}]`: false,
	} {
		machine, _ := parseText(`{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${Put}", "Retry": ` + list + `, "Catch": ` + list + `, "End": true}}}`)
		for state := range machine.States() {
			if state.RetryUnknown != unknown || state.CatchUnknown != unknown {
				t.Errorf("%s: Retry unknown %v, Catch unknown %v, want %v", list, state.RetryUnknown, state.CatchUnknown, unknown)
			}
		}
	}
}

func TestAFileThatIsSomethingElseGetsOneFinding(t *testing.T) {
	for text, want := range map[string]int{
		`{"name": "x", "version": "1", "scripts": {}, "license": "MIT"}`: 1,
		`{"Stats": {}, "name": "x", "version": "1"}`:                     4,
		`{"Comment": "x", "name": "x"}`:                                  1,
		`{"StartAt": "A", "name": "x"}`:                                  2,
	} {
		if _, got := parseText(text); got != want {
			t.Errorf("%s: %d findings, want %d", text, got, want)
		}
	}
}
