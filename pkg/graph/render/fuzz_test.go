package render

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
)

// FuzzRender draws whatever is read, broken definitions too: no format may
// panic, SVG stays XML and JSON stays JSON.
func FuzzRender(f *testing.F) {
	archives, _ := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(archive.Files[0].Data))
	}
	f.Fuzz(func(t *testing.T, source string) {
		machine, _ := asl.ParseFile("fuzz.asl.json", []byte(source))
		g := graph.Build(machine)
		if len(g.Nodes) > 300 {
			t.Skip("large pictures take the time of many small ones")
		}
		options := goldenOptions(g)
		for _, format := range []Format{SVG, DOT, Mermaid, Text, JSON} {
			out := renderBytes(t, format, g, options)
			switch format {
			case SVG:
				checkXML(t, string(out))
			case JSON:
				if !json.Valid(out) {
					t.Errorf("no JSON: %s", out)
				}
			case Text:
				if strings.ContainsAny(string(out), "\x1b\x07\r") {
					t.Errorf("control characters in %q", out)
				}
			}
		}
	})
}

func checkXML(t *testing.T, source string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(source))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("no XML: %v", err)
		}
	}
}
