package jsonata

import (
	"math"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/value"
)

func patternFunctions() []Function {
	return []Function{
		{"contains", "<s-(sf):b>", contains},
		{"match", "<s-f<s:o>n?:a<o>>", match},
		{"replace", "<s-(sf)(sf)n?:s>", replace},
		{"split", "<s-(sf)n?:a<s>>", split},
	}
}

func contains(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	text, pattern := c.Arg(0).Str(), c.Arg(1)
	if pattern.Kind() == value.KindString {
		return value.Bool(strings.Contains(text, pattern.Str())), nil
	}
	if pattern.IsAbsent() {
		return value.Value{}, nil
	}
	matches := c.matches(pattern, text)
	found, err := matches.next()
	return value.Bool(found), err
}

// limited returns the optional limit of matches; without one it is infinite.
// A negative one is an error with the given code.
func (c Call) limited(arg int, code string) (float64, error) {
	if !c.Has(arg) {
		return math.Inf(1), nil
	}
	limit := c.Arg(arg).Float()
	if limit < 0 {
		err := failure(code, c.Arg(arg))
		err.Index = arg + 1
		return 0, err
	}
	return limit, nil
}

func match(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	limit, err := c.limited(2, "D3040")
	if err != nil {
		return value.Value{}, err
	}
	var found []value.Value
	err = c.eachMatch(c.Arg(1), limit, func(matches *matches) (err error) {
		found, err = c.machine.add(found, matches.object())
		return err
	})
	return newSequence(found), err
}

// eachMatch calls visit for the matches of a pattern in the first argument, up
// to a limit. The next match is looked for before the limit is, so that one
// that gets nowhere is an error even after the last one that counts.
func (c Call) eachMatch(pattern value.Value, limit float64, visit func(*matches) error) error {
	if limit == 0 {
		return nil
	}
	matches := c.matches(pattern, c.Arg(0).Str())
	ok, err := matches.next()
	for count := 0.0; ok && err == nil && count < limit; count++ {
		if err = visit(matches); err == nil {
			ok, err = matches.next()
		}
	}
	return err
}

func split(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	limit, err := c.limited(2, "D3020")
	if err != nil {
		return value.Value{}, err
	}
	text, separator := c.Arg(0).Str(), c.Arg(1)
	if limit == 0 {
		return value.Array(), nil
	}
	if separator.Kind() == value.KindString || separator.IsAbsent() {
		return c.splitByText(text, separator, math.Trunc(limit))
	}
	var parts []value.Value
	start := 0
	take := func(end int) (err error) {
		parts, err = c.machine.add(parts, value.String(text[start:max(start, end)]))
		return err
	}
	err = c.eachMatch(separator, limit, func(matches *matches) error {
		err := take(matches.start)
		start = max(start, matches.end)
		return err
	})
	if err == nil && float64(len(parts)) < limit {
		err = take(len(text))
	}
	return value.Array(parts...), err
}

// splitByText splits at a string; an empty one splits into characters.
func (c Call) splitByText(text string, separator value.Value, limit float64) (value.Value, error) {
	if separator.IsAbsent() {
		return value.Array(value.String(text)), nil
	}
	var parts []value.Value
	if separator.Str() == "" {
		if err := c.machine.allocateItems(len(text)); err != nil {
			return value.Value{}, err
		}
		parts = characters(text)
	} else {
		count := strings.Count(text, separator.Str()) + 1
		if err := c.machine.allocateItems(count); err != nil {
			return value.Value{}, err
		}
		parts = make([]value.Value, 0, count)
		for _, part := range strings.Split(text, separator.Str()) {
			parts = append(parts, value.String(part))
		}
	}
	if limit < float64(len(parts)) {
		parts = parts[:int(limit)]
	}
	return value.Array(parts...), nil
}

