// Package render draws control-flow graphs: as SVG and PNG with the project's
// own layout, as DOT and Mermaid for other tools, as text for a terminal and
// as JSON for programs. The same graph and options give the same bytes.
package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
)

// Format is a notation a graph can be drawn in.
type Format string

// The formats.
const (
	SVG     Format = "svg"
	PNG     Format = "png"
	DOT     Format = "dot"
	Mermaid Format = "mermaid"
	Text    Format = "text"
	JSON    Format = "json"
)

// Formats lists the formats, the one a person most likely wants first.
func Formats() []Format { return []Format{SVG, PNG, DOT, Mermaid, Text, JSON} }

// FormatOf returns the format that the suffix of a file name stands for.
func FormatOf(name string) (Format, bool) {
	_, suffix, found := cutLast(name, ".")
	if !found {
		return "", false
	}
	switch strings.ToLower(suffix) {
	case "svg":
		return SVG, true
	case "png":
		return PNG, true
	case "dot", "gv":
		return DOT, true
	case "mmd", "mermaid":
		return Mermaid, true
	case "txt":
		return Text, true
	case "json":
		return JSON, true
	}
	return "", false
}

func cutLast(s, separator string) (before, after string, found bool) {
	at := strings.LastIndex(s, separator)
	if at < 0 {
		return s, "", false
	}
	return s[:at], s[at+len(separator):], true
}

// Theme chooses the colours of a picture.
type Theme string

// The themes. Auto is an SVG that follows the reader's scheme; a PNG is light.
const (
	Auto  Theme = "auto"
	Light Theme = "light"
	Dark  Theme = "dark"
)

// Options say what to draw and how. The zero value draws the machine alone.
type Options struct {
	Title    string                      // above the picture; "" for none
	Theme    Theme                       // "" means Auto
	Implicit bool                        // draw errors that nobody catches, and Choices that nothing may match
	Legend   bool                        // explain colours and lines below the picture
	Scale    float64                     // PNG: pixels for one unit; 0 means 2
	Classes  map[*graph.Node]graph.Class // of the terminal states
	Undoes   map[*graph.Node][]string    // names of the states that a state compensates
	Marks    map[*graph.Node]Mark        // what an overlay says about states
	Links    func(*graph.Node) string    // where a click on a state leads; nil for nowhere
	Edges    map[*graph.Edge]Tone        // what an overlay says about edges
	Gone     map[*graph.Region]Removed   // what an older revision had
}

// Tone is what an overlay wants to say with a colour.
type Tone string

// The tones of overlays. Each is also told by a text or a line style.
const (
	Plain   Tone = ""
	Visited Tone = "visited" // an execution came here
	Failed  Tone = "failed"  // and failed here
	Warned  Tone = "warned"  // a warning points here
	Faulty  Tone = "faulty"  // an error in the definition points here
	Added   Tone = "added"   // a revision brought it
	Changed Tone = "changed"
	Gone    Tone = "removed"
	Dimmed  Tone = "dimmed" // not part of what the overlay shows
)

// Mark is what an overlay says about a state: a tone and a line of text under
// its name.
type Mark struct {
	Tone Tone
	Text string
}

// Removed is what an older revision of a region had and this one lacks.
type Removed struct {
	States []RemovedState
	Edges  []RemovedEdge
}

// RemovedState is a state that no longer exists.
type RemovedState struct {
	Name string        `json:"name"`
	Type asl.StateType `json:"-"`
}

// RemovedEdge is an edge that no longer exists. Its ends are names of states of the
// region, removed ones among them.
type RemovedEdge struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Label  string `json:"label,omitempty"`
	Caught bool   `json:"caught,omitempty"`
}

// Render draws g in the given format to w.
func Render(w io.Writer, format Format, g *graph.Graph, options Options) error {
	switch format {
	case SVG:
		return writeSVG(w, newPicture(g, options), options)
	case PNG:
		return writePNG(w, newPicture(g, options), options)
	case DOT:
		return writeDOT(w, g, options)
	case Mermaid:
		return writeMermaid(w, g, options)
	case Text:
		return writeText(w, g, options)
	case JSON:
		return writeJSON(w, g, options)
	}
	return fmt.Errorf("unknown format %q", format)
}
