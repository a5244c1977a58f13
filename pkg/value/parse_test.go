package value

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func mustParse(t testing.TB, text string) Value {
	t.Helper()
	v, err := Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

func TestParsePrintsWhatItRead(t *testing.T) {
	for _, text := range []string{
		`null`, `true`, `false`, `0`, `-1`, `1.50`, `1e3`, `1E+400`, `12345678901234567890`, `-0.0`, `""`, `"é😀"`, `[]`, `{}`,
		`{"a":[1,2.50,1e3,"x\"\u0001",null,true],"b":{}}`, `[[],[[]],{"a":{}}]`,
	} {
		if got := mustParse(t, text).Compact(); got != text {
			t.Errorf("got %s want %s", got, text)
		}
	}
}

func TestParseKeepsWhiteSpaceInTheRawTextOnly(t *testing.T) {
	v := mustParse(t, " [ 1 , {\"a\" : 2} ]\n")
	if got, want := v.Text(), `[ 1 , {"a" : 2} ]`; got != want {
		t.Errorf("Text: got %s want %s", got, want)
	}
	if got, want := v.Compact(), `[1,{"a":2}]`; got != want {
		t.Errorf("Compact: got %s want %s", got, want)
	}
	if got, want := Array(v).Text(), `[[ 1 , {"a" : 2} ]]`; got != want {
		t.Errorf("Text of an array around it: got %s want %s", got, want)
	}
}

func TestParseReadsMinusZeroAsZero(t *testing.T) {
	if got := mustParse(t, `-0`).Compact(); got != "0" {
		t.Errorf("got %s", got)
	}
}

func TestOfDuplicateMembersTheLastCountsInTheFirstPlace(t *testing.T) {
	for _, filler := range []int{0, 100} {
		var b strings.Builder
		b.WriteString(`{"a":1,"b":2`)
		for i := range filler {
			fmt.Fprintf(&b, `,"k%d":%d`, i, i)
		}
		b.WriteString(`,"a":3}`)
		v := mustParse(t, b.String())
		if v.Len() != filler+2 || v.Members()[0] != (Member{"a", Int(3)}) {
			t.Errorf("%d members, the first is %v", v.Len(), v.Members()[0])
		}
	}
}

func TestParseTellsWhereTheTextIsBroken(t *testing.T) {
	tests := []struct {
		text   string
		offset int
		part   string
	}{
		{``, 0, "missing"}, {`[1,]`, 3, "expected a value"}, {`{"a" 1}`, 5, "':'"}, {`{a:1}`, 1, "quoted"}, {`[1 2]`, 3, "','"},
		{`"a`, 2, "not closed"}, {"\"a\nb\"", 2, "control"}, {`"\x"`, 2, "escape"}, {`"\u12"`, 3, "four"}, {`01`, 1, "after the value"},
		{`1.`, 2, "digit"}, {`-`, 1, "digit"}, {`1e`, 2, "digit"}, {`tru`, 0, "expected a value"}, {`nullx`, 4, "after"}, {`[`, 1, "missing"}, {`{"a":1,}`, 7, "quoted"},
	}
	for _, test := range tests {
		_, err := Parse(test.text)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) || syntax.Offset != test.offset || !strings.Contains(syntax.Message, test.part) {
			t.Errorf("%q: got %v, want %q at %d", test.text, err, test.part, test.offset)
		}
	}
}

func TestDeepNestingIsRefusedWithAnError(t *testing.T) {
	deep := strings.Repeat("[", MaxDepth+2) + strings.Repeat("]", MaxDepth+2)
	if _, err := Parse(deep); err == nil || !strings.Contains(err.Error(), "nested deeper") {
		t.Errorf("got %v", err)
	}
	mustParse(t, strings.Repeat("[", MaxDepth)+strings.Repeat("]", MaxDepth))
}

func TestSurrogatePairsBecomeOneCharacter(t *testing.T) {
	for text, want := range map[string]string{`"\ud83d\ude00"`: "😀", `"\ud83d"`: "\uFFFD", `"\ud83d\u0041"`: "\uFFFDA", `"\u00e9"`: "é"} {
		if got := mustParse(t, text).Str(); got != want {
			t.Errorf("%s: got %q want %q", text, got, want)
		}
	}
}

// encodingView is what encoding/json makes of the text.
func encodingView(text string) (any, error) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		return nil, err
	}
	if decoder.More() || len(bytes.TrimSpace([]byte(text[decoder.InputOffset():]))) > 0 {
		return nil, errors.New("more after the value")
	}
	return v, nil
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{`{"a":[1,2.5,"x\u0041",null,true],"b":{"a":-0}}`, `[1e999]`, `"\ud800"`, ` [ ] `, `{"a":1,"a":2}`, `"\xff"`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := Parse(text)
		want, wantErr := encodingView(text)
		if !utf8.ValidString(text) {
			return // encoding/json replaces what is invalid
		}
		if (err == nil) != (wantErr == nil) {
			if strings.Contains(fmt.Sprint(err, wantErr), "nest") || strings.Contains(fmt.Sprint(wantErr), "depth") {
				return
			}
			t.Fatalf("%q: %v, but encoding/json says %v", text, err, wantErr)
		}
		if err != nil {
			return
		}
		printed := v.Compact()
		again := mustParse(t, printed)
		if !Equal(v, again) || again.Compact() != printed {
			t.Fatalf("%q: printed as %s, read as %s", text, printed, again)
		}
		if strings.Contains(text, "-0") { // kept as 0
			return
		}
		if got, _ := encodingView(printed); !cmp.Equal(got, want) {
			t.Fatalf("%q: %s", text, cmp.Diff(want, got))
		}
	})
}