func replace(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	pattern := c.Arg(1)
	if pattern.Kind() == value.KindString && pattern.Str() == "" {
		err := failure("D3010", pattern)
		err.Index = 2
		return value.Value{}, err
	}
	limit, err := c.limited(3, "D3011")
	if err != nil {
		return value.Value{}, err
	}
	if pattern.Kind() == value.KindString {
		return c.replaceText(c.Arg(0).Str(), pattern.Str(), limit)
	}
	if pattern.IsAbsent() || limit == 0 {
		return c.Arg(0), nil
	}
	return c.replaceMatches(limit)
}

// replaceText replaces a string as it stands; a dollar sign in the replacement
// has no meaning.
func (c Call) replaceText(text, pattern string, limit float64) (value.Value, error) {
	if c.Arg(2).Kind() != value.KindString {
		if !strings.Contains(text, pattern) || limit == 0 {
			return value.String(text), nil
		}
		return value.Value{}, failure("D3012", c.Arg(2))
	}
	count := float64(strings.Count(text, pattern))
	count = min(count, math.Ceil(limit))
	size := float64(len(text)) + count*float64(len(c.Arg(2).Str())-len(pattern))
	if size > float64(c.machine.memory) {
		return value.Value{}, errMemory()
	}
	if err := c.AllocateText(int(size)); err != nil {
		return value.Value{}, err
	}
	return value.String(strings.Replace(text, pattern, c.Arg(2).Str(), int(count))), c.Spend(int(size) / 64)
}

func (c Call) replaceMatches(limit float64) (value.Value, error) {
	text := c.Arg(0).Str()
	var out []byte
	position := 0
	err := c.eachMatch(c.Arg(1), limit, func(matches *matches) (err error) {
		before := len(out)
		out = append(out, text[min(position, matches.start):matches.start]...)
		if out, err = c.appendReplacement(out, matches); err != nil {
			return err
		}
		position = min(len(text), matches.start+len(matches.text()))
		return c.Allocate(len(out) - before)
	})
	out = append(out, text[position:]...)
	if err != nil {
		return value.Value{}, err
	}
	return value.String(string(out)), c.Spend(len(out) / 64)
}

func (c Call) appendReplacement(out []byte, matches *matches) ([]byte, error) {
	replacement := c.Arg(2)
	if replacement.Kind() == value.KindString {
		return expand(out, replacement.Str(), matches), nil
	}
	if replacement.IsAbsent() {
		return nil, failure("D3012", replacement)
	}
	v, err := c.Invoke(replacement, matches.full())
	if err != nil {
		return nil, err
	}
	if v = collapse(v); v.Kind() != value.KindString {
		return nil, failure("D3012", v)
	}
	return append(out, v.Str()...), nil
}

// expand appends a replacement in which $0 stands for the match, $n for a group
// and $$ for a dollar sign; any other dollar sign is itself.
func expand(out []byte, replacement string, matches *matches) []byte {
	groups := matches.groups()
	width := len(strconv.Itoa(len(groups)))
	for {
		dollar := strings.IndexByte(replacement, '$')
		if dollar < 0 {
			return append(out, replacement...)
		}
		out = append(out, replacement[:dollar]...)
		replacement = replacement[dollar+1:]
		switch {
		case strings.HasPrefix(replacement, "$"):
			out = append(out, '$')
			replacement = replacement[1:]
		case strings.HasPrefix(replacement, "0"):
			out = append(out, matches.text()...)
			replacement = replacement[1:]
		default:
			group, digits := groupNumber(replacement, width, len(groups))
			if digits == 0 {
				out = append(out, '$')
			} else if group >= 1 && group <= len(groups) {
				out = append(out, groups[group-1].Str()...)
			}
			replacement = replacement[digits:]
		}
	}
}

// groupNumber reads the number of a group of at most width digits, fewer when
// there is no such group otherwise.
func groupNumber(text string, width, groups int) (number, digits int) {
	for digits < width && digits < len(text) && text[digits] >= '0' && text[digits] <= '9' {
		next := number*10 + int(text[digits]-'0')
		if digits > 0 && next > groups {
			break
		}
		number = next
		digits++
	}
	return number, digits
}
