package intrinsic

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	gohash "hash"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// plainText is a string's content, and the JSON text of anything else.
func plainText(v value.Value) string {
	if v.Kind() == value.KindString {
		return v.Str()
	}
	return v.Compact()
}

// stringToJSON parses a text; an empty or blank one is null to the service.
func stringToJSON(e *evaluation, c *Call, args []value.Value) (value.Value, error) {
	text := args[0].Str()
	if strings.Trim(text, " \t\r\n") == "" {
		return value.Null(), nil
	}
	v, err := value.ParseCompact(text)
	if err != nil {
		return value.Value{}, e.invalid(c)
	}
	return v, nil
}

func jsonToString(_ *evaluation, _ *Call, args []value.Value) (value.Value, error) {
	return value.String(args[0].Compact()), nil
}

// stringSplit takes every character of the delimiters for one, and drops empty
// pieces, as Java's StringTokenizer does.
func stringSplit(_ *evaluation, _ *Call, args []value.Value) (value.Value, error) {
	delimiters := args[1].Str()
	pieces := strings.FieldsFunc(args[0].Str(), func(r rune) bool { return strings.ContainsRune(delimiters, r) })
	items := make([]value.Value, len(pieces))
	for i, piece := range pieces {
		items[i] = value.String(piece)
	}
	return value.Array(items...), nil
}

func base64Encode(_ *evaluation, _ *Call, args []value.Value) (value.Value, error) {
	return value.String(base64.StdEncoding.EncodeToString([]byte(args[0].Str()))), nil
}

// base64Decode is lenient as the service is: it passes over foreign
// characters, stops at the first '=', and needs no padding.
func base64Decode(_ *evaluation, _ *Call, args []value.Value) (value.Value, error) {
	text, _, _ := strings.Cut(args[0].Str(), "=")
	clean := strings.Map(func(r rune) rune {
		switch {
		case r == '-':
			return '+'
		case r == '_':
			return '/'
		case r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '+' || r == '/':
			return r
		}
		return -1
	}, text)
	if len(clean)%4 == 1 { // six bits do not make a byte
		clean = clean[:len(clean)-1]
	}
	decoded, _ := base64.RawStdEncoding.DecodeString(clean)
	return value.String(strings.ToValidUTF8(string(decoded), "\uFFFD")), nil
}

var algorithms = [...]string{"MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"}

func newHash(algorithm string) gohash.Hash {
	switch algorithm {
	case "MD5":
		return md5.New()
	case "SHA-1":
		return sha1.New()
	case "SHA-256":
		return sha256.New()
	case "SHA-384":
		return sha512.New384()
	case "SHA-512":
		return sha512.New()
	}
	return nil
}

// hash digests a string's UTF-8 form, and the JSON text of anything else.
func hash(_ *evaluation, _ *Call, args []value.Value) (value.Value, error) {
	h := newHash(args[1].Str())
	h.Write([]byte(plainText(args[0])))
	return value.String(hex.EncodeToString(h.Sum(nil))), nil
}

func uuid(e *evaluation, _ *Call, _ []value.Value) (value.Value, error) {
	return value.String(e.env.UUID()), nil
}
