package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
)

var kebabCase = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// Validate says what is wrong with a list of rules, as a test would want to
// know: names not unique or not in kebab-case, facts left out.
func Validate(rules []*Rule) []error {
	var faults []error
	seen := map[string]bool{}
	for _, rule := range rules {
		for _, fault := range validateRule(rule) {
			faults = append(faults, fmt.Errorf("rule %q: %s", rule.Name, fault))
		}
		if seen[rule.Name] {
			faults = append(faults, fmt.Errorf("rule %q is listed twice", rule.Name))
		}
		seen[rule.Name] = true
	}
	return faults
}

func validateRule(rule *Rule) []string {
	var faults []string
	complain := func(wrong bool, fault string) {
		if wrong {
			faults = append(faults, fault)
		}
	}
	category := Category(rule.Name)
	complain(!kebabCase.MatchString(rule.Name), "the name is not in kebab-case")
	complain(rule.Name == "all" || slices.Contains(Categories(), category), "the name is that of a category")
	complain(!slices.Contains(Categories(), rule.Category), "the category is unknown")
	complain(!slices.Contains(Presets(), rule.Preset), "the preset is unknown")
	complain(rule.Severity < diag.Info || rule.Severity > diag.Error, "the severity is missing")
	complain(rule.Summary == "" || strings.HasSuffix(rule.Summary, "."), "the summary is missing or ends in a full stop")
	complain(strings.Contains(rule.Summary, "\n"), "the summary has several lines")
	complain(rule.Preset == Spec && rule.Severity != diag.Error, "the spec preset holds errors only")
	return faults
}
