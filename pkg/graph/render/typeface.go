package render

import (
	"sync"

	"github.com/mattn/go-runewidth"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// typeface measures text, and gives the outlines that a PNG is drawn with.
type typeface struct {
	font   *sfnt.Font
	buffer sfnt.Buffer
	widths map[rune]float64 // of one character at size 1
}

// unitsPerEm is the resolution glyphs are measured with.
const unitsPerEm = 1000

// typefaces are the two fonts of a picture. Every picture loads its own,
// because measuring is not safe for concurrent use.
type typefaces struct{ regular, bold *typeface }

func newTypefaces() typefaces {
	return typefaces{regular: newTypeface(parseRegular), bold: newTypeface(parseBold)}
}

var (
	parseRegular = sync.OnceValue(func() *sfnt.Font { return mustParse(goregular.TTF) })
	parseBold    = sync.OnceValue(func() *sfnt.Font { return mustParse(gobold.TTF) })
)

// mustParse parses a font that is compiled in.
func mustParse(data []byte) *sfnt.Font {
	parsed, err := sfnt.Parse(data)
	if err != nil {
		panic(err) // cannot happen: the data is part of the program
	}
	return parsed
}

func newTypeface(parse func() *sfnt.Font) *typeface {
	return &typeface{font: parse(), widths: map[rune]float64{}}
}

// width returns the extent of text at a font size. Characters the font lacks
// count as wide as a terminal shows them.
func (t *typeface) width(text string, size float64) float64 {
	total := 0.0
	for _, r := range text {
		total += t.runeWidth(r)
	}
	return total * size
}

func (t *typeface) runeWidth(r rune) float64 {
	if w, ok := t.widths[r]; ok {
		return w
	}
	w := 0.62 * float64(runewidth.RuneWidth(r))
	if index, ok := t.glyph(r); ok {
		advance, err := t.font.GlyphAdvance(&t.buffer, index, fixed.I(unitsPerEm), font.HintingNone)
		if err == nil {
			w = float64(advance) / 64 / unitsPerEm
		}
	}
	t.widths[r] = w
	return w
}

// glyph returns the index of the glyph for r; false when the font has none.
func (t *typeface) glyph(r rune) (sfnt.GlyphIndex, bool) {
	index, err := t.font.GlyphIndex(&t.buffer, r)
	return index, err == nil && index != 0
}
