package value

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The service runs on a Java virtual machine, and some of Java's habits show
// in what it returns: the order of hash maps, the order of strings, the text
// of objects inside a formatted string. They are collected here.

// CompareUTF16 compares two strings by their UTF-16 code units, as Java's
// String.compareTo does: -1, 0 or 1.
func CompareUTF16(a, b string) int {
	for i := 0; i < len(a) && i < len(b); {
		if a[i] < utf8.RuneSelf && b[i] < utf8.RuneSelf {
			if a[i] != b[i] {
				return sign(int(a[i]) - int(b[i]))
			}
			i++
			continue
		}
		x, size := utf8.DecodeRuneInString(a[i:])
		y, _ := utf8.DecodeRuneInString(b[i:])
		if x != y {
			return sign(int(utf16Key(x)) - int(utf16Key(y)))
		}
		i += size
	}
	return sign(len(a) - len(b))
}

// utf16Key maps a code point to a number that sorts as its UTF-16 form does:
// surrogate pairs stand before U+E000.
func utf16Key(r rune) rune {
	switch {
	case r >= 0x10000:
		return 0xD800 + (r - 0x10000)
	case r >= 0xE000:
		return r + 0x100000
	}
	return r
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

// JavaHashOrder returns the positions of keys in the order in which a
// java.util.HashMap iterates that was filled with them, one after the other.
// The keys must differ. Step Functions builds the dynamic members of a Payload
// Template and the rows of a CSV file in such maps.
func JavaHashOrder(keys []string) []int {
	hashes := make([]int32, len(keys))
	for i, key := range keys {
		hashes[i] = javaStringHash(key)
	}
	return hashOrder(hashes)
}

// JavaHashSetOrder is [JavaHashOrder] for the elements of a java.util.HashSet,
// which may be of any kind.
func JavaHashSetOrder(values []Value) []int {
	hashes := make([]int32, len(values))
	for i, v := range values {
		hashes[i] = JavaHashCode(v)
	}
	return hashOrder(hashes)
}

func hashOrder(hashes []int32) []int {
	buckets := uint32(16)
	for len(hashes) > int(buckets)/4*3 {
		buckets *= 2
	}
	order := make([]int, len(hashes))
	for i := range order {
		order[i] = i
	}
	bucket := func(i int) int {
		h := uint32(hashes[i])
		return int((h ^ h>>16) & (buckets - 1))
	}
	slices.SortStableFunc(order, func(i, j int) int { return bucket(i) - bucket(j) })
	return order
}

func javaStringHash(s string) int32 {
	var h int32
	for _, r := range s {
		if r >= 0x10000 {
			r -= 0x10000
			h = 31*h + (0xD800 + r>>10)
			r = 0xDC00 + r&0x3FF
		}
		h = 31*h + r
	}
	return h
}

// JavaHashCode returns the hashCode of the Java object that stands for v: a
// Boolean, Integer, Long, Double, String, List or Map; 0 for null.
func JavaHashCode(v Value) int32 {
	switch v.kind {
	case KindBool:
		if v.Bool() {
			return 1231
		}
		return 1237
	case KindNumber:
		return javaNumberHash(v)
	case KindString:
		return javaStringHash(v.Str())
	case KindArray:
		h := int32(1)
		for _, item := range v.Items() {
			h = 31*h + JavaHashCode(item)
		}
		return h
	case KindObject:
		var h int32
		for _, member := range v.Members() {
			h += javaStringHash(member.Key) ^ JavaHashCode(member.Value)
		}
		return h
	}
	return 0
}

func javaNumberHash(v Value) int32 {
	bits := int64(math.Float64bits(v.Float()))
	if i, ok := v.Int(); ok && !isDecimal(v) {
		if int64(int32(i)) == i {
			return int32(i)
		}
		bits = i
	}
	return int32(bits ^ int64(uint64(bits)>>32))
}

// isDecimal reports whether Java reads the number as a double: it is written
// with a fraction or an exponent.
func isDecimal(v Value) bool {
	if v.ref == nil {
		return v.Float() != math.Trunc(v.Float()) || math.Abs(v.Float()) >= 1e21
	}
	return strings.ContainsAny(v.NumberText(), ".eE")
}

// AppendJava appends v as Java's toString writes it: {a=1, b=[x, null]},
// strings without quotes.
func AppendJava(dst []byte, v Value) []byte {
	switch v.kind {
	case KindString:
		return append(dst, v.Str()...)
	case KindNumber:
		if isDecimal(v) {
			return AppendJavaDouble(dst, v.Float())
		}
	case KindArray:
		dst = append(dst, '[')
		for i, item := range v.Items() {
			if i > 0 {
				dst = append(dst, ", "...)
			}
			dst = AppendJava(dst, item)
		}
		return append(dst, ']')
	case KindObject:
		dst = append(dst, '{')
		for i, member := range v.Members() {
			if i > 0 {
				dst = append(dst, ", "...)
			}
			dst = append(append(dst, member.Key...), '=')
			dst = AppendJava(dst, member.Value)
		}
		return append(dst, '}')
	}
	return v.Append(dst)
}

// AppendJavaDouble appends f as Java's Double.toString does: always with a
// fraction, and in scientific form below 1e-3 and from 1e7 on.
func AppendJavaDouble(dst []byte, f float64) []byte {
	abs := math.Abs(f)
	switch {
	case math.IsNaN(f):
		return append(dst, "NaN"...)
	case math.IsInf(f, 0):
		if f < 0 {
			dst = append(dst, '-')
		}
		return append(dst, "Infinity"...)
	case f == 0 || abs >= 1e-3 && abs < 1e7:
		start := len(dst)
		dst = strconv.AppendFloat(dst, f, 'f', -1, 64)
		if !slices.Contains(dst[start:], '.') {
			dst = append(dst, ".0"...)
		}
		return dst
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'e', -1, 64), "e")
	dst = append(dst, mantissa...)
	if !strings.Contains(mantissa, ".") {
		dst = append(dst, ".0"...)
	}
	n, _ := strconv.Atoi(exponent)
	return strconv.AppendInt(append(dst, 'E'), int64(n), 10)
}
