package value

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// String returns the compact JSON text of v, as [Value.Compact] does.
func (v Value) String() string { return v.Compact() }

// Compact returns the JSON text of v without white space, as the service
// serialises what it builds. Absent values and extensions print as null.
func (v Value) Compact() string { return string(v.Append(nil)) }

// Append appends the compact JSON text of v to dst.
func (v Value) Append(dst []byte) []byte { return v.append(dst, false) }

// Text returns the JSON text of v in which every part that [Parse] read and
// nothing transformed stands as it was written, white space included.
func (v Value) Text() string {
	if raw := v.Raw(); raw != "" {
		return raw
	}
	return string(v.AppendText(nil))
}

// AppendText appends what [Value.Text] returns to dst.
func (v Value) AppendText(dst []byte) []byte { return v.append(dst, true) }

func (v Value) append(dst []byte, keepRaw bool) []byte {
	if keepRaw {
		if raw := v.Raw(); raw != "" {
			return append(dst, raw...)
		}
	}
	switch v.kind {
	case KindBool:
		return strconv.AppendBool(dst, v.Bool())
	case KindNumber:
		if v.ref != nil {
			return append(dst, (*numberText)(v.ref).text...)
		}
		return AppendFloat(dst, v.Float())
	case KindString:
		return AppendQuoted(dst, v.Str())
	case KindArray:
		return appendArray(dst, v.Items(), keepRaw)
	case KindObject:
		return appendObject(dst, v.Members(), keepRaw)
	}
	return append(dst, "null"...)
}

func appendArray(dst []byte, items []Value, keepRaw bool) []byte {
	dst = append(dst, '[')
	for i, item := range items {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = item.append(dst, keepRaw)
	}
	return append(dst, ']')
}

func appendObject(dst []byte, members []Member, keepRaw bool) []byte {
	dst = append(dst, '{')
	for i, member := range members {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = AppendQuoted(dst, member.Key)
		dst = append(dst, ':')
		dst = member.Value.append(dst, keepRaw)
	}
	return append(dst, '}')
}

// AppendFloat appends the shortest text that reads back as f, in the form that
// ECMAScript and JSON libraries use: integers without a fraction, an exponent
// below 1e-6 and from 1e21 on. NaN and infinities become null.
func AppendFloat(dst []byte, f float64) []byte {
	if f == 0 {
		return append(dst, '0')
	}
	abs := math.Abs(f)
	switch {
	case math.IsNaN(f) || math.IsInf(f, 0):
		return append(dst, "null"...)
	case f == math.Trunc(f) && abs < 1e15:
		return strconv.AppendInt(dst, int64(f), 10)
	case abs >= 1e-6 && abs < 1e21:
		return strconv.AppendFloat(dst, f, 'f', -1, 64)
	}
	start := len(dst)
	dst = strconv.AppendFloat(dst, f, 'e', -1, 64)
	return trimExponent(dst, start)
}

// trimExponent turns Go's two-digit exponent (1e-07) into ECMAScript's (1e-7).
func trimExponent(dst []byte, start int) []byte {
	n := len(dst)
	if n-start >= 4 && dst[n-2] == '0' && (dst[n-3] == '-' || dst[n-3] == '+') {
		dst[n-2] = dst[n-1]
		dst = dst[:n-1]
	}
	return dst
}

// AppendQuoted appends s as a JSON string. Only what JSON requires is escaped:
// quotes, backslashes and control characters; invalid UTF-8 becomes U+FFFD.
func AppendQuoted(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			if r, size := utf8.DecodeRuneInString(s[i:]); r != utf8.RuneError || size > 1 {
				i += size
				continue
			}
			dst = append(append(dst, s[start:i]...), "\uFFFD"...)
		} else {
			dst = appendEscape(append(dst, s[start:i]...), c)
		}
		i++
		start = i
	}
	return append(append(dst, s[start:]...), '"')
}

func appendEscape(dst []byte, c byte) []byte {
	const hex = "0123456789ABCDEF"
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		return append(dst, `\b`...)
	case '\f':
		return append(dst, `\f`...)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	}
	return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}
