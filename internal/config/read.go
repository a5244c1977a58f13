package config

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sfnctl/sfnctl/internal/files"
	"github.com/sfnctl/sfnctl/internal/jsonschema"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/schemas"
)

// Error is the mistakes in a configuration file.
type Error struct{ Mistakes []Mistake }

// Mistake is one mistake in a configuration file. Line and Column start at 1;
// they are 0 when the place is not known.
type Mistake struct {
	File         string
	Line, Column int
	Message      string
}

// Error returns one line a mistake: FILE:LINE:COLUMN: MESSAGE.
func (e *Error) Error() string {
	lines := make([]string, len(e.Mistakes))
	for i, m := range e.Mistakes {
		lines[i] = fmt.Sprintf("%s:%d:%d: %s", m.File, m.Line, m.Column, m.Message)
	}
	return strings.Join(lines, "\n")
}

// Read reads the configuration file at path; name is how messages call it. It
// returns an [*Error] when the content is wrong.
func Read(ctx context.Context, door *files.Door, path, name string) (*Config, error) {
	text, err := door.Read(ctx, path, name)
	if err != nil {
		return nil, err
	}
	return Parse(path, name, text)
}

// Parse decodes the text of a configuration file.
func Parse(path, name string, text []byte) (*Config, error) {
	config := &Config{Path: path}
	root, err := parseYAML(name, text)
	if err != nil || root == nil {
		return config, err
	}
	if err := check(name, root); err != nil {
		return nil, err
	}
	if err := root.Decode(config); err != nil {
		return nil, &Error{[]Mistake{yamlMistake(name, err)}}
	}
	return config, nil
}

// parseYAML returns the root of the document, nil when it is empty.
func parseYAML(name string, text []byte) (*yaml.Node, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var document yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, &Error{[]Mistake{yamlMistake(name, err)}}
	}
	if err := decoder.Decode(&yaml.Node{}); !errors.Is(err, io.EOF) {
		return nil, &Error{[]Mistake{{name, 1, 1, "the file holds more than one document"}}}
	}
	return document.Content[0], nil
}

var yamlLine = regexp.MustCompile(`^yaml: (?:unmarshal errors:\n  )?line (\d+): (?s)(.*)$`)

func yamlMistake(name string, err error) Mistake {
	if match := yamlLine.FindStringSubmatch(err.Error()); match != nil {
		line, _ := strconv.Atoi(match[1])
		return Mistake{name, line, 1, match[2]}
	}
	return Mistake{name, 1, 1, strings.TrimPrefix(err.Error(), "yaml: ")}
}

// maxMistakes is how many mistakes of one file are told one by one.
const maxMistakes = 20

// check holds the document against the published schema.
func check(name string, root *yaml.Node) error {
	var document any
	if err := root.Decode(&document); err != nil {
		return &Error{[]Mistake{yamlMistake(name, err)}}
	}
	text, _ := schemas.Get("config")
	schema, err := jsonschema.Compile(text)
	if err != nil {
		return err
	}
	violations, err := schema.Validate(document)
	if err != nil {
		return &Error{[]Mistake{{name, root.Line, root.Column, "keys must be text; put numbers in quotes"}}}
	}
	var mistakes []Mistake
	for i, violation := range violations {
		if i == maxMistakes {
			last := mistakes[i-1]
			mistakes = append(mistakes, Mistake{name, last.Line, last.Column, fmt.Sprintf("and %d more mistakes", len(violations)-maxMistakes)})
			break
		}
		mistakes = append(mistakes, newMistake(name, root, violation))
	}
	if len(mistakes) > 0 {
		return &Error{mistakes}
	}
	return nil
}

func newMistake(name string, root *yaml.Node, violation jsonschema.Violation) Mistake {
	key, value := nodeAt(root, violation.Path)
	place := value
	subject := strings.Join(violation.Path, ".")
	message := violation.Expected
	switch {
	case violation.Unknown != "":
		place, _ = nodeAt(value, []string{violation.Unknown})
		message = fmt.Sprintf("unknown key %q", violation.Unknown)
		if nearest := diag.Suggest(violation.Unknown, keysAllowed(violation.Path)); nearest != "" {
			message += fmt.Sprintf("; did you mean %q?", nearest)
		}
	case violation.Missing != "":
		message = fmt.Sprintf("%s needs %q", subject, violation.Missing)
	case key != nil && value.Kind == yaml.ScalarNode:
		message = fmt.Sprintf("%s: %q is not possible; %s", subject, value.Value, violation.Expected)
	}
	return Mistake{name, place.Line, place.Column, message}
}

// nodeAt follows a path of keys and indexes and returns the value there, and
// its key when it is a member of a mapping.
func nodeAt(node *yaml.Node, path []string) (key, value *yaml.Node) {
	for _, step := range path {
		key = nil
		if node.Kind == yaml.AliasNode {
			node = node.Alias
		}
		switch node.Kind {
		case yaml.MappingNode:
			for i := 0; i+1 < len(node.Content); i += 2 {
				if node.Content[i].Value == step {
					key, node = node.Content[i], node.Content[i+1]
					break
				}
			}
		case yaml.SequenceNode:
			if i, err := strconv.Atoi(step); err == nil && i < len(node.Content) {
				key, node = node.Content[i], node.Content[i]
			}
		}
	}
	if key == nil {
		key = node
	}
	return key, node
}

// UnmarshalYAML implements yaml.Unmarshaler.
func (n *Names) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*n = Names{node.Value}
		return nil
	}
	return node.Decode((*[]string)(n))
}
