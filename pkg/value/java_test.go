package value

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDynamicMembersComeInTheOrderOfAHashMap(t *testing.T) {
	tests := [][2][]string{ // as recorded
		{{"ApiEndpoint", "Method", "Path", "Stage", "RequestBody"}, {"Path", "Stage", "ApiEndpoint", "Method", "RequestBody"}},
		{{"Iterations", "Values"}, {"Values", "Iterations"}},
		{{"original_input", "iteration_input_value", "iteration_index", "from_input_constant"},
			{"iteration_input_value", "from_input_constant", "iteration_index", "original_input"}},
		{{"0", "True", "{}"}, {"0", "{}", "True"}},
		{{"H1", ""}, {"", "H1"}},
		{nil, nil},
	}
	for _, test := range tests {
		var got []string
		for _, at := range JavaHashOrder(test[0]) {
			got = append(got, test[0][at])
		}
		if diff := cmp.Diff(test[1], got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestAHashMapGrowsAtThreeQuarters(t *testing.T) {
	keys := make([]string, 13)
	for i := range keys {
		keys[i] = string(rune('p' - i)) // p (112) is bucket 0 of 16 and 16 of 32
	}
	first := func(n int) string { return keys[JavaHashOrder(keys[:n])[0]] }
	if got := first(12); got != "p" {
		t.Errorf("12 keys: %s is first", got)
	}
	if got := first(13); got != "d" && got != "e" {
		t.Errorf("13 keys: %s is first", got)
	}
}

func TestHashCodesAreThoseOfJava(t *testing.T) {
	for text, want := range map[string]int32{
		`"hello"`: 99162322, `"😀"`: 1772899, `""`: 0, `true`: 1231, `false`: 1237, `null`: 0, `7`: 7, `-1`: -1, `1.1`: -1503133693,
		`[1,2]`: 994, `[]`: 1, `{"a":1}`: 96, `4294967296`: 1,
	} {
		if got := JavaHashCode(mustParse(t, text)); got != want {
			t.Errorf("%s: got %d want %d", text, got, want)
		}
	}
}

func TestStringsCompareByUTF16Units(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"a", "b", -1}, {"a", "a", 0}, {"ab", "a", 1}, {"", "a", -1}, {"Z", "a", -1}, {"é", "z", 1},
		{"\U0001F600", "\uFF5E", -1}, // a surrogate pair starts with D83D
		{"\uD7FF", "\U0001F600", -1}, {"a\U0001F600", "a\U0001F601", -1}, {"\uE000", "\uFFFD", -1},
	}
	for _, test := range tests {
		if got := CompareUTF16(test.a, test.b); got != test.want {
			t.Errorf("%q %q: got %d", test.a, test.b, got)
		}
		if got := CompareUTF16(test.b, test.a); got != -test.want {
			t.Errorf("%q %q: got %d", test.b, test.a, got)
		}
	}
}

func TestObjectsPrintAsJavaMaps(t *testing.T) {
	for text, want := range map[string]string{
		`{"Arg1":1,"Arg2":[]}`: `{Arg1=1, Arg2=[]}`, `["a b",null,true,{"x":{}}]`: `[a b, null, true, {x={}}]`,
		`1.10`: `1.1`, `1e10`: `1.0E10`, `0.00012`: `1.2E-4`, `12345678.5`: `1.23456785E7`, `100.0`: `100.0`, `12345678901234567890`: `12345678901234567890`,
	} {
		if got := string(AppendJava(nil, mustParse(t, text))); got != want {
			t.Errorf("%s: got %s want %s", text, got, want)
		}
	}
	if got := string(AppendJavaDouble(nil, math.Inf(-1))); got != "-Infinity" {
		t.Errorf("got %s", got)
	}
}

func TestRandomNumbersAreThoseOfJava(t *testing.T) {
	if got := NewJavaRandom(42).Float64(); got != 0.7275636800328681 { // measured on the service
		t.Errorf("got %v", got)
	}
	r := NewJavaRandom(42)
	if got := []int32{r.Intn(10), r.Intn(10), r.Intn(100)}; !cmp.Equal(got, []int32{0, 3, 48}) {
		t.Errorf("got %v", got)
	}
	if got := NewJavaRandom(1).Intn(0); got != 0 {
		t.Errorf("got %v", got)
	}
}
