// Package docs carries the pages that `sfnctl explain` shows offline.
package docs

import (
	"embed"
	"strings"
)

//go:embed rules/*.md
var pages embed.FS

// RulePage returns the page of a rule in Markdown; ok is false when there is none.
func RulePage(name string) (text string, ok bool) {
	content, err := pages.ReadFile("rules/" + name + ".md")
	return string(content), err == nil
}

// RulePages lists the rules that have a page, sorted.
func RulePages() []string {
	entries, err := pages.ReadDir("rules")
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		names = append(names, strings.TrimSuffix(entry.Name(), ".md"))
	}
	return names
}
