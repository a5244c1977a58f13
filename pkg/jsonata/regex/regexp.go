package regex

import (
	"errors"
	"strconv"
	"strings"
)

// ErrBudget is returned when a match needs more steps than it was given.
var ErrBudget = errors.New("the regular expression needs too many steps")

// SyntaxError tells what is wrong with a pattern.
type SyntaxError struct {
	Offset  int // in bytes from the start of the pattern
	Message string
}

// Error gives the message and the byte offset.
func (e *SyntaxError) Error() string {
	return "invalid regular expression at byte " + strconv.Itoa(e.Offset) + ": " + e.Message
}

// Regexp is a compiled pattern. It is immutable and safe for concurrent use.
type Regexp struct {
	source string
	code   []instruction
	groups int // capturing groups, the whole match not counted
	slots  int // registers of loops
	prefix string
	atZero bool // it can match at the start of the text only
}

// Compile reads a pattern. Flags may hold i (ignore case) and m (^ and $ match
// at line breaks).
func Compile(source, flags string) (*Regexp, error) {
	p := &parser{text: source, named: strings.Contains(source, "(?<")}
	p.countGroups()
	tree, err := p.parse()
	if err != nil {
		return nil, err
	}
	c := &compiler{fold: strings.Contains(flags, "i"), multiline: strings.Contains(flags, "m")}
	if err := c.program(tree); err != nil {
		return nil, err
	}
	re := &Regexp{source: source, code: c.code, groups: p.groups, slots: c.slots}
	re.findPrefix()
	return re, nil
}

// Source returns the pattern without its slashes and flags.
func (re *Regexp) Source() string { return re.source }

// findPrefix notes what every match begins with, so that a search can skip.
func (re *Regexp) findPrefix() {
	var prefix strings.Builder
	for _, in := range re.code[1:] {
		if in.op != opRune {
			re.atZero = in.op == opTextStart && prefix.Len() == 0
			break
		}
		prefix.WriteRune(in.r)
	}
	re.prefix = prefix.String()
}
