package render

import (
	"bytes"
	"encoding/json"
	"io"
	"math"

	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/layout"
	"github.com/sfnctl/sfnctl/pkg/printable"
)

// jsonGraph is the graph for programs: what is drawn, and where.
type jsonGraph struct {
	Title  string     `json:"title,omitempty"`
	Width  float64    `json:"width"`
	Height float64    `json:"height"`
	Nodes  []jsonNode `json:"nodes"`
	Edges  []jsonEdge `json:"edges"`

	RemovedStates []RemovedState `json:"removedStates,omitempty"`
	RemovedEdges  []RemovedEdge  `json:"removedEdges,omitempty"`
}

type jsonNode struct {
	ID      int         `json:"id"`
	Name    string      `json:"name"`
	Type    string      `json:"type"`
	Owner   *int        `json:"owner,omitempty"`
	Branch  *int        `json:"branch,omitempty"`
	Entry   bool        `json:"entry,omitempty"`
	Class   graph.Class `json:"class,omitempty"`
	Caption string      `json:"caption"`
	Tone    Tone        `json:"tone,omitempty"`
	Mark    string      `json:"mark,omitempty"`
	Undoes  []string    `json:"undoes,omitempty"`
	X       float64     `json:"x"`
	Y       float64     `json:"y"`
	Width   float64     `json:"width"`
	Height  float64     `json:"height"`
}

type jsonEdge struct {
	From   int      `json:"from"`
	To     *int     `json:"to"` // null: the edge leaves its region
	Kind   string   `json:"kind"`
	Label  string   `json:"label,omitempty"`
	Errors []string `json:"errors,omitempty"`
	Tone   Tone     `json:"tone,omitempty"`
	Points []point  `json:"points,omitempty"`
}

type point struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
}

// writeJSON writes all nodes and edges; the points of an edge are the start and,
// for each Bezier piece, two control points and an end.
func writeJSON(w io.Writer, g *graph.Graph, options Options) error {
	p := newPicture(g, options)
	out := jsonGraph{Title: options.Title, Width: tenths(p.width), Height: tenths(p.height), Nodes: []jsonNode{}, Edges: []jsonEdge{}}
	boxes := map[*graph.Node]*box{}
	for _, b := range p.boxes {
		boxes[b.node] = b
	}
	curves := map[*graph.Edge][]layout.Point{}
	for _, l := range p.lines {
		curves[l.edge] = l.curve
	}
	for _, node := range g.Nodes {
		out.Nodes = append(out.Nodes, jsonNodeOf(node, boxes[node], options))
		for _, edge := range node.Out {
			out.Edges = append(out.Edges, jsonEdgeOf(edge, curves[edge], options.Edges[edge]))
		}
	}
	for _, r := range allRegions(g.Root) {
		out.RemovedStates = append(out.RemovedStates, options.Gone[r].States...)
		out.RemovedEdges = append(out.RemovedEdges, options.Gone[r].Edges...)
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(out); err != nil {
		return err
	}
	_, err := w.Write(printable.JSON(text.Bytes()))
	return err
}

// tenths rounds a length as the other formats do.
func tenths(length float64) float64 { return math.Round(length*10) / 10 }

func jsonNodeOf(node *graph.Node, b *box, options Options) jsonNode {
	out := jsonNode{
		ID: node.ID, Name: node.Name(), Type: node.State.Type.String(), Entry: node.Region.Entry == node,
		Class: options.Classes[node], Caption: caption(node), Undoes: options.Undoes[node],
		Tone: options.Marks[node].Tone, Mark: options.Marks[node].Text,
	}
	if b != nil {
		out.X, out.Y, out.Width, out.Height = tenths(b.x), tenths(b.y), tenths(b.width), tenths(b.height)
	}
	if owner := node.Region.Owner; owner != nil {
		out.Owner, out.Branch = &owner.ID, &node.Region.Source.Index
	}
	return out
}

func jsonEdgeOf(edge *graph.Edge, curve []layout.Point, tone Tone) jsonEdge {
	out := jsonEdge{From: edge.From.ID, Kind: edgeKindName(edge.Kind), Label: edge.Label, Errors: edge.Errors, Tone: tone}
	if edge.To != nil {
		out.To = &edge.To.ID
	}
	for _, p := range curve {
		out.Points = append(out.Points, point{tenths(p.X), tenths(p.Y)})
	}
	return out
}

func edgeKindName(kind graph.EdgeKind) string {
	names := [...]string{"next", "choice", "default", "catch", "end", "fail", "uncaught", "no-match"}
	if int(kind) < len(names) {
		return names[kind]
	}
	return ""
}
