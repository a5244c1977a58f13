package conformance_test

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// wildcard is a token in expected strings that stands for any text.
var wildcard = regexp.MustCompile(`<[A-Za-z0-9_][^<>\s"\\]*>`)

// differ collects the differences between two values. Wildcards live in the
// expected one only. Unless strict, JSON carried as text equals the same JSON,
// and the order of members and the form of numbers do not matter.
type differ struct {
	strict bool
	found  []string
}

func (d *differ) add(path, format string, args ...any) {
	d.found = append(d.found, path+": "+fmt.Sprintf(format, args...))
}

// decode reads an object or array that is carried as text.
func decode(v value.Value) (value.Value, bool) {
	text := v.Str()
	if text == "" || text[0] != '{' && text[0] != '[' {
		return v, false
	}
	decoded, err := value.ParseCompact(text)
	return decoded, err == nil
}

// eraKeys are members of the context object that the service added after some
// cases were recorded.
var eraKeys = map[string]bool{"RedriveCount": true}

func (d *differ) diff(path string, exp, act value.Value) {
	if exp.Kind() == value.KindString && wildcard.FindString(exp.Str()) == exp.Str() && exp.Str() != "" {
		return
	}
	if exp.Kind() == value.KindString && act.Kind() != value.KindString {
		if decoded, ok := decode(exp); ok {
			d.diff(path, decoded, act)
			return
		}
		if !d.strict && scalarText(exp, act) {
			return
		}
	}
	if act.Kind() == value.KindString && exp.Kind() != value.KindString {
		if decoded, ok := decode(act); ok {
			d.diff(path, exp, decoded)
			return
		}
		if !d.strict && scalarText(act, exp) {
			return
		}
	}
	switch {
	case exp.Kind() == value.KindObject && act.Kind() == value.KindObject:
		d.objects(path, exp, act)
	case exp.Kind() == value.KindArray && act.Kind() == value.KindArray:
		d.arrays(path, exp, act)
	case exp.Kind() == value.KindString && act.Kind() == value.KindString:
		d.strings(path, exp, act)
	case exp.Kind() == value.KindNumber && act.Kind() == value.KindNumber:
		if exp.Float() != act.Float() || d.strict && isInteger(exp) != isInteger(act) {
			d.add(path, "%s (expected %s)", act.Compact(), exp.Compact())
		}
	case !value.Equal(exp, act):
		d.add(path, "%s (expected %s)", short(act), short(exp))
	}
}

func isInteger(v value.Value) bool { return !strings.ContainsAny(v.NumberText(), ".eE") }

// scalarText reports whether text holds the JSON of a scalar: "1" and 1.
func scalarText(text, v value.Value) bool {
	parsed, err := value.ParseCompact(text.Str())
	return err == nil && parsed.Kind() == v.Kind() && value.Equal(parsed, v)
}

func (d *differ) objects(path string, exp, act value.Value) {
	for _, m := range exp.Members() {
		switch {
		case act.Has(m.Key):
			d.diff(path+"."+m.Key, m.Value, act.Get(m.Key))
		case !wildcard.MatchString(m.Key):
			d.add(path+"."+m.Key, "missing (expected %s)", short(m.Value))
		}
	}
	for _, m := range act.Members() {
		if exp.Has(m.Key) || eraKeys[m.Key] && !d.strict || matchesWildKey(exp, act, m.Key) {
			continue
		}
		d.add(path+"."+m.Key, "unexpected %s", short(m.Value))
	}
	if d.strict && commonKeys(exp, act) != commonKeys(act, exp) {
		d.add(path, "key order %s (expected %s)", commonKeys(act, exp), commonKeys(exp, act))
	}
}

func matchesWildKey(exp, act value.Value, key string) bool {
	for _, m := range exp.Members() {
		if wildcard.MatchString(m.Key) && !act.Has(m.Key) && wildRegexp(m.Key).MatchString(key) {
			return true
		}
	}
	return false
}

// commonKeys lists the keys of a that b has too.
func commonKeys(a, b value.Value) string {
	var keys []string
	for _, m := range a.Members() {
		if b.Has(m.Key) {
			keys = append(keys, m.Key)
		}
	}
	return strings.Join(keys, ",")
}

func (d *differ) arrays(path string, exp, act value.Value) {
	if exp.Len() != act.Len() {
		d.add(path, "%d items %s (expected %d: %s)", act.Len(), short(act), exp.Len(), short(exp))
		return
	}
	for i, item := range exp.Items() {
		d.diff(fmt.Sprintf("%s[%d]", path, i), item, act.Index(i))
	}
}

func (d *differ) strings(path string, exp, act value.Value) {
	if exp.Str() == act.Str() {
		return
	}
	hasWildcard := wildcard.MatchString(exp.Str())
	if hasWildcard && wildRegexp(exp.Str()).MatchString(act.Str()) {
		return
	}
	a, isA := decode(exp)
	b, isB := decode(act)
	if isA && isB && (!d.strict || hasWildcard) {
		d.diff(path, a, b)
		return
	}
	d.add(path, "%s (expected %s)", short(act), short(exp))
}

func wildRegexp(text string) *regexp.Regexp {
	var pattern strings.Builder
	rest := text
	pattern.WriteString(`(?s)^`)
	for _, at := range wildcard.FindAllStringIndex(text, -1) {
		start := at[0] - (len(text) - len(rest))
		pattern.WriteString(regexp.QuoteMeta(rest[:start]) + ".*")
		rest = text[at[1]:]
	}
	pattern.WriteString(regexp.QuoteMeta(rest) + "$")
	return regexp.MustCompile(pattern.String())
}

func short(v value.Value) string {
	text := v.Compact()
	if len(text) > 200 {
		return text[:200] + "..."
	}
	return text
}
