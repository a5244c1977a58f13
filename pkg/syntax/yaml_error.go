package syntax

import (
	"strings"
	"unicode/utf8"
)

// yamlFault turns what the library says about a broken text into an error at
// the place. The library names a line only, often that of the collection around
// the fault. How far it had read tells the place: its scanner looks four
// characters ahead, its parser two tokens.
type yamlFault struct {
	text    string
	problem yamlProblem
}

// lookahead is how many characters the library's scanner reads beyond the one
// that it complains about.
const lookahead = 4

func (f yamlFault) explain() Error {
	message := f.problem.message
	switch {
	case strings.Contains(message, "mapping values are not allowed"):
		return f.surplusColon()
	case strings.Contains(message, "cannot start any token"):
		return f.wrongStart()
	case strings.Contains(message, "tab character"):
		return f.at(f.lastOf("\t"), 1, "a tab stands in the indentation; YAML takes blanks only", "replace the tab by blanks")
	case strings.Contains(message, "block sequence entries are not allowed"):
		return f.at(f.scanned(), 1, `a "-" cannot start a list here`, "put the list on lines of its own, or the text in quotes")
	case strings.Contains(message, "end of stream"), strings.Contains(message, "unexpected document indicator"):
		return f.at(f.openQuote(), 1, "the text in quotes that starts here is not closed", "add the closing quote")
	case strings.Contains(message, "escape"), strings.Contains(message, "hexdecimal"):
		return f.at(f.lastOf(`\`), 2, "this is not a valid escape in YAML", `write \\ for a backslash, or use single quotes`)
	case strings.Contains(message, "could not find expected ':'"):
		return f.line(f.problem.line-1, "expected a key with a colon", "add a colon after the key and a value, or indent the line if it goes on with the text before")
	case strings.Contains(message, "expected ',' or"):
		return f.unclosedFlow()
	case strings.HasPrefix(message, "unknown anchor"):
		return f.unknownAnchor()
	case strings.Contains(message, "alphabetic or numeric"):
		return f.at(f.lastOf("*&"), 1, "a text cannot start with * or &: these name an alias or an anchor", "put the text in quotes")
	case strings.Contains(message, "comment or line break"):
		return f.at(f.lastOf("|>"), 1, "the text after | or > must start on the next line", "start a new line, or put the text in quotes")
	case strings.Contains(message, "incompatible YAML"):
		return f.line(f.problem.line, "this version of YAML is not known", "write %YAML 1.2, or remove the line")
	case strings.Contains(message, "exceeded max depth"):
		e := f.at(f.problem.read-1, 1, "nested too deep", "make the structure flatter")
		e.Code = TooDeep
		return e
	}
	return f.explainStructure()
}

// explainStructure is for what the library's parser says of tokens.
func (f yamlFault) explainStructure() Error {
	message := f.problem.message
	switch {
	case strings.Contains(message, "expected key"):
		return f.noKey()
	case strings.Contains(message, "'-' indicator"):
		return f.noDash()
	case strings.Contains(message, "expected node content"):
		at := f.lineAt(f.problem.line)
		end := lineEnd(f.text, at)
		if i := strings.IndexAny(f.text[at:end], ",]}"); i >= 0 {
			at += i
		}
		return f.at(at, 1, "expected a value", "add one, or put the text in quotes")
	case strings.Contains(message, "document start"):
		return f.line(f.problem.line, "unexpected text after the end of the value", "indent the line like the ones above, or remove it")
	case strings.Contains(message, "tag"):
		at := f.lineAt(f.problem.line)
		if i := strings.IndexByte(f.text[at:lineEnd(f.text, at)], '!'); i >= 0 {
			at += i
		}
		return f.at(at, 1, "this tag cannot be read: "+message, "correct the tag, or put the text in quotes")
	case f.problem.line > 0:
		return f.line(f.problem.line, "this is not valid YAML: "+message, "")
	}
	return f.line(f.lineOf(f.problem.read-1), "this is not valid YAML: "+message, "")
}

func (f yamlFault) at(at, size int, message, help string) Error {
	at = max(0, min(at, len(f.text)))
	end := at
	for ; size > 0 && end < len(f.text); size-- {
		_, n := utf8.DecodeRuneInString(f.text[end:])
		end += n
	}
	return Error{Span: Span{at, end}, Message: message, Help: help}
}

// line reports the text of line n, counted from 1.
func (f yamlFault) line(n int, message, help string) Error {
	start := f.lineAt(n)
	start += countBlanks(f.text[start:])
	end := lineEnd(f.text, min(start, len(f.text)))
	return Error{Span: Span{start, start + len(strings.TrimRight(f.text[start:end], " \t"))}, Message: message, Help: help}
}

// scanned returns where the scanner stood when it complained.
func (f yamlFault) scanned() int {
	at := min(f.problem.read, len(f.text))
	for range lookahead {
		_, size := utf8.DecodeLastRuneInString(f.text[:at])
		at -= size
	}
	return at
}

// lastOf returns the last of chars in what was read.
func (f yamlFault) lastOf(chars string) int {
	return strings.LastIndexAny(f.text[:min(f.problem.read, len(f.text))], chars)
}

func (f yamlFault) lineAt(n int) int {
	at := 0
	for ; n > 1; n-- {
		at = nextLine(f.text, at)
	}
	return at
}

func (f yamlFault) lineOf(at int) int {
	at = max(0, min(at, len(f.text)))
	n := 1
	for start := nextLine(f.text, 0); start <= at && start < len(f.text); start = nextLine(f.text, start) {
		n++
	}
	return n
}

// surplusColon explains a colon in a place where no key can be: a text that
// holds one, or a line that is indented too far.
func (f yamlFault) surplusColon() Error {
	at := f.scanned()
	if i := strings.LastIndexByte(f.text[:min(f.problem.read, len(f.text))], ':'); i >= 0 && (at >= len(f.text) || f.text[at] != ':') {
		at = i
	}
	start := strings.LastIndexAny(f.text[:at], "\r\n") + 1
	before := f.text[start:at]
	if strings.Contains(before, ": ") || strings.HasPrefix(before, "---") {
		return f.at(at, 1, `a text that holds ": " must be in quotes`, "put the text after the first colon in quotes")
	}
	start += countBlanks(before)
	return Error{Span: Span{start, at}, Message: "the key " + quote(f.text[start:at]) + " is indented too far: the line before is a text, and this one goes on with it",
		Help: "give it the same indentation as the keys next to it"}
}

func (f yamlFault) wrongStart() Error {
	at := f.scanned()
	if at >= len(f.text) || strings.IndexByte("@`%\t", f.text[at]) < 0 {
		at = max(0, f.lastOf("@`%\t"))
	}
	switch {
	case at < len(f.text) && f.text[at] == '\t':
		return f.at(at, 1, "a tab stands in the indentation; YAML takes blanks only", "replace the tab by blanks")
	case at > 0 && f.text[at-1] == '{':
		return f.at(at-1, 2, "a text that starts with { must be in quotes", "put the text in quotes, or after | on lines of its own")
	}
	e := f.at(at, 1, "", "put the text in quotes")
	e.Message = "a text cannot start with " + f.text[e.Span.Start:e.Span.End]
	return e
}

// openQuote returns the quote that opens the last text in quotes on the line
// that the library names.
func (f yamlFault) openQuote() int {
	start := f.lineAt(f.problem.line - 1)
	end := lineEnd(f.text, start)
	for i := start; i < end; i++ {
		if c := f.text[i]; (c == '"' || c == '\'') && (i == start || strings.IndexByte(" \t[{,:-", f.text[i-1]) >= 0) {
			closing := strings.IndexByte(f.text[i+1:end], c)
			if closing < 0 {
				return i
			}
			i += 1 + closing
		}
	}
	return start
}

// unclosedFlow explains a bracket that the right one does not close.
func (f yamlFault) unclosedFlow() Error {
	closer := "]"
	if strings.Contains(f.problem.message, "}") {
		closer = "}"
	}
	opener := string(closer[0] - 2)
	start := f.lineAt(f.problem.line)
	end := lineEnd(f.text, start)
	at := start
	depth := 0
	for i := end - 1; i >= start; i-- {
		if f.text[i] == closer[0] {
			depth++
		}
		if f.text[i] == opener[0] {
			at = i
			if depth--; depth < 0 {
				break
			}
		}
	}
	return f.at(at, 1, "the "+opener+" that stands here is not closed by "+closer, `add "`+closer+`" or the missing comma, or put the text in quotes`)
}

func (f yamlFault) unknownAnchor() Error {
	name := strings.TrimSuffix(strings.TrimPrefix(f.problem.message, "unknown anchor '"), "' referenced")
	read := f.text[:min(f.problem.read, len(f.text))]
	at := strings.LastIndex(read, "*"+name)
	e := f.at(at, 1+utf8.RuneCountInString(name), "no anchor &"+name+" stands before this alias", "put the text in quotes if it is not an alias")
	return e
}
