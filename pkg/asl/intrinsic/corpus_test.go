package intrinsic

import (
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/value"
)

func parseExpression(e expression) error {
	if strings.HasPrefix(e.text, "$") {
		_, err := jsonpath.Parse(e.text)
		return err
	}
	_, err := Parse(e.text)
	return err
}

// refusedReason tells why the service refuses an expression of the corpus as
// well; "" when it should parse.
func refusedReason(text string) string {
	switch {
	case strings.Contains(text, "States.Default("):
		return "there is no function States.Default"
	case strings.HasPrefix(text, "States.") && strings.Contains(text, `\n`):
		return `\n is not an escape of a string in a call`
	}
	return ""
}

func TestEveryExpressionOfTheCorpusParses(t *testing.T) {
	seen := map[string]bool{}
	check := func(name string, machine value.Value) {
		for _, e := range expressions(machine) {
			if seen[e.text] {
				continue
			}
			seen[e.text] = true
			err := parseExpression(e)
			if reason := refusedReason(e.text); err != nil && reason == "" {
				t.Errorf("%s: %s: %q: %v", name, e.field, e.text, err)
			} else if err == nil && reason != "" {
				t.Errorf("%s: %q parses although %s", name, e.text, reason)
			}
		}
	}
	jsonFiles(t, sharedFolder(t, "conformance", "history"), func(name string, c value.Value) { check(name, c.Get("definition")) })
	jsonFiles(t, sharedFolder(t, "conformance", "validation"), func(name string, c value.Value) {
		if strings.HasPrefix(name, "accepted.") {
			check(name, c.Get("definition"))
		}
	})
	jsonFiles(t, sharedFolder(t, "corpus"), check)
	jsonFiles(t, sharedFolder(t, "lintset", "valid"), check)
	t.Logf("%d distinct expressions", len(seen))
}
