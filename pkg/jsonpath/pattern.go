package jsonpath

import (
	"fmt"
	"regexp"
	"strings"
)

// compileJava translates a regular expression from Java's syntax to Go's. Go's
// engine has no look-around and no back references, and in return runs in
// time linear in the text. The whole text must match.
func compileJava(source, flags string) (*regexp.Regexp, error) {
	translated, err := translateJava(source)
	if err != nil {
		return nil, err
	}
	goFlags := ""
	for _, flag := range []string{"i", "m", "s"} {
		if strings.Contains(flags, flag) {
			goFlags += flag
		}
	}
	if goFlags != "" {
		goFlags = "(?" + goFlags + ")"
	}
	compiled, err := regexp.Compile(goFlags + `\A(?:` + translated + `)\z`)
	if err != nil {
		return nil, fmt.Errorf("the regular expression /%s/ cannot be evaluated: %w", source, err)
	}
	return compiled, nil
}

// javaEscapes are the escapes that Go writes differently.
var javaEscapes = map[byte]string{
	'h': `[ \t\x{A0}\x{1680}\x{180e}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}]`,
	'R': `(?:\r\n|[\n-\r\x{85}\x{2028}\x{2029}])`,
	'Z': `(?:\r?\n)?\z`,
	'e': `\x{1B}`,
	'/': `/`,
}

var javaClasses = strings.NewReplacer(
	`\p{Alpha}`, `[[:alpha:]]`, `\p{Digit}`, `[[:digit:]]`, `\p{Alnum}`, `[[:alnum:]]`,
	`\p{Lower}`, `[[:lower:]]`, `\p{Upper}`, `[[:upper:]]`, `\p{Punct}`, `[[:punct:]]`,
	`\p{Space}`, `[[:space:]]`, `\p{XDigit}`, `[[:xdigit:]]`, `\p{ASCII}`, `[[:ascii:]]`,
	`\p{IsAlphabetic}`, `\pL`, `\p{IsDigit}`, `\p{Nd}`, `\p{javaLowerCase}`, `\p{Ll}`, `\p{javaUpperCase}`, `\p{Lu}`,
)

func translateJava(source string) (string, error) {
	source = javaClasses.Replace(source)
	var b strings.Builder
	for i := 0; i < len(source); i++ {
		c := source[i]
		switch {
		case c == '\\' && i+1 < len(source):
			i++
			size, err := translateEscape(&b, source[i:])
			if err != nil {
				return "", err
			}
			i += size
		case c == '(' && isLookAround(source[i:]):
			return "", fmt.Errorf("the regular expression /%s/ uses look-around or an atomic group, which cannot be evaluated", source)
		case c == '+' && i > 0 && isQuantifier(source, i-1):
			// A possessive quantifier; the engine does not backtrack anyway.
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), nil
}

func isLookAround(rest string) bool {
	for _, prefix := range []string{"(?=", "(?!", "(?<=", "(?<!", "(?>"} {
		if strings.HasPrefix(rest, prefix) {
			return true
		}
	}
	return false
}

// isQuantifier reports whether the unescaped character at i repeats what is
// before it.
func isQuantifier(source string, i int) bool {
	if strings.IndexByte("*+?}", source[i]) < 0 || i == 0 {
		return false
	}
	return source[i-1] != '\\'
}

// translateEscape writes the escape whose letter stands at rest[0], and
// returns how many bytes after the letter belong to it.
func translateEscape(b *strings.Builder, rest string) (int, error) {
	c := rest[0]
	if replacement, ok := javaEscapes[c]; ok {
		b.WriteString(replacement)
		return 0, nil
	}
	switch {
	case c == 'u':
		if r, size := unicodeEscape(rest[1:]); size > 0 {
			fmt.Fprintf(b, `\x{%X}`, r)
			return size, nil
		}
	case c == 'k' || c == 'G' || c >= '1' && c <= '9':
		return 0, fmt.Errorf(`the regular expression uses \%c, a back reference, which cannot be evaluated`, c)
	}
	b.WriteByte('\\')
	b.WriteByte(c)
	return 0, nil
}
