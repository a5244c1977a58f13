package graph

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// reading is one way to read the name of a state as verb and noun.
type reading struct {
	verb  string
	nouns []string // sorted, in the singular, without generic words
}

// readings returns the ways to read a name: the verb may stand first, as in
// "CreateOrder", or last, as in "OrderCreate". A name without a known verb has none.
func readings(name string) []reading {
	words := nameWords(name)
	var found []reading
	for start, word := range words {
		if slices.Contains(genericNouns, word) {
			continue
		}
		if verb := verbOf(word, false); verb != "" {
			found = append(found, reading{verb, nounsOf(words[start+1:])})
		}
		break
	}
	if last := len(words) - 1; last > 0 {
		if verb := verbOf(words[last], true); verb != "" {
			found = append(found, reading{verb, nounsOf(words[:last])})
		}
	}
	return found
}

func verbOf(word string, last bool) string {
	if form, ok := verbForms[word]; ok {
		word = form
	}
	if noun, ok := verbNouns[word]; ok && last {
		word = noun
	}
	if _, does := undoVerbs[word]; does || isUndoVerb(word) || slices.Contains(destructiveVerbs, word) {
		return word
	}
	return ""
}

var specificUndoVerbs = collectUndoVerbs()

func collectUndoVerbs() map[string]bool {
	set := map[string]bool{}
	for _, undos := range undoVerbs {
		for _, verb := range undos {
			set[verb] = true
		}
	}
	return set
}

func isUndoVerb(verb string) bool {
	return specificUndoVerbs[verb] || slices.Contains(generalUndoVerbs, verb)
}

// undoesVerb reports whether undo takes back what action does.
func undoesVerb(undo, action string) bool {
	undos, ok := undoVerbs[action]
	return ok && (slices.Contains(undos, undo) || slices.Contains(generalUndoVerbs, undo))
}

func nounsOf(words []string) []string {
	var nouns []string
	for _, word := range words {
		if !slices.Contains(genericNouns, word) {
			nouns = append(nouns, singular(word))
		}
	}
	slices.Sort(nouns)
	return slices.Compact(nouns)
}

func singular(word string) string {
	switch {
	case len(word) > 4 && strings.HasSuffix(word, "ies"):
		return word[:len(word)-3] + "y"
	case len(word) > 3 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !strings.HasSuffix(word, "us"):
		return word[:len(word)-1]
	}
	return word
}

// maxWords bounds how much of a name is looked at.
const maxWords = 24

// nameWords splits a name into words in lower case, at blanks, punctuation,
// changes of case and digits. Verbs of two words are joined: "clean up" is "cleanup".
func nameWords(name string) []string {
	name = strings.ReplaceAll(name, "'", "")
	lower := strings.ToLower(name)
	words := make([]string, 0, 4)
	start, previous := -1, rune(0)
	for i, c := range name {
		isPart := unicode.IsLetter(c) || unicode.IsDigit(c)
		if start >= 0 && (!isPart || beginsWord(name, i, previous, c)) {
			words = appendWord(words, name, lower, start, i)
			start = -1
		}
		if isPart && start < 0 {
			start = i
		}
		previous = c
	}
	if start >= 0 {
		words = appendWord(words, name, lower, start, len(name))
	}
	return joinTwoWordVerbs(words)
}

// appendWord adds the word from start to end in lower case. The whole name in
// lower case has it at the same place unless letters have changed their length.
func appendWord(words []string, name, lower string, start, end int) []string {
	switch {
	case len(words) >= maxWords:
		return words
	case len(lower) == len(name):
		return append(words, lower[start:end])
	}
	return append(words, strings.ToLower(name[start:end]))
}

// beginsWord reports whether a new word begins with the letter or digit c at i,
// behind another one.
func beginsWord(name string, i int, previous, c rune) bool {
	switch {
	case unicode.IsDigit(c) != unicode.IsDigit(previous):
		return true
	case !unicode.IsUpper(c):
		return false
	case unicode.IsLower(previous):
		return true
	}
	// The last capital of "SQSMessage" begins a word.
	next, _ := utf8.DecodeRuneInString(name[i+utf8.RuneLen(c):])
	return unicode.IsUpper(previous) && unicode.IsLower(next)
}

func joinTwoWordVerbs(words []string) []string {
	joined := words[:0]
	for i := 0; i < len(words); i++ {
		if i+1 < len(words) {
			switch pair := words[i] + " " + words[i+1]; pair {
			case "clean up", "roll back", "tear down", "look up":
				joined = append(joined, words[i]+words[i+1])
				i++
				continue
			}
		}
		joined = append(joined, words[i])
	}
	return joined
}

// nounMatch says how well the nouns of two names agree: 2 when they are the
// same, 1 when one has more to say than the other, 0 when they differ.
func nounMatch(a, b []string) int {
	switch {
	case len(a) == 0 || len(b) == 0:
		return 0
	case slices.Equal(a, b):
		return 2
	case isSubset(a, b) || isSubset(b, a):
		return 1
	}
	return 0
}

func isSubset(small, large []string) bool {
	for _, word := range small {
		if !slices.Contains(large, word) {
			return false
		}
	}
	return true
}
