package spec

import (
	"strings"
	"testing"
)

func TestEveryFieldIsDescribedInOneSentenceOrTwo(t *testing.T) {
	used := map[string]bool{}
	for _, table := range tables() {
		for _, field := range table.Fields {
			used[field.Name] = true
			text := Describe(table, field.Name)
			if !strings.HasSuffix(text, ".") || len(text) > 160 {
				t.Errorf("%s: %s is described as %q", table.Name, field.Name, text)
			}
		}
		for name := range descriptionsIn[table.Name] {
			if table.Find(name) == nil {
				t.Errorf("%s has no field %s to describe", table.Name, name)
			}
		}
	}
	for name := range descriptions {
		if !used[name] {
			t.Errorf("no table has the field %s that is described", name)
		}
	}
	if text := Describe(&Branch, "Next"); text != "" {
		t.Errorf("a branch has no Next, but it is described: %s", text)
	}
}
