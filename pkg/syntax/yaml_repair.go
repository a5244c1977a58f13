package syntax

import (
	"strconv"
	"strings"
)

// noKey explains a line in a mapping that does not start with a key, or text
// after a value. The parser has read at most two tokens more: the fault is on
// one of the last lines that it saw.
func (f yamlFault) noKey() Error {
	last := f.lineOf(f.problem.read - 1)
	for n := max(f.problem.line, last-2); n <= last; n++ {
		start := f.lineAt(n)
		line := f.text[start:lineEnd(f.text, start)]
		content := strings.TrimLeft(line, " ")
		if content == "" || content[0] == '#' {
			continue
		}
		if at := textAfterQuote(line); at >= 0 {
			return f.at(start+at, 1, "unexpected text after the closing quote", "put the whole text in quotes; a quote inside is doubled")
		}
		if n == f.problem.line {
			continue
		}
		if strings.IndexByte("]},", content[0]) >= 0 {
			return f.line(n, "expected a key, found "+quote(content[:1]), "remove it, or add the bracket that it closes")
		}
		if strings.HasPrefix(content, "- ") && !f.opensList(start) {
			return f.line(n, "a list item stands among the keys of a mapping", "indent the list below its key")
		}
		if !f.isAligned(n) {
			return f.line(n, "the indentation of this line fits none of the lines above it", "give it the same indentation as the keys next to it")
		}
	}
	return f.line(last, "expected a key of the mapping that starts on line "+strconv.Itoa(f.problem.line), "correct the indentation, or add the key")
}

// noDash explains a line in a list that does not start with a dash.
func (f yamlFault) noDash() Error {
	last := f.lineOf(f.problem.read - 1)
	dash := countBlanks(f.text[f.lineAt(f.problem.line):])
	for n := max(f.problem.line+1, last-2); n <= last; n++ {
		start := f.lineAt(n)
		indent := countBlanks(f.text[start:])
		content := f.text[start+indent : lineEnd(f.text, start+indent)]
		if content != "" && content[0] != '#' && content[0] != '-' && indent <= dash {
			return f.line(n, `expected "-" for the next item of the list that starts on line `+strconv.Itoa(f.problem.line), "add the dash, or indent the line as far as the keys that it belongs to")
		}
	}
	return f.line(last, `expected "-" for the next item of the list that starts on line `+strconv.Itoa(f.problem.line), "add the dash, or correct the indentation")
}

// textAfterQuote returns where text stands after a closing quote, -1 when it
// does not.
func textAfterQuote(line string) int {
	start := countBlanks(line)
	for strings.HasPrefix(line[start:], "- ") {
		start += 2
	}
	if i := strings.Index(line[start:], ": "); i >= 0 && line[start] != '"' && line[start] != '\'' {
		start += i + 2
		start += countBlanks(line[start:])
	}
	if start >= len(line) || line[start] != '"' && line[start] != '\'' {
		return -1
	}
	end := placeDoubleQuoted(line, start, "").end
	if line[start] == '\'' {
		end = placeSingleQuoted(line, start, "").end
	}
	rest := end + countBlanks(line[end:])
	if end == 0 || rest >= len(line) || line[rest] == '#' || line[rest] == ':' {
		return -1
	}
	return rest
}

// opensList reports whether the line before start ends with a colon.
func (f yamlFault) opensList(start int) bool {
	return strings.HasSuffix(strings.TrimRight(f.text[:start], " \t\r\n"), ":")
}

// isAligned reports whether line n has the indentation of a line that it can
// stand next to it or below.
func (f yamlFault) isAligned(n int) bool {
	var columns []int // of the lines around, from the outermost
	for start, i := 0, 1; i <= n; start, i = nextLine(f.text, start), i+1 {
		line := f.text[start:lineEnd(f.text, start)]
		column := countBlanks(line)
		if column == len(line) || line[column] == '#' {
			continue
		}
		for len(columns) > 0 && columns[len(columns)-1] > column {
			columns = columns[:len(columns)-1]
		}
		fits := len(columns) > 0 && columns[len(columns)-1] == column
		if i == n {
			return fits || f.indentedMore(start)
		}
		if !fits {
			columns = append(columns, column)
		}
		for strings.HasPrefix(line[column:], "- ") {
			column += 1 + countBlanks(line[column+1:])
			columns = append(columns, column)
		}
	}
	return true
}

// indentedMore reports whether the line at start is indented more than the one
// before.
func (f yamlFault) indentedMore(start int) bool {
	before := strings.TrimRight(f.text[:start], " \t\r\n")
	line := strings.LastIndexAny(before, "\r\n") + 1
	return countBlanks(f.text[start:]) > countBlanks(before[line:])
}

// leaveOut returns what to blank so that the rest of the text can be read: the
// value on the line of the fault, if its key or dash stands before the fault,
// else the line; and the lines below that are indented more.
func (f yamlFault) leaveOut(fault Span) (Span, bool) {
	at := min(fault.Start, len(f.text))
	start := strings.LastIndexAny(f.text[:at], "\r\n") + 1
	column := countBlanks(f.text[start:])
	from := start
	content := start + column
	for strings.HasPrefix(f.text[content:], "- ") && content+2 <= at {
		content += 2
		from = content - 1
	}
	if i := strings.Index(f.text[content:lineEnd(f.text, start)], ":"); i >= 0 && content+i < at && !strings.HasPrefix(f.text[content:], "---") {
		from = content + i + 1
	}
	end := lineEnd(f.text, start)
	for end < len(f.text) {
		next := nextLine(f.text, end)
		stop := lineEnd(f.text, next)
		if strings.TrimSpace(f.text[next:stop]) != "" && countBlanks(f.text[next:]) <= column {
			break
		}
		if stop == end {
			break
		}
		end = stop
	}
	return Span{from, end}, strings.TrimSpace(f.text[from:end]) != ""
}
