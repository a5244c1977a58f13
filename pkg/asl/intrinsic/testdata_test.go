package intrinsic

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// sharedFolder returns a folder of the optional test data next to the module.
func sharedFolder(t *testing.T, parts ...string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if parent := filepath.Dir(dir); parent != dir {
			dir = parent
			continue
		}
		t.Fatal("no go.mod above the test")
	}
	folder := filepath.Join(append([]string{dir, "..", "shared"}, parts...)...)
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("the test data %s is not here", filepath.Join(parts...))
	}
	return folder
}

// jsonFiles calls visit for every JSON file below folder that is an object.
func jsonFiles(t *testing.T, folder string, visit func(name string, content value.Value)) {
	t.Helper()
	err := filepath.WalkDir(folder, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".json") {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if content, err := value.Parse(string(text)); err == nil && content.Kind() == value.KindObject {
			short, _ := filepath.Rel(folder, name)
			visit(short, content)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// expression is a string of a definition that holds a path or a call.
type expression struct {
	field string
	text  string
}

// expressions lists the paths and the dynamic fields of the JSONPath states of
// a state machine, in their order.
func expressions(machine value.Value) []expression {
	var c collector
	c.machine(machine, machine.Get("QueryLanguage").Str())
	return c.found
}

type collector struct{ found []expression }

func (c *collector) machine(machine value.Value, language string) {
	for _, state := range machine.Get("States").Members() {
		own := language
		if set := state.Value.Get("QueryLanguage").Str(); set != "" {
			own = set
		}
		for _, branch := range state.Value.Get("Branches").Items() {
			c.machine(branch, own)
		}
		c.machine(state.Value.Get("Iterator"), own)
		c.machine(state.Value.Get("ItemProcessor"), own)
		if own != "JSONata" {
			c.state(state.Value)
		}
	}
}

func (c *collector) state(state value.Value) {
	for _, member := range state.Members() {
		switch member.Key {
		case "Branches", "Iterator", "ItemProcessor", "Result", "Resource", "Comment":
		case "Parameters", "ResultSelector", "ItemSelector", "Assign", "Credentials":
			c.template(member.Value)
		default:
			c.fields(member.Key, member.Value)
		}
	}
}

// fields collects what is named like a path: InputPath, Variable, NumericEqualsPath.
func (c *collector) fields(key string, v value.Value) {
	switch {
	case v.Kind() == value.KindString && (strings.HasSuffix(key, "Path") || key == "Variable"):
		c.found = append(c.found, expression{key, v.Str()})
	case key == "Parameters" || key == "Assign" || key == "BatchInput":
		c.template(v)
	}
	for _, item := range v.Items() {
		c.fields("", item)
	}
	for _, member := range v.Members() {
		c.fields(member.Key, member.Value)
	}
}

func (c *collector) template(v value.Value) {
	for _, item := range v.Items() {
		c.template(item)
	}
	for _, member := range v.Members() {
		if strings.HasSuffix(member.Key, ".$") && member.Value.Kind() == value.KindString {
			c.found = append(c.found, expression{member.Key, member.Value.Str()})
			continue
		}
		c.template(member.Value)
	}
}
