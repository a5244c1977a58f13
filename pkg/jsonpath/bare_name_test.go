package jsonpath

import "testing"

func TestNameRightAfterABracketIsAMember(t *testing.T) {
	path, err := Parse("$.a[0]name.x")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := path.String(), "$['a'][0]['name']['x']"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, text := range []string{"$a b", "$.a[0] b", "$.a[0])", "$.a[0]'b'"} {
		if _, err := Parse(text); err == nil {
			t.Errorf("%s parses", text)
		}
	}
}
