package value

import "testing"

func TestParsePrintsWhatItRead(t *testing.T) {
	for _, text := range []string{`{"a":[1,2.50,1e3,"x\"\u0001",null,true],"b":{}}`, `[12345678901234567890]`, `"é😀"`} {
		v, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := v.Compact(); got != text {
			t.Errorf("got %s want %s", got, text)
		}
	}
}
