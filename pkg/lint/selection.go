package lint

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/diag"
)

// Level is what a [Setting] does to rules: switch them off, on with the
// severity they have by themselves, or on with another severity.
type Level string

// The levels.
const (
	Off       Level = "off"
	On        Level = "on"
	AsInfo    Level = "info"
	AsWarning Level = "warning"
	AsError   Level = "error"
)

// Levels lists the levels in the order of documentation.
func Levels() []Level { return []Level{Off, On, AsInfo, AsWarning, AsError} }

// severity returns the severity a level stands for, 0 for on and off.
func (l Level) severity() diag.Severity {
	switch l {
	case AsInfo:
		return diag.Info
	case AsWarning:
		return diag.Warning
	case AsError:
		return diag.Error
	}
	return 0
}

// Setting changes the level of the rules that Target names: a rule, a
// category, or "all".
type Setting struct {
	Target string
	Level  Level
}

// Selection says which rules run and with which severity.
type Selection struct {
	Preset   Preset    // empty means Recommended
	Only     []string  // rules or categories; when not empty, nothing else runs
	Settings []Setting // applied in order on top of the preset
}

// SortSettings puts settings of one source in the order in which they apply:
// "all" before categories before rules.
func SortSettings(settings []Setting) {
	specificity := func(s Setting) int {
		switch {
		case s.Target == "all":
			return 0
		case slices.Contains(Categories(), Category(s.Target)):
			return 1
		}
		return 2
	}
	slices.SortStableFunc(settings, func(a, b Setting) int { return cmp.Compare(specificity(a), specificity(b)) })
}

// UnknownNameError is a selection that names no rule, category or preset.
type UnknownNameError struct {
	Kind string // "rule", "preset" or "level"
	Name string
}

// Error says what is unknown.
func (e *UnknownNameError) Error() string { return fmt.Sprintf("unknown %s %q", e.Kind, e.Name) }

// RuleSet is the rules a run applies, with the severities it gives them. It is
// not changed after [Select] and safe for concurrent use.
type RuleSet struct {
	known   map[string]*Rule
	enabled []*Rule
	level   map[*Rule]Level
	refused bool // only what AWS refuses: the Spec preset, unless a setting says otherwise
}

// Select applies a selection to the rules there are.
func Select(all []*Rule, selection Selection) (*RuleSet, error) {
	set := &RuleSet{known: map[string]*Rule{}, level: map[*Rule]Level{}}
	for _, rule := range all {
		set.known[rule.Name] = rule
	}
	if err := set.applyPreset(all, selection.Preset); err != nil {
		return nil, err
	}
	for _, setting := range selection.Settings {
		if err := set.apply(all, setting); err != nil {
			return nil, err
		}
	}
	if err := set.keepOnly(all, selection.Only); err != nil {
		return nil, err
	}
	for _, rule := range all {
		if set.level[rule] != Off {
			set.enabled = append(set.enabled, rule)
		}
	}
	return set, nil
}

func (s *RuleSet) applyPreset(all []*Rule, preset Preset) error {
	if preset == "" {
		preset = Recommended
	}
	s.refused = preset == Spec
	limit := slices.Index(Presets(), preset)
	if limit < 0 {
		return &UnknownNameError{"preset", string(preset)}
	}
	for _, rule := range all {
		s.level[rule] = On
		if slices.Index(Presets(), rule.Preset) > limit {
			s.level[rule] = Off
		}
	}
	return nil
}

func (s *RuleSet) apply(all []*Rule, setting Setting) error {
	if !slices.Contains(Levels(), setting.Level) {
		return &UnknownNameError{"level", string(setting.Level)}
	}
	matched, err := match(all, setting.Target)
	for _, rule := range matched {
		s.level[rule] = setting.Level
	}
	return err
}

// keepOnly switches on what is named and everything else off; a severity that
// was set stays.
func (s *RuleSet) keepOnly(all []*Rule, only []string) error {
	if len(only) == 0 {
		return nil
	}
	wanted := map[*Rule]bool{}
	for _, name := range only {
		matched, err := match(all, name)
		if err != nil {
			return err
		}
		for _, rule := range matched {
			wanted[rule] = true
		}
	}
	for _, rule := range all {
		switch {
		case !wanted[rule]:
			s.level[rule] = Off
		case s.level[rule] == Off:
			s.level[rule] = On
		}
	}
	return nil
}

func match(all []*Rule, target string) ([]*Rule, error) {
	var matched []*Rule
	for _, rule := range all {
		if target == "all" || target == rule.Name || target == string(rule.Category) {
			matched = append(matched, rule)
		}
	}
	if len(matched) == 0 && !slices.Contains(Categories(), Category(target)) {
		return nil, &UnknownNameError{"rule", target}
	}
	return matched, nil
}

// Enabled returns the rules that run, in the order of the list they come from.
func (s *RuleSet) Enabled() []*Rule { return s.enabled }

// Has reports whether the rule of that name runs.
func (s *RuleSet) Has(name string) bool {
	rule := s.known[name]
	return rule != nil && s.level[rule] != Off
}

// Known reports whether there is a rule of that name, be it on or off.
func (s *RuleSet) Known(name string) bool { return s.known[name] != nil }

// admit fills in what the set knows about the finding's rule. It reports false
// when the rule is off. A finding of a rule that is not listed is kept.
func (s *RuleSet) admit(finding *diag.Diagnostic) bool {
	rule := s.known[finding.Rule]
	if rule == nil {
		finding.Severity = cmp.Or(finding.Severity, diag.Error)
		finding.Category = cmp.Or(finding.Category, string(Structure))
		return true
	}
	level := s.level[rule]
	finding.Category = string(rule.Category)
	finding.Severity = cmp.Or(level.severity(), finding.Severity, rule.Severity)
	return level != Off && (!s.refused || level != On || finding.Severity == diag.Error)
}
