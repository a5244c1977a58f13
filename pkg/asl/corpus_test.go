package asl

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func TestValidDefinitionsOfTheCorpusGetNoError(t *testing.T) {
	dir := sharedData(t, "corpus")
	var corpus struct {
		Entries []struct {
			File, Kind string
			Valid      bool
			Problems   []struct{ Path, Problem string }
		}
	}
	readJSON(t, filepath.Join(dir, "manifest.json"), &corpus)
	checked := 0
	for _, entry := range corpus.Entries {
		if !strings.HasPrefix(entry.Kind, "asl:") {
			continue
		}
		checked++
		found := errorsIn(t, filepath.Join(dir, entry.File))
		if entry.Valid {
			for _, f := range found {
				t.Errorf("%s:%d: %s: %s", entry.File, line(f), f.Rule, f.Message)
			}
		}
		if !entry.Valid && len(found) == 0 {
			t.Logf("%s: no error, although %v", entry.File, entry.Problems)
		}
	}
	t.Logf("%d definitions", checked)
}

func line(f diag.Diagnostic) int { return f.File.Position(f.Span.Start, syntax.Bytes).Line }

// recorded is a case recorded from the service.
type recorded struct {
	Definition    json.RawMessage
	DefinitionRaw string `json:"definition_raw"`
	Flags         []string
	Expected      struct{ Verdict, Message string }
}

func TestWhatTheServiceAcceptedGetsNoError(t *testing.T) {
	dir := sharedData(t, "conformance")
	for _, part := range []string{"history", "validation"} {
		walkCases(t, filepath.Join(dir, part), func(path string, src []byte, c recorded) {
			if part == "validation" && c.Expected.Verdict == "rejected" {
				return
			}
			_, findings := ParseFile(path, src)
			for _, f := range findings {
				if f.Severity == diag.Error {
					t.Errorf("%s:%d: %s: %s", path, line(f), f.Rule, f.Message)
				}
			}
		})
	}
}

func TestWhatTheServiceRefusedForItsStructureGetsAnError(t *testing.T) {
	dir := sharedData(t, "conformance", "validation")
	rejected := 0
	walkCases(t, dir, func(path string, src []byte, c recorded) {
		if c.Expected.Verdict != "rejected" {
			return
		}
		rejected++
		byIntegration := strings.Contains(c.Expected.Message, "not recognized") || strings.Contains(c.Expected.Message, "Express")
		_, findings := ParseFile(path, src)
		if len(findings) == 0 && !byIntegration {
			t.Errorf("%s: no finding, but the service says: %s", path, c.Expected.Message)
		}
	})
	t.Logf("%d rejected definitions", rejected)
}

func TestStatesThatTestStateTakesGetNoError(t *testing.T) {
	dir := sharedData(t, "conformance", "teststate")
	states := 0
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".json" {
			return err
		}
		var c struct {
			Request struct {
				Definition map[string]json.RawMessage
			}
			Expected struct{ Error json.RawMessage }
		}
		readJSON(t, path, &c)
		if c.Request.Definition["States"] != nil || c.Request.Definition == nil || len(c.Expected.Error) > 0 {
			return nil
		}
		states++
		src, err := json.Marshal(c.Request.Definition)
		if err != nil {
			return err
		}
		_, findings := ParseState("S", syntax.Parse(syntax.NewFile("state.json", src)))
		for _, f := range findings {
			if f.Severity == diag.Error {
				t.Errorf("%s: %s: %s", path, f.Rule, f.Message)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d states", states)
}

// walkCases calls visit with the definition of every case below dir.
func walkCases(t *testing.T, dir string, visit func(path string, src []byte, c recorded)) {
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".json" {
			return err
		}
		var c recorded
		readJSON(t, path, &c)
		visit(path, definitionOf(c), c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func definitionOf(c recorded) []byte {
	if len(c.Definition) == 0 {
		return []byte(c.DefinitionRaw)
	}
	return c.Definition
}
