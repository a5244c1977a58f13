package directive

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Parse returns the directives of a Comment, in order; nil for nil.
func Parse(comment *syntax.String) []Directive {
	if comment == nil || !strings.Contains(comment.Value, Prefix) {
		return nil
	}
	return parse(comment.Value, comment.SpanOf)
}

// ParseYAML returns the directives of a YAML comment.
func ParseYAML(comment syntax.Comment) []Directive {
	if !strings.Contains(comment.Text, Prefix) {
		return nil
	}
	// The text is the end of the comment, after "#" and blanks.
	shift := comment.Span.End - len(comment.Text)
	return parse(comment.Text, func(start, end int) syntax.Span {
		return syntax.Span{Start: shift + start, End: shift + end}
	})
}

func parse(text string, at func(start, end int) syntax.Span) []Directive {
	var found []Directive
	starts := directiveStarts(text)
	end := len(text)
	for i := len(starts) - 1; i >= 0; i-- {
		d := parseOne(text, starts[i], end, at)
		end = starts[i]
		found = append(found, d)
	}
	reverse(found)
	return found
}

// directiveStarts returns where "sfnctl:" begins a word. What follows the first
// "--" after a directive is a reason, so that it can speak of directives.
func directiveStarts(text string) []int {
	var starts []int
	limit := len(text)
	for from := 0; from < limit; {
		i := strings.Index(text[from:limit], Prefix)
		if i < 0 {
			break
		}
		start := from + i
		if start == 0 || isBlank(text[start-1]) {
			if len(starts) == 0 {
				if reason := reasonStart(text, start); reason >= 0 {
					limit = reason
				}
			}
			starts = append(starts, start)
		}
		from = start + len(Prefix)
	}
	return starts
}

// reasonStart returns where "--" stands as a word of its own after from; -1
// when it does not.
func reasonStart(text string, from int) int {
	for i := from; i+2 <= len(text); i++ {
		if text[i:i+2] == "--" && isBlank(text[i-1]) && (i+2 == len(text) || isBlank(text[i+2])) {
			return i
		}
	}
	return -1
}

func parseOne(text string, start, end int, at func(start, end int) syntax.Span) Directive {
	d := Directive{}
	if reason := reasonStart(text, start); reason >= 0 {
		d.Reason = strings.TrimSpace(text[reason+2:])
		end = min(end, reason)
	}
	keyStart := start + len(Prefix)
	keyEnd := keyStart
	for keyEnd < end && text[keyEnd] != '=' && !isBlank(text[keyEnd]) {
		keyEnd++
	}
	d.Key, d.KeySpan = text[keyStart:keyEnd], at(keyStart, keyEnd)
	last := keyEnd
	if keyEnd < end && text[keyEnd] == '=' {
		valueStart, valueEnd, next := valueBounds(text, keyEnd+1, end)
		d.HasValue, d.Value, d.ValueSpan = true, text[valueStart:valueEnd], at(valueStart, valueEnd)
		last = next
	}
	d.Span = at(start, last)
	d.Rest = strings.TrimSpace(text[last:end])
	return d
}

// valueBounds finds a value: up to the next blank, or what stands between
// quotes of either kind. next is where the text goes on.
func valueBounds(text string, start, end int) (valueStart, valueEnd, next int) {
	if start < end && (text[start] == '"' || text[start] == '\'') {
		if closing := strings.IndexByte(text[start+1:end], text[start]); closing >= 0 {
			return start + 1, start + 1 + closing, start + closing + 2
		}
	}
	i := start
	for i < end && !isBlank(text[i]) {
		i++
	}
	return start, i, i
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func reverse(list []Directive) {
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
}
