package jsonata

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/value"
)

func stringFunctions() []Function {
	return []Function{
		{"string", "<x-b?:s>", stringOf},
		{"length", "<s-:n>", length},
		{"substring", "<s-nn?:s>", substring},
		{"substringBefore", "<s-s:s>", substringBefore},
		{"substringAfter", "<s-s:s>", substringAfter},
		{"uppercase", "<s-:s>", ofText(upper)},
		{"lowercase", "<s-:s>", ofText(lower)},
		{"trim", "<s-:s>", ofText(trim)},
		{"pad", "<s-ns?:s>", pad},
		{"join", "<a<s>s?:s>", join},
	}
}

// ofText makes a function of one string, which yields undefined for undefined.
func ofText(convert func(string) string) func(Call) (value.Value, error) {
	return func(c Call) (value.Value, error) {
		if !c.Has(0) {
			return value.Value{}, nil
		}
		text := convert(c.Arg(0).Str())
		return value.String(text), c.AllocateText(len(text))
	}
}

func stringOf(c Call) (value.Value, error) {
	v := c.Arg(0)
	if v.IsAbsent() || v.Kind() == value.KindString {
		return v, nil
	}
	if c.Arg(1).Bool() && v.Len() > 0 {
		if v.Tag()&tagOuter != 0 {
			v = v.Index(0)
		}
		w := jsonWriter{machine: c.machine, pretty: true}
		text, err := w.append(nil, v, 0)
		return value.String(string(text)), err
	}
	text, err := c.machine.appendString(nil, v)
	return value.String(string(text)), err
}

// runeCount counts code points, a lone surrogate as one.
func runeCount(text string) (count int) {
	for i := 0; i < len(text); i += characterSize(text[i:]) {
		count++
	}
	return count
}

func length(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	return value.Float(float64(runeCount(c.Arg(0).Str()))), nil
}

// substring counts in code points. A negative start counts from the end.
func substring(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	text, start := c.Arg(0).Str(), c.Arg(1).Float()
	count := float64(runeCount(text))
	if count+start < 0 {
		start = 0
	}
	end := count
	if c.Has(2) {
		size := c.Arg(2).Float()
		if size <= 0 {
			return value.String(""), nil
		}
		end = start + size
		if start < 0 {
			end += count
		}
	}
	return value.String(slice(text, sliceIndex(start, count), sliceIndex(end, count))), nil
}

// sliceIndex makes an index of JavaScript's slice: cut to an integer, from the
// end when negative, within bounds.
func sliceIndex(index, count float64) int {
	if math.IsNaN(index) {
		return 0
	}
	index = math.Trunc(index)
	if index < 0 {
		index = max(index+count, 0)
	}
	return int(min(index, count))
}

// slice returns the code points from start to end.
func slice(text string, start, end int) string {
	if start >= end {
		return ""
	}
	from, at := 0, 0
	for n := 0; n < end && at < len(text); n++ {
		if n == start {
			from = at
		}
		at += characterSize(text[at:])
	}
	return text[from:at]
}

func substringBefore(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	before, _, _ := strings.Cut(c.Arg(0).Str(), searched(c.Arg(1)))
	return value.String(before), nil
}

func substringAfter(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	_, after, found := strings.Cut(c.Arg(0).Str(), searched(c.Arg(1)))
	if !found {
		after = c.Arg(0).Str()
	}
	return value.String(after), nil
}

// searched returns the text to search for. Undefined is searched for by its
// name, as JavaScript does.
func searched(v value.Value) string {
	if v.IsAbsent() {
		return "undefined"
	}
	return v.Str()
}

// trim turns runs of white space into single blanks and removes those at the ends.
func trim(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return r == ' ' || r == '\t' || r == '\n' || r == '\r'
	}), " ")
}

func pad(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	text, width, fill := c.Arg(0).Str(), math.Trunc(c.Arg(1).Float()), c.Arg(2).Str()
	if fill == "" {
		fill = " "
	}
	missing := math.Abs(width) - float64(runeCount(text))
	if !(missing > 0) {
		return value.String(text), nil
	}
	if missing > float64(c.machine.limits.Memory) {
		return value.Value{}, errMemory()
	}
	filled, err := c.fill(fill, int(missing))
	if width < 0 {
		return value.String(filled + text), err
	}
	return value.String(text + filled), err
}

// fill repeats a text up to a number of code points.
func (c Call) fill(text string, count int) (string, error) {
	whole, rest := count/runeCount(text), count%runeCount(text)
	size := whole*len(text) + len(text)
	if whole > 0 && size/whole < len(text) {
		return "", errMemory()
	}
	if err := c.AllocateText(size); err != nil {
		return "", err
	}
	return strings.Repeat(text, whole) + slice(text, 0, rest), c.Spend(size / 64)
}

func join(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	separator := c.Arg(1).Str()
	items := c.Arg(0).Items()
	size := len(separator) * max(0, len(items)-1)
	for _, item := range items {
		size += len(item.Str())
	}
	if err := c.AllocateText(size); err != nil {
		return value.Value{}, err
	}
	var out strings.Builder
	out.Grow(size)
	for i, item := range items {
		if i > 0 {
			out.WriteString(separator)
		}
		out.WriteString(item.Str())
	}
	return value.String(paired(out.String())), c.Spend(size / 64)
}

// upper maps to upper case, characters that have a capital form of several
// letters included.
func upper(text string) string {
	text = strings.ToUpper(text)
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return longCapitals.Replace(text)
		}
	}
	return text
}

// longCapitals are the characters whose upper case is more than one character
// whatever the language (Unicode, SpecialCasing).
var longCapitals = strings.NewReplacer(
	"ß", "SS", "ŉ", "ʼN", "ǰ", "J̌", "ΐ", "Ϊ́", "ΰ", "Ϋ́", "և", "ԵՒ",
	"ẖ", "H̱", "ẗ", "T̈", "ẘ", "W̊", "ẙ", "Y̊", "ẚ", "Aʾ",
	"ﬀ", "FF", "ﬁ", "FI", "ﬂ", "FL", "ﬃ", "FFI", "ﬄ", "FFL", "ﬅ", "ST", "ﬆ", "ST",
	"ﬓ", "ՄՆ", "ﬔ", "ՄԵ", "ﬕ", "ՄԻ", "ﬖ", "ՎՆ", "ﬗ", "ՄԽ",
)

// lower maps to lower case; a sigma at the end of a word has its own form.
func lower(text string) string {
	if strings.Contains(text, "Σ") {
		text = finalSigmas(text)
	}
	return strings.ToLower(strings.ReplaceAll(text, "İ", "i̇"))
}

// finalSigmas lowers each Σ that has a letter before it and none after it.
func finalSigmas(text string) string {
	runes := []rune(text)
	for i, r := range runes {
		follows := i > 0 && unicode.IsLetter(runes[i-1])
		goesOn := i+1 < len(runes) && unicode.IsLetter(runes[i+1])
		if r == 'Σ' && follows && !goesOn {
			runes[i] = 'ς'
		}
	}
	return string(runes)
}
