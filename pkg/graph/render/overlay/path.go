package overlay

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/render"
)

// UnknownStateError says that a path names a state that the machine lacks.
type UnknownStateError struct {
	Name    string
	Nearest string // what was probably meant; "" when nothing is near
}

// Error returns `there is no state "NAME"; did you mean "NEAREST"?`.
func (e *UnknownStateError) Error() string {
	if e.Nearest == "" {
		return fmt.Sprintf("there is no state %q", e.Name)
	}
	return fmt.Sprintf("there is no state %q; did you mean %q?", e.Name, e.Nearest)
}

// place is one state of a path as text.
type place struct {
	name   string
	failed bool // an error led here
}

// Path shows a way through the machine. The text names states in their order,
// with commas between them, or as findings print it: "A → B ✗ States.ALL → C".
// It fails with an [UnknownStateError].
func Path(g *graph.Graph, text string) (*Overlay, error) {
	o := newOverlay()
	nodes := byName(g)
	places := parsePath(text, nodes)
	var before *graph.Node
	for i, p := range places {
		if p.name == "…" || p.name == theExecutionFails {
			before = nil
			continue
		}
		node, err := findState(nodes, p.name)
		if err != nil {
			return nil, err
		}
		o.Marks[node] = render.Mark{Tone: render.Visited, Text: fmt.Sprintf("%d of %d", i+1, len(places))}
		if before != nil {
			o.follow(before, node, p.failed)
		}
		before = node
	}
	if before != nil && before.State.Type == asl.Fail {
		o.Marks[before] = render.Mark{Tone: render.Failed, Text: o.Marks[before].Text}
	}
	o.dimOthers(g)
	return o, nil
}

// theExecutionFails is how a path ends that ends in no state.
const theExecutionFails = "the execution fails"

// parsePath splits a path. A text with commas is a list of names unless the
// whole of it is one name.
func parsePath(text string, nodes map[string]*graph.Node) []place {
	var places []place
	if !strings.ContainsAny(text, "→✗") {
		for _, name := range splitNames(text, nodes) {
			places = append(places, place{name: name})
		}
		return places
	}
	failed := false
	for _, part := range strings.Split(text, "→") {
		name, _, raised := strings.Cut(part, "✗")
		if name = strings.TrimSpace(name); name != "" {
			places = append(places, place{name, failed})
		}
		failed = raised
	}
	return places
}

// splitNames splits at commas, but not within the name of a state.
func splitNames(text string, nodes map[string]*graph.Node) []string {
	parts := strings.Split(text, ",")
	var names []string
	for first := 0; first < len(parts); {
		taken := 1
		for n := len(parts) - first; n > 1; n-- {
			if _, err := findState(nodes, strings.TrimSpace(strings.Join(parts[first:first+n], ","))); err == nil {
				taken = n
				break
			}
		}
		names = append(names, strings.TrimSpace(strings.Join(parts[first:first+taken], ",")))
		first += taken
	}
	return names
}

// findState takes a name, or a name with those of its owners: "BookAll/BookHotel".
func findState(nodes map[string]*graph.Node, name string) (*graph.Node, error) {
	if node := nodes[name]; node != nil {
		return node, nil
	}
	candidates := make([]string, 0, len(nodes))
	for plain, node := range nodes {
		if node.QualifiedName() == name {
			return node, nil
		}
		candidates = append(candidates, plain)
	}
	return nil, &UnknownStateError{name, diag.Suggest(name, candidates)}
}

// follow marks the edge between two states that follow each other; without
// one of the kind asked for, any edge between them will do.
func (o *Overlay) follow(from, to *graph.Node, failed bool) {
	before := len(o.Edges)
	o.taken(from, to, failed)
	if len(o.Edges) == before {
		o.taken(from, to, !failed)
	}
}
