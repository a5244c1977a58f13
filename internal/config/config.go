// Package config reads .sfnctl.yaml: it finds the file that governs another
// one, checks it strictly against the published schema, with the place of every
// mistake, and says what holds for a given file.
package config

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/sfnctl/sfnctl/pkg/lint"
)

// Config is the content of a configuration file.
type Config struct {
	Path string `yaml:"-"` // of the file; empty when there is none

	Preset        string            `yaml:"preset"`
	Type          string            `yaml:"type"`
	Rules         map[string]string `yaml:"rules"`
	FailLevel     string            `yaml:"fail-level"`
	Exclude       []string          `yaml:"exclude"`
	Baseline      string            `yaml:"baseline"`
	Substitutions map[string]string `yaml:"substitutions"`
	Overrides     []Override        `yaml:"overrides"`
	Terminals     []Terminal        `yaml:"terminals"`
	Compensation  Compensation      `yaml:"compensation"`
}

// Override holds other settings for the files that match.
type Override struct {
	Files         []string          `yaml:"files"`
	Preset        string            `yaml:"preset"`
	Type          string            `yaml:"type"`
	Rules         map[string]string `yaml:"rules"`
	Substitutions map[string]string `yaml:"substitutions"`
}

// Terminal gives a class to the terminal states that match.
type Terminal struct {
	Class  string   `yaml:"class"`
	States []string `yaml:"states"`
	Errors []string `yaml:"errors"`
}

// Compensation says what undoes what, and what changes the world at all.
type Compensation struct {
	Pairs   []Pair   `yaml:"pairs"`
	Effects []Effect `yaml:"effects"`
}

// Pair says which states undo an action.
type Pair struct {
	Action string `yaml:"action"`
	Undo   Names  `yaml:"undo"`
}

// Names is a list of names that may be written as one name.
type Names []string

// Effect says what the tasks that match do to the world.
type Effect struct {
	Effect    string   `yaml:"effect"`
	States    []string `yaml:"states"`
	Resources []string `yaml:"resources"`
}

// Settings is what holds for one file, after the overrides.
type Settings struct {
	Preset        string
	Type          string
	Rules         []lint.Setting // in the order in which they apply
	Substitutions map[string]string
}

// For returns the settings of the file at path, an absolute path.
func (c *Config) For(path string) Settings {
	settings := Settings{Preset: c.Preset, Type: c.Type, Substitutions: map[string]string{}}
	settings.add(c.Rules, c.Substitutions)
	for _, override := range c.Overrides {
		if !c.matches(override.Files, path) {
			continue
		}
		if override.Preset != "" {
			settings.Preset = override.Preset
		}
		if override.Type != "" {
			settings.Type = override.Type
		}
		settings.add(override.Rules, override.Substitutions)
	}
	return settings
}

func (s *Settings) add(rules, substitutions map[string]string) {
	layer := make([]lint.Setting, 0, len(rules))
	for target, level := range rules {
		layer = append(layer, lint.Setting{Target: target, Level: lint.Level(level)})
	}
	slices.SortFunc(layer, func(a, b lint.Setting) int { return strings.Compare(a.Target, b.Target) })
	lint.SortSettings(layer)
	s.Rules = append(s.Rules, layer...)
	for name, text := range substitutions {
		s.Substitutions[name] = text
	}
}

// Excludes reports whether walks pass over the file at path.
func (c *Config) Excludes(path string) bool { return c.matches(c.Exclude, path) }

// Dir is the directory that the paths in the file start from.
func (c *Config) Dir() string { return filepath.Dir(c.Path) }

// matches reports whether a pattern matches a path seen from the file. A
// pattern that names a directory takes all that is in it.
func (c *Config) matches(patterns []string, path string) bool {
	relative, err := filepath.Rel(c.Dir(), path)
	if err != nil {
		return false
	}
	name := filepath.ToSlash(relative)
	for _, pattern := range patterns {
		pattern = strings.TrimSuffix(strings.TrimPrefix(pattern, "./"), "/")
		for _, form := range []string{pattern, pattern + "/**"} {
			if matched, _ := doublestar.Match(form, name); matched {
				return true
			}
		}
	}
	return false
}
