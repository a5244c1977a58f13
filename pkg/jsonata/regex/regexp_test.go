package regex

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// find returns the first match and its groups as text: [match][group]..., "-"
// for a group that took no part.
func find(t testing.TB, pattern, flags, text string) string {
	t.Helper()
	re, err := Compile(pattern, flags)
	if err != nil {
		return "error"
	}
	budget := 1_000_000
	at, err := re.Find(text, 0, &budget)
	if err != nil {
		return err.Error()
	}
	if at == nil {
		return "none"
	}
	var out strings.Builder
	for i := 0; i < len(at); i += 2 {
		if at[i] < 0 {
			out.WriteString("-")
			continue
		}
		fmt.Fprintf(&out, "[%s]", text[at[i]:at[i+1]])
	}
	return out.String()
}

func TestPatternsMatchAsInECMAScript(t *testing.T) {
	tests := []struct{ pattern, flags, text, want string }{
		{`abc`, "", "xabcx", "[abc]"},
		{`a|ab`, "", "ab", "[a]"},
		{`(a|ab)(c|bcd)(d*)`, "", "abcd", "[abcd][a][bcd][]"},
		{`a*`, "", "baa", "[]"},
		{`a+?`, "", "aaa", "[a]"},
		{`a{2}`, "", "aaa", "[aa]"},
		{`a{2,}`, "", "aaaa", "[aaaa]"},
		{`a{1,2}?`, "", "aaaa", "[a]"},
		{`a{,2}`, "", "a{,2}", "[a{,2}]"},
		{`(?:ab)+`, "", "ababx", "[abab]"},
		{`(a*)*`, "", "b", "[]-"},
		{`(z)((a+)?(b+)?(c))*`, "", "zaacbbbcac", "[zaacbbbcac][z][ac][a]-[c]"},
		{`(?=(a+))a*b\1`, "", "baaabac", "[aba][a]"},
		{`(.*?)a(?!(a+)b\2c)\2(.*)`, "", "baaabaac", "[baaabaac][ba]-[abaac]"},
		{`(?<=\$)\d+`, "", "a$42", "[42]"},
		{`(?<!\$)\b\d+`, "", "$42 17", "[17]"},
		{`(?<=(\d+)(\d+))$`, "", "1053", "[][1][053]"},
		{`(?<=\1(a))b`, "", "aab", "[b][a]"},
		{`(\w+)\s\1`, "", "the the", "[the the][the]"},
		{`\1(a)`, "", "aa", "[a][a]"},
		{`(?<year>\d{4})-\k<year>`, "", "2024-2024", "[2024-2024][2024]"},
		{`\k`, "", "k", "[k]"},
		{`\8`, "", "8", "[8]"},
		{`\101\x41\u0041\cA`, "", "AAA\x01", "[AAA\x01]"},
		{`[^\d\s]+`, "", "1 ab", "[ab]"},
		{`[\w-]+`, "", "+a-b+", "[a-b]"},
		{`[a-]+`, "", "b-a-", "[-a-]"},
		{`[]`, "", "a", "none"},
		{`[^]`, "", "\n", "[\n]"},
		{`]`, "", "]", "[]]"},
		{`.`, "", "\n\u2028x", "[x]"},
		{`^b`, "", "a\nb", "none"},
		{`^b$`, "m", "a\nb\nc", "[b]"},
		{`$`, "m", "a\nb", "[]"},
		{`\bfoo\b`, "", "a foo b", "[foo]"},
		{`\Boo`, "", "foo", "[oo]"},
		{`ÄÖ`, "i", "äö", "[äö]"},
		{`[a-z]+`, "i", "ABC", "[ABC]"},
		{`[^a]`, "i", "Ab", "[b]"},
		{`(a)\1`, "i", "aA", "[aA][a]"},
		{`😀+`, "", "😀😀", "[😀😀]"},
		{`\ud83d\ude00`, "", "😀", "[😀]"},
		{`\s`, "", "a\u00a0b", "[\u00a0]"},
		{`(`, "", "", "error"},
		{`)`, "", "", "error"},
		{`[b-a]`, "", "", "error"},
		{`a**`, "", "", "error"},
		{`*a`, "", "", "error"},
		{`a{2,1}`, "", "", "error"},
		{`(?<=a)*`, "", "", "error"},
		{`[a`, "", "", "error"},
		{`\`, "", "", "error"},
		{`(?x)`, "", "", "error"},
		{`(?<a>.)\k<b>`, "", "", "error"},
	}
	for _, test := range tests {
		if got := find(t, test.pattern, test.flags, test.text); got != test.want {
			t.Errorf("/%s/%s on %q: want %s, got %s", test.pattern, test.flags, test.text, test.want, got)
		}
	}
}

func TestSearchGoesOnFromAnOffset(t *testing.T) {
	if _, err := Compile("^?a", ""); err == nil {
		t.Fatal("^ cannot be repeated")
	}
	re, err := Compile("a", "")
	if err != nil {
		t.Fatal(err)
	}
	budget := 1000
	at, err := re.Find("aba", 1, &budget)
	if err != nil || at[0] != 2 {
		t.Error(at, err)
	}
}

func TestCatastrophicPatternsRunOutOfBudget(t *testing.T) {
	for _, pattern := range []string{`(a+)+$`, `(a|a)*$`, `(a*)*b`, `(?:a?){30}a{30}$`, `(.*)*(.*)*(.*)*x`, `(?=(a+)+$)b`} {
		re, err := Compile(pattern, "")
		if err != nil {
			t.Fatal(err)
		}
		budget := 500_000
		if _, err := re.Find(strings.Repeat("a", 40)+"!", 0, &budget); !errors.Is(err, ErrBudget) {
			t.Errorf("/%s/: %v", pattern, err)
		}
	}
}

func TestHugePatternsAreRefusedOrCompiledQuickly(t *testing.T) {
	for _, pattern := range []string{strings.Repeat("(", 100_000), strings.Repeat("(?:", 100_000), strings.Repeat("[a", 100_000), strings.Repeat("a?", 200_000)} {
		if _, err := Compile(pattern, ""); err == nil {
			t.Errorf("%.10s... compiles", pattern)
		}
	}
}

// FuzzFind compares with Go's engine on what both understand.
func FuzzFind(f *testing.F) {
	f.Add(`(a|b)*c`, "ababc")
	f.Add(`\bx[^y-z]{2,3}?$`, "x12")
	f.Add(`(?<=a)(?!b)\1`, "ac")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		re, err := Compile(pattern, "")
		if err != nil {
			return
		}
		budget := 100_000
		at, err := re.Find(text, 0, &budget)
		if err != nil || strings.ContainsAny(pattern, `\[(.{?*$^`) || !strings.Contains(pattern, "|") && len(pattern) > 30 {
			return
		}
		theirs, err := regexp.Compile(pattern)
		if err != nil {
			return
		}
		want := theirs.FindStringIndex(text)
		if (want == nil) != (at == nil) || want != nil && (want[0] != at[0] || want[1] != at[1]) {
			t.Errorf("/%s/ on %q: want %v, got %v", pattern, text, want, at)
		}
	})
}

func BenchmarkFind(b *testing.B) {
	re, err := Compile(`([A-Z]+)-(\d+)`, "")
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat("order ", 20) + "AB-1234"
	b.ReportAllocs()
	for b.Loop() {
		budget := 100_000
		if at, _ := re.Find(text, 0, &budget); at == nil {
			b.Fatal("no match")
		}
	}
}
