package render

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden draws the machine in each archive of testdata in every format that
// is text.
func TestGolden(t *testing.T) {
	archives, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(archives) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, name := range archives {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			machine, _ := asl.ParseFile(archive.Files[0].Name, archive.Files[0].Data)
			g := graph.Build(machine)
			drawn := archive.Files[:1:1]
			for _, format := range []Format{SVG, DOT, Mermaid, Text, JSON} {
				drawn = append(drawn, txtar.File{Name: "graph." + string(format), Data: renderBytes(t, format, g, goldenOptions(g))})
			}
			if *update {
				archive.Files = drawn
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for i, file := range drawn[1:] {
				if len(archive.Files) <= i+1 {
					t.Fatalf("%s has no %s; run the test with -update", name, file.Name)
				}
				if diff := cmp.Diff(string(archive.Files[i+1].Data), string(file.Data)); diff != "" {
					t.Errorf("%s differs (-want +got):\n%s", file.Name, diff)
				}
			}
		})
	}
}

// goldenOptions shows all that a definition can show, implicit edges too.
func goldenOptions(g *graph.Graph) Options {
	options := fullOptions(g)
	options.Title, options.Implicit = "Golden", true
	return options
}

func renderBytes(t testing.TB, format Format, g *graph.Graph, options Options) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Render(&out, format, g, options); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return out.Bytes()
}

func TestSameMachineGivesSameBytes(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(moduleRoot(t), "testdata", "workflows", "trip-saga.asl.json"))
	if err != nil {
		t.Fatal(err)
	}
	draw := func(format Format) []byte {
		machine, _ := asl.ParseFile("trip.asl.json", content)
		g := graph.Build(machine)
		return renderBytes(t, format, g, goldenOptions(g))
	}
	for _, format := range Formats() {
		if first := draw(format); !bytes.Equal(first, draw(format)) {
			t.Errorf("%s differs from one time to the next", format)
		}
	}
}
