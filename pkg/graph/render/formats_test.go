package render

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"image/color"
	"image/png"
	"io"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/printable"
)

// hostileGraph is the machine of names that want to break the notations.
func hostileGraph(t *testing.T) *graph.Graph {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "hostile.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	machine, _ := asl.ParseFile("hostile.asl.json", archive.Files[0].Data)
	return graph.Build(machine)
}

// everything returns the corpus, where it is present, and the hostile machine.
func everything(t *testing.T) map[string]*graph.Graph {
	t.Helper()
	graphs := map[string]*graph.Graph{"hostile": hostileGraph(t)}
	if _, err := os.Stat(filepath.Join(moduleRoot(t), "..", "shared", "corpus", "asl")); err == nil {
		maps.Copy(graphs, corpus(t))
	}
	return graphs
}

func TestSVGIsWellFormedAndHoldsNoScript(t *testing.T) {
	for name, g := range everything(t) {
		options := goldenOptions(g)
		options.Links = func(*graph.Node) string { return `a.json#"><script>` }
		decoder := xml.NewDecoder(bytes.NewReader(renderBytes(t, SVG, g, options)))
		decoder.Strict = true
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
			if element, ok := token.(xml.StartElement); ok && !slices.Contains(svgElements, element.Name.Local) {
				t.Errorf("%s: the picture holds an element %s", name, element.Name.Local)
			}
		}
	}
}

var svgElements = []string{"svg", "style", "rect", "path", "text", "g", "a", "title", "circle"}

func TestNoFormatLetsControlCharactersThrough(t *testing.T) {
	g := hostileGraph(t)
	for _, format := range []Format{SVG, DOT, Mermaid, Text, JSON} {
		out := string(renderBytes(t, format, g, goldenOptions(g)))
		if !utf8.ValidString(out) {
			t.Errorf("%s is not UTF-8", format)
		}
		for _, r := range out {
			if r != '\n' && printable.Line(string(r)) != string(r) {
				t.Errorf("%s holds %U", format, r)
				break
			}
		}
	}
}

func TestGraphvizAcceptsEveryDefinition(t *testing.T) {
	if _, err := exec.LookPath("dot"); err != nil {
		t.Skip("Graphviz is not installed")
	}
	if testing.Short() {
		t.Skip("runs Graphviz on every definition")
	}
	for name, g := range everything(t) {
		command := exec.Command("dot", "-Tsvg")
		command.Stdin = bytes.NewReader(renderBytes(t, DOT, g, goldenOptions(g)))
		if out, err := command.CombinedOutput(); err != nil || bytes.Contains(out, []byte("Warning:")) {
			t.Errorf("%s: %v\n%.400s", name, err, out)
		}
	}
}

func TestDOTLabelsSayWhatTheNameIs(t *testing.T) {
	if _, err := exec.LookPath("dot"); err != nil {
		t.Skip("Graphviz is not installed")
	}
	g := hostileGraph(t)
	command := exec.Command("dot", "-Tplain")
	command.Stdin = bytes.NewReader(renderBytes(t, DOT, g, goldenOptions(g)))
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	if nodes := strings.Count("\n"+string(out), "\nnode "); nodes != len(g.Nodes)+2 {
		t.Errorf("Graphviz sees %d nodes, want %d, the start and the implicit failure", nodes, len(g.Nodes))
	}
}

func TestJSONSaysWhatTheNamesAre(t *testing.T) {
	g := hostileGraph(t)
	var out struct {
		Nodes []struct {
			Name          string
			Width, Height float64
		}
	}
	if err := json.Unmarshal(renderBytes(t, JSON, g, goldenOptions(g)), &out); err != nil {
		t.Fatal(err)
	}
	for i, node := range out.Nodes {
		if node.Name != g.Nodes[i].Name() || node.Width == 0 || node.Height == 0 {
			t.Errorf("node %d is %+v, want the state %q with an extent", i, node, g.Nodes[i].Name())
		}
	}
}

func TestPNGHasTheSizeAndColoursOfThePicture(t *testing.T) {
	g := hostileGraph(t)
	for _, theme := range []Theme{Light, Dark} {
		options := goldenOptions(g)
		options.Theme, options.Scale = theme, 1.5
		image, err := png.Decode(bytes.NewReader(renderBytes(t, PNG, g, options)))
		if err != nil {
			t.Fatal(err)
		}
		p := newPicture(g, options)
		if size := image.Bounds().Size(); size.X != int(math.Ceil(p.width*1.5)) || size.Y != int(math.Ceil(p.height*1.5)) {
			t.Errorf("%s: the image has %v pixels, the picture %v by %v", theme, size, p.width, p.height)
		}
		seen := map[color.RGBA]bool{}
		for y := range image.Bounds().Dy() {
			for x := range image.Bounds().Dx() {
				seen[color.RGBAModel.Convert(image.At(x, y)).(color.RGBA)] = true
			}
		}
		for _, shade := range palette() {
			value := shade.light
			if theme == Dark {
				value = shade.dark
			}
			if slices.Contains([]colour{backgroundColour, textColour, successBack, knownBack, unknownBack}, shade.name) && !seen[parseColour(value)] {
				t.Errorf("%s: the colour %s is nowhere", theme, shade.name)
			}
		}
	}
}

func TestHugePNGIsRefused(t *testing.T) {
	g := hostileGraph(t)
	if err := Render(io.Discard, PNG, g, Options{Scale: 1000}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v, want ErrTooLarge", err)
	}
}

func TestTextOnItsBackgroundIsReadable(t *testing.T) {
	backs := map[colour][]colour{
		textColour:    {backgroundColour, boxColour, successBack, knownBack, unknownBack, visitedBack, changedBack},
		mutedColour:   {backgroundColour, boxColour, regionColour, successBack, knownBack, unknownBack, visitedBack, changedBack},
		successColour: {successBack}, knownColour: {knownBack}, unknownColour: {unknownBack, backgroundColour},
		visitedColour: {visitedBack}, changedColour: {changedBack},
	}
	values := map[colour]shade{}
	for _, shade := range palette() {
		values[shade.name] = shade
	}
	for front, behind := range backs {
		for _, back := range behind {
			for theme, pair := range map[Theme][2]string{Light: {values[front].light, values[back].light}, Dark: {values[front].dark, values[back].dark}} {
				if ratio := contrast(parseColour(pair[0]), parseColour(pair[1])); ratio < 4.5 {
					t.Errorf("%s on %s has a contrast of %.2f in %s, want 4.5", front, back, ratio, theme)
				}
			}
		}
	}
}

// contrast is the ratio of WCAG 2.
func contrast(a, b color.RGBA) float64 {
	high, low := luminance(a), luminance(b)
	if low > high {
		high, low = low, high
	}
	return (high + 0.05) / (low + 0.05)
}

func luminance(c color.RGBA) float64 {
	linear := func(channel uint8) float64 {
		v := float64(channel) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func TestSuffixPicksTheFormat(t *testing.T) {
	for name, want := range map[string]Format{
		"a.svg": SVG, "A.SVG": SVG, "b.png": PNG, "c.dot": DOT, "c.gv": DOT, "d.mmd": Mermaid, "e.txt": Text, "f.asl.json": JSON, "g": "", "h.pdf": "",
	} {
		if got, known := FormatOf(name); got != want || known != (want != "") {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestUnknownFormatIsAnError(t *testing.T) {
	err := Render(io.Discard, "pdf", hostileGraph(t), Options{})
	if err == nil || err.Error() != fmt.Sprintf("unknown format %q", "pdf") {
		t.Errorf("got %v", err)
	}
}
