package simulate

import (
	"math"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/value"
)

func TestSizesAreThoseOfTheText(t *testing.T) {
	for _, text := range []string{
		`null`, `true`, `false`, `0`, `-1.50`, `1e400`, `123456789012345678901234567890`, `""`, `"a\"\\\b\f\n\r\té\u0001"`,
		`[]`, `[1,"x",[],{}]`, `{}`, `{"a":1,"b\n":[{"c":null}]}`,
	} {
		v, err := value.ParseCompact(text)
		if err != nil {
			t.Fatal(err)
		}
		want := len(v.Compact())
		if got := size(v); got != want {
			t.Errorf("%s: %d bytes, want %d", text, got, want)
		}
		if bound := atMost(v, math.MaxInt); bound < want && v.Kind() != value.KindNumber {
			t.Errorf("%s: at most %d bytes, but it has %d", text, bound, want)
		}
		if !tooLarge(v, want-1) && v.Kind() != value.KindNumber || tooLarge(v, want) {
			t.Errorf("%s: the limit is not exact", text)
		}
	}
}
