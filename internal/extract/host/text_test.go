package host

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// pieces returns how a text maps to its file: each piece with the source that it
// comes from.
func pieces(t *Text) []string {
	var list []string
	for _, p := range t.pieces {
		sign := " ~ "
		if p.Exact {
			sign = " = "
		}
		list = append(list, string(t.src[p.Inner.Start:p.Inner.End])+sign+t.file.Text(p.Outer))
	}
	return list
}

func TestExpandKeepsThePlaceOfEveryPiece(t *testing.T) {
	file := syntax.NewFile("x", []byte(`{"a": "${A}-${!B}", "n": ${N}, "u": ${U}, "s": "${U}", "k": "${K}"}`))
	got := Expand(TextOfFile(file), syntax.JSON, true, func(s Substitution) (Value, bool) {
		switch s.Name {
		case "A":
			return Known("x"), true
		case "N":
			return Known("5"), true
		case "U":
			return Unknown("U"), true
		}
		return Value{}, false
	})
	if want := `{"a": "x-${B}", "n": 5, "u": "${U}", "s": "${U}", "k": "${K}"}`; got.String() != want {
		t.Errorf("got %s", got)
	}
	want := []string{
		`{"a": " = {"a": "`, `x ~ ${A}`, `-${ = -${`, `B}", "n":  = B}", "n": `, `5 ~ ${N}`, `, "u":  = , "u": `, `"${U}" ~ ${U}`,
		`, "s": " = , "s": "`, `${U} ~ ${U}`, `", "k": "${K}"} = ", "k": "${K}"}`,
	}
	if diff := cmp.Diff(want, pieces(got)); diff != "" {
		t.Error(diff)
	}
}

// TestWhatIsFilledInIsNotFilledInAgain: a placeholder that one tool leaves is
// none of the next tool's.
func TestWhatIsFilledInIsNotFilledInAgain(t *testing.T) {
	file := syntax.NewFile("x", []byte(`"${A}"`))
	once := Expand(TextOfFile(file), syntax.JSON, false, func(Substitution) (Value, bool) { return Unknown("B"), true })
	twice := Expand(once, syntax.JSON, false, func(Substitution) (Value, bool) { return Known("wrong"), true })
	if twice.String() != `"${B}"` {
		t.Errorf("got %s", twice)
	}
}

func TestStringsAreCopiedByteByByteWhereTheyCanBe(t *testing.T) {
	file := syntax.NewFile("x.json", []byte(`{"s": "a\n\"b\" \u00e4c"}`))
	s := syntax.ParseJSON(file).Root.(*syntax.Object).Get("s").(*syntax.String)
	want := []string{"a = a", "\n ~ \\n", `" ~ \"`, "b = b", `" ~ \"`, "  =  ", `ä ~ \u00e4`, "c = c"}
	if diff := cmp.Diff(want, pieces(TextOfString(file, s))); diff != "" {
		t.Error(diff)
	}
}

func TestATextThatIsItsFileNeedsNoOther(t *testing.T) {
	file := syntax.NewFile("x", []byte(`{}`))
	if TextOfFile(file).Embedded() != file {
		t.Error("the file is embedded in itself")
	}
}

func TestNamesCannotBreakTheStringAround(t *testing.T) {
	if got := Unknown("a[\"b\"].{c}\n\\").Text; got != "${a['b'].c}" {
		t.Errorf("got %s", got)
	}
}

func TestReplaceKeepsPlaces(t *testing.T) {
	file := syntax.NewFile("x", []byte(`{"a": "@X@", "n": @X@}`))
	got := Replace(TextOfFile(file), "@X@", Unknown("x"), syntax.JSON)
	want := []string{`{"a": " = {"a": "`, "${x} ~ @X@", `", "n":  = ", "n": `, `"${x}" ~ @X@`, "} = }"}
	if diff := cmp.Diff(want, pieces(got)); diff != "" {
		t.Error(diff)
	}
}
