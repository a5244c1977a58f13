package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// apiModel is the part of an api-2.json that the table needs.
type apiModel struct {
	Metadata struct {
		ServiceID string `json:"serviceId"`
	} `json:"metadata"`
	Operations map[string]*modelOperation `json:"operations"`
	Shapes     map[string]*modelShape     `json:"shapes"`
}

type modelOperation struct {
	HTTP struct {
		Method string `json:"method"`
	} `json:"http"`
	Input      *shapeReference  `json:"input"`
	Output     *shapeReference  `json:"output"`
	Errors     []shapeReference `json:"errors"`
	Deprecated bool             `json:"deprecated"`
}

type shapeReference struct {
	Shape            string `json:"shape"`
	Deprecated       bool   `json:"deprecated"`
	IdempotencyToken bool   `json:"idempotencyToken"`
	EventStream      bool   `json:"eventstream"`
	JSONValue        bool   `json:"jsonvalue"`
}

type modelShape struct {
	Type        string         `json:"type"`
	Required    []string       `json:"required"`
	Members     orderedMembers `json:"members"`
	Member      shapeReference `json:"member"` // of a list
	Value       shapeReference `json:"value"`  // of a map
	Enum        []string       `json:"enum"`
	Min         *float64       `json:"min"`
	Max         *float64       `json:"max"`
	Document    bool           `json:"document"`
	EventStream bool           `json:"eventstream"`
}

// orderedMembers are the members of a structure in the order of the model.
type orderedMembers []namedReference

type namedReference struct {
	Name string
	shapeReference
}

// UnmarshalJSON keeps the order, which a Go map would lose.
func (m *orderedMembers) UnmarshalJSON(text []byte) error {
	var byName map[string]shapeReference
	if err := json.Unmarshal(text, &byName); err != nil {
		return err
	}
	for _, name := range objectKeys(text) {
		*m = append(*m, namedReference{name, byName[name]})
	}
	return nil
}

func readModel(path string) (*apiModel, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var model apiModel
	if err := json.Unmarshal(text, &model); err != nil {
		return nil, fmt.Errorf("read model %s: %w", path, err)
	}
	if model.Metadata.ServiceID == "" {
		return nil, fmt.Errorf("read model %s: it has no serviceId", path)
	}
	return &model, nil
}

// streams reports whether the operation's result or request is an event stream,
// which Step Functions cannot carry.
func (m *apiModel) streams(operation *modelOperation) bool {
	for _, reference := range []*shapeReference{operation.Input, operation.Output} {
		if reference == nil {
			continue
		}
		for _, member := range m.Shapes[reference.Shape].Members {
			if member.EventStream || m.Shapes[member.Shape].EventStream {
				return true
			}
		}
	}
	return false
}
