package printable

import (
	"encoding/json"
	"testing"
)

func TestLineShowsWhatWouldBeActedUpon(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Größe → 名前 👩‍🚀":           "Größe → 名前 👩‍🚀",
		"a\x1b[31mb":               `a\u001b[31mb`,
		"a\nb\tc\rd":               `a\nb\tc\rd`,
		"c1 \u009b31m \u0085":      `c1 \u009b31m \u0085`,
		"bidi \u202e\u2066\u061c":  `bidi \u202e\u2066\u061c`,
		"lines \u2028\u2029":       `lines \u2028\u2029`,
		"hidden \u200b\ufeff":      `hidden \u200b\ufeff`,
		"none \ufffe\uffff\ufdd0":  `none \ufffe\uffff\ufdd0`,
		"broken \xff \uFFFD":       `broken \xff ` + "\uFFFD",
		"  ::error::x":             `  \u003a:error::x`,
		"Resource::x":              "Resource::x",
		"x ##vso[task]y ##[error]": `x \u0023#vso[task]y \u0023#[error]`,
		"## heading":               "## heading",
	} {
		if got := Line(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
		if got := Line(Line(text)); got != want {
			t.Errorf("%q: shown twice it becomes %s", text, got)
		}
	}
}

func TestTextKeepsItsLines(t *testing.T) {
	t.Parallel()
	const text = "one\r\n\ttwo\x07\n::warning::three\n"
	const want = "one\n\ttwo\\u0007\n\\u003a:warning::three\n"
	if got := Text(text); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := Text("as\r\nit is"); got != "as\nit is" {
		t.Errorf("%q", got)
	}
}

func TestJSONMeansTheSame(t *testing.T) {
	t.Parallel()
	const text = "\u009b \u2028 \u202e \U0001FFFE ##vso[x] \x7f é"
	document, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	shown := JSON(document)
	var read string
	if err := json.Unmarshal(shown, &read); err != nil || read != text {
		t.Errorf("%s reads as %q, %v", shown, read, err)
	}
	if Line(string(shown)) != string(shown) {
		t.Errorf("%s has something left to escape", shown)
	}
}
