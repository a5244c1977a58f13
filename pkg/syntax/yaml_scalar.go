package syntax

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// The library gives the value of a scalar and where it starts. The functions
// here read the source again to find where it ends and where each byte of the
// value comes from. Each returns ok false when it does not arrive at the same
// value; then only a rough place is known.

// placed is a scalar with its places.
type placed struct {
	end    int
	places []origin
	ok     bool
}

// placePlain follows a plain scalar from start. A line break in it is folded:
// one makes a blank, more make one line break less.
func placePlain(text string, start int, value string) placed {
	if verbatim(text, start, value) {
		return placed{end: start + len(value), ok: true}
	}
	d := decoder{}
	d.mark(start)
	i := start
	for len(d.text) < len(value) {
		if i >= len(text) {
			return placed{}
		}
		if next := d.blanks(text, i); next > i {
			i = next
		} else {
			d.text = append(d.text, text[i])
			i++
		}
		if n := len(d.text); n > len(value) || d.text[n-1] != value[n-1] {
			return placed{}
		}
	}
	return placed{i, d.places, string(d.text) == value}
}

// verbatim reports whether value stands in the source as it is, on one line.
func verbatim(text string, start int, value string) bool {
	return strings.HasPrefix(text[min(start, len(text)):], value) && !strings.Contains(value, "\n")
}

// blanks adds what the blanks and line breaks at i stand for, and returns where
// they end.
func (d *decoder) blanks(text string, i int) (next int) {
	breaks := 0
	for next = i; next < len(text); {
		c := text[next]
		if c == '\n' || c == '\r' {
			next = afterBreak(text, next)
			breaks++
		} else if c == ' ' || c == '\t' {
			next++
		} else {
			break
		}
	}
	if breaks > 0 {
		d.put(folded(breaks), i, next)
	} else {
		d.text = append(d.text, text[i:next]...)
	}
	return next
}

// folded returns what a number of line breaks become.
func folded(breaks int) string {
	if breaks == 1 {
		return " "
	}
	return strings.Repeat("\n", breaks-1)
}

// afterBreak returns the offset after the line break at i.
func afterBreak(text string, i int) int {
	if strings.HasPrefix(text[i:], "\r\n") {
		return i + 2
	}
	return i + 1
}

// placeSingleQuoted follows a scalar in single quotes.
func placeSingleQuoted(text string, start int, value string) placed {
	if end := start + 1 + len(value); verbatim(text, start+1, value) && strings.HasPrefix(text[end:], "'") && !strings.Contains(value, "'") {
		return placed{end: end + 1, ok: true}
	}
	d := decoder{}
	i := start + 1
	d.mark(i)
	for i < len(text) {
		if next := d.blanks(text, i); next > i {
			i = next
			continue
		}
		if text[i] == '\'' {
			if !strings.HasPrefix(text[i:], "''") {
				return placed{i + 1, d.places, string(d.text) == value}
			}
			d.put("'", i, i+2)
			i += 2
			continue
		}
		d.text = append(d.text, text[i])
		i++
	}
	return placed{}
}

// placeDoubleQuoted follows a scalar in double quotes.
func placeDoubleQuoted(text string, start int, value string) placed {
	if end := start + 1 + len(value); verbatim(text, start+1, value) && strings.HasPrefix(text[end:], `"`) && !strings.ContainsAny(value, `\"`) {
		return placed{end: end + 1, ok: true}
	}
	d := decoder{}
	i := start + 1
	d.mark(i)
	for i < len(text) {
		if next := d.blanks(text, i); next > i {
			i = next
			continue
		}
		switch text[i] {
		case '"':
			return placed{i + 1, d.places, string(d.text) == value}
		case '\\':
			next, char := yamlEscape(text, i)
			d.put(char, i, next)
			i = next
		default:
			d.text = append(d.text, text[i])
			i++
		}
	}
	return placed{}
}

// yamlEscape reads the escape at i: what it stands for, and where it ends.
func yamlEscape(text string, i int) (next int, char string) {
	if i+1 >= len(text) {
		return len(text), ""
	}
	switch c := text[i+1]; c {
	case '\n', '\r':
		next = afterBreak(text, i+1)
		for next < len(text) && (text[next] == ' ' || text[next] == '\t') {
			next++
		}
		return next, ""
	case 'x', 'u', 'U':
		size := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]
		end := min(len(text), i+2+size)
		code, err := strconv.ParseUint(text[i+2:end], 16, 32)
		if err != nil || code > utf8.MaxRune {
			return end, ""
		}
		return end, string(rune(code))
	}
	const names, chars = `0abt	nvfre "/\'N_LP`, "\x00\a\b\t\t\n\v\f\r\x1b \"/\\'\u0085\u00a0\u2028\u2029"
	if at := strings.IndexByte(names, text[i+1]); at >= 0 {
		return i + 2, string([]rune(chars)[at])
	}
	return i + 2, ""
}

// placeBlock follows a literal or folded block scalar from its header. Line by
// line the value stands in the source after the indentation.
func placeBlock(text string, start int, value string) placed {
	line := nextLine(text, start)
	header := lineEnd(text, start)
	content := strings.TrimRight(value, "\n")
	if strings.TrimLeft(content, "\n") == "" {
		return placed{header, []origin{{0, header}}, true}
	}
	indent := blockIndent(text, line, content)
	d := decoder{}
	end := header
	for len(d.text) < len(content) {
		stop := lineEnd(text, line)
		from := min(line+indent, stop)
		for i := from; i < stop && len(d.text) < len(content); i++ {
			d.mark(i)
			if d.text = append(d.text, text[i]); text[i] != content[len(d.text)-1] {
				return placed{}
			}
		}
		end = stop
		next := nextLine(text, line)
		if len(d.text) < len(content) {
			if next == line {
				return placed{}
			}
			d.breakLine(content, stop, next, strings.Trim(text[line:stop], " ") == "")
		}
		line = next
	}
	d.mark(end)
	for len(d.text) < len(value) {
		d.text = append(d.text, '\n')
	}
	d.mark(min(line, len(text)))
	return placed{end, d.places, string(d.text) == value}
}

// breakLine adds what the break at the end of a source line became: a line
// break, a blank where lines were folded, or nothing where the first of several
// breaks was folded away.
func (d *decoder) breakLine(content string, at, next int, empty bool) {
	switch c := content[len(d.text)]; {
	case c == '\n':
		d.put("\n", at, next)
	case c == ' ' && !empty:
		d.put(" ", at, next)
	}
}

// blockIndent returns how far the lines of a block scalar are indented: what
// the first line with text has in the source and not in the value.
func blockIndent(text string, line int, content string) int {
	for line < len(text) && strings.TrimLeft(text[line:lineEnd(text, line)], " ") == "" {
		next := nextLine(text, line)
		if next == line {
			break
		}
		line = next
	}
	first := strings.TrimLeft(content, "\n")
	return max(0, countSpaces(text[line:])-countSpaces(first))
}

func lineEnd(text string, at int) int {
	if i := strings.IndexAny(text[at:], "\r\n"); i >= 0 {
		return at + i
	}
	return len(text)
}

// nextLine returns the start of the line after the one that holds at; the same
// place at the end of the text.
func nextLine(text string, at int) int {
	end := lineEnd(text, at)
	if end == len(text) {
		return end
	}
	return afterBreak(text, end)
}

func countSpaces(text string) int { return len(text) - len(strings.TrimLeft(text, " ")) }
