// Package lint checks state machines. A [Rule] is a value that says what it
// looks for and how to find it; a [Runner] runs the selected rules over
// machines and returns findings in a stable order. Rules live in
// pkg/lint/rules, one file each, listed in rules.All.
package lint

import "github.com/sfnctl/sfnctl/pkg/diag"

// Category is the subject of a rule.
type Category string

// The categories of rules.
const (
	Syntax       Category = "syntax"
	Structure    Category = "structure"
	Flow         Category = "flow"
	Errors       Category = "errors"
	Compensation Category = "compensation"
	Data         Category = "data"
	Integrations Category = "integrations"
	Limits       Category = "limits"
	Security     Category = "security"
	Style        Category = "style"
	Template     Category = "template" // what deploys the machine: logging, alarms, substitutions
)

// Categories lists the categories in the order of documentation.
func Categories() []Category {
	return []Category{Syntax, Structure, Flow, Errors, Compensation, Data, Integrations, Limits, Security, Style, Template}
}

// Preset names a selection of rules. Each includes the one before it.
type Preset string

// The presets.
const (
	Spec        Preset = "spec"        // what AWS refuses, and nothing else
	Recommended Preset = "recommended" // and what hurts on call; the default
	Strict      Preset = "strict"      // and what a team may want to hold itself to
)

// Presets lists the presets, each after the one it includes.
func Presets() []Preset { return []Preset{Spec, Recommended, Strict} }

// Rule is one check. Its documentation is the page docs/rules/NAME.md.
type Rule struct {
	Name     string // kebab-case; the id in messages, configuration, directives and SARIF
	Category Category
	Severity diag.Severity // what it reports with when the finding sets none and nothing overrides it
	Preset   Preset        // the smallest preset that has it on
	Summary  string        // one sentence, lower-case, no full stop
	Requires []Prerequisite
	Run      func(*Pass) // nil for rules that are checked elsewhere: in decoding, by the simulator
}
