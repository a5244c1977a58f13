package render

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/layout"
)

// drawing is what a layout is judged by.
type drawing struct {
	width, height float64
	curves        [][]layout.Point
}

func (d drawing) area() float64 { return d.width * d.height }

// crossings counts where two lines cross; where they only meet at an end, as at
// a state they share, is not a crossing.
func (d drawing) crossings() int {
	flat := make([][]layout.Point, len(d.curves))
	for i, curve := range d.curves {
		flat[i] = flatten(curve)
	}
	count := 0
	for i, a := range flat {
		for _, b := range flat[i+1:] {
			count += polylineCrossings(a, b)
		}
	}
	return count
}

func polylineCrossings(a, b []layout.Point) int {
	count := 0
	for i := 1; i < len(a); i++ {
		for j := 1; j < len(b); j++ {
			if properlyCross(a[i-1], a[i], b[j-1], b[j]) {
				count++
			}
		}
	}
	return count
}

func properlyCross(a, b, c, d layout.Point) bool {
	side := func(p, q, r layout.Point) float64 { return (q.X-p.X)*(r.Y-p.Y) - (q.Y-p.Y)*(r.X-p.X) }
	return side(a, b, c)*side(a, b, d) < 0 && side(c, d, a)*side(c, d, b) < 0
}

// ours lays a graph out with the project's own layout.
func ours(g *graph.Graph) (drawing, *layout.Graph) {
	b := &pictureBuilder{picture: &picture{typefaces: newTypefaces()}, options: fullOptions(g)}
	root := b.region(g.Root)
	layout.Layout(root, layout.Options{})
	d := drawing{width: root.Size.Width, height: root.Size.Height}
	for _, line := range b.lines {
		d.curves = append(d.curves, line.placed.Curve)
	}
	return d, root
}

// theirs lays the same boxes and labels out with Graphviz, with our distances.
func theirs(t *testing.T, root *layout.Graph) drawing {
	t.Helper()
	var source strings.Builder
	fmt.Fprintf(&source, "digraph g { compound=true; nodesep=%f; ranksep=%f; node [shape=box fixedsize=true label=\"\"];\n", 32/72.0, 44/72.0)
	writeLevel(&source, root, "r")
	source.WriteString("}\n")
	command := exec.Command("dot", "-Tjson")
	command.Stdin = strings.NewReader(source.String())
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("dot: %v\n%s", err, stderr.String())
	}
	return parseDot(t, out)
}

func writeLevel(w *strings.Builder, level *layout.Graph, prefix string) {
	for i, node := range level.Nodes {
		id := fmt.Sprintf("%s_%d", prefix, i)
		if len(node.Inner) == 0 {
			fmt.Fprintf(w, "%s [width=%f height=%f];\n", id, node.Size.Width/72, node.Size.Height/72)
			continue
		}
		fmt.Fprintf(w, "subgraph cluster_%s { margin=18; label=%s;\n", id, spacer(layout.Size{Width: 110, Height: node.Header}))
		for j, inner := range node.Inner {
			fmt.Fprintf(w, "subgraph cluster_%s_%d { margin=9; label=\"\";\n", id, j)
			writeLevel(w, inner, fmt.Sprintf("%s_%d", id, j))
			w.WriteString("}\n")
		}
		w.WriteString("}\n")
	}
	for _, edge := range level.Edges {
		from, to := fmt.Sprintf("%s_%d", prefix, edge.From), fmt.Sprintf("%s_%d", prefix, edge.To)
		var attributes []string
		tail, head := from, to
		if inner := level.Nodes[edge.From].Inner; len(inner) > 0 {
			attributes, tail = append(attributes, "ltail=cluster_"+from), lastNode(level.Nodes[edge.From], from)
		}
		if inner := level.Nodes[edge.To].Inner; len(inner) > 0 {
			attributes, head = append(attributes, "lhead=cluster_"+to), firstNode(level.Nodes[edge.To], to)
		}
		if edge.Label != (layout.Size{}) {
			attributes = append(attributes, "label="+spacer(edge.Label))
		}
		fmt.Fprintf(w, "%s -> %s [%s];\n", tail, head, strings.Join(attributes, " "))
	}
}

func firstNode(node *layout.Node, id string) string {
	for len(node.Inner) > 0 {
		id += "_0_0"
		node = node.Inner[0].Nodes[0]
	}
	return id
}

func lastNode(node *layout.Node, id string) string {
	for len(node.Inner) > 0 {
		last := len(node.Inner[0].Nodes) - 1
		id += "_0_" + strconv.Itoa(last)
		node = node.Inner[0].Nodes[last]
	}
	return id
}

// spacer is a label without text of a given size.
func spacer(size layout.Size) string {
	return fmt.Sprintf(`<<table border="0" cellborder="0" cellpadding="0" cellspacing="0" fixedsize="true" width="%.0f" height="%.0f"><tr><td></td></tr></table>>`, size.Width, size.Height)
}

func parseDot(t *testing.T, out []byte) drawing {
	t.Helper()
	var result struct {
		Box   string `json:"bb"`
		Edges []struct {
			Position string `json:"pos"`
		}
	}
	if err := json.Unmarshal(out, &result); err != nil {
		t.Fatal(err)
	}
	corners := strings.Split(result.Box, ",")
	width, _ := strconv.ParseFloat(corners[2], 64)
	height, _ := strconv.ParseFloat(corners[3], 64)
	d := drawing{width: width, height: height}
	for _, edge := range result.Edges {
		var curve []layout.Point
		for _, part := range strings.Fields(edge.Position) {
			if strings.HasPrefix(part, "e,") || strings.HasPrefix(part, "s,") {
				continue
			}
			x, y, _ := strings.Cut(part, ",")
			var p layout.Point
			p.X, _ = strconv.ParseFloat(x, 64)
			p.Y, _ = strconv.ParseFloat(y, 64)
			curve = append(curve, p)
		}
		d.curves = append(d.curves, curve)
	}
	return d
}

// The measure is the median over the definitions that have a choice of layout:
// chains come out the same everywhere.
func TestPicturesAreAsCompactAsGraphvizDraws(t *testing.T) {
	if _, err := exec.LookPath("dot"); err != nil {
		t.Skip("Graphviz is not installed")
	}
	if testing.Short() {
		t.Skip("runs Graphviz on every definition")
	}
	graphs := corpus(t)
	var areas, excess []float64
	total := [2]int{}
	for _, name := range slices.Sorted(maps.Keys(graphs)) {
		mine, root := ours(graphs[name])
		if len(mine.curves) <= len(graphs[name].Nodes) {
			continue
		}
		other := theirs(t, root)
		a, b := mine.crossings(), other.crossings()
		t.Logf("%4d states: crossings %3d, dot %3d; area ratio %.2f; %s", len(graphs[name].Nodes), a, b, mine.area()/other.area(), name)
		total[0] += a
		total[1] += b
		areas = append(areas, mine.area()/other.area())
		excess = append(excess, float64(a+1)/float64(b+1))
	}
	t.Logf("%d definitions: %d crossings, dot %d; median of (crossings+1)/(dot's+1) %.2f; median area ratio %.2f",
		len(areas), total[0], total[1], median(excess), median(areas))
	if m := median(areas); m > 1.2 {
		t.Errorf("the median area is %.2f of what dot takes, want at most 1.2", m)
	}
	if m := median(excess); m > 1.2 || float64(total[0]) > 1.2*float64(total[1]) {
		t.Errorf("%d crossings (median ratio %.2f), dot has %d", total[0], m, total[1])
	}
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.SortFunc(values, cmp.Compare[float64])
	return values[len(values)/2]
}
