package render

import (
	"maps"
	"slices"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/layout"
)

func (r rect) right() float64  { return r.x + r.width }
func (r rect) bottom() float64 { return r.y + r.height }

const slack = 0.05 // of rounding

func (r rect) overlaps(o rect) bool {
	return r.x < o.right()-slack && o.x < r.right()-slack && r.y < o.bottom()-slack && o.y < r.bottom()-slack
}

func (r rect) contains(o rect) bool {
	return o.x >= r.x-slack && o.y >= r.y-slack && o.right() <= r.right()+slack && o.bottom() <= r.bottom()+slack
}

func (r rect) holds(p layout.Point) bool {
	return p.X > r.x+slack && p.X < r.right()-slack && p.Y > r.y+slack && p.Y < r.bottom()-slack
}

// TestPicturesOfTheCorpusAreLegible measures on the computed pictures what a
// reader would trip over.
func TestPicturesOfTheCorpusAreLegible(t *testing.T) {
	graphs := corpus(t)
	for _, name := range slices.Sorted(maps.Keys(graphs)) {
		for _, implicit := range []bool{false, true} {
			options := fullOptions(graphs[name])
			options.Implicit = implicit
			checkPicture(t, name, newPicture(graphs[name], options))
		}
	}
}

func checkPicture(t *testing.T, name string, p *picture) {
	t.Helper()
	checkBoxes(t, name, p)
	for _, l := range p.lines {
		checkLine(t, name, p, l)
	}
	checkPlates(t, name, p)
	whole := rect{0, 0, p.width, p.height}
	for _, b := range p.boxes {
		if !whole.contains(b.rect) {
			t.Errorf("%s: %s leaves the picture", name, b.full)
		}
	}
}

func checkBoxes(t *testing.T, name string, p *picture) {
	t.Helper()
	for i, a := range p.boxes {
		for _, b := range p.boxes[i+1:] {
			nested := a.rect.contains(b.rect) && a.owner || b.rect.contains(a.rect) && b.owner
			if a.overlaps(b.rect) && !nested {
				t.Errorf("%s: %s overlaps %s", name, a.full, b.full)
			}
		}
		for _, words := range a.texts {
			face := p.typefaces.regular
			if words.bold {
				face = p.typefaces.bold
			}
			inked := rect{words.x, words.y - words.size*0.8, face.width(words.text, words.size), words.size}
			if !a.rect.contains(inked) {
				t.Errorf("%s: the text %q leaves %s", name, words.text, a.full)
			}
		}
		for _, region := range a.regions {
			if !a.rect.contains(region) {
				t.Errorf("%s: a region leaves %s", name, a.full)
			}
		}
	}
}

// checkLine holds that a line goes through no state. The owners around both its
// ends hold it.
func checkLine(t *testing.T, name string, p *picture, l *line) {
	t.Helper()
	for _, at := range flatten(l.curve) {
		for _, b := range p.boxes {
			if b.owner && b.rect.contains(rect{l.curve[0].X, l.curve[0].Y, 0, 0}) && b.holds(l.curve[len(l.curve)/2]) {
				continue
			}
			if b.holds(at) {
				t.Errorf("%s: a line (%v) runs through %s", name, l.words, b.full)
				return
			}
		}
	}
}

// checkPlates holds that the label of a line covers no state and no other label.
func checkPlates(t *testing.T, name string, p *picture) {
	t.Helper()
	for i, l := range p.lines {
		if len(l.labels) == 0 {
			continue
		}
		for _, b := range p.boxes {
			if l.plate.overlaps(b.rect) && !(b.owner && b.contains(l.plate)) {
				t.Errorf("%s: the label %v lies on %s", name, l.words, b.full)
			}
		}
		for _, other := range p.lines[i+1:] {
			if len(other.labels) > 0 && l.plate.overlaps(other.plate) {
				t.Errorf("%s: the labels %v and %v overlap", name, l.words, other.words)
			}
		}
	}
}

// A label hides what passes behind it; another line there could not be followed.
func TestLabelsHideNoOtherLine(t *testing.T) {
	graphs := corpus(t)
	hidden, labels := 0, 0
	for _, name := range slices.Sorted(maps.Keys(graphs)) {
		p := newPicture(graphs[name], fullOptions(graphs[name]))
		for _, l := range p.lines {
			if len(l.labels) == 0 {
				continue
			}
			labels++
			if other := lineBehind(p, l); other != nil {
				hidden++
				t.Logf("%s: the label %v hides a line (%v)", name, l.words, other.words)
			}
		}
	}
	if hidden > 0 {
		t.Errorf("%d of %d labels hide another line", hidden, labels)
	}
}

func lineBehind(p *picture, labelled *line) *line {
	for _, other := range p.lines {
		if other == labelled {
			continue
		}
		if slices.ContainsFunc(flatten(other.curve), labelled.plate.holds) {
			return other
		}
	}
	return nil
}

func TestClassesDifferInShapeToo(t *testing.T) {
	shapes := map[shape]bool{}
	for _, class := range graph.Classes() {
		shapes[shapeOf(class)] = true
	}
	if len(shapes) != 3 || shapes[shapeOf(noClass)] {
		t.Errorf("the classes have the shapes %v; they must be told apart without colour", shapes)
	}
}
