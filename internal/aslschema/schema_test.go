package aslschema

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the published schema anew")

func TestPublishedSchemaIsCurrent(t *testing.T) {
	path := filepath.Join("..", "..", "schemas", "asl.schema.json")
	fresh, err := Generate()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, fresh, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	published, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(published, fresh) {
		t.Error("schemas/asl.schema.json is not what the tables say; go generate ./internal/aslschema makes it anew")
	}
}
