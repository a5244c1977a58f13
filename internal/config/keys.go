package config

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/schemas"
)

// schemaNode is the part of a JSON Schema that says which keys there are.
type schemaNode struct {
	Ref         string                 `json:"$ref"`
	Properties  map[string]*schemaNode `json:"properties"`
	Items       *schemaNode            `json:"items"`
	Definitions map[string]*schemaNode `json:"definitions"`
}

// keysAllowed returns the keys that the schema has at a path, for suggestions.
func keysAllowed(path []string) []string {
	text, _ := schemas.Get("config")
	root := &schemaNode{}
	if err := json.Unmarshal(text, root); err != nil {
		return nil
	}
	node := root
	for _, step := range path {
		switch next := node.Properties[step]; {
		case next != nil:
			node = next
		case node.Items != nil:
			node = node.Items
		default:
			return nil
		}
		if name, found := strings.CutPrefix(node.Ref, "#/definitions/"); found && root.Definitions[name] != nil {
			node = root.Definitions[name]
		}
	}
	return slices.Sorted(maps.Keys(node.Properties))
}
