package jsonata

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"math"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// Extensions returns functions that hosts of JSONata commonly add:
//
//   - $partition(array, size): chunks of an array
//   - $range(start, end, step): whole numbers, the end included when it is hit;
//     the arguments lose their fractions
//   - $base64decode(text): as the standard one, but text that is not base64 is an
//     error
//   - $hash(text, algorithm): the digest in lower-case hexadecimal; MD5, SHA-1,
//     SHA-256, SHA-384 or SHA-512
//   - $random([seed]): a number in [0, 1); the same one for the same seed, as
//     java.util.Random makes it
//   - $uuid(): a random UUID, version 4
//   - $parse(text): the value of a JSON text
func Extensions() []Function {
	return []Function{
		{"partition", "<an:a>", partition},
		{"range", "<nnn:a>", rangeFunction},
		{"base64decode", "<s-:s>", strictBase64Decode},
		{"hash", "<ss:s>", hashFunction},
		{"random", "<n?:n>", seededRandom},
		{"uuid", "<:s>", uuid},
		{"parse", "<s:x>", parseJSON},
	}
}

func partition(c Call) (value.Value, error) {
	if !c.Has(0) || !c.Has(1) {
		return value.Value{}, nil
	}
	size := math.Floor(c.Arg(1).Float())
	if !(size >= 1) {
		return value.Value{}, c.Fault("D3150", "The second argument of the partition function must be a positive number")
	}
	items := c.Arg(0).Items()
	chunk := int(min(size, float64(max(1, len(items)))))
	chunks := make([]value.Value, 0, (len(items)+chunk-1)/chunk)
	for start := 0; start < len(items); start += chunk {
		end := min(start+chunk, len(items))
		chunks = append(chunks, value.Array(items[start:end:end]...))
	}
	for _, item := range items {
		c.machine.nested = c.machine.nested || item.Tag() != 0 || item.IsAbsent()
	}
	return c.newArray(chunks)
}

func rangeFunction(c Call) (value.Value, error) {
	if !c.Has(0) || !c.Has(1) || !c.Has(2) {
		return value.Value{}, nil
	}
	start, end, step := math.Trunc(c.Arg(0).Float()), math.Trunc(c.Arg(1).Float()), math.Trunc(c.Arg(2).Float())
	if step == 0 || math.IsNaN(step) {
		return value.Value{}, c.Fault("D3151", "The third argument of the range function must not be zero")
	}
	count := math.Floor((end-start)/step) + 1
	if !(count > 0) {
		return newSequence(nil), nil
	}
	if count > maxRange {
		return value.Value{}, failure("D2014", value.Float(count))
	}
	if int(count) > c.machine.limits.Range {
		return value.Value{}, errMemory()
	}
	if err := c.machine.allocateItems(int(count)); err != nil {
		return value.Value{}, err
	}
	numbers := make([]value.Value, int(count))
	for i := range numbers {
		numbers[i] = value.Float(start + float64(i)*step)
	}
	return newSequence(numbers), c.Spend(len(numbers) / 8)
}

func strictBase64Decode(c Call) (value.Value, error) {
	text := c.Arg(0).Str()
	if _, err := base64.StdEncoding.DecodeString(text); err != nil {
		if _, err := base64.RawStdEncoding.DecodeString(text); err != nil {
			return value.Value{}, c.Fault("D3153", "The argument of the base64decode function is not base64")
		}
	}
	return base64Decode(c)
}

func hashFunction(c Call) (value.Value, error) {
	if !c.Has(0) || !c.Has(1) {
		return value.Value{}, nil
	}
	digest := newHash(c.Arg(1).Str())
	if digest == nil {
		return value.Value{}, c.Fault("D3152", "The hash algorithm must be one of MD5, SHA-1, SHA-256, SHA-384, SHA-512: "+c.Arg(1).Str())
	}
	digest.Write([]byte(c.Arg(0).Str()))
	return value.String(hex.EncodeToString(digest.Sum(nil))), c.Spend(len(c.Arg(0).Str()) / 16)
}

func newHash(algorithm string) hash.Hash {
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

func seededRandom(c Call) (value.Value, error) {
	if !c.Has(0) {
		return random(c)
	}
	return value.Float(javaRandom(int64(math.Floor(c.Arg(0).Float())))), nil
}

// javaRandom is new java.util.Random(seed).nextDouble(), a linear congruential
// generator of 48 bits whose algorithm Java's documentation fixes.
func javaRandom(seed int64) float64 {
	const multiplier, increment, mask = 0x5DEECE66D, 0xB, 1<<48 - 1
	state := (uint64(seed) ^ multiplier) & mask
	next := func(bits int) uint64 {
		state = (state*multiplier + increment) & mask
		return state >> (48 - bits)
	}
	high := next(26)
	return float64(high<<27+next(27)) / (1 << 53)
}

func uuid(c Call) (value.Value, error) {
	var raw [16]byte
	binary.BigEndian.PutUint64(raw[:8], c.RandomBits())
	binary.BigEndian.PutUint64(raw[8:], c.RandomBits())
	raw[6] = raw[6]&0x0F | 0x40 // version 4
	raw[8] = raw[8]&0x3F | 0x80 // variant of RFC 9562
	text := hex.EncodeToString(raw[:])
	return value.String(text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]), nil
}

func parseJSON(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	text := c.Arg(0).Str()
	if err := c.Allocate(4 * len(text)); err != nil {
		return value.Value{}, err
	}
	v, err := value.ParseCompact(text)
	if err != nil {
		return value.Value{}, c.Fault("D3153", "The argument of the parse function must be a JSON text: "+err.Error())
	}
	return v, c.Spend(len(text) / 8)
}
