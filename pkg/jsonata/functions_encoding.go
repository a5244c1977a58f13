package jsonata

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/value"
)

func encodingFunctions() []Function {
	return []Function{
		{"base64encode", "<s-:s>", base64Encode},
		{"base64decode", "<s-:s>", base64Decode},
		{"encodeUrlComponent", "<s-:s>", encodeURL("encodeUrlComponent", componentMarks)},
		{"encodeUrl", "<s-:s>", encodeURL("encodeUrl", componentMarks+reservedMarks)},
		{"decodeUrlComponent", "<s-:s>", decodeURL("decodeUrlComponent", "")},
		{"decodeUrl", "<s-:s>", decodeURL("decodeUrl", reservedMarks)},
	}
}

// The characters that ECMAScript's encodeURIComponent and encodeURI leave as
// they are, letters and digits aside.
const (
	componentMarks = "-_.!~*'()"
	reservedMarks  = ";/?:@&=+$,#"
)

// base64Encode encodes the low bytes of the UTF-16 units, as the reference does.
func base64Encode(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	text := c.Arg(0).Str()
	raw := make([]byte, 0, len(text))
	for _, unit := range characters16(text) {
		raw = append(raw, byte(unit))
	}
	encoded := base64.StdEncoding.EncodeToString(raw)
	return value.String(encoded), c.AllocateText(len(encoded))
}

// characters16 returns the UTF-16 units of a text.
func characters16(text string) []uint16 {
	units := make([]uint16, 0, len(text))
	for i := 0; i < len(text); i += characterSize(text[i:]) {
		if isSurrogate(text[i:]) {
			units = append(units, uint16(text[i]&0xF)<<12|uint16(text[i+1]&0x3F)<<6|uint16(text[i+2]&0x3F))
			continue
		}
		r, _ := utf8.DecodeRuneInString(text[i:])
		if r >= 0x10000 {
			r -= 0x10000
			units = append(units, uint16(0xD800+r>>10), uint16(0xDC00+r&0x3FF))
			continue
		}
		units = append(units, uint16(r))
	}
	return units
}

// base64Decode skips characters that are not part of the alphabet and takes the
// alphabet for URLs, too. Each byte becomes one character.
func base64Decode(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	var digits strings.Builder
	for _, b := range []byte(c.Arg(0).Str()) {
		switch {
		case b == '=':
			return decodedBase64(c, digits.String())
		case b == '-':
			b = '+'
		case b == '_':
			b = '/'
		}
		if strings.IndexByte(base64Alphabet, b) >= 0 {
			digits.WriteByte(b)
		}
	}
	return decodedBase64(c, digits.String())
}

const base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

func decodedBase64(c Call, digits string) (value.Value, error) {
	if len(digits)%4 == 1 {
		digits = digits[:len(digits)-1]
	}
	raw, _ := base64.RawStdEncoding.DecodeString(digits)
	text := make([]byte, 0, len(raw))
	for _, b := range raw {
		text = utf8.AppendRune(text, rune(b))
	}
	return value.String(string(text)), c.AllocateText(len(text))
}

// encodeURL makes a function that escapes all but letters, digits and the given
// marks. A lone surrogate has no encoding.
func encodeURL(name, marks string) func(Call) (value.Value, error) {
	return func(c Call) (value.Value, error) {
		if !c.Has(0) {
			return value.Value{}, nil
		}
		text := c.Arg(0).Str()
		if !utf8.ValidString(text) {
			return value.Value{}, malformedURL(name, text)
		}
		const hex = "0123456789ABCDEF"
		out := make([]byte, 0, len(text)+len(text)/2)
		for _, b := range []byte(text) {
			if isAlphanumeric(b) || strings.IndexByte(marks, b) >= 0 {
				out = append(out, b)
				continue
			}
			out = append(out, '%', hex[b>>4], hex[b&15])
		}
		return value.String(string(out)), c.AllocateText(len(out))
	}
}

func isAlphanumeric(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
}

func malformedURL(name, text string) error {
	err := failure("D3140", value.String(text))
	err.Token = name
	return err
}

// decodeURL makes a function that undoes escapes, but for those of the
// characters to keep.
func decodeURL(name, keep string) func(Call) (value.Value, error) {
	return func(c Call) (value.Value, error) {
		if !c.Has(0) {
			return value.Value{}, nil
		}
		text := c.Arg(0).Str()
		out := make([]byte, 0, len(text))
		for i := 0; i < len(text); i++ {
			if text[i] != '%' {
				out = append(out, text[i])
				continue
			}
			decoded, size := decodeEscapes(text[i:])
			if size == 0 {
				return value.Value{}, malformedURL(name, text)
			}
			if len(decoded) == 1 && strings.IndexByte(keep, decoded[0]) >= 0 {
				decoded = text[i : i+3]
			}
			out = append(out, decoded...)
			i += size - 1
		}
		return value.String(string(out)), c.AllocateText(len(out))
	}
}

// decodeEscapes decodes the escapes of one character and returns how many bytes
// of the text they take; 0 when they are malformed.
func decodeEscapes(text string) (decoded string, size int) {
	var raw []byte
	for len(text) >= 3 && text[0] == '%' && len(raw) < utf8.UTFMax {
		high, low := hexDigit(text[1]), hexDigit(text[2])
		if high < 0 || low < 0 {
			return "", 0
		}
		raw = append(raw, byte(high<<4|low))
		text = text[3:]
		if r, n := utf8.DecodeRune(raw); n == len(raw) && (r != utf8.RuneError || n > 1) {
			return string(raw), 3 * len(raw)
		}
	}
	return "", 0
}

func hexDigit(b byte) int {
	switch {
	case b >= '0' && b <= '9':
		return int(b - '0')
	case b|0x20 >= 'a' && b|0x20 <= 'f':
		return int(b|0x20-'a') + 10
	}
	return -1
}
