package conformance_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/value"
)

func TestDump(t *testing.T) {
	out := os.Getenv("DUMP")
	if out == "" {
		t.Skip()
	}
	folder := sharedFolder(t, "conformance", "history")
	for _, r := range loadRecordings(t, folder) {
		result, err := r.run(t)
		rel, _ := filepath.Rel(folder, r.file)
		name := filepath.Join(out, strings.ReplaceAll(rel, "/", "@"))
		if err != nil {
			os.WriteFile(name, []byte("{\"status\":\"ERROR\",\"error\":"+quote(err.Error())+"}"), 0o644)
			continue
		}
		os.WriteFile(name, simulate.AppendResult(nil, result, simulate.JSONOptions{}), 0o644)
	}
}

func quote(s string) string {
	return string(value.AppendQuoted(nil, s))
}
