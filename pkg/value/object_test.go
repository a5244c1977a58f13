package value

import (
	"fmt"
	"testing"
)

func largeObject(n int) Value {
	members := make([]Member, n)
	for i := range members {
		members[i] = Member{fmt.Sprintf("key%d", i), Int(int64(i))}
	}
	return Object(members...)
}

func TestWithReplacesInPlaceOrAppends(t *testing.T) {
	for _, n := range []int{2, 100} {
		old := largeObject(n)
		before := old.Compact()
		replaced, longer := old.With("key1", String("new")), old.With("more", Null())
		if got := replaced.Members()[1]; got.Key != "key1" || got.Value.Str() != "new" {
			t.Errorf("%d members: got %v", n, got)
		}
		if got := replaced.Get("key0"); !Equal(got, Int(0)) || replaced.Len() != n {
			t.Errorf("%d members: got %v", n, got)
		}
		if longer.Len() != n+1 || longer.Members()[n].Key != "more" || !longer.Get("more").IsNull() {
			t.Errorf("%d members: got %v", n, longer)
		}
		if old.Compact() != before {
			t.Errorf("%d members: the old object changed", n)
		}
	}
}

func TestWithOnAnythingElseMakesAnObject(t *testing.T) {
	if got := String("x").With("a", Int(1)).Compact(); got != `{"a":1}` {
		t.Errorf("got %s", got)
	}
}

func TestWithoutLeavesTheRest(t *testing.T) {
	if got := mustParse(t, `{"a":1,"b":2,"c":3}`).Without("b").Compact(); got != `{"a":1,"c":3}` {
		t.Errorf("got %s", got)
	}
}

func TestGetFindsEveryMemberOfALargeObject(t *testing.T) {
	v := largeObject(500)
	for i := range 500 {
		if got := v.Get(fmt.Sprintf("key%d", i)); !Equal(got, Int(int64(i))) {
			t.Fatalf("key%d: got %v", i, got)
		}
	}
	if v.Has("key500") || !v.Get("no").IsAbsent() {
		t.Error("found a member that is not there")
	}
}

func TestEqualIgnoresTheOrderOfMembersAndTheTextOfNumbers(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{`{"a":1,"b":[1.0]}`, `{"b":[1],"a":1e0}`, true}, {`{"a":1}`, `{"a":1,"b":2}`, false}, {`[1,2]`, `[2,1]`, false},
		{`"1"`, `1`, false}, {`null`, `null`, true}, {`{"a":null}`, `{"b":null}`, false},
	}
	for _, test := range tests {
		if got := Equal(mustParse(t, test.a), mustParse(t, test.b)); got != test.want {
			t.Errorf("%s and %s: got %v", test.a, test.b, got)
		}
	}
}

func TestIntIsExact(t *testing.T) {
	if got, ok := mustParse(t, `9007199254740993`).Int(); !ok || got != 9007199254740993 {
		t.Errorf("got %d %v", got, ok)
	}
	for _, text := range []string{`1.5`, `1e30`, `"1"`} {
		if got, ok := mustParse(t, text).Int(); ok {
			t.Errorf("%s: got %d", text, got)
		}
	}
	if got := Int(1 << 60).Compact(); got != "1152921504606846976" {
		t.Errorf("got %s", got)
	}
}

func TestFloatsPrintAsInECMAScript(t *testing.T) {
	for f, want := range map[float64]string{0.1: "0.1", 1e21: "1e+21", 1e20: "100000000000000000000", 1e-7: "1e-7", 1e-6: "0.000001", 123456789: "123456789", -1.5: "-1.5"} {
		if got := Float(f).Compact(); got != want {
			t.Errorf("got %s want %s", got, want)
		}
	}
}
