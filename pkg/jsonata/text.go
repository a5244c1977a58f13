package jsonata

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// appendString appends what $string makes of v: a string as it is, nothing for
// undefined and functions, else JSON with numbers of 15 digits.
func (m *machine) appendString(dst []byte, v value.Value) ([]byte, error) {
	switch v.Kind() {
	case value.KindString:
		return append(dst, v.Str()...), nil
	case value.KindAbsent, value.KindExtension:
		return dst, nil
	case value.KindNumber:
		if f := v.Float(); math.IsInf(f, 0) || math.IsNaN(f) {
			return nil, failure("D3001", v)
		}
		return appendNumber(dst, v.Float()), nil
	}
	if v.Tag()&tagOuter != 0 {
		v = v.Index(0)
	}
	w := jsonWriter{machine: m, start: len(dst)}
	return w.append(dst, v, 0)
}

// appendNumber appends a number of at most 15 significant digits; integers that
// a double can hold exactly are written out.
func appendNumber(dst []byte, f float64) []byte {
	if f == math.Trunc(f) {
		return value.AppendFloat(dst, f)
	}
	return value.AppendFloat(dst, round15(f))
}

// round15 rounds to 15 significant digits.
func round15(f float64) float64 {
	var space [32]byte
	text := strconv.AppendFloat(space[:0], f, 'e', 14, 64)
	rounded, _ := strconv.ParseFloat(string(text), 64)
	return rounded
}

// jsonWriter writes the JSON text of $string.
type jsonWriter struct {
	machine *machine
	pretty  bool
	start   int // length of the text before
	counted int // bytes that have been counted against the limits
}

func (w *jsonWriter) append(dst []byte, v value.Value, depth int) ([]byte, error) {
	if err := w.count(dst, depth); err != nil {
		return nil, err
	}
	switch v.Kind() {
	case value.KindNumber:
		if _, err := isNumeric(v); err != nil {
			return nil, err
		}
		if math.IsNaN(v.Float()) {
			return append(dst, "null"...), nil
		}
		return appendNumber(dst, v.Float()), nil
	case value.KindExtension:
		return append(dst, `""`...), nil
	case value.KindArray:
		return w.appendArray(dst, v, depth)
	case value.KindObject:
		return w.appendObject(dst, v, depth)
	}
	return v.Append(dst), nil
}

// count charges what has been written since the last time.
func (w *jsonWriter) count(dst []byte, depth int) error {
	if depth > maxNesting {
		return errDepth()
	}
	written := len(dst) - w.start - w.counted
	w.counted += written
	if err := w.machine.allocate(written); err != nil {
		return err
	}
	return w.machine.spend(written/64 + 1)
}

func (w *jsonWriter) appendArray(dst []byte, v value.Value, depth int) (_ []byte, err error) {
	if v.Len() == 0 {
		return append(dst, "[]"...), nil
	}
	dst = append(dst, '[')
	for i, item := range v.Items() {
		dst = w.separate(dst, i, depth)
		if dst, err = w.append(dst, item, depth+1); err != nil {
			return nil, err
		}
	}
	return append(w.newLine(dst, depth), ']'), nil
}

func (w *jsonWriter) appendObject(dst []byte, v value.Value, depth int) (_ []byte, err error) {
	if v.Len() == 0 {
		return append(dst, "{}"...), nil
	}
	dst = append(dst, '{')
	for i, member := range v.Members() {
		dst = value.AppendQuoted(w.separate(dst, i, depth), member.Key)
		dst = append(dst, ':')
		if w.pretty {
			dst = append(dst, ' ')
		}
		if dst, err = w.append(dst, member.Value, depth+1); err != nil {
			return nil, err
		}
	}
	return append(w.newLine(dst, depth), '}'), nil
}

func (w *jsonWriter) separate(dst []byte, i, depth int) []byte {
	if i > 0 {
		dst = append(dst, ',')
	}
	return w.newLine(dst, depth+1)
}

func (w *jsonWriter) newLine(dst []byte, depth int) []byte {
	if !w.pretty {
		return dst
	}
	dst = append(dst, '\n')
	for range depth {
		dst = append(dst, "  "...)
	}
	return dst
}

// characters splits a text into its UTF-16 units, as JavaScript counts text:
// the two halves of a character outside the basic plane stand alone.
func characters(text string) []value.Value {
	items := make([]value.Value, 0, len(text))
	for i := 0; i < len(text); {
		size := characterSize(text[i:])
		if size < 4 {
			items = append(items, value.String(text[i:i+size]))
		} else {
			r, _ := utf8.DecodeRuneInString(text[i:])
			r -= 0x10000
			items = append(items, value.String(surrogate(0xD800+r>>10)), value.String(surrogate(0xDC00+r&0x3FF)))
		}
		i += size
	}
	return items
}

// characterSize returns the number of bytes of the first character. A lone
// surrogate has the three bytes that UTF-8 would give it.
func characterSize(text string) int {
	r, size := utf8.DecodeRuneInString(text)
	if r == utf8.RuneError && size == 1 && isSurrogate(text) {
		return 3
	}
	return size
}

func isSurrogate(text string) bool {
	return len(text) >= 3 && text[0] == 0xED && text[1] >= 0xA0 && text[1] <= 0xBF && text[2]&0xC0 == 0x80
}

// paired joins the two halves of a character that have come to stand side by side.
func paired(text string) string {
	var out []byte
	done := 0
	for at := strings.IndexByte(text, 0xED); at >= 0 && at+6 <= len(text); at++ {
		next := strings.IndexByte(text[at:], 0xED)
		if next < 0 {
			break
		}
		at += next
		if !isSurrogate(text[at:]) || !isSurrogate(text[min(at+3, len(text)):]) || text[at+1] >= 0xB0 || text[at+4] < 0xB0 {
			continue
		}
		high := rune(text[at+1]&0xF)<<6 | rune(text[at+2]&0x3F)
		low := rune(text[at+4]&0xF)<<6 | rune(text[at+5]&0x3F)
		out = utf8.AppendRune(append(out, text[done:at]...), 0x10000+high<<10+low)
		done = at + 6
	}
	if done == 0 {
		return text
	}
	return string(append(out, text[done:]...))
}

func surrogate(unit rune) string {
	return string([]byte{0xE0 | byte(unit>>12), 0x80 | byte(unit>>6)&0x3F, 0x80 | byte(unit)&0x3F})
}

// utf16Length returns the length of a text in UTF-16 units.
func utf16Length(text string) (units int) {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c < utf8.RuneSelf || c >= 0xC0 && c < 0xF0:
			units++
		case c >= 0xF0:
			units += 2
		}
	}
	return units
}

// byteOffset returns the byte offset of a position in UTF-16 units; a position
// inside a character or outside the text is moved to the nearest place.
func byteOffset(text string, units int) int {
	for i := 0; i < len(text); {
		if units <= 0 {
			return i
		}
		size := characterSize(text[i:])
		units--
		if size == 4 {
			units--
		}
		i += size
	}
	return len(text)
}
