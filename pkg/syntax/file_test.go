package syntax

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestPositionsCountInThreeUnits(t *testing.T) {
	const text = "a\r\né😀x\ry\n"
	f := NewFile("x", []byte(text))
	for _, test := range []struct {
		offset, line                   int
		inBytes, inCodePoints, inUTF16 int
	}{
		{0, 1, 1, 1, 1}, {2, 1, 3, 3, 3}, {3, 2, 1, 1, 1}, {5, 2, 3, 2, 2}, {9, 2, 7, 3, 4}, {10, 2, 8, 4, 5},
		{11, 3, 1, 1, 1}, {13, 4, 1, 1, 1}, {99, 4, 1, 1, 1}, {-1, 1, 1, 1, 1},
	} {
		for unit, column := range map[Unit]int{Bytes: test.inBytes, CodePoints: test.inCodePoints, UTF16: test.inUTF16} {
			if got, want := f.Position(test.offset, unit), (Position{test.line, column}); got != want {
				t.Errorf("offset %d, unit %d: got %v, want %v", test.offset, unit, got, want)
			}
		}
	}
	if f.Lines() != 4 {
		t.Errorf("%d lines", f.Lines())
	}
	for line, want := range map[int]string{0: "", 1: "a", 2: "é😀x", 3: "y", 4: "", 5: ""} {
		if got := f.Text(f.LineSpan(line)); got != want {
			t.Errorf("line %d: got %q, want %q", line, got, want)
		}
	}
}

func TestTextOutsideOfTheFileIsEmpty(t *testing.T) {
	f := NewFile("x", []byte("abc"))
	for span, want := range map[Span]string{{1, 2}: "b", {-4, 2}: "ab", {2, 9}: "c", {7, 9}: "", {2, 1}: ""} {
		if got := f.Text(span); got != want {
			t.Errorf("%v: got %q, want %q", span, got, want)
		}
	}
}

// The inner text "A-${x}-B" is cut from the outer one in three pieces, of which
// the middle one is made up.
func TestEmbeddedTextIsLocatedInTheOuterFile(t *testing.T) {
	outermost := NewFile("outermost", []byte("....0123456789ABCDEFGHIJ"))
	outer := NewFile("outer", []byte("0123456789ABCDEFGHIJ"))
	outer.Outer = &Embedding{File: outermost, Segments: []Segment{{Span{0, 20}, Span{4, 24}, true}}}
	inner := NewFile("inner", []byte("ab??cd"))
	inner.Outer = &Embedding{File: outer, Segments: []Segment{
		{Span{0, 2}, Span{3, 5}, true}, {Span{2, 4}, Span{5, 9}, false}, {Span{4, 6}, Span{9, 11}, true},
	}}
	for _, test := range []struct {
		span, want Span
		exact      bool
	}{
		{Span{0, 2}, Span{7, 9}, true},
		{Span{1, 5}, Span{8, 14}, true},
		{Span{2, 4}, Span{9, 13}, true},
		{Span{3, 4}, Span{9, 13}, false},
		{Span{4, 6}, Span{13, 15}, true},
		{Span{6, 6}, Span{15, 15}, true},
	} {
		file, got, exact := inner.Locate(test.span)
		if file != outermost || got != test.want || exact != test.exact {
			t.Errorf("%v: got %v in %s, %v; want %v, %v", test.span, got, file.Name, exact, test.want, test.exact)
		}
	}
	if file, got, exact := outermost.Locate(Span{1, 2}); file != outermost || got != (Span{1, 2}) || !exact {
		t.Error("a file that is not embedded is its own place")
	}
}

func TestColumnsOfLongLinesAreThoseOfACount(t *testing.T) {
	t.Parallel()
	src := []byte("first\n" + strings.Repeat("aé😀\xff{\"x\"}", 2_000) + "\nlast é")
	file := NewFile("f", src)
	for offset := 0; offset <= len(src); offset += 37 {
		lineStart := bytes.LastIndexByte(src[:offset], '\n') + 1
		points := utf8.RuneCount(src[lineStart:offset])
		units := 0
		for rest := src[lineStart:offset]; len(rest) > 0; {
			r, size := utf8.DecodeRune(rest)
			units += len(utf16.AppendRune(nil, r))
			rest = rest[size:]
		}
		if got := file.Position(offset, CodePoints).Column; got != points+1 && utf8.RuneStart(at(src, offset)) {
			t.Errorf("offset %d: column %d in code points, want %d", offset, got, points+1)
		}
		if got := file.Position(offset, UTF16).Column; got != units+1 && utf8.RuneStart(at(src, offset)) {
			t.Errorf("offset %d: column %d in UTF-16, want %d", offset, got, units+1)
		}
	}
}

func at(src []byte, offset int) byte {
	if offset == len(src) {
		return 0
	}
	return src[offset]
}
