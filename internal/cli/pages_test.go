package cli

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/docs"
	"github.com/sfnctl/sfnctl/internal/files"
	"github.com/sfnctl/sfnctl/internal/workspace"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules"
	"github.com/sfnctl/sfnctl/pkg/simulate"
)

var fence = regexp.MustCompile("(?ms)^```(json|yaml)( express)?\n(.*?)^```$")

// examples returns the code of one section of a page, with names that say the
// notation, and "express" where the fence says ```json express.
func examples(page, heading string) map[string]string {
	_, section, _ := strings.Cut(page, "\n## "+heading+"\n")
	section, _, _ = strings.Cut(section, "\n## ")
	found := map[string]string{}
	for _, match := range fence.FindAllStringSubmatch(section, -1) {
		name := fmt.Sprintf("%d%s.asl.%s", len(found), strings.TrimSpace(match[2]), match[1])
		found[name] = longTexts(match[3])
	}
	return found
}

var longText = regexp.MustCompile(`<(\d+) characters>`)

// longTexts fills in what a page cannot show: "<1000 characters>" stands for
// that many.
func longTexts(source string) string {
	return longText.ReplaceAllStringFunc(source, func(mark string) string {
		length, _ := strconv.Atoi(longText.FindStringSubmatch(mark)[1])
		return strings.Repeat("x", length)
	})
}

// firing returns the findings of one rule on an example, with every rule on.
func firing(t *testing.T, rule *lint.Rule, name, source string) (own, errors []diag.Diagnostic) {
	t.Helper()
	set, err := lint.Select(rules.All(), lint.Selection{Preset: lint.Strict})
	if err != nil {
		t.Fatal(err)
	}
	if rule.Category == lint.Template {
		return split(rule, checkTemplate(t, set, rule, source))
	}
	machine, decoded := asl.ParseFile(name, []byte(source))
	if rule.Name == diag.NotExecutable { // which the simulator checks
		_, findings := simulate.Compile(machine)
		return split(rule, findings)
	}
	kind := asl.Standard
	if strings.Contains(name, "express") {
		kind = asl.Express
	}
	runner := &lint.Runner{Rules: set, Options: lint.Options{Strict: rule.Preset == lint.Strict}}
	return split(rule, runner.Check(lint.Target{Machine: machine, Type: kind, Decoded: decoded}))
}

// split tells the findings of a rule from the errors of others.
func split(rule *lint.Rule, findings []diag.Diagnostic) (own, errors []diag.Diagnostic) {
	for _, finding := range findings {
		if finding.Rule == rule.Name {
			own = append(own, finding)
		} else if finding.Severity == diag.Error {
			errors = append(errors, finding)
		}
	}
	return own, errors
}

// checkTemplate checks an example that is a template.
func checkTemplate(t *testing.T, set *lint.RuleSet, rule *lint.Rule, source string) []diag.Diagnostic {
	t.Helper()
	w, err := workspace.New(t.Context(), workspace.Options{Files: files.OnDisk(), Dir: t.TempDir()}, rules.All())
	if err != nil {
		t.Fatal(err)
	}
	document := &workspace.Document{Runner: &lint.Runner{Rules: set, Options: lint.Options{Strict: rule.Preset == lint.Strict}}}
	found := w.Decode(filepath.Join(w.Dir, "template.yaml"), "template.yaml", []byte(source), nil)
	var findings []diag.Diagnostic
	for i := range found.Definitions {
		findings = append(findings, document.Check(&found.Definitions[i])...)
	}
	return findings
}

func TestEveryRuleHasAPageWhoseExamplesHold(t *testing.T) {
	for _, rule := range rules.All() {
		t.Run(rule.Name, func(t *testing.T) {
			page, ok := docs.RulePage(rule.Name)
			if !ok {
				t.Fatalf("docs/rules/%s.md is missing", rule.Name)
			}
			if !strings.HasPrefix(page, "# "+rule.Name+"\n") {
				t.Errorf("the page does not begin with # %s", rule.Name)
			}
			checkExamples(t, rule, page)
		})
	}
}

func checkExamples(t *testing.T, rule *lint.Rule, page string) {
	t.Helper()
	bad, good := examples(page, "Bad"), examples(page, "Good")
	if len(bad) == 0 || len(good) == 0 {
		t.Errorf("the page needs examples under ## Bad and ## Good")
	}
	for name, source := range bad {
		if own, _ := firing(t, rule, name, source); len(own) == 0 {
			t.Errorf("the bad example does not fire the rule:\n%s", source)
		}
	}
	for name, source := range good {
		own, errors := firing(t, rule, name, source)
		for _, finding := range append(own, errors...) {
			t.Errorf("the good example gives %s: %s\n%s", finding.Rule, finding.Message, source)
		}
	}
}

func TestEveryPageIsOfARule(t *testing.T) {
	for _, name := range docs.RulePages() {
		found := false
		for _, rule := range rules.All() {
			found = found || rule.Name == name
		}
		if !found {
			t.Errorf("docs/rules/%s.md is of no rule", name)
		}
	}
}
