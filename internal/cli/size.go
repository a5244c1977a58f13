package cli

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// byteSize is the value of a flag: a number of bytes such as 64MiB.
type byteSize struct{ bytes *int64 }

// String implements pflag.Value.
func (s byteSize) String() string {
	switch n := *s.bytes; {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%dMiB", n>>20)
	default:
		return strconv.FormatInt(n, 10)
	}
}

// Set implements pflag.Value.
func (s byteSize) Set(text string) error {
	digits, unit := text, int64(1)
	for suffix, size := range map[string]int64{"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30} {
		if before, found := strings.CutSuffix(text, suffix); found {
			digits, unit = before, size
		}
	}
	n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
	if err != nil || n <= 0 || n > math.MaxInt64/unit {
		return fmt.Errorf("%q is not a size such as 64MiB", text)
	}
	*s.bytes = n * unit
	return nil
}

// Type implements pflag.Value.
func (byteSize) Type() string { return "size" }
