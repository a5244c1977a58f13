package graph

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
)

// Options is what a team declares about its workflows, beside the directives
// that stand in a definition itself. The zero value infers everything.
type Options struct {
	Directives *asl.Directives // of the machine; nil reads them from its comments
	Terminals  []TerminalPattern
	Effects    []EffectPattern
	Pairs      []PairPattern
	Strict     bool // treat what is in doubt as if it had happened
}

// TerminalPattern gives a class to the terminals that match all patterns it
// has. In a pattern "*" stands for any text.
type TerminalPattern struct {
	State string // of the name of the state; "" matches all
	Error string // of the Error a Fail state raises; "" matches all
	Class Class
}

// EffectPattern gives an effect to the tasks that match all patterns it has.
type EffectPattern struct {
	State    string // of the name of the state; "" matches all
	Resource string // of the Resource, or of the FunctionName it invokes; "" matches all
	Effect   Effect
}

// PairPattern says that the states that match Undo undo those that match
// Action. Where both have a "*", what it stands for must be the same text.
type PairPattern struct {
	Action, Undo string
}

// Match reports whether name matches the pattern, in which "*" stands for any
// text and everything else for itself.
func Match(pattern, name string) bool {
	first, rest, found := strings.Cut(pattern, "*")
	if !found {
		return pattern == name
	}
	if !strings.HasPrefix(name, first) {
		return false
	}
	name = name[len(first):]
	for {
		part, after, more := strings.Cut(rest, "*")
		if !more {
			return strings.HasSuffix(name, part)
		}
		i := strings.Index(name, part)
		if i < 0 {
			return false
		}
		name, rest = name[i+len(part):], after
	}
}

func matchOrEmpty(pattern, name string) bool { return pattern == "" || Match(pattern, name) }

// matchPair reports whether the two names match the pair, the "*" of both
// standing for the same text where each has one.
func (p PairPattern) matches(action, undo string) bool {
	if strings.Count(p.Action, "*") != 1 || strings.Count(p.Undo, "*") != 1 {
		return Match(p.Action, action) && Match(p.Undo, undo)
	}
	a, okA := wildcardText(p.Action, action)
	u, okU := wildcardText(p.Undo, undo)
	return okA && okU && a == u
}

func wildcardText(pattern, name string) (string, bool) {
	before, after, _ := strings.Cut(pattern, "*")
	if len(name) < len(before)+len(after) || !strings.HasPrefix(name, before) || !strings.HasSuffix(name, after) {
		return "", false
	}
	return name[len(before) : len(name)-len(after)], true
}
