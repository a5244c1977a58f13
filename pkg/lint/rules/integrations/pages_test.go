package integrations

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
)

// TestPagesShowWhatTheRuleDoes runs the examples of each rule's page: the bad one
// gets the finding, the good one does not, nor an error of another rule.
func TestPagesShowWhatTheRuleDoes(t *testing.T) {
	for _, rule := range All() {
		t.Run(rule.Name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "docs", "rules", rule.Name+".md"))
			if err != nil {
				t.Fatal(err)
			}
			page := string(text)
			if len(check(t, "bad.json", example(t, page, "## Bad"), asl.Standard, rule.Name)) == 0 {
				t.Error("the bad example is silent")
			}
			for _, found := range check(t, "good.json", example(t, page, "## Good"), asl.Standard) {
				if found.Rule == rule.Name || found.Severity == diag.Error {
					t.Errorf("the good example: %s", found.Message)
				}
			}
			if !strings.Contains(page, "Severity: "+rule.Severity.String()) || !strings.Contains(page, "Preset: "+string(rule.Preset)) {
				t.Error("the page names another severity or preset")
			}
		})
	}
}

// example returns the first block of JSON behind a heading.
func example(t *testing.T, page, heading string) []byte {
	_, rest, found := strings.Cut(page, heading)
	_, rest, opened := strings.Cut(rest, "```json\n")
	block, _, closed := strings.Cut(rest, "\n```")
	if !found || !opened || !closed {
		t.Fatalf("the page has no example behind %q", heading)
	}
	return []byte(block)
}
