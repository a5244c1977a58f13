package security

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func hardCodedAccount() *lint.Rule {
	return &lint.Rule{
		Name: "hard-coded-account", Category: lint.Security, Severity: diag.Info, Preset: lint.Strict,
		Summary: "the definition names an account by its number and works in no other",
		Run: func(p *lint.Pass) {
			reportPlaces(p, accountsIn, "the account %s is written into the definition, in %d places",
				`fill it in when deploying: "${AWS::AccountId}" with DefinitionSubstitutions`)
		},
	}
}

func hardCodedRegion() *lint.Rule {
	return &lint.Rule{
		Name: "hard-coded-region", Category: lint.Security, Severity: diag.Info, Preset: lint.Strict,
		Summary: "the definition names a Region and works in no other",
		Run: func(p *lint.Pass) {
			reportPlaces(p, regionsIn, "the Region %s is written into the definition, in %d places",
				`fill it in when deploying: "${AWS::Region}" with DefinitionSubstitutions`)
		},
	}
}

// maxPlaces bounds the places that a finding points at.
const maxPlaces = 3

// reportPlaces gives one finding for each name found, at its first place.
func reportPlaces(p *lint.Pass, find func(string) []string, message, help string) {
	found := map[string][]constant{}
	var order []string
	for c := range constants(p.Machine) {
		for _, name := range find(c.text.Value) {
			if found[name] == nil {
				order = append(order, name)
			}
			found[name] = append(found[name], c)
		}
	}
	for _, name := range order {
		places := found[name]
		finding := diag.Diagnostic{Span: places[0].text.Span(), State: places[0].state.Name, Message: fmt.Sprintf(message, name, len(places)), Help: help}
		if len(places) == 1 {
			finding.Message, _, _ = strings.Cut(finding.Message, ", in ")
		}
		for _, place := range places[1:min(len(places), maxPlaces+1)] {
			finding.Related = append(finding.Related, verdict.Related(p, place.text.Span(), "and here, in %q", place.state.Name))
		}
		p.Report(finding)
	}
}

var (
	accountInARN = pattern(`\barn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:([0-9]{12}):`)
	accountInURL = pattern(`\bsqs\.[a-z0-9-]+\.amazonaws\.com/([0-9]{12})/`)
	regionInARN  = pattern(`\barn:aws[a-z-]*:[a-z0-9-]+:([a-z]{2}(?:-[a-z]+)+-[0-9]):`)
	regionInHost = pattern(`\.([a-z]{2}(?:-[a-z]+)+-[0-9])\.amazonaws\.com`)
)

func accountsIn(text string) []string { return matches(text, accountInARN, accountInURL) }

func regionsIn(text string) []string { return matches(text, regionInARN, regionInHost) }

func matches(text string, forms ...func() *regexp.Regexp) []string {
	if !strings.Contains(text, "arn:aws") && !strings.Contains(text, "amazonaws.com") {
		return nil
	}
	var names []string
	for _, form := range forms {
		for _, match := range form().FindAllStringSubmatch(text, -1) {
			if !slices.Contains(names, match[1]) {
				names = append(names, match[1])
			}
		}
	}
	return names
}
