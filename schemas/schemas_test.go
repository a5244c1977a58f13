package schemas

import (
	"encoding/json"
	"testing"
)

func TestEverySchemaIsThereAndSaysWhatItIs(t *testing.T) {
	for _, name := range Names() {
		text, ok := Get(name)
		var schema struct {
			Title string `json:"title"`
			ID    string `json:"$id"`
		}
		if err := json.Unmarshal(text, &schema); !ok || err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if schema.Title == "" || schema.ID == "" {
			t.Errorf("%s has no title or no $id", name)
		}
	}
	if len(Names()) != 5 {
		t.Errorf("schemas: %v", Names())
	}
	if _, ok := Get("nothing"); ok {
		t.Error("there is a schema that is called nothing")
	}
}
