package render

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
)

// legendItem explains one colour or line.
type legendItem struct {
	swatch rect
	class  graph.Class
	kind   lineKind // when it explains a line
	tone   Tone     // when it explains what an overlay says
	words  text
}

// addLegend adds a row for each class and kind of line that the picture has.
func (b *pictureBuilder) addLegend() {
	x, y := margin, b.height
	for _, item := range b.legendWords() {
		const swatchWidth, gap = 26.0, 8.0
		width := swatchWidth + gap + b.typefaces.regular.width(item.words.text, captionSize) + 2*gap
		if x > margin && x+width > b.width-margin {
			x, y = margin, y+captionSize*2
		}
		item.swatch = rect{x, y, swatchWidth, captionSize * 1.2}
		item.words.x, item.words.y = x+swatchWidth+gap, y+captionSize
		b.legend = append(b.legend, item)
		b.width = max(b.width, x+width+margin)
		x += width
	}
	if len(b.legend) > 0 {
		b.height = y + captionSize*2 + margin
	}
}

func (b *pictureBuilder) legendWords() []legendItem {
	var items []legendItem
	words := func(s string) text { return text{text: s, size: captionSize, role: captionRole} }
	for _, class := range []graph.Class{graph.Success, graph.KnownFailure, graph.UnknownFailure} {
		for _, drawn := range b.boxes {
			if drawn.class == class {
				items = append(items, legendItem{class: class, words: words("ends in " + className(class))})
				break
			}
		}
	}
	for _, kind := range []struct {
		kind  lineKind
		words string
	}{{catchLine, "error caught"}, {implicitLine, "error nobody catches"}, {compensationLine, "undoes"}} {
		for _, drawn := range b.lines {
			if drawn.kind == kind.kind {
				items = append(items, legendItem{kind: kind.kind, words: words(kind.words)})
				break
			}
		}
	}
	return append(items, b.toneWords()...)
}

// toneWords explains the tones that some state has.
func (b *pictureBuilder) toneWords() []legendItem {
	var items []legendItem
	for _, tone := range []struct {
		tone  Tone
		words string
	}{
		{Visited, "visited"}, {Failed, "failed here"}, {Warned, "warning"}, {Faulty, "error"},
		{Added, "added"}, {Changed, "changed"}, {Gone, "removed"},
	} {
		for _, drawn := range b.boxes {
			if drawn.tone == tone.tone {
				items = append(items, legendItem{tone: tone.tone, words: text{text: tone.words, size: captionSize, role: captionRole}})
				break
			}
		}
	}
	return items
}

// box is the sample of a legend item that explains a kind of box, nil for a line.
func (i legendItem) box() *box {
	if i.class == noClass && i.tone == Plain {
		return nil
	}
	return &box{rect: i.swatch, class: i.class, tone: i.tone}
}

// stroke is a poly-line of an icon, in a square of 16 pixels.
type stroke [][2]float64

// icon returns the strokes that stand for a type of state.
func icon(kind asl.StateType) []stroke {
	switch kind {
	case asl.Task:
		return []stroke{{{2, 4}, {14, 4}, {14, 12}, {2, 12}, {2, 4}}, {{6, 6}, {8.5, 8}, {6, 10}}}
	case asl.Pass:
		return []stroke{{{2, 8}, {13, 8}}, {{9, 4}, {13, 8}, {9, 12}}}
	case asl.Choice:
		return []stroke{{{8, 1.5}, {14.5, 8}, {8, 14.5}, {1.5, 8}, {8, 1.5}}}
	case asl.Wait:
		return []stroke{{{3, 2}, {13, 2}, {3, 14}, {13, 14}, {3, 2}}}
	case asl.Succeed:
		return []stroke{{{2.5, 8.5}, {6.5, 12.5}, {13.5, 4}}}
	case asl.Fail:
		return []stroke{{{3.5, 3.5}, {12.5, 12.5}}, {{12.5, 3.5}, {3.5, 12.5}}}
	case asl.Parallel:
		return []stroke{{{4, 2}, {4, 14}}, {{8, 2}, {8, 14}}, {{12, 2}, {12, 14}}}
	case asl.Map:
		return []stroke{{{2, 5}, {10, 5}, {10, 13}, {2, 13}, {2, 5}}, {{6, 5}, {6, 2}, {14, 2}, {14, 10}, {10, 10}}}
	}
	return []stroke{{{5, 5}, {8, 3}, {11, 5}, {8, 9}}, {{8, 12}, {8, 13}}}
}
